"""Ids for messages of chats that have none: the same from every file that tells the chat."""

from collections import Counter, OrderedDict
from datetime import datetime

from roc.collectors.formats.hashed_ids import hashed
from roc.graph.records import Account

_REMEMBERED = 1000  # minutes: messages that stand in a file too late are behind by less


class ByMinute:
    """Tells messages apart by their minute, their author, and the how manieth of theirs it is.

    Not by seconds, which some files of a chat tell and others do not; nor by the text, which
    changes: messages are edited and deleted, and programs and languages have their own words for a
    picture. A file that begins within a minute has fewer messages of it than another, and never one
    that the other has not.

    Args:
        chat: what tells the chat from others, the same in every export.

    Example:
        >>> ana, nine = Account("whatsapp", "name:ana"), datetime(2026, 3, 5, 9)
        >>> first, again = ByMinute("whatsapp", "ben"), ByMinute("whatsapp", "ben")
        >>> first.id(nine, ana) == again.id(nine.replace(second=7), ana)
        True
        >>> first.id(nine, ana) == again.id(nine, ana) != first.id(nine, ana)
        True
    """

    def __init__(self, *chat: str) -> None:
        self._chat = chat
        self._counts: OrderedDict[str, Counter[tuple[str, ...]]] = OrderedDict()

    def id(self, at: datetime, author: Account, *apart: str) -> str:
        """The id of the author's next message, at that moment of the chat's wall clock.

        Args:
            at: the moment.
            author: who wrote it.
            apart: what is counted apart from all else, such as calls, which only some files tell.
        """
        minute = at.strftime("%Y-%m-%dT%H:%M")
        if minute not in self._counts and len(self._counts) >= _REMEMBERED:
            self._counts.popitem(last=False)
        counts = self._counts.setdefault(minute, Counter())
        told = (str(author), *apart)
        counts[told] += 1
        return hashed(*self._chat, minute, *told, str(counts[told]))
