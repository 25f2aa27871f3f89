"""Whom a mailbox's messages tell of: each message and person once, and who writes in bulk."""

from collections.abc import Iterator, Mapping, Sequence

from roc.collectors.formats.addresses import nature
from roc.collectors.formats.letter import SOURCE, Letter, Mailbox, person
from roc.graph.records import Account, AccountSeen, Nature, Record

_MAX_REMEMBERED = 1_000_000  # messages whose repeats are noticed here; the store drops the rest
_MOST = 0.5


class Correspondence:
    """What was met so far: messages and people once each, and how senders write.

    Args:
        before: what ``tallies`` told at the end of an earlier run.
    """

    def __init__(self, before: Mapping[str, Sequence[int]] | None = None) -> None:
        self._ids: set[str] = set()
        self._met: set[tuple[Mailbox, bool]] = set()
        self._senders = {address: list(told) for address, told in (before or {}).items()}

    def new_in(self, read: Letter) -> Iterator[Record]:
        """The people and the act in a message, where they were not met before.

        Takeout puts a message into one file for each of its labels.
        """
        act = read.act
        if act.external_id in self._ids:
            return
        if len(self._ids) < _MAX_REMEMBERED:
            self._ids.add(act.external_id)
        tally = self._senders.setdefault(act.sender.handle, [0, 0, 0])
        for place, counts in enumerate((True, read.bulk, read.automatic)):
            tally[place] += counts
        met, lists = self._met, read.lists
        for mailbox in read.mailboxes:
            told = mailbox, mailbox[1] in lists
            if told not in met:
                met.add(told)
                if seen := person(mailbox, is_list=told[1]):
                    yield seen
        yield act

    def tallies(self) -> dict[str, list[int]]:
        """For each sender how many messages, and how many of them in bulk and by a program."""
        return {
            address: list(tally)
            for address, tally in self._senders.items()
            if nature(address) is Nature.PERSON
        }

    def impersonal(self) -> Iterator[AccountSeen]:
        """Senders taken for people so far, most of whose messages no person wrote to anyone.

        One bulk message does not make a list of a friend who also writes by hand.
        """
        for address, (sent, bulk, automatic) in self.tallies().items():
            if automatic > _MOST * sent:
                yield AccountSeen(Account(SOURCE, address), nature=Nature.BOT)
            elif bulk > _MOST * sent:
                yield AccountSeen(Account(SOURCE, address), nature=Nature.LIST)
