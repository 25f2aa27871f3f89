"""A network broken down: who follows back, what each source carries, ties by house and by tag."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import Bools, Contacts, Declared, People
from roc.reports import text
from roc.reports.evidence import distinct_acts
from roc.scoring.measures import STATES, TieMeasures

SEGMENTS = 15
"""How many organisations, and tags, are listed, those with most people first."""

_SILENT = (STATES.index("none"), STATES.index("dormant"))


@dataclass(frozen=True, slots=True)
class FollowCount:
    """Follows between ego and others at one source.

    Args:
        source: its name.
        mutual: both follow.
        fans: they follow ego, not the other way.
        not_back: ego follows them, not the other way.
        connected: both agreed to be connected.
        mutual_silent: mutual or connected, but nothing passes (any longer).
    """

    source: str
    mutual: int
    fans: int
    not_back: int
    connected: int
    mutual_silent: int


@dataclass(frozen=True, slots=True)
class SourceTies:
    """What one source carries.

    Args:
        source: its name.
        people: people with whom something passed there.
        two_way: those of them with whom it passed both ways there.
        only_here: people with whom nothing passed anywhere else.
        acts: acts between ego and them.
        last: date of the last one.
    """

    source: str
    people: int
    two_way: int
    only_here: int
    acts: int
    last: date


@dataclass(frozen=True, slots=True)
class Segment:
    """Ego's ties into one organisation, or with those who bear one tag.

    Args:
        name: of the organisation, or the tag.
        people: ties into it, silent ones included.
        live: two-way ties that are not silent.
        strong: strong ones among those.
        strongest: strength of the strongest tie; nan where undefined.
        attention: their part of all that passed, 0 to 1.
        single_threaded: there are at least two people, but only one live two-way tie.
    """

    name: str
    people: int
    live: int
    strong: int
    strongest: float
    attention: float
    single_threaded: bool


def follow_reciprocity(
    people: People, declared: Declared, ties: TieMeasures
) -> tuple[FollowCount, ...]:
    """Who follows whom back, by source; sources without a relation of ego's are left out.

    Args:
        people: everyone in the graph; those set aside are not counted.
        declared: standing relations that sources state.
        ties: ego's ties, for whether anything passes.
    """
    live = set(ties.alter[~np.isin(ties.state, _SILENT)].tolist())
    out = []
    for place, source in sorted(enumerate(declared.sources), key=lambda item: item[1]):
        here = declared.source == place
        following = _others(declared, people, here & declared.follows, forwards=True)
        followers = _others(declared, people, here & declared.follows, forwards=False)
        connected = _others(declared, people, here & ~declared.follows, forwards=True) | _others(
            declared, people, here & ~declared.follows, forwards=False
        )
        if following or followers or connected:
            out.append(
                FollowCount(
                    source=text.plain(source, 40),
                    mutual=len(following & followers),
                    fans=len(followers - following),
                    not_back=len(following - followers),
                    connected=len(connected),
                    mutual_silent=len(((following & followers) | connected) - live),
                )
            )
    return tuple(out)


def _others(
    declared: Declared,
    people: People,
    rows: Bools,
    *,
    forwards: bool,
) -> set[int]:
    near, far = (declared.person, declared.other) if forwards else (declared.other, declared.person)
    found = far[rows & (near == people.ego)]
    return set(found[~people.set_aside[found]].tolist()) - {people.ego}


def by_source(people: People, contacts: Contacts, day: int) -> tuple[SourceTies, ...]:
    """What each source carries between ego and others, busiest first.

    Args:
        people: everyone in the graph; those set aside are not counted.
        contacts: who reached whom on which day.
        day: the last UTC day that counts.
    """
    size, ego = len(people), people.ego
    own = (contacts.sender == ego) | (contacts.recipient == ego)
    own &= (contacts.day <= day) & ~people.set_aside[contacts.sender]
    own &= ~people.set_aside[contacts.recipient]
    places = np.unique(contacts.source[own])
    other = np.where(contacts.sender == ego, contacts.recipient, contacts.sender)
    met = np.zeros((len(contacts.sources), size), dtype=np.bool_)
    met[contacts.source[own], other[own]] = True
    out = []
    for place in places.tolist():
        here = own & (contacts.source == place)
        given = set(contacts.recipient[here & (contacts.sender == ego)].tolist())
        received = set(contacts.sender[here & (contacts.recipient == ego)].tolist())
        out.append(
            SourceTies(
                source=text.plain(contacts.sources[place], 40),
                people=int(met[place].sum()),
                two_way=len(given & received),
                only_here=int((met[place] & (met.sum(axis=0) == 1)).sum()),
                acts=distinct_acts(contacts, here),
                last=text.day(contacts.day[here].max()),
            )
        )
    return tuple(sorted(out, key=lambda line: (-line.acts, line.source)))


def by_organisation(people: People, ties: TieMeasures, *, strong: float) -> tuple[Segment, ...]:
    """Ego's ties by organisation, those with most people first.

    Args:
        people: everyone in the graph.
        ties: ego's ties.
        strong: strength from which a tie is strong.
    """
    rows: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for row, number in enumerate(ties.alter.tolist()):
        if name := text.plain(people.organisations[number]):
            rows.setdefault(name.casefold(), []).append(row)
            names.setdefault(name.casefold(), name)
    return _segments({names[key]: members for key, members in rows.items()}, ties, strong)


def by_tag(people: People, ties: TieMeasures, *, strong: float) -> tuple[Segment, ...]:
    """Ego's ties by the owner's tags, those with most people first; who bears two is in both.

    Args:
        people: everyone in the graph.
        ties: ego's ties.
        strong: strength from which a tie is strong.
    """
    rows: dict[str, list[int]] = {}
    for row, number in enumerate(ties.alter.tolist()):
        for tag in people.tags[number]:
            rows.setdefault(text.plain(tag), []).append(row)
    return _segments(rows, ties, strong)


def _segments(
    rows: Mapping[str, list[int]], ties: TieMeasures, strong: float
) -> tuple[Segment, ...]:
    live = (ties.given_days > 0) & (ties.received_days > 0) & ~np.isin(ties.state, _SILENT)
    attention = np.nan_to_num(ties.attention_share)
    out = []
    for name, members in rows.items():
        strength = ties.strength[members]
        alive = int(live[members].sum())
        out.append(
            Segment(
                name=name,
                people=len(members),
                live=alive,
                strong=int((live[members] & (strength >= strong)).sum()),
                strongest=float(np.nanmax(strength)) if (~np.isnan(strength)).any() else np.nan,
                attention=float(attention[members].sum()),
                single_threaded=len(members) > 1 and alive == 1,
            )
        )
    out.sort(key=lambda line: (-line.people, -line.live, line.name))
    return tuple(out[:SEGMENTS])
