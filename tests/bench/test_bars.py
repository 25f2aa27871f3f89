"""The bench of scores on invented data: what is there is measured, what is not is named."""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from roc.bench.bars import Bar, bench
from roc.bench.invariants import invariants
from roc.bench.people import friendship, seniority
from roc.bench.persistence import FITTED, persistence
from roc.bench.trusting import advogato, bitcoin
from roc.scoring.parameters import ScoringParameters
from tests.shell import Shell

PARAMETERS = ScoringParameters()
DAY = 86_400


def write(folder: Path, name: str, head: str, rows: Sequence[tuple[float, ...]]) -> None:
    lines = [head, *(",".join(f"{value:g}" for value in row) for row in rows)]
    with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")


def write_acts(folder: Path, name: str, days: int = 120) -> None:
    """Twenty people: neighbours go on writing each other, everybody else writes once."""
    dice = np.random.default_rng(3)
    rows: list[tuple[float, ...]] = []
    for day in range(days):
        for person in range(20):
            rows += [(person, (person + 1) % 20, day * DAY), ((person + 1) % 20, person, day * DAY)]
        stranger = int(dice.integers(0, 20))
        rows.append((stranger, (stranger + int(dice.integers(3, 17))) % 20, day * DAY + 60))
    write(folder, name, "src,dst,t", rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with some of the data sets."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_acts(folder, "collegemsg")
    dice = np.random.default_rng(4)
    worth = dice.uniform(-6, 9, 40)
    ratings = [
        (*map(float, pair), float(np.clip(worth[pair[1]] + dice.normal(), -10, 10)), n * 1000.0)
        for n, pair in enumerate(dice.integers(0, 40, (4000, 2)))
    ]
    write(folder, "btc_alpha", "src,dst,w,t", ratings)
    write(folder, "advogato", "src,dst,w", [(a, b, 0.8 + w / 100) for a, b, w, _ in ratings])
    return folder


def test_who_goes_on_writing_is_told_from_who_wrote_once(data: Path) -> None:
    found = persistence(data, "collegemsg", PARAMETERS)
    auc, precision, by_ego, _ = found["chance alive"]
    assert min(auc, precision, by_ego) > 0.95
    assert found[FITTED][0] > 0.95


def test_a_model_of_ratees_beats_the_mean_of_all(data: Path) -> None:
    for measured in (bitcoin(data, PARAMETERS), advogato(data, PARAMETERS)):
        assert measured["trust"][1] < 0.5 * measured["mean of all"][1]
        assert math.isnan(measured["PageRank"][1])


def test_friends_are_those_who_give_each_other_their_time(tmp_path: Path) -> None:
    """One who talks to everybody is nobody's friend, though much time is spent."""
    talks = [(1, 2)] * 30 + [(3, 4)] * 30 + [(9, other) for other in (1, 2, 3, 4)] * 40
    write(tmp_path, "contact_thiers13", "src,dst,t", [(*pair, n) for n, pair in enumerate(talks)])
    named = [(1, 2), (3, 4), (2, 1), (4, 3), (9, 8)]
    write(tmp_path, "thiers13_friendship", "src,dst", named)
    found = friendship(tmp_path)
    assert found["attention"][0] == 1.0
    assert found["time together"][0] == 0.0


def test_whom_many_write_to_ranks_high(tmp_path: Path) -> None:
    write(tmp_path, "enron", "src,dst,t,mid,re", [(n, 1, n * DAY, n, 0) for n in range(2, 9)])
    staff = "\n".join(f"{n},x,x,x,x,x,{'Senior' if n == 1 else 'Junior'}" for n in range(1, 9))
    head = "eid,name,department,longdepartment,title,gender,seniority"
    (tmp_path / "enron_employees.csv").write_text(f"{head}\n{staff}\n", encoding="utf-8")
    assert set(seniority(tmp_path, PARAMETERS).values()) == {1.0}


def test_the_invariants_hold_to_the_last_digits() -> None:
    assert max(invariants(PARAMETERS).values()) <= 1e-9


@pytest.mark.parametrize(
    ("bar", "met", "hoped"),
    [
        (Bar("x", 0.80, 0.80, 0.82), True, False),
        (Bar("x", 0.82, 0.80, 0.82), True, True),
        (Bar("x", 0.79, 0.80, 0.82), False, False),
        (Bar("x", 0.07, 0.08, 0.05, is_error=True), True, False),
        (Bar("x", 0.09, 0.08, 0.05, is_error=True), False, False),
        (Bar("x", math.nan, 0.80, 0.82), False, False),
        (Bar("x", math.nan, 0.08, 0.05, is_error=True), False, False),
    ],
)
def test_a_bar_is_met_from_its_very_value_on(bar: Bar, met: bool, hoped: bool) -> None:
    assert (bar.met, bar.hoped) == (met, hoped)


def test_what_is_not_in_the_folder_is_named_and_left_out(data: Path) -> None:
    found = bench(data, PARAMETERS)
    assert "radoslaw.csv.gz" in found.skipped
    assert "enron_employees.csv" in found.skipped
    assert {row.data for row in found.rows} == {"collegemsg", "btc_alpha", "advogato"}
    assert not [bar for bar in found.bars if "mean of the four" in bar.name]


def test_the_command_prints_tables_and_json(roc: Shell, data: Path) -> None:
    ran = roc.run("bench", "scores", str(data))
    assert ran.status == 0
    assert "persistence AUC, collegemsg" in ran.stdout
    assert "skipped    radoslaw.csv.gz" in ran.stderr
    told = json.loads(roc("bench", "scores", str(data), "--json"))
    assert set(told["bars"][0]) == {"name", "value", "must", "aim", "met"}
    assert "chance alive" in [row["score"] for row in told["scores"]]
    assert "Usage" in roc("bench")


def test_a_folder_that_is_not_there_or_a_file_that_is_none_is_told(roc: Shell, data: Path) -> None:
    assert "no folder" in roc.refused("bench", "scores", "nowhere", status=2)
    (data / "btc_alpha.csv.gz").write_bytes(b"no gzip")
    assert "btc_alpha cannot be read" in roc.run("bench", "scores", str(data)).stderr
    write(data, "btc_alpha", "src,dst", [(1, 2)])
    assert roc.run("bench", "scores", str(data)).status == 2
