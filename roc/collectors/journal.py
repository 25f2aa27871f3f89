"""The journal: what happened offline, written down by hand, one line each.

``2026-03-05 19:30 me -> ana, ben dinner #q1 cost 420 EUR`` is an act. Empty lines and lines that
begin with ``#`` are not. The notation is told in ``docs/journal.md``.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import IO

from roc.collectors.archive import Export, text
from roc.collectors.base import Options
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.kind_words import KIND_WORDS
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.graph.records import (
    FORMATS,
    ME,
    Account,
    AccountSeen,
    Interaction,
    Kind,
    Precision,
    Problem,
    Record,
)

SOURCE = "journal"

_MAX_LINE = 4096
_MAX_HEADING = 1000  # comment lines before the first act
_SUFFIXES = (".journal", ".txt", ".md")  # looked for among many files; a bare file may have any

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(\d{1,2}:\d{2}))?(?=\s)")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<arrow>->)
      | (?P<comma>,)
      | (?P<comment>\#(?=\s|$).*)
      | \#(?P<tag>[^\s,"\x00-\x1f]+)
      | (?P<account>[a-zA-Z][\w-]*:(?!//)(?:"[^"\x00-\x1f]+"|[^\s,"\x00-\x1f]+))
      | "(?P<quoted>[^"\x00-\x1f]+)"
      | (?P<word>(?:(?!->)[^\s,:"\#\x00-\x1f])+)
    )""",
    re.VERBOSE,
)
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody in a line: the account, and the name where one was written."""

    account: Account
    name: str = ""


def recognises(export: Export) -> bool:
    """Whether the first line that is neither empty nor a comment is an act."""
    return any(_opens_with_an_act(export, name) for name in _candidates(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Acts and the people named in them, line by line.

    Raises:
        BrokenExport: most lines do not keep to the notation.
    """
    names = _candidates(export)
    if len(names) > 1:
        names = [name for name in names if _opens_with_an_act(export, name)]
    seen: set[AccountSeen] = set()
    for name in names:
        # What identifies an act may be written twice on purpose: two coffees with Ana on one day.
        # In another file it is the same act: a copy of the journal.
        written: Counter[str] = Counter()
        tolerance = Tolerance(name)
        for record in _lines(export, name, tolerance):
            match record:
                case Interaction():
                    written[record.external_id] += 1
                    yield _numbered(record, written[record.external_id])
                case AccountSeen() if record in seen:
                    continue
                case AccountSeen():
                    seen.add(record)
                    yield record
                case _:
                    yield record
        tolerance.check()


def parse_line(line: str, where: str) -> list[Record]:
    """What one line says.

    Args:
        line: the line, with or without its end.
        where: the place that a problem is to name, such as ``2026.journal:4``.

    Returns:
        An ``AccountSeen`` for each person named and then the ``Interaction``; one ``Problem``
        where the line does not keep to the notation; nothing for an empty line or a comment.

    Example:
        >>> [str(record.sender) for record in parse_line("2026-03-05 ana -> me thanks", "1")
        ...  if isinstance(record, Interaction)]
        ['journal:ana']
    """
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return []
    try:
        return _told(stripped)
    except Unusable as reason:
        return [reason.at(where)]


def _candidates(export: Export) -> list[str]:
    names = export.names()
    if len(names) == 1:
        return list(names)
    return [name for name in names if name.lower().endswith(_SUFFIXES)]


def _opens_with_an_act(export: Export, name: str) -> bool:
    with text(export, name) as stream:
        for _ in range(_MAX_HEADING):
            line = stream.readline(_MAX_LINE)
            records = parse_line(line, name)
            if records or not line:
                return bool(records) and not isinstance(records[0], Problem)
    return False


def _lines(export: Export, name: str, tolerance: Tolerance) -> Iterator[Record]:
    with text(export, name) as stream:
        number = 0
        while line := stream.readline(_MAX_LINE):
            number += 1
            where = f"{name}:{number}"
            if len(line) == _MAX_LINE:
                _skip_rest(stream)
                yield tolerance.count_bad(
                    Problem(where, "long_line", f"over {_MAX_LINE} characters")
                )
                continue
            for record in parse_line(line, where):
                if isinstance(record, Problem):
                    tolerance.count_bad(record)
                tolerance.good += isinstance(record, Interaction)
                yield record


def _skip_rest(stream: IO[str]) -> None:
    while (piece := stream.readline(_MAX_LINE)) and not piece.endswith(("\n", "\r")):
        pass


def _numbered(act: Interaction, time: int) -> Interaction:
    return act if time == 1 else replace(act, external_id=f"{act.external_id}-{time}")


