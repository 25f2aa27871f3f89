"""Accounts behind links to people's profiles, where a link names one for certain."""

import re
import unicodedata
from urllib.parse import unquote

from roc.graph.records import Account

_LONGEST = 500  # characters
_HOST = r"(?:https?://)?(?:[\w-]{1,20}\.)?"
_END = r"/?(?:[?#].*)?"
_LINKEDIN = re.compile(rf"{_HOST}linkedin\.com/in/([^/?#\s,]+)(?:[/?#].*)?", re.I | re.S)
_X = re.compile(
    r"(?:https?://)?(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/"  # help.x.com has no profiles
    rf"(?:#!/)?@?(\w{{1,20}}){_END}",
    re.I | re.A | re.S,
)
_PAGES_OF_X = """
    home i search intent hashtag share explore settings login logout signup tos terms privacy rules
    about jobs careers download account notifications messages compose bookmarks lists communities
    topics moments who_to_follow follower_requests logged_out oauth widgets statuses status premium
    personalization help
"""
_NOT_ON_X = frozenset(_PAGES_OF_X.split())
_X_HANDLE = re.compile(r"(?:x-apple:)?@?(\w{1,20})", re.ASCII)
_GOOGLE = re.compile(
    rf"{_HOST}google\.com/(?:u/\d/)?(?:profiles/|\+/)?(\d{{15,25}}){_END}", re.I | re.A | re.S
)
_MASTODON_LINK = re.compile(rf"https?://([\w.-]{{1,253}})/@(\w[\w.-]{{0,99}}){_END}", re.S)
_MASTODON_ADDRESS = re.compile(r"(?:acct:)?@?(\w[\w.-]{0,99})@([\w.-]{1,253})")


def profile(link: str, service: str = "", user: str = "") -> Account | None:
    """Whose profile it is; ``None`` where that is not certain, or of no source that is read.

    Args:
        link: the profile's address or, where the service is told, the name there.
        service: the service's name in lower case, among other words joined by commas, or empty.
        user: the name there, where it is told apart.

    Example:
        >>> links = ("https://de.linkedin.com/in/Ana-Lopez?a=b", "https://twitter.com/Ana_Lopez")
        >>> [str(profile(link)) for link in links]
        ['linkedin:ana-lopez', 'x:@ana_lopez']
    """
    link = link.strip()
    if len(link) > _LONGEST:
        return None
    if found := _LINKEDIN.fullmatch(link):
        slug = unicodedata.normalize("NFC", unquote(found[1])).lower()
        return Account("linkedin", slug) if slug.isprintable() else None
    if found := _X.fullmatch(link):
        return _on_x(found[1])
    if found := _GOOGLE.fullmatch(link):
        return Account("google", found[1])
    words = set(service.split(","))
    if "mastodon" in words:
        return _on_mastodon(link)
    if words & {"twitter", "x"}:
        found = _X_HANDLE.fullmatch(user.strip()) or _X_HANDLE.fullmatch(link)
        return _on_x(found[1]) if found else None
    return None


def _on_x(handle: str) -> Account | None:
    return None if handle.lower() in _NOT_ON_X else Account("x", f"@{handle.lower()}")


def _on_mastodon(link: str) -> Account | None:
    if found := _MASTODON_LINK.fullmatch(link):
        return Account("mastodon", f"{found[2]}@{found[1]}".lower())
    if found := _MASTODON_ADDRESS.fullmatch(link):
        return Account("mastodon", f"{found[1]}@{found[2]}".lower())
    return None
