"""With whom or of which group a chat is, by the name of its file."""

import re
import unicodedata

_PREPOSITIONS = r"with|mit|con|com|avec|met|med|z|ze|s|se|c|с|со|cu|dengan|مع|-|:|\u2013"
_TITLES = [
    re.compile(
        rf"(?:[^\W\d_]{{1,20}} ){{0,2}}(?:whatsapp|واتساب)[-\w]{{0,20}}(?: [^\W\d_]{{1,20}})??"
        rf" (?:{_PREPOSITIONS}) (?P<title>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<title>.+) ile whatsapp sohbeti", re.IGNORECASE),
    re.compile(r"(?P<title>.+?)\s?(?:との|さんとの)\s?whatsapp.{0,20}", re.IGNORECASE),
    re.compile(r"(?P<title>.+?)\s?님과의\s?whatsapp.{0,20}", re.IGNORECASE),
    re.compile(
        r"[与與和跟]\s?[「“\"]?(?P<title>.+?)[」”\"]?\s?的\s?whatsapp.{0,20}", re.IGNORECASE
    ),
]
_COPY = re.compile(r"(?:\s?\(\d{1,2}\)|\s?[-\u2013]?\s(?:copy|kopie|copia|copie))$", re.IGNORECASE)
_LONGEST_TITLE = 260
_NOT_IN_FILE_NAMES = re.compile(r"[\\/:*?\"<>|_\s]")


def title(name: str) -> str:
    """With whom or of which group a chat is; empty where the file's name does not say.

    Example:
        >>> title("WhatsApp-Chat mit Ana López (2).txt"), title("_chat.txt")
        ('Ana López', '')
    """
    stem = _stem(name)
    while cut := _COPY.search(stem):
        stem = stem[: cut.start()]
    return _title(stem)


def whole_title(name: str) -> str:
    """The same, where the number at its end is not that of a copy but belongs to the title."""
    return _title(_stem(name))


def folded(name: str) -> str:
    """A name without the signs that file names cannot have, fit to compare.

    Example:
        >>> folded("Mama :)") == folded("Mama _)")
        True
    """
    return _NOT_IN_FILE_NAMES.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _stem(name: str) -> str:
    return re.sub(r"\.(?:txt|zip)$", "", name[:_LONGEST_TITLE], flags=re.IGNORECASE).strip()


def _title(stem: str) -> str:
    found = next(filter(None, (pattern.fullmatch(stem) for pattern in _TITLES)), None)
    return found["title"].strip() if found else ""
