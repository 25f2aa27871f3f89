"""Names and handles in any script, taken apart into words that can be compared.

Nothing is transliterated: 张伟 is never compared with Wei Zhang.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

LONGEST = 200
"""Characters of a name or handle that are looked at; more is pasted text."""

MOST_WORDS = 4
"""Words kept of a name: the first three and the last, as those who have more use these."""

_LETTERS = str.maketrans(
    # Letters that no normalisation takes apart, though people write them with plain ones.
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    # People type names with and without these, and in many shapes.
    | dict.fromkeys("'’‘`´ʼʻʹʺ\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
    # Letters of Arabic script that are typed for each other, and its lengthening dash.
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None}
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DEGREE = re.compile(r"\b(?:ph\.? ?d|m\.? ?d|m\.? ?sc|b\.? ?sc|m\.? ?b\.? ?a)\b\.?")
_TITLE_WORDS = """
    cpa dipl dr esq frau herr ing jr mag miss mr mrs ms pmp prof sir sr sra srta
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_LINKING_WORDS = "da das de del do dos e i und y"
_LINKING = frozenset(_LINKING_WORDS.split())  # half leave them out: Ana da Silva, Ana Silva
_LEADING_WORDS = "abu al den der di du el la le mac mc st ten ter van von"
_LEADING = frozenset(_LEADING_WORDS.split())  # written apart or together: Le Goff, Legoff
_LONGEST_RUN = 30  # letters of two names that run together
_STRIPPED = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u3005]+")


def folded(text: str) -> str:
    """Text without case, accents and the signs that people leave out.

    Marks are dropped where they are accents (Latin, Greek, Cyrillic) or optional vowels (Arabic,
    Hebrew). Elsewhere they are part of the letter and stay: が is not か.

    Example:
        >>> folded("Łukasz Ó Müller-Groß"), folded("ガ")
        ('lukasz o muller-gross', 'ガ')
    """
    text = text[:LONGEST]
    if text.isascii():
        return text.lower().translate(_LETTERS)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    kept, strip = [], False
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.category(sign) != "Mn":
            strip = unicodedata.name(sign, "").startswith(_STRIPPED)
        elif strip:
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


@lru_cache(maxsize=2**10)
def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name, each once, in the order in which they are written.

    A name in Chinese characters, kana or Hangul is one word of sorted characters: it is written
    with or without a space, in either order, and a single shared character says nothing.

    Example:
        >>> words_of_name("Dr. Ana M. da Silva-López, Ph.D. (she/her)")
        ('ana', 'm', 'silva', 'lopez')
        >>> words_of_name("伟 张") == words_of_name("张伟")
        True
    """
    text = _ASIDE.sub(" ", folded(name))
    text = _DEGREE.sub(" ", text)
    dense = "".join(sorted("".join(_DENSE.findall(text))))
    words = _joined(_split(_DENSE.sub(" ", text)))
    return _few(([dense] if len(dense) > 1 else []) + words)


def words_of_handle(handle: str) -> tuple[str, ...]:
    """The words in a handle or in the local part of an address; digits at their ends are dropped.

    Example:
        >>> words_of_handle("ana.lopez82@example.org"), words_of_handle("ana-lopez-4b2a91")
        (('ana', 'lopez'), ('ana', 'lopez'))
    """
    words = [word.rstrip("0123456789") for word in _split(local_part(handle))]
    return _few([word for word in words if word and not any(map(str.isdigit, word))])


def local_part(handle: str) -> str:
    """What of a handle is chosen by its bearer: without host, subaddress and leading sign.

    Example:
        >>> local_part("Ana.Lopez+news@example.org"), local_part("name:ana lópez")
        ('ana.lopez', 'ana lopez')
    """
    text = folded(handle).lstrip("@").removeprefix("name:")
    return text.partition("@")[0].partition("+")[0] or text


def segmented(word: str, known: Collection[str]) -> tuple[str, ...]:
    """A handle's word as the names run together in it, judged by names that are known.

    Args:
        word: a word of a handle.
        known: words of people's names; a set.

    Returns:
        Two names, or an initial and a name in the order written; else the word as it is.

    Example:
        >>> segmented("analopez", {"ana", "lopez"}), segmented("alopez", {"ana", "lopez"})
        (('ana', 'lopez'), ('a', 'lopez'))
    """
    if word in known or len(word) > _LONGEST_RUN:
        return (word,)
    # The most even parting is the likeliest: "analopez" holds "ana" and "lopez".
    for size in sorted(range(2, len(word) - 1), key=lambda size: abs(2 * size - len(word))):
        if word[:size] in known and word[size:] in known:
            return word[:size], word[size:]
    if len(word) > 3 and word[1:] in known:
        return word[0], word[1:]
    if len(word) > 3 and word[:-1] in known:
        return word[:-1], word[-1]
    return (word,)


def _split(text: str) -> list[str]:
    if text.isascii():
        return re.findall(r"[a-z0-9]+", text)
    # Vowel signs of many scripts are marks, which \w leaves out.
    return "".join(
        sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in text
    ).split()


def _joined(words: list[str]) -> list[str]:
    """Words of a name, without titles, with leading particles joined to what they lead."""
    names: list[str] = []
    lead = ""
    for place, word in enumerate(words):
        links = word in _LINKING and names and place < len(words) - 1
        if word in _LEADING:
            lead += word
        elif word not in _TITLES and not links:
            names.append(lead + word)
            lead = ""
    return [*names, lead] if lead else names


def is_dense(word: str) -> bool:
    """Whether a word is a whole name in Chinese characters, kana or Hangul."""
    return _DENSE.match(word) is not None


def _few(words: list[str]) -> tuple[str, ...]:
    once = list(dict.fromkeys(word[: LONGEST // 4] for word in words))
    return tuple(once if len(once) <= MOST_WORDS else [*once[: MOST_WORDS - 1], once[-1]])
