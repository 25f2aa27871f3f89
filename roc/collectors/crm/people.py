"""The people in a CRM's cells: addresses, names, or both, as each CRM writes them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roc.collectors.formats.addresses import addresses, is_address, nature, tidy
from roc.collectors.formats.named import named
from roc.graph.records import Account, AccountSeen, Nature

_BETWEEN = re.compile(r"[;\n|]+")
_BETWEEN_ADDRESSES = re.compile(r"[\s,;|]+")
_NOBODY = frozenset({"n/a", "na", "unknown", "no owner", "none", "null", "-", "–", "—"})
_MOST = 500  # in one cell; a deal with more is a list
_LONGEST_ID = 64
_LONGEST_HANDLER = 300

Contact = tuple[str, str]
"""A name and an address, either of which may be empty."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom an outcome is with.

    Args:
        people: in the order told, each once.
        primary: the main contact.
        seen: what is told of them.
        unreadable: whether something in the cells is neither a name nor an address.
    """

    people: tuple[Account, ...] = ()
    primary: Account | None = None
    seen: tuple[AccountSeen, ...] = ()
    unreadable: bool = False


def contacts(cell: str) -> tuple[list[Contact], bool]:
    """Names and addresses in a cell, and whether something in it was neither.

    Example:
        >>> contacts("Ana López (Ana@Example.org); Ben")
        ([('Ana López', 'ana@example.org'), ('Ben', '')], False)
    """
    found: list[Contact] = []
    unreadable = False
    for contact in _each(cell):
        if contact is None:
            unreadable = True
        elif len(found) < _MOST and contact not in found[-1:]:
            found.append(contact)
        else:
            unreadable |= len(found) >= _MOST
    return found, unreadable


def _each(cell: str) -> Iterator[Contact | None]:
    """Whoever is in a cell; ``None`` for what is neither a name nor an address."""
    for piece in map(str.strip, _BETWEEN.split(cell)):
        if piece.count("@") > 1 and "<" in piece:  # as in the header of a mail
            found = addresses(piece)
            yield from found
            if len(found) < piece.count("@"):
                yield None
        elif piece.count("@") > 1:  # a name may hold a comma, a list of addresses has no names
            yield from map(_contact, filter(None, _BETWEEN_ADDRESSES.split(piece)))
        elif piece and piece.casefold() not in _NOBODY:
            yield _contact(piece)


def _contact(piece: str) -> Contact | None:
    if "@" not in piece:
        name = tidy(piece)
        return (name, "") if name and any(map(str.isalpha, name)) else None
    name, address = "", piece
    for opening, closing in ("()", "<>"):
        if piece.endswith(closing):
            name, _, address = piece[:-1].rpartition(opening)
    address = address.strip().removeprefix("mailto:").strip("'\"").lower()
    if not is_address(address):
        return None
    name = tidy(name)
    return ("" if name.lower() == address else name), address


class People:
    """Makes the accounts of people, and tells once what is told of each.

    Args:
        space: the source under which people are known who have no address.
    """

    def __init__(self, space: str) -> None:
        self._space = space
        self._told: set[AccountSeen] = set()
        self._handlers: dict[str, Account | None] = {}

    def each(self, cell: str, ids: Sequence[str] = ()) -> Parties:
        """Several contacts in one cell, with their ids in the CRM where these are told.

        Which id is whose is only sure of a single contact.
        """
        found, unreadable = contacts(cell)
        own = [Account(self._space, one) for one in ids if _is_id(one)]
        if len(found) == len(own) == 1:
            return self._one(found[0], own[0], unreadable)
        if own and not any(address for _, address in found):
            return Parties(tuple(dict.fromkeys(own)), None, (), unreadable)
        both = [(self._account(contact), contact) for contact in found]
        people = [(account, contact) for account, contact in both if account]
        seen = tuple(filter(None, (_seen(*one) for one in people)))
        accounts = tuple(dict.fromkeys(account for account, _ in people))
        return Parties(accounts, None, self._news(seen), unreadable)

    def one(self, name: str, cells: Iterable[str]) -> Parties:
        """One contact with all of their addresses, or whoever of several has none but a name."""
        found, unreadable = contacts(";".join(cells))
        addresses = list(dict.fromkeys(address for _, address in found if address))
        called = tidy(name) or next((told for told, _ in found if told), "")
        if not addresses:
            parties = self.each(name)
            main = parties.people[0] if len(parties.people) == 1 else None
            return Parties(parties.people, main, parties.seen, unreadable or parties.unreadable)
        # A shared mailbox among somebody's addresses is not theirs alone.
        own = [one for one in addresses if nature(one) is Nature.PERSON] or addresses[:1]
        first, *others = (Account("email", address) for address in own)
        seen = AccountSeen(first, called, nature=_nature(first), same_as=tuple(others))
        news = self._news((seen,) if seen != AccountSeen(first) else ())
        return Parties((first,), first, news, unreadable)

    def handler(self, cell: str) -> tuple[Account | None, tuple[AccountSeen, ...]]:
        """Who looks after an outcome on the owner's side."""
        if len(cell) > _LONGEST_HANDLER:  # remembered, so it has to be short
            return None, ()
        if cell not in self._handlers:
            parties = self.each(cell)
            self._handlers[cell] = parties.people[0] if len(parties.people) == 1 else None
            return self._handlers[cell], parties.seen
        return self._handlers[cell], ()

    def known(
        self, own: str, name: str, address: str, organisation: str
    ) -> tuple[Account | None, tuple[AccountSeen, ...]]:
        """A contact whose id in the CRM is told, and what is new of them."""
        if not _is_id(own):
            return None, ()
        named = Account(self._space, own)
        account = Account("email", address) if address else named
        seen = AccountSeen(
            account,
            tidy(name),
            nature=_nature(account),
            organisation=organisation,
            same_as=(named,) if address else (),
        )
        return account, self._news((seen,) if seen != AccountSeen(account) else ())

    def _one(self, contact: Contact, own: Account, unreadable: bool) -> Parties:
        name, address = contact
        account = Account("email", address) if address else own
        same_as = (own,) if address else ()
        seen = AccountSeen(account, name, nature=_nature(account), same_as=same_as)
        return Parties((account,), account, self._news((seen,)), unreadable)

    def _account(self, contact: Contact) -> Account | None:
        name, address = contact
        return Account("email", address) if address else named(self._space, name)

    def _news(self, seen: Iterable[AccountSeen]) -> tuple[AccountSeen, ...]:
        news = tuple(one for one in dict.fromkeys(seen) if one not in self._told)
        self._told.update(news)
        return news


def _seen(account: Account, contact: Contact) -> AccountSeen | None:
    seen = AccountSeen(account, contact[0], nature=_nature(account))
    return seen if seen != AccountSeen(account) else None


def _nature(account: Account) -> Nature:
    return nature(account.handle) if account.source == "email" else Nature.PERSON


def _is_id(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_ID
