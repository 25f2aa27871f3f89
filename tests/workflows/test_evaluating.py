"""roc evaluate: what wins on the owner's past is gone by until they say otherwise."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from roc.scoring.evaluation import OWN_PAST
from tests.scoring.test_evaluation import DAYS, network
from tests.shell import Shell

AS_OF = "2026-06-30"
PEOPLE = 80


@pytest.fixture
def crowd(roc: Shell) -> Shell:
    """Somebody with a few who answer every week, and many who did so once."""
    rows = network(PEOPLE)
    first = 1_782_777_600 - DAYS * 86_400  # so that it ends on AS_OF
    lines = [
        f"p{sender},p{recipient},{first + day * 86_400}"
        for sender, recipient, day in zip(rows.sender, rows.recipient, rows.day, strict=True)
    ]
    roc.write("acts.csv", "\n".join(["from,to,at", *lines]))
    roc("init", "--name", "Ana", "--me", "table:p3")
    roc("collect", "table", "acts.csv")
    return roc


def told(roc: Shell, *words: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(roc("evaluate", "--as-of", AS_OF, "--json", *words))
    return found


def chances(roc: Shell, *words: str) -> dict[str, float]:
    rows = json.loads(roc("score", "--as-of", AS_OF, "--json", *words))
    rows = rows["ties"] if isinstance(rows, dict) else rows
    return {row["person"]: row["alive"] for row in rows}


def kept(roc: Shell) -> Path:
    (found,) = roc.folder.rglob("*.evaluation.json")
    return found


def test_scores_go_by_the_winner_until_it_is_dropped(crowd: Shell) -> None:
    shipped = chances(crowd)
    found = told(crowd)
    assert found["winner"] == OWN_PAST
    own = chances(crowd)
    assert own.keys() == shipped.keys()
    assert own != shipped
    assert "shipped constants again" in crowd("evaluate", "--drop")
    assert chances(crowd) == shipped
    assert "as before" in crowd("evaluate", "--drop")


def test_the_explanation_tells_what_was_corrected(crowd: Shell) -> None:
    assert "shipped constants" not in crowd("explain", "p4", "--as-of", AS_OF)
    shipped = chances(crowd)["table:p4"]
    told(crowd)
    said = crowd("explain", "p4", "--as-of", AS_OF)
    assert f"{100 * shipped:.0f} % by the shipped constants; your own past corrects it" in said


def test_the_same_past_gives_the_same_bytes(crowd: Shell) -> None:
    told(crowd)
    first = kept(crowd).read_bytes()
    crowd("evaluate", "--drop")
    told(crowd)
    assert kept(crowd).read_bytes() == first


def test_the_table_names_all_rivals_and_the_winner(crowd: Shell) -> None:
    said = crowd("evaluate", "--as-of", AS_OF)
    for words in ("shipped", "refitted", "own past", "Scores go by: own past."):
        assert words in said


def test_the_comparison_is_kept_with_the_snapshot(crowd: Shell) -> None:
    told(crowd)
    crowd("score", "--as-of", AS_OF)
    graph = next(crowd.folder.rglob("*.graph"))
    with closing(sqlite3.connect(graph)) as kept_in:
        (parameters,) = kept_in.execute("SELECT parameters FROM snapshot").fetchone()
    assert json.loads(parameters)["evaluation"]["winner"] == OWN_PAST


def test_anothers_past_is_judged_and_not_gone_by(crowd: Shell) -> None:
    shipped = chances(crowd, "--ego", "table:p5")
    assert told(crowd, "--ego", "table:p5")["rivals"]
    assert list(crowd.folder.rglob("*.evaluation.json")) == []
    told(crowd)
    assert chances(crowd, "--ego", "table:p5") == shipped


def test_with_other_numbers_it_has_to_compete_anew(crowd: Shell) -> None:
    told(crowd)
    config = next(crowd.folder.rglob("config.toml"))
    config.write_text(f"{config.read_text()}\n[scoring]\none_sided_share = 0.1\n", encoding="utf-8")
    assert "roc evaluate" in crowd.refused("score", "--as-of", AS_OF, status=2)
    told(crowd)
    chances(crowd)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"winner": "x", "parameters": {}}', '{"winner": "own past"}']
)
def test_what_was_kept_and_is_damaged_is_told(crowd: Shell, content: str) -> None:
    told(crowd)
    kept(crowd).write_text(content, encoding="utf-8")
    assert "roc evaluate" in crowd.refused("score", "--as-of", AS_OF, status=2)
    crowd("evaluate", "--drop")
    chances(crowd)


def test_too_little_history_is_told(roc: Shell) -> None:
    roc("init", "--name", "Ana", "--me", "journal:me")
    roc("collect", roc.write("talks.txt", "2026-05-01 me -> ben message\n"))
    assert "shipped constants stay" in roc("evaluate", "--as-of", AS_OF)
    assert list(roc.folder.rglob("*.evaluation.json")) == []
