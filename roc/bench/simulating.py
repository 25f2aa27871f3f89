"""Writes an invented world as files to collect, with the truth beside them.

Whoever doubts what `roc budget` and `roc outcomes` say can see whether they find what was put in.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from roc.bench.public_data import nameless_people
from roc.bench.worlds import COST, DAYS, PEOPLE, World, invented
from roc.errors import UnwritableGraph
from roc.graph.frames import Floats
from roc.scoring.lagged import lagged_strength
from roc.scoring.parameters import ScoringParameters
from roc.scoring.survival import LAG_DAYS, STRETCH_DAYS, STRONG, WEAK

LAST_DAY = date(2026, 11, 22)
"""The last day of the world: always the same, so that everyone sees the same."""

_DEALS = 260
_MONTHLY = 0.10  # chance of closing within a month at strength 0
_LOST = 0.04  # of being lost within a month
_RISES, _FALLS = 2.4, -1.4  # of the log hazard, in strength / 100 and its square
_STREAM = 2
_MARK = "# An invented world of `roc simulate`."


@dataclass(frozen=True, slots=True)
class Simulated:
    """Where an invented world is, and what is true in it.

    Args:
        config: settings that say who the owner is, and keep the graph in the world's folder.
        day: its last day.
        files: what to collect: letters, gatherings, deals.
        new_ties: how many ties the gatherings gave beyond those that would have formed.
        cost_per_tie: what each cost.
        ratio: hazard of a deal at a strength of 60 over that at 20.
    """

    config: Path
    day: date
    files: tuple[Path, ...]
    new_ties: int
    cost_per_tie: float
    ratio: float


def simulate(
    folder: Path, *, seed: int, connect: float, parameters: ScoringParameters
) -> Simulated:
    """Write a world of 300 people and 400 days into a folder.

    Args:
        folder: where to; made if need be.
        seed: the same gives the same bytes.
        connect: share of the pairs of guests who had not met that an evening connects; 0 for
            gatherings without any effect.
        parameters: the settings of strength, by which deals close.

    Raises:
        UnwritableGraph: the folder cannot be written, or holds settings of somebody's own.
    """
    world = invented(seed, parameters, connect)
    owner = int(np.bincount(world.rows[:, 0], minlength=PEOPLE).argmax())
    names = {
        "letters.csv": _table(("from", "to", "at"), _letters(world)),
        "gatherings.txt": _gatherings(world, owner),
        "deals.csv": _table(_HEAD, _deals(world, owner, seed, parameters)),
        "config.toml": _config(owner),
    }
    part = np.array([WEAK, STRONG]) / 100
    ratio = float(np.exp(np.diff(_RISES * part + _FALLS * part * part)[0]))
    spent = COST * len(world.evenings)
    found = Simulated(
        config=folder / "config.toml",
        day=LAST_DAY,
        files=tuple(folder / name for name in names if name != "config.toml"),
        new_ties=world.caused,
        cost_per_tie=spent / world.caused if world.caused else float("nan"),
        ratio=ratio,
    )
    names["truth.json"] = json.dumps(
        {"new_ties": world.caused, "spent": spent, "hazard_ratio": ratio, "seed": seed}, indent=1
    )
    _write(folder, names)
    return found


def _write(folder: Path, names: dict[str, str]) -> None:
    config = folder / "config.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if config.exists() and not config.read_text(encoding="utf-8").startswith(_MARK):
            raise UnwritableGraph(
                f"{config} is not an invented world's.", hint="name another folder."
            )
        for name, content in names.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise UnwritableGraph(
            f"Cannot write into {folder}: {error.strerror or error}.",
            hint="name a folder that you may write into.",
        ) from error


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _letters(world: World) -> Iterable[tuple[str, str, str]]:
    order = np.lexsort((world.rows[:, 1], world.rows[:, 0], world.rows[:, 2]))
    for place, (sender, recipient, day) in enumerate(world.rows[order].tolist()):
        # Two letters of one pair on one day are two.
        yield _address(sender), _address(recipient), f"{_date(day)}T{8 + place % 12:02}:00:00Z"


def _gatherings(world: World, owner: int) -> str:
    lines = []
    for day, came in zip(world.evenings, world.came, strict=True):
        guests = ", ".join(_address(one) for one in came.tolist() if one != owner)
        lines.append(f"{_date(day)} {_address(owner)} -> {guests} dinner cost {COST:.0f} EUR\n")
    return "".join(lines)


_HEAD = ("external_id", "kind", "status", "opened", "closed", "date", "people_emails")


def _deals(
    world: World, owner: int, seed: int, parameters: ScoringParameters
) -> Iterable[tuple[str, ...]]:
    """Deals of the owner's, which close month by month as strength a month before has it."""
    dice = np.random.default_rng([seed, _STREAM])
    people = replace(nameless_people(PEOPLE), ego=owner)
    own = (world.rows[:, :2] == owner).any(axis=1)
    met = np.unique(world.rows[own][:, :2])
    whom = dice.choice(met[met != owner], _DEALS)
    opened = np.sort(dice.integers(60, DAYS - 30, _DEALS))
    for number, (person, first) in enumerate(zip(whom.tolist(), opened.tolist(), strict=True)):
        months = np.arange(first, DAYS, STRETCH_DAYS)
        strength = lagged_strength(
            world.contacts, people, np.full(len(months), person), months - LAG_DAYS, parameters
        )
        yield _deal(number, person, first, strength, dice)


def _deal(
    number: int, person: int, first: int, strength: Floats, dice: np.random.Generator
) -> tuple[str, ...]:
    part = strength / 100
    rate = _MONTHLY * np.exp(_RISES * part + _FALLS * part * part)
    status, closed = "open", ""
    for month, each in enumerate(rate.tolist()):
        won, lost = dice.exponential(1 / each), dice.exponential(1 / _LOST)
        end = first + round(STRETCH_DAYS * (month + min(won, lost)))
        if min(won, lost) < 1 and end < DAYS:
            status, closed = "won" if won < lost else "lost", _date(end)
            break
    began = _date(first)
    return f"d-{number}", "deal", status, began, closed, closed or began, _address(person)


def _address(person: int) -> str:
    return f"p{person}@world.example"


def _date(day: int) -> str:
    return (LAST_DAY - timedelta(days=DAYS - 1 - int(day))).isoformat()


def _config(owner: int) -> str:
    return (
        f'{_MARK}\n[me]\naccounts = ["email:{_address(owner)}"]\n\n[graph]\nfile = "me.graph"\n\n'
        '[report]\nfolder = "."\n'
    )
