"""Values under labels in the owner's language, as newer files of Facebook and Instagram have them.

Labels are translated, and so are the titles above them; the words for them are here.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from roc.collectors.formats.json_values import Item, items, word
from roc.collectors.formats.meta_text import label
from roc.collectors.formats.moments import unix_moment

_DEEPEST = 6  # real ones nest three times

_NAME_WORDS = """
    name|nom|nombre|nome|naam|namn|navn|nazwa|imię i nazwisko|tên|full name|display name
    |vollständiger name|nom complet|nombre completo|nome completo|volledige naam
"""
_NAMES = frozenset(" ".join(word.split()) for word in _NAME_WORDS.split("|"))
# Parts of words, for labels differ from year to year: "Media Owner", "Eigentümer*in", "Autor/in".
_USERNAMES = re.compile(
    r"user ?name|nutzername|utilisateur|nom de profil|usuario|utente|usuário|utilizador"
    r"|gebruikersnaam|użytkownik|användarnamn|brugernavn|brukernavn|người dùng"
)
_OWNERS = re.compile(
    r"owner|author|eigentüm|inhaber|besitzer|verfass|autor|auteur|propri[eé]t|titolare|propiet"
    r"|dueñ|dono|dona\b|eigenaar|właściciel|ägare|ejer|eier|tác giả"
)
_USERNAME = re.compile(r"[a-z0-9_.]{1,30}", re.ASCII)


def is_name(told: str) -> bool:
    """Whether a label, in lower case, is that of a name."""
    return told in _NAMES


def is_username(told: str) -> bool:
    """Whether a label, in lower case, is that of a user name."""
    return _USERNAMES.search(told) is not None


def is_owner(told: str) -> bool:
    """Whether a label, or the title above it, is that of whoever published something."""
    return _OWNERS.search(told) is not None


@lru_cache(2**14)
def username(text: str) -> str:
    """A name on Instagram in lower case, without ``@``; empty where the text cannot be one."""
    plain = text.strip().removeprefix("@").lower()
    return plain if _USERNAME.fullmatch(plain) else ""


def labelled(value: object, above: str = "", depth: int = 0) -> Iterator[tuple[str, str, Item]]:
    """Labels, each with the title above it, in lower case, and what stands under it.

    Example:
        >>> told = [{"title": "Owner", "dict": [{"label": "Name", "value": "Ana"}]}]
        >>> [(above, label, word(under, "value")) for above, label, under in labelled(told)]
        [('owner', 'name', 'Ana')]
    """
    if depth > _DEEPEST:
        return
    for entry in items(value):
        if "label" in entry:
            yield above, label(entry, "label").casefold(), entry
        title = label(entry, "title", "label").casefold() or above
        for key in ("dict", "vec"):
            yield from labelled(entry.get(key), title, depth + 1)


def mapped(value: object) -> Iterator[tuple[str, str, Item]]:
    """The same of the older shape, an object whose keys are labels."""
    for key, under in value.items() if isinstance(value, Mapping) else ():
        if isinstance(under, Mapping):
            yield "", label({"": key}, "").casefold(), under


def author(entry: Item) -> tuple[str, str]:
    """Name and user name of whoever published what a row is about; empty where not told.

    Names of groups and pages, under titles of their own, are nobody's.
    """
    name = user = ""
    for above, under, told in labelled(entry.get("label_values")):
        if not above or is_owner(above):
            name = name or (label(told, "value") if is_name(under) else "")
            user = user or (label(told, "value") if _is_author(under) else "")
    for _, under, told in mapped(entry.get("string_map_data")):
        user = user or (label(told, "value") if _is_author(under) else "")
    return name, username(user)


def _is_author(under: str) -> bool:
    return is_username(under) or is_owner(under)


def moment(entry: Item) -> tuple[str, datetime] | None:
    """The row's own moment, in seconds as text and as a moment; else the one under a label."""
    under = [entry]
    under += [told for _, _, told in mapped(entry.get("string_map_data"))]
    under += list(items(entry.get("string_list_data")))
    under += [told for _, _, told in labelled(entry.get("label_values"))]
    for told in under:
        seconds = word(told, "timestamp", "timestamp_value")
        at = unix_moment(seconds)
        if at is not None:
            return seconds, at
    return None
