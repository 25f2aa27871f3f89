"""How ties of two go in the invented network: friends, advisers, pitches, clients."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from roc.demo.acts import Act, Channel, Connected, Meeting, Note, Post, Praise, Praised
from roc.demo.cast import ME
from roc.demo.life import SPAN_DAYS, Life


def colleague(life: Life) -> Iterator[Act]:
    """Writes every working day and meets every week."""
    for ago in life.rhythm(SPAN_DAYS, 0, 1.6):
        yield from life.talk(ago, life.turns(3.0), hours=1.5)
    yield _series(life, "Studio week", every_weeks=1, hour=9, minutes=45, endless=True, room=True)
    yield from _connected(life, 424, invited=True)


def friend(life: Life) -> Iterator[Act]:
    """Writes every week, meets every month, helps now and then."""
    for ago in life.rhythm(SPAN_DAYS, 0, 7.0):
        yield from life.talk(ago, life.turns(2.6), hours=5.0)
    yield _series(life, f"Coffee {_first(life)} / Ana", every_weeks=4, hour=16, minutes=60)
    if life.person.x_id:
        for ago in life.rhythm(SPAN_DAYS, 3, 30.0):
            yield from life.talk(ago, life.turns(2.0), channel=Channel.X, hours=3.0)
            yield Post(life.moment(ago - 2), (life.person.key,), answers=False)
    for ago in life.rhythm(360, 20, 170.0):
        yield Note(life.day(ago), f"{life.person.nickname} -> me coffee")
    yield from _connected(life, SPAN_DAYS - 5, invited=True)
    if life.person.linkedin_address is not None:
        yield Praised(life.moment(120), life.person.key, Praise.ENDORSEMENT)


def adviser(life: Life) -> Iterator[Act]:
    """Meets every quarter, answers slowly and always, and spoke for the owner in writing."""
    for ago in (420, 330, 240, 150, 60):
        at = life.moment(ago).replace(hour=11, minute=0, second=0, microsecond=0, tzinfo=None)
        yield Meeting(f"{life.person.key}-{ago}", at, 90, "Quarterly talk", (life.person.key,))
        yield from life.talk(ago + 9, 2, opener=ME, hours=30.0, subject="Our next talk")
    yield from _connected(life, 410, invited=True)
    yield Praised(life.moment(200), life.person.key, Praise.RECOMMENDATION)
    yield Note(life.day(59), f"me -> {life.person.address} thanks")


def fading(life: Life) -> Iterator[Act]:
    """Wrote every week until about ten weeks ago; the owner's last letter waits."""
    for ago in life.rhythm(SPAN_DAYS, 75, 7.0):
        yield from life.talk(ago, life.turns(2.6), hours=8.0)
    yield _series(life, f"Walk {_first(life)} / Ana", every_weeks=4, hour=17, minutes=60, until=80)
    yield from life.talk(58, 1, opener=ME, subject="Are you well?")
    yield from _connected(life, 400, invited=False)


def dormant(life: Life) -> Iterator[Act]:
    """Was close in the first months; silent since."""
    for ago in life.rhythm(SPAN_DAYS, 215, 9.0):
        yield from life.talk(ago, life.turns(3.0), hours=12.0)
    yield from _connected(life, 420, invited=True)


def burst(life: Life) -> Iterator[Act]:
    """A week of thirty letters, ten days ago."""
    for ago in (16, 15, 14, 13, 12, 11, 10):
        yield from life.talk(ago, 4, hours=0.8, subject="Stand at the fair")
    yield from _connected(life, 17, invited=False)


def pitched(life: Life) -> Iterator[Act]:
    """The owner writes again and again; nothing comes back."""
    for ago in life.rhythm(95, 2, 7.0):
        channel = Channel.LINKEDIN if life.rng.random() < 0.6 else Channel.MAIL
        yield from life.talk(ago, 1, opener=ME, channel=channel, subject="A brand audit for you")
    yield from _connected(life, 97, invited=True)


