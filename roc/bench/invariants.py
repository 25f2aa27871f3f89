"""What holds of tie strength whatever the data: neither order nor names nor sides matter."""

import numpy as np

from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts, Floats, Ints
from roc.graph.records import Kind
from roc.scoring.credit import Introduction, by_position, roads, shapley
from roc.scoring.dyads import only, ties
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import raw_of_pairs

_ROWS, _PEOPLE, _DAYS = 5_000, 60, 900


def invariants(parameters: ScoringParameters) -> dict[str, float]:
    """How far each is missed, on rows drawn by lot; 0 where it holds to the last digit."""
    dice = np.random.default_rng(7)
    rows = _drawn(dice)
    strength = _strengths(rows, parameters)
    order = dice.permutation(_ROWS)
    columns = (rows.sender, rows.recipient, rows.day, rows.kind)
    shuffled = _rows(*(column[order] for column in columns))
    names = dice.permutation(_PEOPLE)
    renamed = _rows(names[rows.sender], names[rows.recipient], rows.day, rows.kind)
    turned = _rows(rows.recipient, rows.sender, rows.day, rows.kind)
    fewer = only(rows, np.arange(_ROWS) < _ROWS - 500)
    back = np.ix_(names, names)
    return {
        "any order of import": _apart(_strengths(shuffled, parameters), strength),
        "people by other names": _apart(_strengths(renamed, parameters)[back], strength),
        "the two change places": _apart(_strengths(turned, parameters), strength),
        "an act more never lowers it": max(
            0.0, float((_strengths(fewer, parameters) - strength).max())
        ),
    }


def credit_error(times: int) -> float:
    """How far the shares of an outcome are from 1 together, and from those in another order."""
    dice = np.random.default_rng(5)
    worst = 0.0
    for _ in range(times):
        told = [
            Introduction(int(by), int(of), int(day))
            for by, of, day in dice.integers(0, (6, 8, 40), (14, 3))
            if by != of
        ]
        turned = [told[place] for place in dice.permutation(len(told))]
        for share in (shapley, by_position):
            ways, again = (share(roads(some, to=7, day=30)) for some in (told, turned))
            if ways:
                worst = max(worst, abs(float(sum(ways.values())) - 1.0), float(ways != again))
    return worst


def _strengths(rows: Contacts, parameters: ScoringParameters) -> Floats:
    """Raw strength of every two people, shape ``(n, n)``; 0 where nothing passed."""
    found = np.zeros((_PEOPLE, _PEOPLE))
    of = ties(rows, nameless_people(_PEOPLE), _DAYS, parameters)
    raw = raw_of_pairs(of, parameters)
    found[of.low, of.high] = found[of.high, of.low] = raw
    return found


def _apart(some: Floats, others: Floats) -> float:
    return float(np.abs(some - others).max())


def _drawn(dice: np.random.Generator) -> Contacts:
    sender = dice.integers(0, _PEOPLE, _ROWS)
    recipient = (sender + dice.integers(1, _PEOPLE, _ROWS)) % _PEOPLE
    common = np.array([KINDS.index(kind) for kind in (Kind.MESSAGE, Kind.REACTION, Kind.MEETING)])
    return _rows(sender, recipient, dice.integers(0, _DAYS, _ROWS), dice.choice(common, _ROWS))


def _rows(sender: Ints, recipient: Ints, day: Ints, kind: Ints) -> Contacts:
    count = len(sender)
    return Contacts(
        sender=sender,
        recipient=recipient,
        day=day,
        kind=kind,
        source=np.zeros(count, dtype=np.int64),
        audience=np.ones(count, dtype=np.int64),
        acts=np.ones(count, dtype=np.int64),
        sources=("invented",),
    )
