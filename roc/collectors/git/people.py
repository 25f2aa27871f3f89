"""People of a history: whose account a name and an address are, and what else is told of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.named import named
from roc.collectors.git.machines import nature_behind
from roc.collectors.git.mailmap import Mailmap
from roc.collectors.git.trailers import Person
from roc.graph.records import Account, AccountSeen, Nature

_MAX_REMEMBERED = 1_000_000  # people whose repeats are noticed here; the store drops the rest
# Addresses that git made up from a machine's name, or that a tutorial gave: they are nobody's.
_MADE_UP = re.compile(
    r".*@(?:.*\.)?(?:local|localhost|localdomain|lan|internal|home|none|\(none\))|you@example\.com"
)
_IN_SUBVERSION = re.compile(r"[^\s@]{1,64}@[0-9a-f]{8}-[0-9a-f-]{27}")  # the repository's own id
_FORGE = re.compile(
    r"(?:\d+\+)?(?P<login>[a-z\d][a-z\d_-]{0,38})@users\.noreply\.(?P<forge>github|gitlab)\.com"
    r"|\d+-(?P<gitlab>[a-z\d][\w.-]{0,99})@users\.noreply\.gitlab\.com"
)
_PLATFORM = re.compile(r"noreply@[^@]+|merge-button@github\.com")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, as far as the history tells.

    Args:
        account: whose acts are told.
        name: as the mailmap has it, else as in the commit.
        same_as: other accounts that the history says are theirs.
        nature: what stands behind the account.
    """

    account: Account
    name: str
    same_as: tuple[Account, ...]
    nature: Nature

    def is_same(self, other: "Known") -> bool:
        """Whether both are one person: an account in common, or a name.

        A name of one word does where one address is as good as none, or both begin alike.
        """
        if not {self.account, *self.same_as}.isdisjoint({other.account, *other.same_as}):
            return True
        if not self.name or self.name.casefold() != other.name.casefold():
            return False
        is_told = " " in self.name or self._is_hidden or other._is_hidden
        return is_told or self._local == other._local

    @property
    def _is_hidden(self) -> bool:
        """Whether the address is made up, or the one that a website gives to who hides theirs."""
        return self.account.source != "email" or _FORGE.fullmatch(self.account.handle) is not None

    @property
    def _local(self) -> str:
        return self.account.handle.partition("@")[0]


class People:
    """The people of one history; each is described once.

    Args:
        mailmap: which addresses are one person.
    """

    def __init__(self, mailmap: Mailmap) -> None:
        self._mailmap = mailmap
        self._described: set[Known] = set()
        self.known = lru_cache(65536)(self._known)

    def _known(self, person: Person) -> Known | None:
        """Who a person in a commit is; ``None`` where that cannot be told."""
        mapped = self._mailmap.mapped(*person)
        written = mapped.address if mapped.for_name and mapped.address else person.address
        name = mapped.name or person.name
        account = _account(name, written)
        if account is None:
            return None
        others = (_mail(mapped.address), _at_forge(written), _at_forge(mapped.address))
        same_as = tuple(dict.fromkeys(one for one in others if one and one != account))
        address = account.handle if account.source == "email" else ""
        return Known(account, name, same_as, nature_behind(name, address))

    def described(self, *people: Known) -> Iterator[AccountSeen]:
        """What is told of people, where it was not told before."""
        for one in people:
            if one not in self._described:
                if len(self._described) < _MAX_REMEMBERED:
                    self._described.add(one)
                yield AccountSeen(one.account, one.name, nature=one.nature, same_as=one.same_as)


def is_platform(person: Person) -> bool:
    """Whether the committer is the place where a button was pressed, not who pressed it."""
    return _PLATFORM.fullmatch(person.address) is not None


def _account(name: str, address: str) -> Account | None:
    if mail := _mail(address):
        return mail
    if _IN_SUBVERSION.fullmatch(address):
        return Account("git", address)
    return named("git", name)


def _mail(address: str) -> Account | None:
    usable = is_address(address) and not _MADE_UP.fullmatch(address)
    return Account("email", address) if usable else None


def _at_forge(address: str) -> Account | None:
    found = _FORGE.fullmatch(address)
    if not found:
        return None
    if found["gitlab"]:
        return Account("gitlab", found["gitlab"])
    return Account(found["forge"], found["login"])
