"""What a row of a table of outcomes says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from roc.collectors.crm.amounts import amount, currency
from roc.collectors.crm.days import day, edition
from roc.collectors.crm.people import Parties, People
from roc.collectors.crm.words import KINDS, is_yes, kind_of_deal, stage_status, status_of
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import Outcome, OutcomeKind, OutcomeStatus, Problem, Record

Cells = Mapping[str, str]
"""A row's cells by their roles; a role that is not there has no cell."""

SOURCE = "crm"

_DECIDED = (OutcomeStatus.WON, OutcomeStatus.LOST)
_LONGEST = 200  # characters of a title, which is no letter
_MOST_HOURS = 1_000_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How a table is to be read.

    Args:
        source: under which outcomes are kept.
        scope: whose ids they are: the CRM's name, or empty.
        decimal: the sign before decimals.
        order: ``day-first`` or ``month-first``.
        are_deals: whether rows are deals of a CRM, and renewals where these are called so.
        one_person: whether all addresses of a row are those of one contact.
        is_main: whether that one is the main contact.
        splits_by: what parts several organisations in a cell, or empty.
        currency: of all amounts that name none.
        kind: what all rows are, where the owner says so.
    """

    source: str
    scope: str
    decimal: str
    order: str
    are_deals: bool
    one_person: bool = False
    is_main: bool = False
    splits_by: str = ""
    currency: str = ""
    kind: OutcomeKind | None = None


class Rows:
    """Reads the rows of one table.

    Args:
        manner: how.
        people: everybody met so far.
    """

    def __init__(self, manner: Manner, people: People) -> None:
        self._manner = manner
        self._people = people
        self._repeats: dict[str, int] = {}

    def records(self, where: str, cells: Cells, parties: Parties | None = None) -> list[Record]:
        """What a row gives: people, the outcome, and what of it could not be used.

        Args:
            where: its place.
            cells: by their roles.
            parties: whom the outcome is with, where other tables tell; ``None`` to look at cells.
        """
        if not any(cells.values()):
            return []
        try:
            return list(self._records(where, cells, parties))
        except Unusable as reason:
            return [reason.at(where)]

    def _records(self, where: str, cells: Cells, parties: Parties | None) -> Iterator[Record]:
        if parties is None:
            parties = self._parties(cells)
        handler, seen = self._people.handler(cells.get("owner", ""))
        outcome = replace(self._outcome(cells, parties), handled_by=handler)
        if outcome.status is OutcomeStatus.WITHDRAWN:
            key = (outcome.source, outcome.external_id, outcome.kind, outcome.status)
            yield Outcome(*key, scope=outcome.scope, revision=outcome.revision)
            return
        yield from (*parties.seen, *seen)
        opened, closed = outcome.opened, outcome.closed
        if opened and closed and closed < opened:
            yield replace(outcome, opened=None)
            detail = "decided before it began; the day it began is left out"
            yield Problem(where, "closed_before_opened", detail)
        else:
            yield outcome
        if parties.unreadable:
            detail = "somebody who is neither a name nor an address is left out"
            yield Problem(where, "bad_person", detail)

    def _parties(self, cells: Cells) -> Parties:
        told = cells.get("people_emails", "")
        if self._manner.one_person:
            parties = self._people.one(cells.get("contact_names", ""), [told])
            return parties if self._manner.is_main else replace(parties, primary=None)
        ids = [one.strip() for one in cells.get("contact_ids", "").split(";")]
        return self._people.each(told, ids)

    def _outcome(self, cells: Cells, parties: Parties) -> Outcome:
        kind = self._kind(cells.get("kind", ""))
        status = _status(kind, cells)
        opened, closed = self._days(cells, status)
        value, sign = self._value(cells)
        outcome = Outcome(
            source=self._manner.source,
            external_id="",
            kind=kind,
            status=status,
            people=parties.people,
            primary=parties.primary,
            opened=opened,
            closed=closed,
            value=value,
            currency=sign,
            hours=_hours(cells.get("hours", "")),
            organisation=self._organisation(cells),
            title=tidy(cells.get("title", "")[:_LONGEST]),
            scope=self._manner.scope,
            revision=self._revision(cells.get("modified", "")),
        )
        return replace(outcome, external_id=self._id(cells, outcome))

    def _kind(self, told: str) -> OutcomeKind:
        if self._manner.kind is not None:
            return self._manner.kind
        if self._manner.are_deals:
            return kind_of_deal(told)
        kind = KINDS.get(told.strip().casefold())
        if kind is None:
            raise Unusable("unknown_kind", f"a kind is one of: {', '.join(OutcomeKind)}")
        return kind

    def _days(self, cells: Cells, status: OutcomeStatus) -> tuple[date | None, date | None]:
        """When it began and when it was decided; a day on which that is expected is none."""
        on, opened = self._day(cells, "date"), self._day(cells, "opened")
        if status not in _DECIDED:
            return opened or on, None
        own = "won_time" if status is OutcomeStatus.WON else "lost_time"
        return opened, self._day(cells, own) or self._day(cells, "closed") or on

    def _day(self, cells: Cells, role: str) -> date | None:
        told = cells.get(role, "")
        if not told:
            return None
        found = day(told, self._manner.order)
        if found is None:
            raise Unusable("bad_date", "a day is written as 2026-03-05, or as the others are")
        return found

    def _value(self, cells: Cells) -> tuple[Decimal | None, str]:
        found = amount(cells.get("value", ""), self._manner.decimal)
        if found is None:
            return None, ""
        value, sign = found
        return value, currency(cells.get("currency", "")) or sign or self._manner.currency

    def _organisation(self, cells: Cells) -> str:
        told = cells.get("organisation", "")
        if self._manner.splits_by:
            told = told.split(self._manner.splits_by)[0]
        return tidy(told[:_LONGEST])

    def _revision(self, told: str) -> int:
        if not told:
            return 0
        found = edition(told, self._manner.order)
        if found is None:
            raise Unusable("bad_date", "no readable moment of the last change")
        return found

    def _id(self, cells: Cells, outcome: Outcome) -> str:
        """The source's own id, or a hash of what does not change as long as it is the same."""
        own = cells.get("external_id", "")
        if own:
            own = _one_length(own) if self._manner.scope == "salesforce" else own
            return own if len(own) <= MAX_ID else hashed(own)
        if self._manner.are_deals:  # the same deal, listed once for each of its contacts
            if not (outcome.title or outcome.organisation or outcome.opened):
                raise Unusable("no_id", "neither an id nor anything else to know it by")
            return hashed("deal", outcome.title, outcome.organisation, str(outcome.opened))
        value = "" if outcome.value is None else f"{outcome.value.normalize():f}"
        told = (outcome.kind, str(outcome.opened), str(outcome.closed), value)
        names = (outcome.currency, outcome.title, outcome.organisation)
        name = hashed(*told, *names, *sorted(map(str, outcome.people)))
        self._repeats[name] = time = self._repeats.get(name, 0) + 1
        return name if time == 1 else f"{name}-{time}"


