"""What people are to each other's work, and the act that each role is.

See ``docs/decisions/0017-acts-in-a-git-history.md`` for the reasons.
"""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from roc.graph.records import Kind


class Role(Enum):
    """What somebody is to a change; the value is part of the ids of acts."""

    TAKES_IN = "takes in"  # commits or merges what somebody else wrote, or signs it on the way
    VOUCHES = "vouches"  # says of the change that it is right
    IS_THANKED = "is thanked"  # helped to it, as its author says
    SHARES = "shares"  # wrote it together with its author
    WROTE = "wrote"  # its author, where another made the commit; no act of its own


KINDS: Mapping[Role, Kind] = MappingProxyType(
    {
        Role.TAKES_IN: Kind.REPOST,  # passes on what its authors published
        Role.VOUCHES: Kind.ENDORSEMENT,  # confirms what its authors can do
        Role.IS_THANKED: Kind.THANKS,  # the only act that goes from the author
        Role.SHARES: Kind.ENDORSEMENT,  # each puts their name to what the others wrote
    }
)

_WORDS: Mapping[Role, str] = {
    Role.TAKES_IN: "signed-off",
    Role.VOUCHES: "reviewed acked tested approved verified",
    Role.IS_THANKED: "reported suggested helped requested diagnosed debugged bisected",
    Role.SHARES: "co-authored co-developed",
    Role.WROTE: "author authors authored",
}
_BY_WORD = {word: role for role, words in _WORDS.items() for word in words.split()}


@lru_cache(4096)
def roles(word: str) -> tuple[Role, ...]:
    """The roles that a trailer's word stands for; none where it is of no account.

    Example:
        >>> [role.value for role in roles("reported-tested-and-acked-by")]
        ['is thanked', 'vouches', 'vouches']
        >>> roles("not-acked-by")
        ()
    """
    found: list[Role] = []
    for part in word.removesuffix("-by").split("-and-"):
        words = [part] if part in _BY_WORD else part.split("-")
        if all(each in _BY_WORD for each in words):
            found += [_BY_WORD[each] for each in words]
    return tuple(found)
