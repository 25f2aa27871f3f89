"""LinkedIn's snapshot of one member: one page of one domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from roc.collectors.http import check, json_object
from roc.collectors.linkedin.columns import column
from roc.collectors.linkedin.rows import Row
from roc.collectors.linkedin.transport import WORDS, Transport
from roc.graph.records import Problem

_ROUTE = "/rest/memberSnapshotData"
_END = "no data found"


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """What one request brought.

    Args:
        rows: as the reader of exports takes them.
        more: whether LinkedIn says that another page follows.
    """

    rows: tuple[Row, ...]
    more: bool


def snapshot_page(linkedin: Transport, domain: str, start: int) -> SnapshotPage:
    """The page of a domain with that number, counted from 0; an empty one beyond the last.

    Raises:
        CollectError: see ``roc.collectors.http``.
    """
    response = linkedin.ask("GET", _ROUTE, {"q": "criteria", "domain": domain, "start": start})
    if _is_end(response):
        return SnapshotPage((), more=False)
    check(response, WORDS, linkedin.now)
    answer = json_object(response, WORDS)
    return SnapshotPage(_rows(answer, f"{domain.lower()}, page {start + 1}"), _more(answer))


def _is_end(response: requests.Response) -> bool:
    """Whether this is LinkedIn's way of saying that there is no more, rather than a refusal."""
    if response.status_code != 404:
        return False
    message = json_object(response, WORDS).get("message")
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
