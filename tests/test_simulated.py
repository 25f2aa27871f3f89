"""An invented world, collected as anybody would: what was put into it is found, by every step."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shell import Shell


def found(roc: Shell, *options: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The truth, and what `roc budget` and `roc outcomes` say."""
    roc("simulate", "world", *options)
    at = ("--config", "world/config.toml")
    roc("collect", "table", "world/letters.csv", "--name", "email", *at)
    for file in ("gatherings.txt", "deals.csv"):
        roc("collect", f"world/{file}", *at)
    day = ("--as-of", "2026-11-22", "--json")
    truth = json.loads(Path(roc.folder / "world" / "truth.json").read_text("utf-8"))
    return truth, json.loads(roc("budget", *at, *day)), json.loads(roc("outcomes", *at, *day))


def test_what_gatherings_gave_and_how_fast_deals_close_is_found(roc: Shell) -> None:
    truth, budget, outcomes = found(roc)
    pool, hazard = budget["pool"]["effect"], outcomes["cycle"]["hazard"]
    assert pool["low"] <= truth["new_ties"] <= pool["high"]
    assert pool["chance"] < 0.05
    assert budget["cost_between"][0] <= truth["spent"] / truth["new_ties"]
    assert truth["spent"] / truth["new_ties"] <= budget["cost_between"][1]
    assert hazard["low"] <= truth["hazard_ratio"] <= hazard["high"]


def test_where_gatherings_gave_nothing_nothing_is_found(roc: Shell) -> None:
    truth, budget, _ = found(roc, "--effect", "0", "--seed", "3")
    assert truth["new_ties"] == 0
    assert budget["pool"]["effect"]["chance"] > 0.05


def test_the_same_seed_gives_the_same_bytes(roc: Shell) -> None:
    roc("simulate", "one")
    roc("simulate", "two")
    for file in (roc.folder / "one").iterdir():
        assert file.read_bytes() == (roc.folder / "two" / file.name).read_bytes()


def test_settings_of_ones_own_are_not_written_over(roc: Shell) -> None:
    (roc.folder / "mine").mkdir()
    roc.write("mine/config.toml", "[me]\n")
    assert "not an invented world's" in roc.refused("simulate", "mine")


@pytest.mark.parametrize("effect", ["-1", "2", "much"])
def test_a_share_is_between_none_and_all(roc: Shell, effect: str) -> None:
    assert roc.run("simulate", "world", "--effect", effect).status == 2
