"""The language in which reports speak: English in the code, each other one in a catalogue.

A catalogue is a gettext file of ours in ``roc/reports/languages``. Its messages are whole
sentences wherever words depend on each other, so that each language may order them as it does.
What a report says is fixed while it is built: the language is set around that, not handed from
function to function.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"

LANGUAGES: dict[str, str] = {ENGLISH: "en_GB", "de": "de_DE"}
"""Languages that reports speak, each with the place whose dates and numbers it is read with."""


_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block reports speak that language.

    Args:
        language: one of ``LANGUAGES``.

    Raises:
        KeyError: reports do not speak it.

    Example:
        >>> with speaking("de"):
        ...     say("As of {as_of}", as_of="5. März 2026")
        'Stand: 5. März 2026'
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


@cache
def _catalogue(language: str) -> NullTranslations:
    """What a language says for each message; English says the message itself."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (files("roc.reports") / "languages" / f"{language}.po").open("rb") as stream:
        told = read_po(stream, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, told)
    compiled.seek(0)
    return GNUTranslations(compiled)


def language() -> str:
    """The language in force, as an HTML page names it."""
    return _language.get()


def place() -> "Locale":
    """Where dates and numbers are written as the language in force does."""
    from babel import Locale

    return Locale.parse(LANGUAGES[language()])


def say(message: str, /, **values: str) -> str:
    """A message in the language in force; in English where its catalogue lacks it.

    Args:
        message: English, with ``{name}`` where a value stands.
        values: text, each number and date in words already (`roc.reports.text`).

    Example:
        >>> say("From {then} to {now}", then="12", now="30")
        'From 12 to 30'
    """
    told = _catalogue(language()).gettext(message)
    return told.format(**values) if values else told


def say_counted(number: int, one: str, many: str, /, **values: str) -> str:
    """A message that depends on how many there are.

    Args:
        number: how many.
        one: the message where there is one.
        many: the message otherwise.
        values: as in `say`.

    Example:
        >>> [say_counted(n, "{n} tie is strong", "{n} ties are strong", n=str(n)) for n in (1, 2)]
        ['1 tie is strong', '2 ties are strong']
    """
    return _catalogue(language()).ngettext(one, many, number).format(**values)


def heads(*messages: str) -> tuple[str, ...]:
    """The names of a table's columns, each a message."""
    return tuple(map(say, messages))


def later(message: str) -> str:
    """Marks a message that is said later, where the language is known: `say` it there."""
    return message


def later_counted(one: str, many: str) -> tuple[str, str]:
    """Marks a message for one and for many that is said later: `say_counted` it there."""
    return one, many
