"""Waiting for sources that ask for it, as long as the owner is willing to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from roc.errors import CollectError, RateLimited, SourceUnavailable

_MOST_TRIES = 5
_LONGEST_PAUSE_SECONDS = 60.0


@dataclass(slots=True)
class Patience:
    """How long a run is still willing to wait for one host.

    Where a source says when to come back, that moment is waited for. Where it does not, or is down
    for a moment, pauses of a length drawn by lot double each time ("full jitter"), five times at
    most: many who were turned away at once do not come back at once.

    Args:
        seconds: what may be waited in all.
        clock: tells the moment, aware UTC.
        wait: waits for so many seconds.
        dice: draws the pauses.
    """

    seconds: float
    clock: Callable[[], datetime]
    wait: Callable[[float], None]
    dice: Random = field(default_factory=Random)
    _tries: int = 0

    def wait_out(self, refusal: CollectError) -> None:
        """Wait until the source may be asked again.

        Raises:
            CollectError: the refusal itself, where waiting does not help or takes too long.
        """
        seconds = self._pause(refusal)
        self._tries += 1
        if seconds is None or seconds > self.seconds or self._tries > _MOST_TRIES:
            raise refusal
        self.seconds -= seconds
        self.wait(seconds)

    def answered(self) -> None:
        """The source gave something: the next pause is a short one again."""
        self._tries = 0

    def _pause(self, refusal: CollectError) -> float | None:
        """Seconds to wait; ``None`` where it would be of no use."""
        if isinstance(refusal, RateLimited):
            if refusal.resume_at is not None:
                return max(1.0, (refusal.resume_at - self.clock()).total_seconds())
        elif not (isinstance(refusal, SourceUnavailable) and refusal.may_pass):
            return None
        return self.dice.uniform(0.0, min(2.0 ** (self._tries + 1), _LONGEST_PAUSE_SECONDS))
