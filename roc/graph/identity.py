"""Deciding which accounts are one person, as a pure function of accounts and links.

A person is a connected component of the links that stand. Nothing is ever merged for good: a
merge adds a link, a split withdraws links, and withdrawing or restoring them undoes either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from roc.errors import UnknownPerson

BASIS_OWNER = "told by the owner"
BASIS_OWN_ACCOUNT = "the owner's own account"


def basis_told_by(source: str) -> str:
    """The basis of a link that a source states, such as an address in a profile."""
    return f"told by {source}"


AGREED = ", agreed to by the owner"
"""How the basis ends of a link that was suggested, and that the owner agreed to."""


def basis_agreed_to(suggested: str) -> str:
    """The basis of a link that was suggested, and that the owner agreed to."""
    return suggested + AGREED


def persons(
    keys: Mapping[int, str],
    links: Iterable[tuple[int, int]],
    apart: Iterable[tuple[int, int]] = (),
) -> dict[int, int]:
    """The account that stands for each account's person.

    What the owner holds apart stays apart, whoever else is linked to both: that one goes with the
    first in the order of keys. Where nothing is held apart, the order of links is no matter.

    Args:
        keys: ``source:handle`` of every account, by id.
        links: pairs of accounts that are one person, those that weigh more first, else by key.
        apart: pairs of accounts that are different people.

    Returns:
        For every account id the id of the account with the smallest key among those linked to it,
        so that the answer does not depend on the order in which anything was read.

    Example:
        >>> persons({1: "x:2", 2: "email:ana@example.org", 3: "x:3"}, [(1, 2)])
        {1: 2, 2: 2, 3: 3}
    """
    parent = {account: account for account in keys}
    strangers: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        strangers[one].add(other)
        strangers[other].add(one)

    def root(account: int) -> int:
        while parent[account] != account:
            parent[account] = parent[parent[account]]
            account = parent[account]
        return account

    for one, other in links:
        first, second = root(one), root(other)
        if first != second and not any(root(each) == second for each in strangers[first]):
            smaller, larger = sorted((first, second), key=lambda account: keys[account])
            parent[larger] = smaller
            strangers[smaller] |= strangers[larger]
    return {account: root(account) for account in keys}


def name_of(names: Iterable[str]) -> str:
    """What to call a person whom sources call by several names; empty where none gives one.

    A handle (one word of plain letters, as in ``ben_okafor``) is what to call somebody only where
    there is nothing better. Of names alike the longest wins, so that order is no matter.

    Example:
        >>> name_of(["ben_okafor", "Ben Okafor", "Ben"])
        'Ben Okafor'
    """

    def rank(name: str) -> tuple[bool, int, str]:
        is_handle = name.isascii() and " " not in name
        return (not is_handle, len(name), name)

    return max((name for name in names if name), key=rank, default="")


def mentioned(words: str, texts: Iterable[str]) -> bool:
    """Whether words are a part of any of some texts, in any case and script.

    Example:
        >>> mentioned("LÓPEZ", ["Ana López", "Acme"])
        True
    """
    wanted = words.casefold()
    return any(wanted in text.casefold() for text in texts)


def the_one(words: str, accounts: Iterable[tuple[int, str, str]]) -> int:
    """The one person who answers to an account, a name or a part of either, in any script.

    Args:
        words: what the owner calls the person; an exact account or name wins over a part of one.
        accounts: for every account its person's number, its ``source:handle`` and its name.

    Raises:
        UnknownPerson: nobody answers, or more than one.

    Example:
        >>> the_one("ana", [(1, "journal:ana", ""), (2, "journal:anatol", "")])
        1
    """
    wanted = words.strip().casefold()
    if not wanted:
        raise UnknownPerson("Nobody answers to no name.", hint="see: roc people list")
    exact: dict[int, str] = {}
    partly: dict[int, str] = {}
    for person, key, name in accounts:
        if key == words:
            return person  # an account is told apart from others even by its capitals
        texts = (key.casefold(), key.partition(":")[2].casefold(), name.casefold())
        if wanted in texts:
            exact[person] = min(key, exact.get(person, key))
        elif any(wanted in text for text in texts):
            partly[person] = min(key, partly.get(person, key))
    found = exact or partly
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise UnknownPerson(
            f"Nobody in the graph answers to {words!r}.", hint="see: roc people list"
        )
    raise UnknownPerson(
        f"{len(found)} people answer to {words!r}.",
        hint=f"say which, for example: {', '.join(sorted(found.values())[:5])}",
    )
