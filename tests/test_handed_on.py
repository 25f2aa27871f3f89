"""A project's summary from a git repository, to hand on: nobody is in it who did not agree."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.collectors.making_git import ANA, ATLAS, CHIDI, Made, repository
from tests.shell import Shell

CONFIG = '[me]\naccounts = ["email:ana@example.org"]\n[graph]\nfile = "me.graph"\n'
HIDDEN = ("Ben", "Okoro", "Dara", "Núñez", "Eve", "@example.org", "laptop.example", "email:")
SPAN = ("2026-01-01", "2026-01-31", "--as-of", "2026-12-31", "--config", "config.toml")


@pytest.fixture
def atlas(roc: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("git") / "atlas.git"
    told = f"More\n\nReviewed-by: {CHIDI}"
    more = (Made(ANA, told, 20), Made(CHIDI, f"Answer\n\nReviewed-by: {ANA}", 25))
    roc.write("config.toml", CONFIG)
    roc("collect", "git", str(repository(folder, *ATLAS, *more)), "--config", "config.toml")
    return roc


def outputs(roc: Shell) -> dict[str, bytes]:
    return {file.suffix: file.read_bytes() for file in roc.folder.glob("project-2026*")}


def test_nobody_is_named_who_did_not_agree(atlas: Shell) -> None:
    atlas("project", *SPAN, "--title", "Atlas", "--name", "email:chidi@example.org")
    found = outputs(atlas)
    assert set(found) == {".html", ".md", ".json", ".png"}
    for suffix, content in found.items():
        told = content.decode("utf-8", "replace")
        assert not [word for word in HIDDEN if word in told], suffix
    assert "Chidi" in found[".md"].decode()
    assert "P1" in found[".md"].decode()


def test_without_names_nobody_is_named_at_all(atlas: Shell) -> None:
    atlas("project", *SPAN, "--title", "Atlas")
    for suffix, content in outputs(atlas).items():
        told = content.decode("utf-8", "replace")
        assert not [word for word in (*HIDDEN, "Chidi", "Ana") if word in told], suffix


def test_a_project_in_the_config_is_asked_for_by_its_name(atlas: Shell) -> None:
    window = '[projects.atlas]\nstart = "2026-01-01"\nend = "2026-01-31"\n'
    atlas.write("config.toml", CONFIG + window + 'names = ["email:chidi@example.org"]\n')
    atlas("project", "atlas", "--as-of", "2026-12-31", "--config", "config.toml")
    page = outputs(atlas)[".md"].decode()
    assert page.startswith("# Did atlas make friends?")
    assert "Chidi" in page
    told = atlas.refused("project", "map", "--config", "config.toml", status=2)
    assert "no project 'map'" in told
    assert "known: atlas" in told


def test_the_evidence_that_the_owner_keeps_is_the_one_the_page_speaks_of(atlas: Shell) -> None:
    atlas("project", *SPAN, "--evidence")
    (kept,) = atlas.folder.glob("project-*-evidence.csv")
    told = json.loads(Path(atlas.folder / "project-2026-01-01-2026-01-31.json").read_text("utf-8"))
    lines = kept.read_bytes()
    assert told["evidence"]["sha256"] == sha256(lines).hexdigest()
    assert told["evidence"]["lines"] == lines.count(b"\n") - 1
    page = (atlas.folder / "project-2026-01-01-2026-01-31.md").read_text("utf-8")
    assert told["evidence"]["sha256"] in page


def test_the_card_is_a_picture(atlas: Shell) -> None:
    atlas("project", *SPAN, "--title", "Atlas")
    png = outputs(atlas)[".png"]
    assert png.startswith(b"\x89PNG")
    size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert size == (800, 420)
