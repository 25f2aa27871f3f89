"""In which order the dates of a chat are written, by all of them together."""

from collections.abc import Iterable
from datetime import date

from roc.collectors.whatsapp.stamps import ORDERS, Stamp

_MOST_WORDS = 100


class Dates:
    """Finds out from all the stamps of a chat in which order their numbers are."""

    def __init__(self) -> None:
        self._bad = dict.fromkeys(ORDERS, 0)
        self._back = dict.fromkeys(ORDERS, 0)
        self._last: dict[str, date] = {}
        self._signs: set[str] = set()
        self._is_east_asian = False
        self._meaningless: set[str] = set()
        self.is_alike = True
        """Whether day first and month first come to the same in all of them."""

    def see(self, stamp: Stamp) -> None:
        """The next stamp of the chat."""
        self._signs.add(stamp.sign)
        self._is_east_asian = self._is_east_asian or stamp.is_east_asian
        is_of_24 = stamp.time is not None and not 0 < stamp.time[0] <= 12
        if stamp.unsure and is_of_24 and len(self._meaningless) < _MOST_WORDS:
            self._meaningless.add(stamp.unsure)
        days = {order: stamp.day(order) for order in ORDERS}
        self.is_alike = self.is_alike and days["dmy"] == days["mdy"]
        for order, day in days.items():
            if day is None:
                self._bad[order] += 1
            else:
                self._back[order] += order in self._last and day < self._last[order]
                self._last[order] = day

    def knows_time(self, stamp: Stamp) -> bool:
        """Whether it is known of which half of the day the stamp's time is.

        A word beside the time says nothing of it where it stands beside 13 o'clock, too.
        """
        return not stamp.unsure or stamp.unsure in self._meaningless

    def told(self) -> str:
        """The order that the stamps themselves tell; empty where two are left.

        A number above 12 is no month, and time goes on from message to message. Years of two digits
        are believed to come first only where nothing else is left, or the language says so.
        """
        least_bad = min(self._bad.values())
        left = [order for order in ORDERS if self._bad[order] == least_bad]
        least = min(self._back[order] for order in left)
        left = [order for order in left if self._back[order] == least]
        if "ymd" in left and len(left) > 1:
            if self._is_east_asian:
                return "ymd"
            left.remove("ymd")
        return left[0] if len(left) == 1 else ""

    def likely(self) -> str:
        """The order, by the signs between the numbers; empty where they do not tell.

        Wherever the month comes first, strokes are written, and neither dots nor hyphens.
        """
        return "" if "/" in self._signs and not self.is_alike else "dmy"


def agreed(chats: Iterable[Dates]) -> str:
    """The order that the chats of one telephone tell; empty where none tells, or they differ."""
    found = {order for dates in chats if (order := dates.told())}
    return found.pop() if len(found) == 1 else ""
