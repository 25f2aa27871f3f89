"""What an address book says: which addresses, numbers and profiles are one person's."""

from collections.abc import Iterator
from contextlib import suppress

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.contacts.people import Book
from roc.collectors.contacts.tables import is_table_of_contacts, rows
from roc.collectors.formats.tolerance import Tolerance, file_by_file
from roc.collectors.formats.vcard import Card, cards, opens_card
from roc.errors import BrokenExport
from roc.graph.records import Record

_CARDS = (".vcf", ".vcard")
_TABLES = (".csv",)


def recognises(export: Export) -> bool:
    """Whether one of its files is an address book."""
    return any(True for _ in _readers(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who is who: the accounts of each entry, tied to each other where they are one person's.

    Raises:
        BrokenExport: a file is damaged, or most of its entries cannot be used; all others have been
            read by then.
    """
    files = list(_readers(export))
    book = Book()
    for name, reader in files:
        with suppress(BrokenExport):  # told when it is read again
            for _, card in _entries(export, name, reader):
                book.see(card)
    yield from file_by_file(_records(export, *file, book) for file in files)


def _readers(export: Export) -> Iterator[tuple[str, str]]:
    """The address books, each with how it is to be read: as ``cards`` or as a ``table``."""
    names = export.names()
    for name in names:
        folded = name.casefold()
        may_be_cards = len(names) == 1 or folded.endswith(_CARDS)
        if may_be_cards and opens_card(head(export, name, 64)):
            yield name, "cards"
        elif folded.endswith(_TABLES) and is_table_of_contacts(export, name):
            yield name, "table"


def _entries(export: Export, name: str, reader: str) -> Iterator[tuple[str, Card | None]]:
    if reader == "table":
        yield from rows(export, name)
        return
    with export.open(name) as stream:
        for card in cards(stream):
            yield f"{name}:{card.line}", card


def _records(export: Export, name: str, reader: str, book: Book) -> Iterator[Record]:
    tolerance = Tolerance(name)
    for where, card in _entries(export, name, reader):
        yield from book.tell(where, card, tolerance)
    tolerance.check()
