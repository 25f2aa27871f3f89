"""Pages kept true: the drawing of errors, the glossary, a page a source, links that lead on."""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from roc import errors
from roc.collectors.registry import sources
from roc.graph import records
from tests import sources_page
from tests.architecture import ROOT
from tests.servers import NODE_MODULES

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FOLDERS = ("roc", "tests", "benchmarks", "docs", "examples", ".github", ".ci")
TEXT = {".cjs", ".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".html", ".jinja", ".css", ".j2"}
TEXT_WITHOUT_ENDING = {"Makefile", "LICENSE", "run"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- errors -----------------------------------------------------------------------------------


def drawn_errors() -> list[tuple[int, str]]:
    """Depth and name of every error, as drawn at the top of errors.py."""
    drawing = (errors.__doc__ or "").split("\n\n")[1]
    rows = [re.match(r"([│├└─ ]*)(\w+)", row) for row in drawing.splitlines()]
    return [(len(row[1]) // 4, row[2]) for row in rows if row]


def error_classes() -> list[tuple[int, str]]:
    """Depth and name of every error, in the order in which they are written."""
    found = [
        item
        for item in vars(errors).values()
        if inspect.isclass(item) and issubclass(item, errors.RocError)
    ]
    return [(item.__mro__.index(errors.RocError), item.__name__) for item in found]


def test_the_drawing_of_errors_names_every_class_in_order() -> None:
    assert drawn_errors() == error_classes()


# --- glossary ---------------------------------------------------------------------------------


def nouns() -> list[str]:
    """Every class of records.py."""
    return [
        name
        for name, item in vars(records).items()
        if inspect.isclass(item)
        and item.__module__ == records.__name__
        and (dataclasses.is_dataclass(item) or issubclass(item, Enum))
    ]


def values() -> list[str]:
    """Every word that an act, a nature, a precision, a declared tie or an outcome can be."""
    kinds = (
        *(records.Kind, records.Precision, records.Nature, records.DeclaredKind),
        *(records.OutcomeKind, records.OutcomeStatus),
    )
    return [word.value for kind in kinds for word in kind]


@pytest.mark.parametrize("noun", nouns())
def test_every_record_has_an_entry_in_the_glossary(noun: str) -> None:
    assert f"**{noun}**" in (DOCS / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", values())
def test_every_kind_is_defined_in_the_glossary(word: str) -> None:
    assert f"| `{word}` |" in (DOCS / "glossary.md").read_text(encoding="utf-8")


# --- sources and scores -----------------------------------------------------------------------


@pytest.mark.parametrize("source", sources())
def test_every_source_has_a_page(source: str) -> None:
    page = DOCS / "journal.md" if source == "journal" else DOCS / "sources" / f"{source}.md"
    assert page.is_file(), f"write {relative(page)}: how a person gets it, and what is read of it"


def test_the_list_of_sources_is_made_from_the_collectors() -> None:
    page = sources_page.PAGE.read_text(encoding="utf-8")
    assert page == sources_page.redrawn(page), "run: make tree"


@pytest.mark.parametrize("page", sorted((DOCS / "scores").glob("*.md")), ids=relative)
def test_every_score_tells_where_it_comes_from(page: Path) -> None:
    assert re.search(r"^\W*Sources?\b", page.read_text(encoding="utf-8"), flags=re.MULTILINE)


# --- links ------------------------------------------------------------------------------------


def links(page: Path) -> Iterator[str]:
    """Where a page's links lead, code left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    yield from re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text)


def anchors(page: Path) -> set[str]:
    """What a page's headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"\w+:", link):
            continue  # the outside world is not asked in tests
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page.suffix == ".md":
            waiting += [
                (page.parent / link.partition("#")[0]).resolve()
                for link in links(page)
                if not re.match(r"\w+:|#", link)
            ]
    assert not [relative(page) for page in PAGES if page not in reached]


# --- what must not stand anywhere ---------------------------------------------------------------


def texts() -> list[Path]:
    """Every text file of the project that a reader may open; not what was installed beside them."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    own = [path for path in inside if NODE_MODULES not in path.parents]
    found = [path for path in [*own, *ROOT.iterdir()] if path.is_file()]
    return sorted(path for path in found if path.suffix in TEXT or path.name in TEXT_WITHOUT_ENDING)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.])/(?:home|root|Users|work|mnt|srv)/\w"),
        ("the host of a package registry", r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b"),
        ("something left for later", r"\b(?:TO" + r"DO|FIX" + r"ME|X{3})\b"),
    ],
)
def test_what_holds_on_one_machine_or_for_a_day_stands_nowhere(what: str, pattern: str) -> None:
    for path in texts():
        found = re.search(pattern, path.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{what} in {relative(path)}: {found and found[0]}"
