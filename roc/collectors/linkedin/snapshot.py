"""LinkedIn's snapshot API: one page of one domain, asked for and refused politely.

``python-linkedin-v2`` makes the request and nothing else. Left to itself it puts the token into
the address (``oauth2_access_token``), from where it would reach logs and proxies; given no token it
leaves that parameter out, and ours travels in the header. Its reading of refusals ends in an
``AttributeError`` on what LinkedIn really answers, so refusals are read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from linkedin_v2.linkedin import LinkedInApplication, LinkedInAuthentication
from linkedin_v2.models import AccessToken

from roc.collectors.base import LiveSettings
from roc.collectors.http import Words, base_url, bearer, check, json_object, reaching
from roc.collectors.linkedin.columns import column
from roc.collectors.linkedin.rows import Row
from roc.graph.records import Problem

_REAL = "https://api.linkedin.com"
_PATH = "/rest/memberSnapshotData"
_HEADERS = {
    "LinkedIn-Version": "202312",  # the only one that this part of the API knows
    "X-Restli-Protocol-Version": "2.0.0",
}
_END = "no data found"
_WORDS = Words(
    source="LinkedIn",
    sign_in="make a new token in LinkedIn's developer portal and put it into ROC_LINKEDIN_TOKEN; "
    "see docs/sources/linkedin-api.md.",
    permission="the app needs the product Member Data Portability API (Member) and the token its "
    "scope r_dma_portability_self_serve, in the EEA or Switzerland; elsewhere use the archive.",
    payment="LinkedIn's API should cost nothing: look at your app in its developer portal.",
)


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """What one request brought.

    Args:
        rows: as the reader of exports takes them.
        more: whether LinkedIn says that another page follows.
    """

    rows: tuple[Row, ...]
    more: bool


class Snapshot:
    """LinkedIn's snapshot of one member.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._url = base_url(settings, _REAL) + _PATH
        self._bearer = bearer(settings, _WORDS)
        self._timeout = settings.timeout_seconds
        self._now = settings.now
        nobody = LinkedInAuthentication("", "", "")
        nobody.token = AccessToken(None, None)
        self._linkedin = LinkedInApplication(authentication=nobody)

    def page(self, domain: str, start: int) -> SnapshotPage:
        """The page of a domain with that number, counted from 0; an empty one beyond the last.

        Raises:
            CollectError: see ``roc.collectors.http``.
        """
        with reaching(_WORDS):
            response = self._linkedin.make_request(
                "GET",
                self._url,
                params={"q": "criteria", "domain": domain, "start": start},
                headers={**_HEADERS, "Authorization": self._bearer},
                timeout=self._timeout,
            )
        if _is_end(response):
            return SnapshotPage((), more=False)
        check(response, _WORDS, self._now)
        answer = json_object(response, _WORDS)
        return SnapshotPage(_rows(answer, f"{domain.lower()}, page {start + 1}"), _more(answer))


def _is_end(response: requests.Response) -> bool:
    """Whether this is LinkedIn's way of saying that there is no more, rather than a refusal."""
    if response.status_code != 404:
        return False
    message = json_object(response, _WORDS).get("message")
    return isinstance(message, str) and _END in message.casefold()


def _more(answer: Mapping[str, Any]) -> bool:
    # ``total`` is not to be trusted; the link is.
    links = _get(answer.get("paging"), "links")
    return isinstance(links, list) and any(_get(link, "rel") == "next" for link in links)


def _rows(answer: Mapping[str, Any], place: str) -> tuple[Row, ...]:
    elements = answer.get("elements")
    found: list[Row] = []
    for element in elements if isinstance(elements, list) else []:
        data = _get(element, "snapshotData")
        for row in data if isinstance(data, list) else [data]:
            where = f"{place}, item {len(found) + 1}"
            if isinstance(row, dict):
                found.append((where, {column(name): _cell(cell) for name, cell in row.items()}))
            else:
                found.append(Problem(where, "unknown_shape", "not a row of headers and cells"))
    return tuple(found)


def _cell(cell: object) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


def _get(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