def _told(line: str) -> list[Record]:
    at, precision, rest = _moment(line)
    tokens = _tokens(rest)
    sender = _somebody(tokens)
    if tokens.pop().kind != "arrow":
        raise Unusable("no_arrow", "after the date, say who acted, then ->")
    others = _others(tokens, sender)
    word, act_kind = _kind(tokens)
    tags, cost, currency = _trimmings(tokens)
    if word in FORMATS:
        tags = tuple(dict.fromkeys((word, *tags)))
    act = Interaction(
        source=SOURCE,
        external_id=_identity(at, precision, sender, others, word),
        kind=act_kind,
        at=at,
        sender=sender.account,
        recipients=tuple(other.account for other in others),
        precision=precision,
        tags=tags,
        cost=cost,
        currency=currency,
    )
    named = [AccountSeen(who.account, who.name) for who in (sender, *others) if who.name]
    return [*named, act]


def _moment(line: str) -> tuple[datetime, Precision, str]:
    found = _MOMENT.match(line)
    if not found:
        raise Unusable("bad_date", "a line begins with a date such as 2026-03-05")
    day, clock = found.groups()
    try:
        at = datetime.strptime(f"{day} {clock or '0:00'}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        raise Unusable("bad_date", "there is no such day or time") from None
    return at, Precision.LOCAL if clock else Precision.DAY, line[found.end() :]


class _Tokens:
    """What stands after the date, taken one by one; at the end comes an empty token."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._left = tokens[::-1]

    def peek(self) -> _Token:
        return self._left[-1] if self._left else _Token("end", "")

    def pop(self) -> _Token:
        return self._left.pop() if self._left else _Token("end", "")


def _tokens(rest: str) -> _Tokens:
    tokens, place = [], 0
    while place < len(rest.rstrip()):
        found = _TOKEN.match(rest, place)
        if not found:
            raise Unusable("bad_sign", "a quotation mark or sign that does not belong here")
        place = found.end()
        kind = str(found.lastgroup)
        if kind != "comment":
            tokens.append(_Token(kind, found[kind]))
    return _Tokens(tokens)


def _somebody(tokens: _Tokens) -> _Named:
    token = tokens.pop()
    match token.kind:
        case "quoted" if token.text.strip():
            return _by_name(" ".join(token.text.split()))
        case "account":
            source, handle = token.text.split(":", 1)
            return _at_source(source.lower(), handle.strip('"').strip())
        case "word" if token.text.casefold() == "me":
            return _Named(ME)
        case "word" if _ADDRESS.fullmatch(token.text):
            return _Named(Account("email", token.text.lower()))
        case "word":
            return _by_name(token.text)
    raise Unusable("nobody", "a name, an address or source:handle is missing")


def _by_name(name: str) -> _Named:
    return _Named(Account(SOURCE, name.casefold()), name)


def _at_source(source: str, handle: str) -> _Named:
    if not handle:
        raise Unusable("nobody", "there is no handle after the source")
    return _Named(Account(source, handle.lower() if source == "email" else handle))


def _others(tokens: _Tokens, sender: _Named) -> list[_Named]:
    others = [_somebody(tokens)]
    while tokens.peek().kind == "comma":
        tokens.pop()
        others.append(_somebody(tokens))
    distinct = {other.account: other for other in others if other.account != sender.account}
    if not distinct:
        raise Unusable("self", "somebody else than the sender has to be there")
    return list(distinct.values())


def _kind(tokens: _Tokens) -> tuple[str, Kind]:
    token = tokens.pop()
    word = token.text.casefold()
    if token.kind != "word" or word not in KIND_WORDS:
        raise Unusable(
            "unknown_kind",
            "after the people comes a word for what happened, such as "
            f"{', '.join(sorted(set(KIND_WORDS.values())))}; "
            "a name of several words goes into quotation marks",
        )
    return word, KIND_WORDS[word]


def _trimmings(tokens: _Tokens) -> tuple[tuple[str, ...], float | None, str]:
    tags: dict[str, None] = {}
    cost, currency = None, ""
    while (token := tokens.pop()).kind != "end":
        if token.kind == "tag":
            tags[token.text] = None
        elif token == _Token("word", "cost") and cost is None:
            cost, currency = _amount(tokens)
        else:
            raise Unusable(
                "unknown_word", "after the kind come only #tags, 'cost 420 EUR' and '# a comment'"
            )
    return tuple(tags), cost, currency


def _amount(tokens: _Tokens) -> tuple[float, str]:
    amount = tokens.pop().text
    if not _AMOUNT.fullmatch(amount):
        raise Unusable("bad_cost", "a cost is a number such as 420 or 420.50")
    token = tokens.peek()
    if token.kind == "word" and _CURRENCY.fullmatch(token.text):
        return float(amount), tokens.pop().text
    return float(amount), ""


def _identity(
    at: datetime, precision: Precision, sender: _Named, others: list[_Named], word: str
) -> str:
    """What stays the same however the line is spaced, and when a tag or a cost is put right."""
    moment = at.isoformat() if precision is Precision.LOCAL else at.date().isoformat()
    people = [str(sender.account), *sorted(str(other.account) for other in others)]
    return hashed(moment, word, *people)
