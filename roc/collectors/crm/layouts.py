"""Which table is whose, told by its columns, and what each column means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ROLES = (
    "date",
    "kind",
    "value",
    "currency",
    "people_emails",
    "title",
    "external_id",
    "opened",
    "closed",
    "status",
    "organisation",
    "owner",
    "hours",
    "modified",
)
"""The columns of our own table: what a column may be mapped to."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one CRM's table.

    Args:
        name: whose it is, the scope of its ids; empty for our own.
        telling: columns by which it is known, all of them there.
        one_of: columns of which at least one is there, too.
        columns: by role, the names of its columns, the best first; a name that ends in ``*``
            stands for all that begin so.
        one_person: whether all addresses of a row are those of one contact.
        is_main: whether that one is the main contact.
        decimal: the sign before decimals where amounts do not show it.
        splits_by: what parts several contacts or organisations in a cell.
    """

    name: str
    telling: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    one_person: bool = False
    is_main: bool = False
    decimal: str = ""
    splits_by: str = ""

    def fits(self, header: Iterable[str]) -> bool:
        """Whether columns, folded, are those of this table."""
        there = frozenset(header)
        return self.telling <= there and bool(self.one_of & there)


OWN = Layout(
    name="",
    telling=frozenset({"date", "kind", "people_emails"}),
    one_of=frozenset({"kind"}),
    columns={role: (role,) for role in ROLES},
)

HUBSPOT = Layout(
    name="hubspot",
    telling=frozenset({"deal name"}),
    one_of=frozenset({"deal stage", "pipeline", "associated contact", "associated contact ids"}),
    columns={
        "external_id": ("record id", "record id - deal", "deal id"),
        "title": ("deal name",),
        "stage": ("deal stage",),
        "is_won": ("is closed won",),
        "is_lost": ("is closed lost",),
        "is_closed": ("is deal closed?", "is deal closed"),
        "value": ("amount",),
        "currency": ("currency", "deal currency code"),
        "opened": ("create date",),
        "closed": ("close date",),
        "modified": ("last modified date",),
        "owner": ("deal owner",),
        "people_emails": ("associated contact", "associated contacts"),
        "contact_ids": ("associated contact ids",),
        "organisation": (
            "associated company (primary)",
            "primary associated company",
            "associated company",
        ),
        "kind": ("deal type",),
    },
    decimal=".",
    splits_by=";",
)

PIPEDRIVE = Layout(
    name="pipedrive",
    telling=frozenset({"deal - title"}),
    one_of=frozenset({"deal - status", "deal - value", "deal - stage", "deal - id"}),
    columns={
        "external_id": ("deal - id", "deal - pipedrive system id"),
        "title": ("deal - title",),
        "status": ("deal - status",),
        "value": ("deal - value", "deal - deal value"),
        "currency": ("deal - currency of value", "deal - currency"),
        "opened": ("deal - deal created", "deal - deal created on", "deal - creation date"),
        "closed": ("deal - deal closed on", "deal - closed on", "deal - close time"),
        "won_time": ("deal - won time",),
        "lost_time": ("deal - lost time",),
        "modified": ("deal - update time",),
        "owner": ("deal - owner",),
        "people_emails": ("person - email*", "deal - person email*"),
        "contact_names": ("deal - contact person", "contact person", "person - name"),
        "organisation": ("deal - organization", "organization", "organization - name"),
    },
    one_person=True,
    is_main=True,
)

REPORT = Layout(
    name="salesforce",
    telling=frozenset({"opportunity name"}),
    one_of=frozenset({"stage", "close date", "amount"}),
    columns={
        "external_id": ("opportunity id", "opportunity id (18 digit)"),
        "title": ("opportunity name",),
        "stage": ("stage",),
        "is_won": ("won",),
        "is_closed": ("closed",),
        "value": ("amount",),
        "currency": ("amount currency", "opportunity currency", "currency"),
        "opened": ("created date",),
        "closed": ("close date",),
        "modified": ("last modified date",),
        "owner": ("opportunity owner",),
        "people_emails": ("contact: email", "contact email", "email"),
        "contact_names": ("contact: full name", "contact name", "primary contact"),
        "organisation": ("account name",),
        "kind": ("type",),
    },
    one_person=True,
)

OPPORTUNITIES = Layout(
    name="salesforce",
    telling=frozenset({"id", "stagename", "closedate"}),
    one_of=frozenset({"name"}),
    columns={
        "external_id": ("id",),
        "title": ("name",),
        "stage": ("stagename",),
        "is_won": ("iswon",),
        "is_closed": ("isclosed",),
        "is_deleted": ("isdeleted",),
        "value": ("amount",),
        "currency": ("currencyisocode",),
        "opened": ("createddate",),
        "closed": ("closedate",),
        "modified": ("lastmodifieddate", "systemmodstamp"),
        "kind": ("type",),
        "account_id": ("accountid",),
        "owner_id": ("ownerid",),
    },
    decimal=".",
)

MAPPED = Layout(name="")
"""A table of which nothing is known but what the owner says."""

LAYOUTS = (OWN, HUBSPOT, PIPEDRIVE, REPORT, OPPORTUNITIES)


def folded(header: Iterable[str]) -> list[str]:
    """Names of columns without capitals and superfluous blanks."""
    return [" ".join(name.split()).casefold() for name in header]


def layout(header: Sequence[str]) -> Layout | None:
    """Whose table it is; ``None`` where it is none of these.

    Args:
        header: the columns' names, folded.
    """
    return next((one for one in LAYOUTS if one.fits(header)), None)


def places(one: Layout, header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Where the columns of each role stand; of a role only those that there are.

    Args:
        one: whose table it is.
        header: the columns' names, folded.
    """
    found: dict[str, tuple[int, ...]] = {}
    for role, names in one.columns.items():
        standing = [place for name in names for place in _standing(name, header)]
        if standing:
            many = any(name.endswith("*") for name in names)
            found[role] = tuple(dict.fromkeys(standing)) if many else (standing[0],)
    return found


def _standing(name: str, header: Sequence[str]) -> list[int]:
    if name.endswith("*"):
        return [place for place, there in enumerate(header) if there.startswith(name[:-1])]
    return [header.index(name)] if name in header else []
