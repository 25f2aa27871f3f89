"""Chance and calendar of one person in the invented network: when they act, how talk goes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from roc.demo.acts import Channel, Letter
from roc.demo.cast import ME, Person

SPAN_DAYS = 425
"""How far back the invented network reaches: about 14 months."""

_SUBJECTS = (
    "Lunch next week?", "The colour question", "A small favour", "Your talk", "Photos from Friday",
    "Draft for your eyes", "Budget", "A book for you", "Printer quotes", "Thursday", "News from us",
    "An idea", "That article", "Workshop dates", "Feedback on the leaflet", "Holidays",
)  # fmt: skip


class Life:
    """What one person's days are drawn from.

    Everybody draws from a stream of their own, so that a change to one life leaves the others
    as they were. Days are told as *ago*: how many days before the last day.

    Args:
        person: whose life it is.
        last_day: the last day on which anything happens.
        seed: of the whole network.
    """

    def __init__(self, person: Person, last_day: date, seed: int) -> None:
        self.person = person
        self.last_day = last_day
        self.rng = np.random.default_rng([seed, person.place])
        self._threads = 0

    def day(self, ago: float) -> date:
        """The day so many days before the last; a weekend becomes the Friday before."""
        day = self.last_day - timedelta(days=int(ago))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def moment(self, ago: float) -> datetime:
        """A moment in the working hours of such a day, aware UTC."""
        seconds = int(self.rng.integers(8 * 3600, 18 * 3600))
        return datetime.combine(self.day(ago), time(), UTC) + timedelta(seconds=seconds)

    def rhythm(self, since: float, until: float, every: float) -> Iterator[float]:
        """Days ago from ``since`` down to ``until``, about ``every`` days apart, never exactly."""
        ago = since - self.rng.uniform(0, every)
        while ago >= until:
            yield ago
            ago -= every * self.rng.gamma(5.0, 0.2)

    def subject(self) -> str:
        """Something to write about."""
        return _SUBJECTS[int(self.rng.integers(len(_SUBJECTS)))]

    def talk(
        self,
        ago: float,
        turns: int,
        *,
        opener: str = "",
        channel: Channel = Channel.MAIL,
        hours: float = 6.0,
        subject: str = "",
    ) -> Iterator[Letter]:
        """A conversation of two, turn by turn.

        Args:
            ago: when it begins.
            turns: how many letters are written in all.
            opener: key of who begins; empty for either, by chance.
            channel: where it is written.
            hours: median time to answer.
            subject: of the conversation; empty for any.
        """
        opener = opener or (ME if self.rng.random() < 0.5 else self.person.key)
        pair = (opener, self.person.key if opener == ME else ME)
        self._threads += 1
        thread = f"{self.person.key}-{self._threads}"
        subject = subject or self.subject()
        at = self.moment(ago)
        for turn in range(turns):
            sender, recipient = pair[turn % 2], pair[(turn + 1) % 2]
            yield Letter(channel, at, sender, (recipient,), thread, turn, subject)
            at += self.pause(hours)

    def pause(self, hours: float) -> timedelta:
        """Time until an answer: skewed, as answers are, ``hours`` in the median."""
        return timedelta(seconds=int(hours * 3600 * self.rng.lognormal(0.0, 0.9)))

    def turns(self, mean: float) -> int:
        """How long a conversation gets: at least one letter."""
        return 1 + int(self.rng.poisson(mean - 1))
