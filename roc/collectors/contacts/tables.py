"""Address books as tables: Google's of both ages, and Outlook's."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from roc.collectors.archive import Export, head
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.tabular import open_table
from roc.collectors.formats.vcard import MOST, Card, Link
from roc.errors import BrokenExport

_SNIFFED = 2**14
_OF_GOOGLE = ("e-mail 1 - value", "phone 1 - value")
_OF_OUTLOOK = ("first name", "last name", "e-mail address")
_OUTLOOKS_PHONES = ("mobile phone", "home phone", "business phone", "primary phone")

_NAME = ("name",)
_PARTS = (
    ("first name", "given name"),
    ("middle name", "additional name"),
    ("last name", "family name"),
)
_ORGANISATION = ("organization name", "organization 1 - name", "company")
_ADDRESS = re.compile(r"e-mail (?:\d{1,3} - value|address|\d address)")
_PHONE = re.compile(r"phone \d{1,3} - value|[\w ']{0,30}phone(?: \d)?")
_LINK = re.compile(r"website \d{1,3} - value|web page|personal web page")
_PHONES_KIND = re.compile(r"(phone \d{1,3}) - (?:type|label)")
_SEVERAL = ":::"  # between values of one kind, in Google's tables
_IN_EXCHANGE = re.compile(r"/o=", re.IGNORECASE)  # a company's own numbering, not an address
_NO_VOICE = re.compile(r"fax|pager", re.IGNORECASE)


def is_table_of_contacts(export: Export, name: str) -> bool:
    """Whether a file's first line has the columns of an address book."""
    start = head(export, name, _SNIFFED)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    first = start.decode(encoding, "replace").lstrip().partition("\n")[0].casefold()
    return any(column in first for column in _OF_GOOGLE) or (
        all(column in first for column in _OF_OUTLOOK)
        and any(column in first for column in _OUTLOOKS_PHONES)
    )


def rows(export: Export, name: str) -> Iterator[tuple[str, Card | None]]:
    """Each row's place and what it says; ``None`` for one that cannot be read.

    Raises:
        BrokenExport: the file is damaged.
    """
    table = open_table(export, name)
    header = [column.casefold() for column in table.header]
    places = list(range(len(header)))
    if len(places) < 2:
        raise BrokenExport(f"{name} has no columns.", hint="export the address book again.")
    for number, cells in table.rows(places):
        yield table.where(number), None if cells is None else _card(number, header, cells)


def _card(number: int, header: Sequence[str], cells: Sequence[str]) -> Card:
    told: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=True):
        if cell:
            told.setdefault(column, cell)
    parts = " ".join(_first(told, names) for names in _PARTS)
    card = Card(number, tidy(_first(told, _NAME)) or tidy(parts), is_whole=True)
    card.organisation = tidy(_first(told, _ORGANISATION).partition(_SEVERAL)[0])
    silent = {
        found[1]
        for column, cell in told.items()
        if (found := _PHONES_KIND.fullmatch(column)) and _NO_VOICE.search(cell)
    }
    for column, cell in told.items():
        values = [value.strip() for value in islice(cell.split(_SEVERAL), MOST)]
        if _ADDRESS.fullmatch(column):
            card.addresses += [value for value in values if not _IN_EXCHANGE.match(value)]
        elif _PHONE.fullmatch(column) and column.partition(" -")[0] not in silent:
            card.phones += values
        elif _LINK.fullmatch(column):
            card.links += [Link(value) for value in values]
    return card


def _first(told: dict[str, str], names: Sequence[str]) -> str:
    return next((told[name] for name in names if name in told), "")
