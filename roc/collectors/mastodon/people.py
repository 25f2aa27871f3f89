"""Who somebody is in the fediverse: from addresses, from mentions and from the links of posts.

Accounts are addresses in lower case, ``mastodon:ana@social.example``. Some servers call a person by
a number in their links; then the link itself is the account, until a mention tells both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_values import Item, word, words
from roc.graph.records import Account, AccountSeen

SOURCE = "mastodon"

_LONGEST = 1000  # characters of a link or an address
_NAME = r"\w[\w.-]{0,99}"
_HOST = r"\w[\w.-]{0,252}(?::\d{1,5})?"
_ADDRESS = re.compile(rf"(?:acct:)?@?({_NAME})(?:@({_HOST}))?")
_LINK = re.compile(rf"https?://({_HOST})/(?:users/|@)({_NAME})(?:@({_HOST}))?(?:[/?#].*)?", re.S)
_NUMBERED = re.compile(rf"https?://({_HOST})(/ap/users/\d{{1,30}})(?:[/?#].*)?", re.S)
_ANY_LINK = re.compile(rf"https?://({_HOST})(/[!-~]*)?")

_STATUS = re.compile(r"/(?:statuses/|@[\w.@:-]{1,360}/)(\d{15,19})/?")
_FIRST_MOMENT = datetime(2016, 3, 1, tzinfo=UTC)
"""Before Mastodon: what reads as an earlier moment is a number of another making."""
_LAST_MOMENT = datetime(2100, 1, 1, tzinfo=UTC)


def by_address(told: str, home: str = "") -> Account | None:
    """The account of ``ana@social.example``; ``None`` where it is no address.

    Args:
        told: the address, with or without ``@`` in front.
        home: the server on which an address without one is meant.

    Example:
        >>> str(by_address("@Ana@Social.example")), str(by_address("ana", "social.example"))
        ('mastodon:ana@social.example', 'mastodon:ana@social.example')
    """
    return _by_address(told.strip(), home) if len(told) <= _LONGEST else None


@lru_cache(65536)
def _by_address(told: str, home: str) -> Account | None:
    found = _ADDRESS.fullmatch(told)
    host = (found[2] or home) if found else ""
    return Account(SOURCE, f"{found[1]}@{host}".lower()) if found and host else None


def by_link(link: str) -> Account | None:
    """Whom the link of a person or of a post names; ``None`` where it does not show that.

    Example:
        >>> str(by_link("https://social.example/users/Ana/statuses/7"))
        'mastodon:ana@social.example'
        >>> by_link("https://elsewhere.example/objects/0a1b2c")
    """
    return _by_link(link) if len(link) <= _LONGEST else None


@lru_cache(65536)
def _by_link(link: str) -> Account | None:
    found = _LINK.fullmatch(link)
    if found:
        return by_address(found[2], found[3] or found[1])
    numbered = _NUMBERED.fullmatch(link)
    return Account(SOURCE, f"https://{numbered[1].lower()}{numbered[2]}") if numbered else None


def person(link: str) -> Account | None:
    """Whose link it is: it is known to be a person's, so that it may itself stand for them."""
    found = _ANY_LINK.fullmatch(link)
    if found is None or len(link) > MAX_ID:
        return None
    return by_link(link) or Account(SOURCE, f"https://{found[1].lower()}{found[2] or ''}")


def host(link: str) -> str:
    """The server in a link; empty where it is no link."""
    found = _ANY_LINK.fullmatch(link)
    return found[1].lower() if found else ""


def own_id(link: str) -> str:
    """A post's id, which is its link: as it is, or as a hash where it cannot be kept as it is."""
    return link if len(link) <= MAX_ID and link.isascii() else hashed(link)


def post_time(link: str) -> datetime | None:
    """When a post was written, which the number in Mastodon's own links tells; else ``None``.

    Example:
        >>> post_time("https://social.example/users/ana/statuses/112042912345678901").isoformat()
        '2024-03-05T11:46:05+00:00'
    """
    found = _STATUS.search(link)
    if not found:
        return None
    at = datetime.fromtimestamp((int(found[1]) >> 16) // 1000, UTC)
    return at if _FIRST_MOMENT <= at < _LAST_MOMENT else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a post, by address and by link.

    Args:
        account: the account by address, or by link where no address is told.
        by_link: the account as links alone would tell it.
    """

    account: Account
    by_link: Account | None = None

    @property
    def seen(self) -> AccountSeen | None:
        """That both are one; ``None`` where they do not differ."""
        if self.by_link is None or self.by_link == self.account:
            return None
        name = self.account.handle.partition("@")[0]
        return AccountSeen(self.account, name=name, same_as=(self.by_link,))


def mention(tag: Item) -> Mention | None:
    """Whom a tag of a post names; ``None`` where it is not about a person."""
    if word(tag, "type") != "Mention":
        return None
    link = word(tag, "href")
    linked = person(link)
    account = by_address(word(tag, "name"), host(link)) or linked
    return Mention(account, linked) if account else None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose archive it is.

    Args:
        account: their account.
        link: the link that stands for them; empty where it is not told.
        seen: what the archive says about them; ``None`` where it does not say who they are.
    """

    account: Account
    link: str = ""
    seen: AccountSeen | None = None

    def owns(self, who: Account | None) -> bool:
        """Whether an account is the owner's, by whichever of their names."""
        return who == self.account or (self.seen is not None and who in self.seen.same_as)

    def known(self, who: Account | None) -> Account | None:
        """An account as it is; the owner's one account where it is another of theirs."""
        return self.account if self.owns(who) else who


def owner(actor: Item) -> Owner | None:
    """Whom ``actor.json`` describes; ``None`` where it names nobody."""
    link = word(actor, "id")
    linked = person(link)
    told = by_address(word(actor, "webfinger"))
    account = told or by_address(word(actor, "preferredUsername"), host(link)) or linked
    if account is None:
        return None
    also = (linked, person(word(actor, "url")), *map(person, _links(actor.get("alsoKnownAs"))))
    same = tuple(dict.fromkeys(other for other in also if other and other != account))
    seen = AccountSeen(account, name=tidy(word(actor, "name")), owner=True, same_as=same)
    return Owner(account, link, seen)


def _links(value: object) -> Iterator[str]:
    yield from (words(value) if isinstance(value, list) else words([value]))


def links(value: Mapping[str, object], *keys: str) -> list[str]:
    """The links under some keys, each of which has one or a list of them."""
    return [link for key in keys for link in _links(value.get(key)) if link]
