"""Who was forgotten, as salted hashes: accounts and names can be recognised, never listed.

One account is written in several ways: ``Ana@Example.org`` and ``mailto:ana@example.org``, a slug
and the address of the profile. All of them have one seal.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, select

from roc.graph import tables
from roc.graph.records import Account, Nature
from roc.graph.tables import storable

MOST_WORDS = 6
"""Words of the longest name that is looked for within other texts."""

_SAME_SOURCES = {"mail": "email", "e-mail": "email", "mailto": "email", "twitter": "x"}
_ADDRESS = re.compile(r"(?:mailto:)?<?([^\s@<>:]+@[^\s@<>:?]+\.[^\s@<>:?]+)>?", re.I)
_PROFILE = re.compile(r"(?:https?://)?(?:[\w-]+\.)*linkedin\.com/in/([^/?#\s]+)[/?#]?.*", re.I)
_PAGE_ON_X = re.compile(r"(?:https?://)?(?:[\w-]+\.)*(?:x|twitter)\.com/@?(\w+)[/?#]?.*", re.I)
_WORD = re.compile(r"[^\W_]+")


def one_spelling(account: Account) -> Account:
    """The same for all spellings of one account; handles of sources unknown here are as they are.

    Example:
        >>> [str(one_spelling(Account(*parts))) for parts in (
        ...     ("crm", "mailto:Ana@Example.org"), ("twitter", "Ana"),
        ...     ("linkedin", "https://de.linkedin.com/in/Ana-Lopez/"))]
        ['email:ana@example.org', 'x:@ana', 'linkedin:ana-lopez']
    """
    source, handle = account.source.casefold(), account.handle.strip()
    source = _SAME_SOURCES.get(source, source)
    if found := _PROFILE.fullmatch(handle):
        source, handle = "linkedin", found[1]
    elif found := _PAGE_ON_X.fullmatch(handle):
        source, handle = "x", found[1]
    elif found := _ADDRESS.fullmatch(
        unquote(handle) if handle[:7].lower() == "mailto:" else handle
    ):
        return Account("email", found[1].casefold())
    if source == "x" and not handle.isdecimal():
        handle = "@" + handle.removeprefix("@").casefold()
    elif source == "linkedin":
        handle = unicodedata.normalize("NFKC", unquote(handle)).casefold()
        handle = handle.removeprefix("in/").rstrip("/")
    elif source == "journal":
        handle = " ".join(handle.split()).casefold()
    return Account(source, handle)


def words_of(text: str) -> list[str]:
    """The words of a text, without accents and capitals.

    Example:
        >>> words_of("López_Ana.mbox")
        ['lopez', 'ana', 'mbox']
    """
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _WORD.findall(text.casefold())


class Sealed:
    """Accounts and names that were forgotten.

    Args:
        salt: known to this graph alone.
        hashes: what is kept of them.
    """

    def __init__(self, salt: bytes, hashes: Iterable[bytes]) -> None:
        self._salt = salt
        self._hashes = frozenset(hashes)

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, account: Account) -> bool:
        if not self._hashes:
            return False
        return self.seal(account) in self._hashes or self._hash(str(account)) in self._hashes

    def _hash(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._salt, digest_size=32).digest()

    # --- what is kept ---------------------------------------------------------------------------

    def seal(self, account: Account) -> bytes:
        """What is kept of an account."""
        return self._hash(str(one_spelling(account)))

    def seal_apart(self, one: Account, other: Account) -> bytes:
        """What is kept of the owner's word that two accounts are not one person."""
        both = sorted(str(one_spelling(account)) for account in (one, other))
        return self._hash("apart " + " ".join(both))

    def seals_of_name(self, name: str) -> list[bytes]:
        """What is kept of a name: given name first or last. A single word is no name to look for.

        Whoever is called Ana is not named by every Ana.
        """
        words = words_of(name)[:MOST_WORDS]
        if len(words) < 2:
            return []
        return [self._seal_words(words), self._seal_words([words[-1], *words[:-1]])]

    def seal_file(self, name: str) -> bytes:
        """What is kept of the name of a file that names somebody, dates and numbers apart."""
        words = (word for word in words_of(name) if not any(map(str.isdigit, word)))
        return self._hash("file " + " ".join(words))

    def seal_untitled(self, outcome: int) -> bytes:
        """What is kept of an outcome, by its number, whose title may tell of somebody forgotten."""
        return self._hash(f"untitled {outcome}")

    def _seal_words(self, words: list[str]) -> bytes:
        return self._hash("name " + " ".join(words))

    # --- what it tells --------------------------------------------------------------------------

    def apart(self, one: Account, other: Account) -> bool:
        """Whether the owner said that two accounts, one of them forgotten, are not one person."""
        return self.seal_apart(one, other) in self._hashes

    def is_untitled(self, outcome: int) -> bool:
        """Whether an outcome's title was taken, so that no other telling of it brings it back."""
        return bool(self._hashes) and self.seal_untitled(outcome) in self._hashes

    def within(self, text: str, *, whole: bool = True) -> bool:
        """Whether a text names somebody forgotten, by a name of several words.

        Args:
            text: a file's name, a tag, what somebody is called.
            whole: whether a text that is nothing but the name counts: it may be a namesake's.
        """
        if not self._hashes:
            return False
        words = words_of(text)
        return any(
            self._seal_words(words[start : start + size]) in self._hashes
            for size in range(2, min(MOST_WORDS, len(words)) + 1)
            for start in range(len(words) - size + 1)
            if whole or size < len(words)
        )

    def person_name(self, name: str, nature: str) -> str:
        """What somebody is called, as it may be kept: not by the name of somebody forgotten.

        A service writes as "Ana López (via Documents)" or plainly under her name. A person whose
        whole name it is, is a namesake.
        """
        named = name and self.within(name, whole=nature != Nature.PERSON)
        return "" if named else name

    def text(self, text: str) -> str:
        """An organisation's name or an outcome's title, as it may be kept."""
        return "" if text and self.within(text) else text

    def is_tag(self, tag: str) -> bool:
        """Whether one of the owner's words is somebody forgotten."""
        return Account("journal", tag) in self or self.within(tag)

    def file_name(self, name: str) -> str:
        """The name of a file, or of a place in one, as it may be kept."""
        if not self._hashes:
            return name
        file, colon, row = name.rpartition(":")
        for part, rest in ((name, ""), (file, colon + row)):
            if part and (self.seal_file(part) in self._hashes or self.within(part)):
                return self.hidden(part) + rest
        return name

    def hidden(self, name: str) -> str:
        """What stands for a name that names somebody forgotten; the same every time."""
        return "forgotten-" + self._hash(f"hidden {name}").hex()[:12]

    def without(self, cursor: Any, source: str) -> Any:
        """A stream's cursor without the forgotten: some hold whom they met first the last time.

        Args:
            cursor: plain JSON; handles may be keys, values or stand in lists.
            source: whose handles they are, where they do not say so themselves.
        """
        if isinstance(cursor, dict):
            return {
                name: self.without(value, source)
                for name, value in cursor.items()
                if not (self._is_told(name, source) or self._is_told(value, source))
            }
        if isinstance(cursor, list):
            kept = (value for value in cursor if not self._is_told(value, source))
            return [self.without(value, source) for value in kept]
        return cursor

    def _is_told(self, value: Any, source: str) -> bool:
        if not self._hashes or isinstance(value, bool) or not isinstance(value, str | int):
            return False
        text = storable(str(value))
        of_source, colon, handle = text.partition(":")
        if Account(source, text) in self or self.within(text):
            return True
        return bool(colon and handle) and Account(of_source, handle) in self


def sealed(connection: Connection) -> Sealed:
    """Who was forgotten."""
    salt = select(tables.setting.c.value).where(tables.setting.c.name == "salt")
    hashes = connection.execute(select(tables.forgotten.c.hash)).scalars()
    return Sealed(bytes.fromhex(connection.execute(salt).scalar_one()), map(bytes, hashes))
