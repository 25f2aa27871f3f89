"""What is made to be handed on names nobody: not in a page, its Markdown or its JSON."""

import json
import re
from pathlib import Path

import pytest

from roc.config import Config, load
from roc.workflows.collecting import opened
from roc.workflows.reporting import Written, audit, demo, report


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, dict[str, Written]]:
    """The invented network's reports, shared and not."""
    folder = tmp_path_factory.mktemp("sharing")
    shown = demo(folder / "demo")
    config, day = load(shown.config), shown.day
    return config, {
        "report": shown.report,
        "report shared": report(config, as_of=day, folder=folder, shared=True),
        "audit": audit(config, as_of=day, folder=folder),
        "audit shared": audit(config, as_of=day, folder=folder, shared=True),
    }


def identities(config: Config) -> set[str]:
    """Every name, handle, address, house and word by which somebody could be found."""
    with opened(config) as graph, graph.read() as reader:
        people = reader.people
    found = {*people.names, *people.organisations, *(t for tags in people.tags for t in tags)}
    for number in range(len(people)):
        for account in people.accounts[number]:
            found |= {account, account.partition(":")[2]}
    return {word for word in found if len(word) > 2 and word != "me"}


def named_in(text: str, words: set[str]) -> set[str]:
    return {word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)}


@pytest.mark.parametrize("name", ["report", "audit"])
def test_nobody_can_be_found_in_what_is_shared(
    made: tuple[Config, dict[str, Written]], name: str
) -> None:
    config, written = made
    words = identities(config)
    assert len(words) > 200
    open_page = written[name].files[0].read_text(encoding="utf-8")
    assert len(named_in(open_page, words)) > 20  # so that the search finds what is there
    for file in written[f"{name} shared"].files:
        assert named_in(file.read_text(encoding="utf-8"), words) == set(), file


@pytest.mark.parametrize("name", ["report", "audit"])
def test_the_numbers_are_the_same(made: tuple[Config, dict[str, Written]], name: str) -> None:
    _, written = made
    plain, shared = (json.loads(written[key].json) for key in (name, f"{name} shared"))
    for key in ("known_and_trusted", "known", "returns"):
        one, other = plain[key], shared[key]
        if key == "returns":
            one, other = one["score"], other["score"]
        assert one == other


def test_nothing_that_is_shared_tells_of_one_persons_days(
    made: tuple[Config, dict[str, Written]],
) -> None:
    _, written = made
    for name in ("report shared", "audit shared"):
        assert json.loads(written[name].json)["behind"] == []
        assert {file.suffix for file in written[name].files} == {".html", ".md", ".json"}
        assert all("-shared" in file.name for file in written[name].files)


def test_neither_gatherings_nor_clients_are_shared(
    made: tuple[Config, dict[str, Written]],
) -> None:
    """A tag of an evening may be a name, and what somebody bought is theirs to tell."""
    _, written = made
    plain, shared = (json.loads(written[key].json) for key in ("report", "report shared"))
    assert plain["readings"]
    assert plain["cold"]
    assert (shared["readings"], shared["cold"]) == ([], [])


def test_the_oldest_tie_is_the_first(made: tuple[Config, dict[str, Written]]) -> None:
    _, written = made
    page = Path(written["audit shared"].files[1]).read_text(encoding="utf-8")
    assert re.search(r"\bP1\b", page)
