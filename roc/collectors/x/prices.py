"""What X asks for reading: one price list, with its date, and the ceilings that follow from it.

X sells reads one by one. What belongs to the owner of the app that made the token ("owned reads")
is cheaper, posts five times and people ten times, and these prices hold only then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from roc.collectors.base import Estimate, LiveSettings
from roc.errors import QuotaExhausted

PRICED_ON = date(2026, 8, 22)
"""The day of X's published price list that the numbers below were taken from."""

WHO_AM_I_DOLLARS = 0.010
"""A user looked up: what it costs, once a run, to ask whose token this is."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one stream costs.

    Args:
        each: dollars for one item.
        noun: what an item is called.
        most: how many items X hands out in one go at most.
        why: where that limit comes from, in a few words.
        page: the largest page X gives.
        least: the smallest page X gives.
    """

    each: float
    noun: str
    most: int
    why: str
    page: int
    least: int


OWN_POSTS_DOLLARS = 0.001
"""A post of the owner's own, looked at to see how often it was echoed."""

OWN_POSTS = 100
"""So many are looked at, the newest, once a run."""

_SLOWLY = "X gives 7,500 in a quarter of an hour"

PRICES: Mapping[str, Price] = MappingProxyType(
    {
        "mentions": Price(0.001, "posts", 800, "X keeps the newest 800 mentions at hand", 100, 5),
        "posts": Price(0.001, "posts", 3200, "X keeps your newest 3,200 posts at hand", 100, 5),
        "dms": Price(0.010, "messages", 1500, "X gives 1,500 in a quarter of an hour", 100, 1),
        "followers": Price(
            0.001, "people", 30000, "X gives 30,000 in a quarter of an hour", 100, 1
        ),
        "following": Price(
            0.001, "people", 30000, "X gives 30,000 in a quarter of an hour", 100, 1
        ),
        "quotes": Price(0.005, "quotes", 7500, _SLOWLY, 100, 10),
        "reposts": Price(0.010, "people who reposted", 7500, _SLOWLY, 100, 1),
        "liked_by": Price(0.010, "people who liked", 7500, _SLOWLY, 100, 1),
        "likes": Price(0.001, "likes", 7500, _SLOWLY, 100, 5),
    }
)

STREAMS: tuple[str, ...] = tuple(PRICES)


def estimate(settings: LiveSettings) -> Estimate:
    """What a run costs at most; a second one, with little new, costs next to nothing.

    Example:
        >>> from datetime import UTC, datetime
        >>> settings = LiveSettings(token="...", now=datetime(2026, 9, 1, tzinfo=UTC))
        >>> estimate(settings).dollars
        274.11
    """
    parts = [
        f"up to {price.most:,} {price.noun} at ${price.each:.3f} ({price.why})"
        for price in PRICES.values()
    ]
    looks = WHO_AM_I_DOLLARS + OWN_POSTS * OWN_POSTS_DOLLARS
    told = f"${looks:.3f} to ask whose token it is and what came back; prices of {PRICED_ON}"
    dollars = sum(price.most * price.each for price in PRICES.values()) + looks
    reason = f"{', '.join(parts)}, and {told}"
    if settings.max_cost is not None and settings.max_cost < dollars:
        without = f"the cap; without it ${dollars:.2f}, at prices of {PRICED_ON}"
        return Estimate(settings.max_cost, without)
    return Estimate(round(dollars, 3), reason)


class Purse:
    """What a run has spent, and what it may still spend.

    Args:
        max_cost: dollars that the run may cost; ``None`` for no cap.
    """

    def __init__(self, max_cost: float | None) -> None:
        self._max_cost = max_cost
        self.spent = 0.0

    def affordable(self, price: float, most: int, least: int = 1) -> int:
        """How many items may be asked for, at ``price`` dollars each: from ``least`` to ``most``.

        Raises:
            QuotaExhausted: not even ``least`` of them are within the cap.
        """
        if self._max_cost is None:
            return most
        # A hair is added: ten times a tenth of a cent must make a cent.
        count = min(most, int((self._max_cost - self.spent) / price + 1e-6))
        if count < least:
            raise QuotaExhausted(
                f"The run would pass its cost cap of ${self._max_cost:.2f}.",
                hint="what was read is kept; raise the cap, or run again later to go on.",
            )
        return count

    def pay(self, price: float, count: int) -> None:
        """Note that ``count`` items were bought."""
        self.spent += price * count
