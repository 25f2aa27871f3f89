"""Texts of Facebook's and Instagram's exports, whose bytes of UTF-8 were taken for signs."""

from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import Item, word

_LONGEST = 2000  # signs; names, titles and labels are shorter, and nothing else is looked at

_NOBODY_WORDS = {
    "facebook": """
        facebook user|facebook-nutzer|facebook-nutzer:in|facebook-nutzerin|utilisateur facebook
        |utilisateur de facebook|usuario de facebook|utente di facebook|utente facebook
        |usuário do facebook|utilizador do facebook|facebook-gebruiker
    """,
    "instagram": """
        instagram user|instagramuser|instagram-nutzer|instagram-nutzer:in|instagram-nutzerin
        |utilisateur instagram|utilisateur d’instagram|usuario de instagram|utente di instagram
        |utente instagram|usuário do instagram|utilizador do instagram|instagram-gebruiker
    """,
}
_NOBODY = {
    source: frozenset(" ".join(name.split()) for name in words.split("|"))
    for source, words in _NOBODY_WORDS.items()
}


def repaired(text: str) -> str:
    r"""A text with its letters and emoji restored; one that is in order stays as it is.

    Example:
        >>> repaired("Ana L\u00c3\u00b3pez"), repaired("Ana López")
        ('Ana López', 'Ana López')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:  # it was in order, or is beyond repair
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def label(value: Item, *keys: str) -> str:
    """The first of these keys that has a value, repaired and on one line; empty if it is long."""
    found = word(value, *keys)
    return _label(found) if len(found) <= _LONGEST else ""


@lru_cache(2**14)  # the same names come again and again
def _label(found: str) -> str:
    return tidy(repaired(found)) if len(found) <= _LONGEST else ""


def is_nobody(source: str, name: str) -> bool:
    """Whether it is what a source calls those who left it, in one of several languages."""
    return name.casefold() in _NOBODY[source]
