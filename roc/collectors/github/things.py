"""GitHub's things by their addresses: who somebody is, what something is called, who is named."""

import re
from collections.abc import Iterator
from functools import lru_cache

from roc.collectors.formats.json_values import Item, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.github.threads import SOURCE, Mark, Said
from roc.graph.records import Account, AccountSeen, Nature

_LOGIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?"
_USER = re.compile(rf"(?:https?://[^/\s]{{1,260}}/)?(apps/)?({_LOGIN})/?")
_PROGRAM = "[bot]"
_THING = re.compile(
    r"https?://([^/\s]{1,260})/([\w.-]{1,100}/[\w.-]{1,100})/(?:issues|pull)/(\d{1,12})"
    r"(?:/files)?(?:#(issuecomment-|pullrequestreview-|discussion_r|r)(\d{1,20}))?"
)
_NAMED = re.compile(rf"(?<![\w`/@.-])@({_LOGIN})(?![\w/@-])")
_CODE = re.compile(r"```.*?```|`[^`\n]{1,500}`|^>[^\n]*", re.DOTALL | re.MULTILINE)
_LONGEST_TEXT = 300_000  # characters; GitHub takes 65,536
_MOST_NAMED = 50


@lru_cache(65536)
def user(told: str) -> Account | None:
    """The account of a login, or of a user's address; ``None`` where it is none.

    Programs have logins that end in ``[bot]``; their addresses say it otherwise.

    Example:
        >>> str(user("https://github.com/Ana")), str(user("ana"))
        ('github:ana', 'github:ana')
    """
    found = _USER.fullmatch(told)
    if found is None:
        return None
    login = found[2].lower()
    return Account(SOURCE, f"{login.removesuffix(_PROGRAM)}{_PROGRAM}" if found[1] else login)


def is_program(account: Account) -> bool:
    """Whether an account is a program's."""
    return account.handle.endswith(_PROGRAM)


def thing(link: str) -> tuple[str, str, str]:
    """Host, thread and own id of an issue, a pull request, or something said in one.

    The same comment has several addresses on GitHub: on the page of what was said, and on that of
    the changed files. All are one id.

    Example:
        >>> thing("https://github.com/Ana/garden/pull/7/files#r55")
        ('github.com', 'ana/garden/7', 'ana/garden/7/r55')
        >>> thing("somewhere else")
        ('', '', '')
    """
    found = _THING.fullmatch(link)
    if found is None:
        return "", "", ""
    host, place, number, kind, own = found.groups()
    thread = f"{place.lower()}/{number}"
    kind = "r" if kind == "discussion_r" else kind
    return host.lower(), thread, f"{thread}/{kind}{own}" if kind else thread


def said(
    told: Item, link: str, author: Account | None, under: str = "", marks: tuple[Mark, ...] = ()
) -> Said:
    """Something that was said, as the archive and the API both tell it.

    Args:
        told: the thing.
        link: its address.
        author: who said it, where that is told.
        under: id of the comment that it is put under.
        marks: reactions to it.

    Raises:
        Unusable: it has no address, author or moment. A review that is not handed in yet has none.
    """
    own = thing(link)[2]
    if not own:
        raise Unusable("no_id", "it has no address")
    if author is None:
        raise Unusable("no_sender", "it does not say who wrote it")
    at = iso_moment(word(told, "submitted_at", "created_at"))
    if at is None:
        raise Unusable("bad_date", "no readable date and time")
    return Said(own, at, author, named(told.get("body")), under, marks)


def named(text: object) -> tuple[Account, ...]:
    """Whom a text names with ``@``; what is quoted, and what is code, names nobody."""
    if not isinstance(text, str):
        return ()
    plain = _CODE.sub(" ", text[:_LONGEST_TEXT])
    return tuple(dict.fromkeys(_each_named(plain)))[:_MOST_NAMED]


def _each_named(text: str) -> Iterator[Account]:
    for found in _NAMED.finditer(text):
        if who := user(found[1]):
            yield who


def seen(
    account: Account,
    *,
    name: str = "",
    number: str = "",
    is_bot: bool = False,
    owner: bool = False,
    addresses: tuple[str, ...] = (),
) -> AccountSeen:
    """What is told of a user.

    Args:
        account: who.
        name: what they call themselves.
        number: their id, by which GitHub makes an address up that hides theirs in commits.
        is_bot: a program.
        owner: whose export or token it is.
        addresses: mail addresses that are theirs.
    """
    hidden = (f"{number}+{account.handle}@users.noreply.github.com",) if number.isdecimal() else ()
    return AccountSeen(
        account,
        name,
        owner=owner,
        nature=Nature.BOT if is_bot or is_program(account) else Nature.PERSON,
        same_as=tuple(Account("email", address) for address in (*hidden, *addresses)),
    )