def pitcher(life: Life) -> Iterator[Act]:
    """Writes to the owner again and again; gets nothing back."""
    yield from _connected(life, 300, invited=False)
    for ago in life.rhythm(298, 1, 12.0):
        yield from life.talk(
            ago, 1, opener=life.person.key, channel=Channel.LINKEDIN, subject="Grow faster"
        )


def client(life: Life) -> Iterator[Act]:
    """Came through a friend about eleven weeks ago; meets every other week since."""
    ago = 70 + 3 * (life.person.place % 5)
    yield Note(life.day(ago + 2), f"ben@okafor.example -> me, {life.person.address} introduction")
    yield from life.talk(ago, 4, opener=ME, hours=4.0, subject="Nice to meet you")
    yield from _connected(life, ago - 1, invited=True)
    for later in life.rhythm(ago - 5, 0, 4.5):
        yield from life.talk(later, life.turns(2.8), hours=3.0)
    yield _series(
        life, f"{life.person.organisation} / Studio", 2, hour=14, minutes=60, since=ago - 7
    )


def acquaintance(life: Life) -> Iterator[Act]:
    """A few words on LinkedIn every couple of months, and a meeting that somebody calls off."""
    yield from _connected(life, 405, invited=bool(life.person.place % 2))
    for ago in life.rhythm(400, 4, 55.0):
        yield from life.talk(ago, life.turns(2.0), channel=Channel.LINKEDIN, hours=20.0)
    at = life.moment(90).replace(hour=10, minute=30, second=0, microsecond=0, tzinfo=None)
    off = life.person.place % 2 == 0
    declined = () if off else (life.person.key,)
    key = f"{life.person.key}-catch-up"
    yield Meeting(key, at, 30, "Catch up", (life.person.key,), declined=declined, cancelled=off)


def poster(life: Life) -> Iterator[Act]:
    """Is answered and named on X, and writes direct messages."""
    for ago in life.rhythm(SPAN_DAYS, 1, 11.0):
        yield Post(life.moment(ago), (life.person.key,), answers=life.rng.random() < 0.8)
    for ago in life.rhythm(SPAN_DAYS, 1, 26.0):
        yield from life.talk(ago, life.turns(2.4), channel=Channel.X, hours=4.0)
    yield from _connected(life, 200, invited=False)


def connected(life: Life) -> Iterator[Act]:
    """A connection on LinkedIn with whom nothing ever passed but the invitation."""
    yield from _connected(life, 380 - 2 * life.person.place, invited=bool(life.person.place % 2))


def _first(life: Life) -> str:
    return life.person.name.split()[0]


def _connected(life: Life, ago: float, *, invited: bool) -> Iterator[Act]:
    if life.person.linkedin_address is not None:
        yield Connected(life.moment(ago), life.person.key, invited)


def _series(
    life: Life,
    title: str,
    every_weeks: int,
    *,
    hour: int,
    minutes: int,
    since: float = SPAN_DAYS,
    until: float = -14,
    endless: bool = False,
    room: bool = False,
) -> Meeting:
    """Meetings in a rhythm; about every ninth is left out, as in anybody's calendar."""
    first = life.day(since - life.rng.integers(7))
    step = timedelta(weeks=every_weeks)
    count = (life.day(max(until, 0)) - first) // step + 1
    left_out = tuple(first + n * step for n in range(1, count) if life.rng.random() < 0.11)
    return Meeting(
        key=f"{life.person.key}-series",
        start=datetime.combine(first, time(hour)),
        minutes=minutes,
        title=title,
        guests=(life.person.key,),
        every_weeks=every_weeks,
        last=None if endless else life.day(until),
        left_out=left_out,
        room=room,
    )


CHARACTERS: Mapping[str, Callable[[Life], Iterator[Act]]] = MappingProxyType(
    {
        "acquaintance": acquaintance,
        "adviser": adviser,
        "burst": burst,
        "client": client,
        "colleague": colleague,
        "connected": connected,
        "dormant": dormant,
        "fading": fading,
        "friend": friend,
        "pitched": pitched,
        "pitcher": pitcher,
        "poster": poster,
    }
)
"""Characters of ties of two, by name; those of groups stand in ``roc.demo.groups``."""
