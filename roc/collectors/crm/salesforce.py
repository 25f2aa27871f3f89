"""Salesforce's data export: opportunities, joined with the tables that say whom they are with.

Memory holds the ids of what is joined, and names and addresses of those contacts alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roc.collectors.archive import Export
from roc.collectors.crm.layouts import folded
from roc.collectors.crm.people import Parties, People, contacts
from roc.collectors.crm.words import is_yes
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.tabular import Table, open_table
from roc.graph.records import Account, AccountSeen

ROLE_COLUMNS = frozenset({"opportunityid", "contactid"})
_CONTACT = frozenset({"id", "lastname", "email", "accountid"})
_USER = frozenset({"id", "username", "email"})
_ACCOUNT = frozenset({"id", "name", "billingcountry"})


@dataclass(slots=True)
class Joined:
    """What other tables say of opportunities, by the first 15 characters of their ids.

    Args:
        contacts: of an opportunity: who, and whether they are the main contact.
        person: name, address and organisation's id of a contact.
        user: name and address of whoever handles opportunities.
        organisation: an account's name; Salesforce calls organisations so.
        has_roles: whether the table of contacts by opportunity is there.
    """

    contacts: dict[str, list[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(list))
    person: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    user: dict[str, str] = field(default_factory=dict)
    organisation: dict[str, str] = field(default_factory=dict)
    has_roles: bool = False

    def cells(self, told: Mapping[str, str]) -> dict[str, str]:
        """An opportunity's cells, with names in the place of ids."""
        return {
            **told,
            "owner": self.user.get(short_id(told.get("owner_id", "")), ""),
            "organisation": self.organisation.get(short_id(told.get("account_id", "")), ""),
        }

    def parties(self, own: str, people: People) -> Parties:
        """Whom an opportunity is with."""
        accounts: dict[Account, bool] = {}
        seen: list[AccountSeen] = []
        for contact, is_main in self.contacts.get(short_id(own), ()):
            name, address, organisation_id = self.person.get(contact, ("", "", ""))
            organisation = self.organisation.get(organisation_id, "")
            account, news = people.known(contact, name, address, organisation)
            if account is not None:
                accounts[account] = accounts.get(account, False) or is_main
                seen += news
        main = [account for account, is_main in accounts.items() if is_main]
        return Parties(tuple(accounts), main[0] if len(main) == 1 else None, tuple(seen))


def short_id(own: str) -> str:
    """The part of an id that tells records apart; longer ones end in a check of it."""
    return own.strip()[:15]


def joined(export: Export, tables: Sequence[str], opportunities: Sequence[str]) -> Joined:
    """What the other tables of an export say of its opportunities.

    Args:
        export: the export.
        tables: names of all its tables.
        opportunities: those of opportunities.
    """
    opened = [(open_table(export, name), name) for name in tables if name not in opportunities]
    by_columns = [(table, frozenset(folded(table.header))) for table, _ in opened]
    found = Joined()
    wanted = _wanted(open_table(export, name) for name in opportunities)
    for table in (table for table, columns in by_columns if columns >= ROLE_COLUMNS):
        found.has_roles = True
        for opportunity, contact, main in _rows(table, "opportunityid", "contactid", "isprimary"):
            found.contacts[short_id(opportunity)].append((short_id(contact), is_yes(main)))
    needed = {contact for roles in found.contacts.values() for contact, _ in roles}
    for table in (table for table, columns in by_columns if columns >= _CONTACT):
        for own, first, last, mail, at in _rows(
            table, "id", "firstname", "lastname", "email", "accountid"
        ):
            if short_id(own) in needed:
                found.person[short_id(own)] = (f"{first} {last}", _address(mail), short_id(at))
    wanted |= {organisation for *_, organisation in found.person.values()}
    for table, columns in by_columns:
        if columns >= _USER:
            for own, first, last, mail in _rows(table, "id", "firstname", "lastname", "email"):
                if short_id(own) in wanted:
                    address = _address(mail)
                    name = tidy(f"{first} {last}")
                    found.user[short_id(own)] = f"{name} ({address})" if address else name
        elif columns >= _ACCOUNT:
            for own, name in _rows(table, "id", "name"):
                if short_id(own) in wanted:
                    found.organisation[short_id(own)] = tidy(name)
    return found


def _wanted(opportunities: Iterator[Table]) -> set[str]:
    """Ids of the organisations and users that opportunities name."""
    return {
        short_id(one)
        for table in opportunities
        for pair in _rows(table, "accountid", "ownerid")
        for one in pair
    }


def _rows(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    """The cells under some columns; empty under one that is not there. Broken rows are left out."""
    header = folded(table.header)
    there = [name for name in names if name in header]
    places = [header.index(name) for name in there]
    if not places:
        return
    for _, row in table.rows([*places, places[0]]):
        if row is not None:
            cells = dict(zip(there, row, strict=False))
            yield tuple(cells.get(name, "").strip() for name in names)


def _address(cell: str) -> str:
    found, _ = contacts(cell)
    return next((address for _, address in found if address), "")
