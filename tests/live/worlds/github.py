"""GitHub: Ana's and Ben's issues, what they say in them, a pull request that Ben reviews."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.collectors.loopback import Answer, Asked
from tests.live.between import Between
from tests.live.world import World
from tests.servers.emulate import Emulated, serving

ANA, BEN = "github-token-of-ana-that-nobody-may-see", "github-token-of-ben"
PLACE = "/repos/ana/garden"
SEED = {
    "tokens": {
        ANA: {"login": "ana", "scopes": ["repo"]},
        BEN: {"login": "ben", "scopes": ["repo"]},
    },
    "github": {
        "users": [{"login": "ana", "name": "Ana López"}, {"login": "ben", "name": "Ben Osei"}],
        "repos": [{"owner": "ana", "name": "garden", "auto_init": True}],
    },
}


class Searching(Between):
    """GitHub's search knows when a thread changed; the program that plays GitHub does not."""

    def answer(self, asked: Asked) -> Answer:
        """Of a search, what changed since it says."""
        if asked.path != "/search/issues":
            return super().answer(asked)
        since = asked.query["q"].partition("updated:>=")[2]
        found: list[Any] = []
        for page in (1, 2):
            target = f"{asked.path}?q=is:issue&sort=updated&order=asc&per_page=100&page={page}"
            found += json.loads(super().answer(replace(asked, target=target)).bytes())["items"]
        changed = [each for each in found if each["updated_at"] >= since]
        begin = 100 * (int(asked.query["page"]) - 1)
        return Answer(body={"items": changed[begin : begin + 100], "total_count": len(changed)})


def history(server: Emulated) -> None:
    """Make it happen: more threads than one search brings."""
    for number in range(1, 104):
        token, said = (ANA, "a secret, @ben") if number % 3 else (BEN, "a secret, @ana")
        server.github(token, "POST", f"{PLACE}/issues", title="a secret", body=said)
    for number in (1, 2, 3, 103):
        route = f"{PLACE}/issues/{number}/comments"
        server.github(BEN, "POST", route, body="a secret")
        server.github(ANA, "POST", route, body="an answer")


def exported(server: Emulated, folder: Path) -> Path:
    """What Ana's archive would hold now."""
    folder.mkdir()
    issues = [
        issue
        for page in (1, 2)
        for issue in server.github(ANA, "GET", f"{PLACE}/issues?state=all&per_page=100&page={page}")
    ]
    comments = [
        {**_thing("issue_comment", each), "issue": issue["html_url"]}
        for issue in issues
        if issue["comments"]
        for each in server.github(ANA, "GET", f"{PLACE}/issues/{issue['number']}/comments")
    ]
    files = {
        "users_000001.json": [{"type": "user", "url": "https://github.com/ben", "login": "ben"}],
        "issues_000001.json": [_thing("issue", each) for each in issues],
        "issue_comments_000001.json": comments,
    }
    for name, rows in files.items():
        (folder / name).write_text(json.dumps(rows), encoding="utf-8")
    return folder


def _thing(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "url": told["html_url"],
        "user": told["user"]["html_url"],
        "body": told["body"],
        "created_at": told["created_at"],
        "reactions": [],
    }


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving("github", SEED, folder) as server, Searching(server.url) as between:
        history(server)
        export = exported(server, folder / "export")

        def something_new() -> None:
            server.github(BEN, "POST", f"{PLACE}/issues/5/comments", body="a secret")

        yield World(
            source="github",
            environment={"ROC_GITHUB_TOKEN": ANA, "ROC_GITHUB_BASE": between.url},
            secrets=(ANA, "a secret"),
            line=between,
            something_new=something_new,
            export=export,
            pages=("/search/issues", "/comments"),
        )
