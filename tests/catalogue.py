"""What reports say in English, and the catalogues of other languages; run it to bring them up.

`python -m tests.catalogue` adds to each catalogue the messages that it lacks, without a
translation, and takes out those that nobody says any more.
"""

import ast
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from roc.graph.records import FORMATS, Kind, Nature
from roc.reports.words import ENGLISH, LANGUAGES
from roc.scoring.bands import BANDS
from roc.scoring.measures import STATES
from roc.scoring.structure import CIRCLES
from tests.architecture import PACKAGE, modules

REPORTS = PACKAGE / "reports"
OTHERS = tuple(language for language in LANGUAGES if language != ENGLISH)

Message = str | tuple[str, str]

_WORDS = (*Kind, *Nature, *BANDS, *STATES, *CIRCLES, *FORMATS, "muted", "own team")
"""Words of the graph and of scoring, which reports say by themselves."""


def path(language: str) -> Path:
    """A language's catalogue."""
    return Path(str(files("roc.reports"))) / "languages" / f"{language}.po"


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it stands."""
    with path(language).open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def messages() -> list[Message]:
    """Everything that reports say, in the order of the code; a pair is for one and for many."""
    found: dict[str, Message] = {}
    for module in modules(REPORTS):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for message in _said(call):
                    _note(found, message)
    for word in _WORDS:
        _note(found, str(word))
    return list(found.values())


def _note(found: dict[str, Message], message: Message) -> None:
    one = message if isinstance(message, str) else message[0]
    if isinstance(found.get(one), tuple) and isinstance(message, str):
        return
    found[one] = message


def _said(call: ast.Call) -> Iterator[Message]:
    """The messages that a call says or marks, as far as they stand there in words."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call.func)
    told = [word for argument in call.args for word in _words(argument)]
    if name in {"say", "later", "heads"}:
        yield from told
    elif name in {"later_counted", "say_counted", "counted"} and told:
        yield (told[0], told[1] if len(told) > 1 else f"{told[0]}s")


def _words(argument: ast.expr) -> Iterator[str]:
    """An argument that is a text, or a tuple of texts laid out for the sake of the line."""
    match argument:
        case ast.Constant(value=str() as word):
            yield word
        case ast.Starred(value=ast.Tuple(elts=parts)):
            for part in parts:
                yield from _words(part)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def renewed(language: str) -> bytes:
    """A language's catalogue with every message that reports say, and no other."""
    known = catalogue(language) if path(language).exists() else Catalog(locale=language)
    new = Catalog(locale=language)
    for message in messages():
        one = message if isinstance(message, str) else message[0]
        before = known.get(one)
        told = before.string if before is not None else ""
        if isinstance(message, tuple) and not isinstance(told, tuple | list):
            told = ("", "")
        new.add(message, told)
    return written(new, language)


def written(told: Catalog, language: str) -> bytes:
    """A catalogue as a file; nothing in it tells when it was written."""
    out = BytesIO()
    write_po(out, told, width=100, omit_header=True)
    head = (
        f"# What reports say, in {Locale.parse(language).english_name}.\n"
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {told.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


if __name__ == "__main__":
    for one in OTHERS:
        path(one).write_bytes(renewed(one))
