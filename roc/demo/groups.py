"""What groups do in the invented network: a reply-all list, dinners, a project, newsletters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from roc.demo.acts import Act, Bulletin, Channel, Connected, Letter, Meeting, Note
from roc.demo.cast import CAST, ME
from roc.demo.life import SPAN_DAYS, Life

DINNERS_AGO = (398, 307, 216, 128, 44, 12)
"""The owner's dinners, in days before the last day."""

PROJECT_AGO = (270, 150)
"""Begin and end of the project called harbour."""

PROJECT_TAG = "harbour"
"""The owner's word for it."""


def members(character: str) -> tuple[str, ...]:
    """Keys of those who have a character, in the order of the cast."""
    return tuple(key for key, person in CAST.items() if person.character == character)


def alumni(life: Life) -> Iterator[Act]:
    """Eight people who answer all: much is written, little is meant for anybody."""
    group = members("alumni")
    for count, ago in enumerate(life.rhythm(SPAN_DAYS, 1, 11.0)):
        at = life.moment(ago)
        writers = life.rng.choice((*group, ME), size=int(life.rng.integers(2, 7)))
        for turn, sender in enumerate(writers):
            others = tuple(key for key in (*group, ME) if key != sender)
            thread = f"alumni-{count}"
            yield Letter(
                Channel.MAIL, at, str(sender), others[:1], thread, turn, "Reunion", others[1:]
            )
            at += life.pause(2.0)


def dinners(life: Life) -> Iterator[Act]:
    """Evenings at the owner's table: some guests become more than guests."""
    guests, friends = members("guest"), members("friend")
    for number, ago in enumerate(DINNERS_AGO):
        day = life.day(ago)
        count = int(life.rng.integers(5, 8))
        present = [*life.rng.choice(guests, count, replace=False), str(life.rng.choice(friends))]
        named = ", ".join(CAST[key].address for key in present)
        quarter = (day.month + 2) // 3
        yield Note(day, f"me -> {named} dinner #q{quarter} cost {360 + 30 * count} EUR")
        yield from _thanks(life, ago, tuple(map(str, present)), number)
    yield from _after_dinner(life, guests)


def _thanks(life: Life, ago: float, present: tuple[str, ...], number: int) -> Iterator[Act]:
    """The owner writes to all the next day; about half answer, to the owner alone."""
    at = life.moment(ago - 1)
    thread = f"dinner-{number}"
    yield Letter(Channel.MAIL, at, ME, present, thread, 0, "Thank you for coming")
    turn = 0
    for key in present:
        if life.rng.random() < 0.55:
            turn += 1
            at += life.pause(5.0)
            yield Letter(Channel.MAIL, at, key, (ME,), thread, turn, "Thank you for coming")


def _after_dinner(life: Life, guests: tuple[str, ...]) -> Iterator[Act]:
    """Every other guest keeps in touch after the second dinner."""
    for key in guests[::2]:
        own = Life(CAST[key], life.last_day, int(life.rng.integers(2**31)))
        for ago in own.rhythm(DINNERS_AGO[1] - 3, 0, 24.0):
            yield from own.talk(ago, own.turns(2.4), hours=9.0)
        yield Note(own.day(own.rng.uniform(20, 200)), f"{CAST[key].address} -> me referral")


def team(life: Life) -> Iterator[Act]:
    """The harbour project: four months of daily work; two of six stay in touch."""
    since, until = PROJECT_AGO
    crew = members("team")
    addresses = ", ".join(CAST[key].address for key in crew)
    yield Note(life.day(since - 4), f"me -> {addresses} offsite #{PROJECT_TAG} cost 1800 EUR")
    yield Note(life.day(until), f"me -> {addresses} dinner #{PROJECT_TAG} cost 540 EUR")
    start = datetime.combine(life.day(since), time(10))
    yield Meeting(
        "harbour-week", start, 60, "Harbour: week", crew, every_weeks=1, last=life.day(until),
        left_out=(start.date() + timedelta(weeks=5),), declined=crew[2:3], room=True,
    )  # fmt: skip
    for place, key in enumerate(crew):
        own = Life(CAST[key], life.last_day, int(life.rng.integers(2**31)))
        for ago in own.rhythm(since, until, 4.0):
            yield from own.talk(ago, own.turns(2.6), hours=2.5, subject="[harbour] Next steps")
        if place in (0, 3):
            for ago in own.rhythm(until - 8, 0, 16.0):
                yield from own.talk(ago, own.turns(2.4), hours=7.0)
        if CAST[key].linkedin_address is not None:
            yield Connected(own.moment(since - 6), key, place % 2 == 0)


def connections(life: Life) -> Iterator[Act]:
    """Guests and alumni who are on LinkedIn connect there."""
    for key in (*members("guest"), *members("alumni")):
        if CAST[key].linkedin_address is not None:
            yield Connected(life.moment(life.rng.uniform(100, 400)), key, life.rng.random() < 0.5)


def bulletins(life: Life) -> Iterator[Act]:
    """Two newsletters and a program's notices: mail that no person wrote to the owner."""
    weekly = Bulletin(
        life.moment(0), "The Brand Letter", "letter@brandletter.example",
        "brand-letter.brandletter.example", "This week in brands",
    )  # fmt: skip
    monthly = replace(
        weekly, name="City Makers", address="news@citymakers.example",
        list_id="news.citymakers.example", subject="City Makers",
    )  # fmt: skip
    notice = replace(
        weekly, name="Desk Booking", address="noreply@desks.example", list_id="",
        subject="Your desk is booked",
    )  # fmt: skip
    for letter, every in ((weekly, 7), (monthly, 30), (notice, 21)):
        for ago in range(every // 2, SPAN_DAYS, every):
            yield replace(letter, at=life.moment(ago))
