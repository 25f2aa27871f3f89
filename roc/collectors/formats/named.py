"""Accounts of people of whom a source tells no more than a name, or a telephone number."""

import re
import unicodedata
from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.graph.records import Account

_NUMBER = re.compile(r"\+?[\d\s().\-/\u00a0\u2010-\u2015\u202f]{5,30}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15  # the world's longest numbers have 15 (E.164)


@lru_cache(65536)
def named(source: str, name: str) -> Account | None:
    """The account of somebody of whom only the name is told; ``None`` where it is no name.

    Namesakes share it: that is all the source says.

    Example:
        >>> str(named("whatsapp", "Ana  López"))
        'whatsapp:name:ana lópez'
    """
    plain = unicodedata.normalize("NFKC", tidy(name)).casefold()
    return Account(source, f"name:{plain}") if plain else None


@lru_cache(65536)
def phone(text: str) -> Account | None:
    """The account of a telephone number; ``None`` where the text is none.

    Spaces and signs do not matter, and ``00`` in front is ``+``. A number without its country's
    code is kept as it stands: which country is meant nobody says.

    Example:
        >>> str(phone("+49 (170) 123-45 67")), str(phone("0049 170 1234567"))
        ('phone:+491701234567', 'phone:+491701234567')
    """
    text = text.strip().removeprefix("tel:").partition(";")[0]
    if text.startswith("+"):
        text = text.replace("(0)", "")  # to be left out after a country's code
    if _DATE.fullmatch(text) or not _NUMBER.fullmatch(text):
        return None
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if not _LEAST_DIGITS <= len(digits.lstrip("0")) <= _MOST_DIGITS:
        return None
    if text.startswith("+"):
        return Account("phone", f"+{digits}")
    return Account("phone", f"+{digits[2:]}" if digits.startswith("00") else digits)
