"""What an address book says: which addresses, numbers and profiles are one person's."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.contacts.tables import is_table_of_contacts, rows
from roc.collectors.formats.addresses import is_address, nature
from roc.collectors.formats.named import phone
from roc.collectors.formats.profile_links import profile
from roc.collectors.formats.tolerance import Tolerance, file_by_file
from roc.collectors.formats.vcard import Card, cards, opens_card
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Nature, Problem, Record

_CARDS = (".vcf", ".vcard")
_TABLES = (".csv",)
_MOST_REMEMBERED = 1_000_000  # accounts; whatever is beyond them is tied to nothing
_GROUP = ("group", "location", "application")
_SHARED = 0
_LONGEST_NUMBER = 50  # characters; a longer one is none


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
    bearers = _Bearers()
    for name, reader in files:
        with suppress(BrokenExport):  # told when it is read again
            for _, card in _entries(export, name, reader):
                if card and card.is_whole:
                    bearers.see(card)
    told: set[int] = set()  # hashes
    yield from file_by_file(_records(export, *file, bearers, told) for file in files)


class _Bearers:
    """Under which name each account stands, in all of the address book.

    An account that stands under two names is a family's telephone, or an office's address: it makes
    nobody the same person as anybody. Hashes are kept for names and accounts.
    """

    def __init__(self) -> None:
        self._names: dict[int, int] = {}

    def see(self, card: Card) -> None:
        """Take note of a card's accounts."""
        key = _key(card)
        if not key:
            return
        for who in _accounts(card):
            known = self._names.get(hash(who))
            if known is None and len(self._names) < _MOST_REMEMBERED:
                self._names[hash(who)] = hash(key)
            elif known is not None and known != hash(key):
                self._names[hash(who)] = _SHARED

    def has_one(self, who: Account, card: Card) -> bool:
        """Whether an account stands under the card's name and no other."""
        return self._names.get(hash(who), _SHARED) == hash(_key(card)) != _SHARED


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


def _records(
    export: Export, name: str, reader: str, bearers: _Bearers, told: set[int]
) -> Iterator[Record]:
    tolerance = Tolerance(name)
    for where, card in _entries(export, name, reader):
        problem = _problem(where, card)
        said = [] if card is None or not card.is_whole else list(_said(card, bearers))
        if problem:
            yield problem if said else tolerance.count_bad(problem)
        tolerance.good += bool(said)
        for seen in said:
            if hash(seen) not in told:
                if len(told) < _MOST_REMEMBERED:
                    told.add(hash(seen))
                yield seen
    tolerance.check()


def _problem(where: str, card: Card | None) -> Problem | None:
    if card is None:
        return Problem(where, "bad_row", "the row has too few cells, or too much in one")
    if not card.is_whole:
        return Problem(where, "cut_off", "the card has no end")
    if any(told and not is_address(_bare(told)) for told in card.addresses):
        return Problem(where, "bad_address", "what stands as a mail address is none")
    return None


def _said(card: Card, bearers: _Bearers) -> Iterator[AccountSeen]:
    """What a card says of its accounts."""
    if card.kind in _GROUP or not _key(card):
        return
    accounts = _accounts(card)
    if _is_organisation(card):
        name = card.name or card.organisation
        for who in accounts:
            behind = _nature(who)
            behind = Nature.ROLE if behind is Nature.PERSON else behind
            yield AccountSeen(who, name, nature=behind, organisation=card.organisation)
        return
    own: list[Account] = []
    for who in accounts:
        if _nature(who) is not Nature.PERSON:
            yield AccountSeen(who, nature=_nature(who), organisation=card.organisation)
        elif bearers.has_one(who, card):
            own.append(who)
    for number, who in enumerate(own):
        same = () if number else tuple(own[1:])
        yield AccountSeen(who, card.name, organisation=card.organisation, same_as=same)


def _is_organisation(card: Card) -> bool:
    return card.kind == "org" or card.name.casefold() in ("", card.organisation.casefold())


def _accounts(card: Card) -> list[Account]:
    """Its mail addresses, then its telephones, then its profiles; each once."""
    addresses = (_bare(told) for told in card.addresses)
    found: list[Account | None] = [Account("email", one) for one in addresses if is_address(one)]
    found += [phone(told[:_LONGEST_NUMBER]) for told in card.phones]
    found += [profile(link.value, link.service, link.user) for link in card.links]
    return list(dict.fromkeys(who for who in found if who))


def _bare(told: str) -> str:
    return told.strip().lower().removeprefix("mailto:")


def _nature(who: Account) -> Nature:
    return nature(who.handle) if who.source == "email" else Nature.PERSON


def _key(card: Card) -> str:
    """A name fit to compare, whatever the order of its words; empty where there is none."""
    plain = unicodedata.normalize("NFKC", card.name or card.organisation).casefold()
    return " ".join(sorted(plain.replace(",", " ").split()))
