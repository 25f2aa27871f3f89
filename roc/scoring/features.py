"""What is known of each pair at a moment, as columns from which the future may be foretold.

All columns are the same when the two change places, and none grows without a logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.dyads import Ties
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import heard_strength, raw_of_pairs, silence_ratio


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Columns about pairs.

    Args:
        names: of the columns, ``k`` of them.
        values: shape ``(m, k)``, finite.
        heard: strength as silence lets it be heard, shape ``(m,)``.
    """

    names: tuple[str, ...]
    values: Floats
    heard: Floats


def features(of: Ties, parameters: ScoringParameters, people_count: int | None = None) -> Features:
    """Columns about every pair.

    Args:
        of: the pairs as of a day; each has at least one active day.
        parameters: half-lives and what strength takes from them.
        people_count: how many people there are, where all of their ties are among the pairs: then
            the two people themselves are told of, too.
    """
    raw = raw_of_pairs(of, parameters)
    ratio = silence_ratio(of.day, of.first_day, of.last_day, of.contact_days, parameters)
    heard = heard_strength(raw, ratio, parameters)
    columns = {"strength": raw, "heard": heard, "silence": np.log1p(ratio)}
    columns |= dict(_of_pair(of, parameters))
    if people_count is not None:
        columns |= dict(_of_people(of, parameters, people_count))
    values = np.stack(list(columns.values()), axis=1) if len(of) else np.empty((0, len(columns)))
    return Features(tuple(columns), values, heard)


def _of_pair(of: Ties, parameters: ScoringParameters) -> Iterator[tuple[str, Floats]]:
    since = np.where(of.last_days >= 0, of.day - of.last_days, 10 * (of.day + 1))
    since = np.sort(since, axis=1)
    days = np.sort(of.days, axis=1)
    yield "days since the last", np.log1p(of.day - of.last_day)
    yield "days since the first", np.log1p(of.day - of.first_day)
    yield "contact days", np.log1p(of.contact_days)
    for side, name in enumerate(("fewer", "more")):
        yield f"days of the side with {name}", np.log1p(days[:, side])
        yield f"days since the {('later', 'earlier')[side]} side", np.log1p(since[:, side])
    for place, half_life in enumerate(parameters.half_lives_days):
        there, back = of.sums[:, 0, place], of.sums[:, 1, place]
        yield f"both ways over {half_life:g} days", np.log1p(np.sqrt(there * back))
        yield f"either way over {half_life:g} days", np.log1p(there + back)
        yield f"the lesser over {half_life:g} days", np.log1p(np.minimum(there, back))


def _of_people(of: Ties, parameters: ScoringParameters, count: int) -> Iterator[tuple[str, Floats]]:
    """What the two do with everybody, and how much of it is the other's."""
    ones = np.ones(len(of))
    two_way = (of.days.min(axis=1) > 0).astype(np.float64)
    everyone = _per_person(of, ones, ones, count)
    answering = _per_person(of, two_way, two_way, count)
    last = np.full(count, -1, dtype=np.int64)
    np.maximum.at(last, of.low, of.last_day)
    np.maximum.at(last, of.high, of.last_day)
    yield from _both(of, "people", np.log1p(everyone))
    yield from _both(of, "people two ways", np.log1p(answering))
    yield from _both(of, "share two ways", answering / np.maximum(everyone, 1.0))
    yield from _both(of, "days since anybody", np.log1p(of.day - last))
    for place, half_life in enumerate(parameters.half_lives_days):
        there, back = of.sums[:, 0, place], of.sums[:, 1, place]
        out, into = _per_person(of, there, back, count), _per_person(of, back, there, count)
        yield from _both(of, f"given over {half_life:g} days", np.log1p(out))
        yield from _both(of, f"received over {half_life:g} days", np.log1p(into))
        held = (there + back)[:, None] / np.maximum(
            np.stack([(out + into)[of.low], (out + into)[of.high]], axis=1), 1e-12
        )
        yield f"attention over {half_life:g} days", np.sqrt(held[:, 0] * held[:, 1])
        yield f"most attention over {half_life:g} days", held.max(axis=1)


def _per_person(of: Ties, low: Floats, high: Floats, count: int) -> Floats:
    """Sums over each person's pairs, of what each of the two has in it."""
    found: Floats = totals(of.low, low, count) + totals(of.high, high, count)
    return found


def _both(of: Ties, name: str, value: Floats) -> Iterator[tuple[str, Floats]]:
    yield f"{name}, less", np.minimum(value[of.low], value[of.high])
    yield f"{name}, more", np.maximum(value[of.low], value[of.high])


def rows(of: Features, chosen: Ints) -> Features:
    """Some of the pairs.

    Args:
        of: the columns.
        chosen: which rows, or a mask of them.
    """
    return Features(of.names, of.values[chosen], of.heard[chosen])
