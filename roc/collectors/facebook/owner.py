"""Whose export it is: the profile says so, and without it the rest gives it away."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from roc.collectors.archive import Export
from roc.collectors.facebook.acts import SOURCE
from roc.collectors.facebook.files import Holds, Table
from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.json_values import Item, item, items
from roc.collectors.formats.meta_files import rows
from roc.collectors.formats.meta_text import label
from roc.collectors.formats.meta_threads import Chat, always_there, standing
from roc.collectors.formats.named import named, phone
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen


def find_owner(
    export: Export, files: Iterable[Table], chats: Iterable[Chat], owner_name: str
) -> AccountSeen | None:
    """The owner, the surest first; ``None`` where nothing tells.

    The profile tells, then the one name that is in all chats, then the name beside comments and
    reactions. What the owner told us, and the name with which browsers fill in forms, may be other
    names of theirs: they count only if they stand in a chat, where there are chats.
    """
    files, chats = list(files), list(chats)
    for told in _objects(export, files, Holds.PROFILE):
        seen = _seen(_profile_name(told), (*_addresses(told), *_phones(told)))
        if seen:
            return seen
    seen = _seen(always_there(chats)) or _seen(_signed(export, files))
    for name in (owner_name, _autofilled(export, files)) if seen is None else ():
        seen = seen or _seen(standing(chats, name) if chats else name)
    return seen


def _seen(name: str, same_as: tuple[Account, ...] = ()) -> AccountSeen | None:
    account = named(SOURCE, name)
    return AccountSeen(account, name, owner=True, same_as=same_as) if account else None


def _objects(export: Export, files: list[Table], holds: Holds) -> Iterator[Item]:
    for file in files:
        if file.holds is holds:
            with suppress(BrokenExport):  # the rest of the export can be read without it
                for _, value in rows(export, file.name, file.path):
                    yield item({"": value}, "")


def _profile_name(told: Item) -> str:
    return label(item(told, "name"), "full_name") or label(told, "name")


def _addresses(told: Item) -> Iterator[Account]:
    emails = item(told, "emails").get("emails")
    for each in emails if isinstance(emails, list) else ():
        address = label({"": each}, "").lower()
        if is_address(address):
            yield Account("email", address)


def _phones(told: Item) -> Iterator[Account]:
    for each in items(told.get("phone_numbers")):
        number = phone(label(each, "phone_number"))
        if number and each.get("verified") is not False:
            yield number


def _autofilled(export: Export, files: list[Table]) -> str:
    """The full name in forms, where there is one and no other."""
    names = set()
    for told in _objects(export, files, Holds.AUTOFILL):
        for key, value in told.items():
            if key.casefold() in {"full_name", "name"} and isinstance(value, list):
                names |= {label({"": each}, "") for each in value}
    names.discard("")
    return names.pop() if len(names) == 1 else ""


def _signed(export: Export, files: list[Table]) -> str:
    """The name beside the first comment or reaction that has one."""
    for file in files:
        if file.holds in (Holds.COMMENTS, Holds.REACTIONS):
            with suppress(BrokenExport):
                for _, value in rows(export, file.name, file.path):
                    name = _signature(value)
                    if name:
                        return name
    return ""


def _signature(value: object) -> str:
    for each in items(value.get("data")) if isinstance(value, Mapping) else ():
        name = label(item(each, "comment"), "author") or label(item(each, "reaction"), "actor")
        if name:
            return name
    return ""