def _status(kind: OutcomeKind, cells: Cells) -> OutcomeStatus:
    """How it stands, by whatever column tells; what is only dated has come about."""
    if is_yes(cells.get("is_deleted", "")):
        return OutcomeStatus.WITHDRAWN
    if told := cells.get("status", ""):
        status = status_of(told)
    elif not cells.keys().isdisjoint(("stage", "is_won", "is_closed")):
        status = stage_status(cells)
    elif cells.get("closed") or cells.get("date"):
        status = OutcomeStatus.WON
    elif cells.get("opened"):
        status = OutcomeStatus.OPEN
    else:
        raise Unusable("bad_date", "no day is told, nor how it stands")
    leaves = kind is OutcomeKind.CHURN and status in _DECIDED
    return OutcomeStatus.LOST if leaves else status


def _hours(told: str) -> float | None:
    if not told.strip():
        return None
    try:
        hours = Decimal(told.strip().replace(",", "."))
    except InvalidOperation:
        hours = Decimal("nan")
    if not hours.is_finite() or not 0 <= hours < _MOST_HOURS:
        raise Unusable("bad_hours", "hours are a number such as 2 or 1.5")
    return float(hours)


def _one_length(own: str) -> str:
    """An id of 18 characters is one of 15 with a check on it: exports have either."""
    return own[:15] if len(own) == 18 and own.isalnum() else own


def cells_of(row: Sequence[str], cell: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """A row's cells by their roles; what stands in several columns, one after the other.

    Args:
        row: the cells that were asked for.
        cell: by role, where in the row.
    """
    return {
        role: row[places[0]].strip()
        if len(places) == 1
        else ";".join(filter(None, (row[place].strip() for place in places)))
        for role, places in cell.items()
    }
