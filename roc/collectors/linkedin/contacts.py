"""The address book that the owner once let LinkedIn import: who bears which address and number."""

import re
from collections.abc import Iterator, Mapping

from roc.collectors.formats.named import phone
from roc.collectors.linkedin.people import address, profiles, tidy
from roc.graph.records import Account, AccountSeen

_BETWEEN = re.compile(r"[,;|\n]+")
_MOST = 200_000  # entries; an address book has some thousand


class AddressBook:
    """Contacts.csv and ImportedContacts.csv, entry by entry.

    An entry is one person. But an address or number that stands in the entries of several names is
    an office's or a family's: it makes nobody the same person, and nobody's name is given to it.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str, tuple[Account, ...]], None] = {}

    def see(self, row: Mapping[str, str]) -> None:
        """Take note of a row."""
        emails = _BETWEEN.split(row.get("emails", ""))
        phones = map(phone, _BETWEEN.split(row.get("phonenumbers", "")))
        accounts = dict.fromkeys(profiles(row.get("profiles", "")))
        accounts.update(dict.fromkeys(found for each in emails for found in address(each)))
        accounts.update(dict.fromkeys(filter(None, phones)))
        parts = (row.get(f"{part}name", "") for part in ("first", "middle", "last"))
        entry = tidy(" ".join(parts)), tidy(row.get("companies", "")), tuple(accounts)
        if accounts and len(self._entries) < _MOST:
            self._entries[entry] = None

    def people(self) -> Iterator[AccountSeen]:
        """Who bears what, once everything was read."""
        bearers: dict[Account, set[str]] = {}
        for name, _, accounts in self._entries:
            for account in accounts if name else ():
                bearers.setdefault(account, set()).add(name.casefold())
        for name, organisation, accounts in self._entries:
            own = [account for account in accounts if len(bearers.get(account, ())) < 2]
            if own and (name or len(own) > 1):
                yield AccountSeen(own[0], name, organisation=organisation, same_as=tuple(own[1:]))
