"""LinkedIn's log of what a member did and met, as far as it tells that something has changed.

It goes back 28 days, and begins when an app asks LinkedIn to keep one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from roc.collectors.formats.json_values import items
from roc.collectors.http import NotUnderstood, check, json_object
from roc.collectors.linkedin.transport import WORDS, Transport
from roc.errors import PermissionMissing

KEPT = timedelta(days=28)
"""How far back LinkedIn's log goes."""

_ROUTE = "/rest/memberChangeLogs"
_CONSENT = "/rest/memberAuthorizations"
_PAGE = 50  # a larger one is refused
_MOST_PAGES = 200


class Changes:
    """What has changed at LinkedIn, asked once in a run.

    Args:
        linkedin: the way there.
    """

    def __init__(self, linkedin: Transport) -> None:
        self._linkedin = linkedin
        self.newest = cache(self._newest)

    def _newest(self, since: int | None) -> int | None:
        """When LinkedIn last took note of something.

        Args:
            since: an earlier answer; ``None`` where there is none yet, so that LinkedIn is asked to
                keep a log from now on.

        Returns:
            Milliseconds since 1970, not before ``since``; ``None`` where the token may not know.

        Raises:
            CollectError: see ``roc.collectors.http``.
        """
        try:
            if since is None:
                self._asked("POST", _CONSENT, {}, body="{}")
            oldest = self._oldest()
            last = self._last(oldest if since is None else max(since, oldest))
        except (NotUnderstood, PermissionMissing):
            return None
        return last or since or oldest

    def _oldest(self) -> int:
        began = self._linkedin.now - KEPT - datetime(1970, 1, 1, tzinfo=UTC)
        return began // timedelta(milliseconds=1)

    def _last(self, since: int) -> int:
        """Moment of the newest event since one; 0 where there is none."""
        newest = 0
        for _ in range(_MOST_PAGES):
            # The moment counts as one of those asked for: the last event known comes again.
            params = {"q": "memberAndApplication", "startTime": since, "count": _PAGE}
            events = list(items(self._asked("GET", _ROUTE, params).get("elements")))
            told = (event.get("processedAt") for event in events)
            newest = max([newest, *(moment for moment in told if isinstance(moment, int))])
            if len(events) < _PAGE or newest <= since:
                break
            since = newest
        return newest

    def _asked(
        self, method: str, route: str, params: Mapping[str, Any], *, body: str | None = None
    ) -> dict[str, Any]:
        response = self._linkedin.ask(method, route, params, body=body)
        check(response, WORDS, self._linkedin.now)
        return json_object(response, WORDS) if method == "GET" else {}
