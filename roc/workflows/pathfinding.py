"""Who might introduce one to somebody."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.config import Config
from roc.errors import UnknownPerson
from roc.graph.frames import Bools, Floats
from roc.graph.identity import mentioned
from roc.scoring.dyads import Ties, ties
from roc.scoring.parameters import ScoringParameters
from roc.scoring.paths import WarmPath, reach, warm_paths
from roc.scoring.strength import alive, raw_of_pairs, silence_ratio
from roc.workflows.measuring import View, viewed


@dataclass(frozen=True, slots=True)
class PathRow:
    """A warm path, for a table or for ``--json``.

    Args:
        people: everyone on it by account, ego first.
        names: the same by name.
        organisation: where the one who is looked for works.
        warmth: chance that a word gets through, 0 to 1.
        load: of how many strangers the first one on the path is the best way to.
    """

    people: tuple[str, ...]
    names: tuple[str, ...]
    organisation: str
    warmth: float
    load: int


def paths(
    config: Config, words: str, *, as_of: date, ego: str = "", limit: int = 5
) -> list[PathRow]:
    """The warmest paths to a person or an organisation, no two of them by one person.

    Args:
        config: the settings.
        words: a part of a name, an organisation, an account or a tag.
        as_of: the day the numbers are for.
        ego: where paths begin; empty for the owner.
        limit: how many at most.

    Raises:
        UnknownPerson: nobody is meant by the words.
    """
    with viewed(config, as_of=as_of, ego=ego) as (_, view):
        wanted = _wanted(view, words)
        if not wanted.any():
            raise UnknownPerson(
                f"Nobody in the graph is meant by {words!r}.", hint="see: roc people list"
            )
        everyone = ties(view.contacts, view.people, view.day, view.parameters)
        start = view.people.ego
        chance = chances(everyone, view.parameters)
        of = reach(everyone.low, everyone.high, chance, len(view.people), start)
        return [_row(view, path) for path in warm_paths(of, wanted, start, limit)]


def chances(of: Ties, parameters: ScoringParameters) -> Floats:
    """The chance alive of every tie of a graph, shape ``(m,)``."""
    raw = raw_of_pairs(of, parameters)
    ratio = silence_ratio(of.day, of.first_day, of.last_day, of.contact_days, parameters)
    return alive(raw, ratio, parameters)


def _wanted(view: View, words: str) -> Bools:
    people = view.people
    told = zip(people.names, people.organisations, people.accounts, people.tags, strict=True)
    meant = [
        mentioned(words, (name, organisation, *accounts, *tags))
        for name, organisation, accounts, tags in told
    ]
    wanted = np.array(meant, dtype=np.bool_) & ~people.set_aside
    wanted[people.ego] = False
    return wanted


def _row(view: View, path: WarmPath) -> PathRow:
    people = view.people
    return PathRow(
        people=tuple(people.keys[number] for number in path.people),
        names=tuple(people.names[number] for number in path.people),
        organisation=people.organisations[path.people[-1]],
        warmth=path.warmth,
        load=path.load,
    )
