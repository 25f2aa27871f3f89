"""Who somebody is on Reddit: a name, which cannot be changed, and nothing else."""

import re
from functools import lru_cache

from roc.graph.records import Account, AccountSeen, Nature

SOURCE = "reddit"

_NAME = re.compile(r"(?:/?u/)?([\w-]{1,30})", re.ASCII)
_NAMED = re.compile(r"(?<![\w/.-])/?u/([\w-]{3,20})(?![\w/-])", re.ASCII)
_PROFILE = re.compile(r"(?:r/)?u_([\w-]{1,30})", re.ASCII)
_PROGRAMS = frozenset({"reddit", "automoderator"})


def account(name: str) -> Account | None:
    """The account of a name; ``None`` for those who are gone, and for whole subreddits.

    Example:
        >>> str(account("u/Ana_L")), account("[deleted]"), account("/r/books")
        ('reddit:ana_l', None, None)
    """
    return _account(name.strip()) if len(name) < 100 else None


@lru_cache(65536)
def _account(name: str) -> Account | None:
    found = _NAME.fullmatch(name)
    return Account(SOURCE, found[1].lower()) if found else None


def seen(who: Account) -> AccountSeen | None:
    """That an account is a program's; ``None`` for people."""
    return AccountSeen(who, nature=Nature.BOT) if who.handle in _PROGRAMS else None


def named(text: str) -> tuple[Account, ...]:
    """Whom a text names as ``u/ana``, each once, in order."""
    plain = text.replace("\\_", "_")
    return tuple(dict.fromkeys(Account(SOURCE, name.lower()) for name in _NAMED.findall(plain)))


def profile_owner(subreddit: str) -> Account | None:
    """Whose profile a subreddit is; only they can post there.

    Example:
        >>> str(profile_owner("u_Ana")), profile_owner("books")
        ('reddit:ana', None)
    """
    found = _PROFILE.fullmatch(subreddit.strip())
    return Account(SOURCE, found[1].lower()) if found else None
