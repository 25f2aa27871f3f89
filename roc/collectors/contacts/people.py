"""Who is who, by the entries of an address book."""

import unicodedata
from collections.abc import Iterator

from roc.collectors.formats.addresses import is_address, nature
from roc.collectors.formats.named import phone
from roc.collectors.formats.profile_links import profile
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.formats.vcard import Card
from roc.graph.records import Account, AccountSeen, Nature, Problem, Record

MOST_REMEMBERED = 1_000_000
"""Accounts; whatever is beyond them is tied to nothing."""

_GROUP = ("group", "location", "application")
_SHARED = 0
_LONGEST_NUMBER = 50  # characters; a longer one is none


class Book:
    """An address book: every card is seen before any is told of.

    An account that stands under two names is a family's telephone, or an office's address: it makes
    nobody the same person as anybody. Hashes are kept for names, accounts and what was told.
    """

    def __init__(self) -> None:
        self._names: dict[int, int] = {}
        self._told: set[int] = set()

    def see(self, card: Card | None) -> None:
        """Take note of a card's accounts; ``None`` stands for one that cannot be read."""
        key = _key(card) if card and card.is_whole else ""
        if not card or not key:
            return
        for who in _accounts(card):
            known = self._names.get(hash(who))
            if known is None and len(self._names) < MOST_REMEMBERED:
                self._names[hash(who)] = hash(key)
            elif known is not None and known != hash(key):
                self._names[hash(who)] = _SHARED

    def tell(self, where: str, card: Card | None, tolerance: Tolerance) -> Iterator[Record]:
        """What a card says that no other one has said, and what is wrong with it."""
        wrong = _problem(where, card)
        said = [] if card is None or not card.is_whole else list(self._said(card))
        if wrong:
            yield wrong if said else tolerance.count_bad(wrong)
        tolerance.good += bool(said)
        for seen in said:
            if hash(seen) not in self._told:
                if len(self._told) < MOST_REMEMBERED:
                    self._told.add(hash(seen))
                yield seen

    def _said(self, card: Card) -> Iterator[AccountSeen]:
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
            elif self._has_one_name(who, card):
                own.append(who)
        for number, who in enumerate(own):
            same = () if number else tuple(own[1:])
            yield AccountSeen(who, card.name, organisation=card.organisation, same_as=same)

    def _has_one_name(self, who: Account, card: Card) -> bool:
        """Whether an account stands under the card's name and no other."""
        return self._names.get(hash(who), _SHARED) == hash(_key(card)) != _SHARED


def _problem(where: str, card: Card | None) -> Problem | None:
    if card is None:
        return Problem(where, "bad_row", "the row has too few cells, or too much in one")
    if not card.is_whole:
        return Problem(where, "cut_off", "the card has no end")
    if any(told and not is_address(_bare(told)) for told in card.addresses):
        return Problem(where, "bad_address", "what stands as a mail address is none")
    return None


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
