"""What a row tells beside who, whom, when and its id: kind, conversation, tags, cost."""

import re
from dataclasses import dataclass
from typing import Any

from roc.collectors.formats.hashed_ids import MAX_ID
from roc.collectors.formats.kind_words import KIND_WORDS
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.table.ids import kept
from roc.collectors.table.people import plain
from roc.graph.records import Kind

_YES = frozenset({"1", "true", "t", "yes", "y"})
_COST = re.compile(r"(\d{1,12}(?:\.\d{1,2})?)(?:\s*([A-Z]{3}))?")
_TAG_ENDS = re.compile(r"[\s,;#]+")


@dataclass(frozen=True, slots=True)
class Trimmings:
    """What a row tells beside who, whom and when."""

    kind: Kind = Kind.MESSAGE
    thread: str = ""
    parent: str = ""
    tags: tuple[str, ...] = ()
    cost: float | None = None
    currency: str = ""


NO_TRIMMINGS = Trimmings()


def trimmings(cells: dict[str, Any]) -> Trimmings:
    """What a row's cells, by their roles, tell.

    Raises:
        Unusable: a kind or a cost that cannot be read.
    """
    told = {role: plain(cell) for role, cell in cells.items()}
    parent = told.get("parent", "")
    is_reply = bool(parent) or told.get("re", "").casefold() in _YES
    cost, currency = _cost(told.get("cost", ""))
    return Trimmings(
        kind=_kind(told.get("kind", "")) or (Kind.REPLY if is_reply else Kind.MESSAGE),
        thread=told.get("thread", "")[:MAX_ID],
        parent=kept(parent),
        tags=tuple(dict.fromkeys(filter(None, _TAG_ENDS.split(told.get("tags", ""))))),
        cost=cost,
        currency=currency,
    )


def _kind(word: str) -> Kind | None:
    if not word:
        return None
    kind = KIND_WORDS.get(word.casefold())
    if kind is None:
        raise Unusable("unknown_kind", "not one of the words that a journal understands")
    return kind


def _cost(text: str) -> tuple[float | None, str]:
    if not text:
        return None, ""
    found = _COST.fullmatch(text)
    if not found:
        raise Unusable("bad_cost", "a cost is a number such as 420, 420.50 or 420 EUR")
    return float(found[1]), found[2] or ""
