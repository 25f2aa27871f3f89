"""Meta's Graph API, as Pages and professional accounts are asked by: answers, pages, refusals.

A refusal's reason is a number in its body, whatever its status. Its words, which name people, are
not read.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import requests

from roc.collectors.base import LiveSettings
from roc.collectors.formats.json_values import Item, item, word
from roc.collectors.http import Line, Words, check, json_object, unavailable
from roc.collectors.limits import resume_at
from roc.errors import PermissionMissing, RateLimited, SignInFailed

VERSION = "v26.0"
"""Of the API; Meta answers to each for two years, and then to the oldest that still lives."""

_NO_TOKEN = frozenset({102, 190})
_DOWN = frozenset({1, 2})
_TOO_MUCH = frozenset({4, 17, 32, 613, *range(80000, 80015)})
_NOT_ALLOWED = frozenset({3, 10, *range(200, 300)})
_USAGE = "x-business-use-case-usage"
_LONGEST_MINUTES = 7 * 24 * 60


class Graph:
    """The Graph API with one token.

    Args:
        settings: see ``LiveSettings``.
        real: the API's address, without the version.
        words: what to tell the owner.
    """

    def __init__(self, settings: LiveSettings, real: str, words: Words) -> None:
        self._line = Line(settings, real, words)
        self._words = words
        self.now = settings.now

    def get(self, route: str, permission: str, **asked: Any) -> Item:
        """An answer.

        Args:
            route: below the version, as ``/me``.
            permission: which permissions it needs, for the owner.
            asked: the question.

        Raises:
            CollectError: the source refused.
        """
        needs = f"make a token with the permissions {permission}."
        words = replace(self._words, permission=needs)
        answer = self._line.answer("GET", f"/{VERSION}{route}", words, params=asked)
        if answer.status_code >= 400:
            self._refuse(answer, words)
        check(answer, words, self.now)
        return json_object(answer, words)

    def _refuse(self, answer: requests.Response, words: Words) -> None:
        """Raise what a refusal's number says; nothing where it has none that is known."""
        code, source = _code(answer), words.source
        if code in _NO_TOKEN:
            raise SignInFailed(f"{source} refuses the token ({code}).", hint=words.sign_in)
        if code in _TOO_MUCH:
            when = _regained(answer, self.now)
            raise RateLimited(
                f"{source} asks to wait ({code}).",
                resume_at=when or resume_at(answer.headers, self.now),
                hint="run the same command then; it goes on where it stopped.",
            )
        if code in _NOT_ALLOWED:
            raise PermissionMissing(
                f"{source} does not let this token read that ({code}).", hint=words.permission
            )
        if code in _DOWN:
            raise unavailable(words, f"is down ({code})", may_pass=True)


def after(answer: Item) -> str:
    """With which the next page is asked for; empty on the last one."""
    paging = item(answer, "paging")
    return word(item(paging, "cursors"), "after") if word(paging, "next") else ""


def _code(answer: requests.Response) -> int:
    """A refusal's number; 0 where it has none."""
    try:
        told = answer.json()
    except (RecursionError, ValueError):
        return 0
    code = item(told, "error").get("code")
    return code if isinstance(code, int) else 0


def _regained(answer: requests.Response, now: datetime) -> datetime | None:
    """When Meta wants to be asked again, which it tells in minutes for each kind of use."""
    try:
        told = json.loads(answer.headers.get(_USAGE, ""))
    except (RecursionError, ValueError):
        return None
    uses = [use for each in _lists(told) for use in each if isinstance(use, Mapping)]
    minutes = [use.get("estimated_time_to_regain_access") for use in uses]
    known = [count for count in minutes if isinstance(count, int) and count > 0]
    return now + timedelta(minutes=min(max(known), _LONGEST_MINUTES)) if known else None


def _lists(told: object) -> list[list[Any]]:
    values = told.values() if isinstance(told, Mapping) else ()
    return [each for each in values if isinstance(each, list)]
