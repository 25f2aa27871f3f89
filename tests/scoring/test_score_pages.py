"""The pages about scores: their examples run, and each names its source."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "scores").glob("*.md"))


def test_there_are_pages() -> None:
    names = {page.stem for page in PAGES}
    assert {"strength", "alive", "reciprocity", "trust", "returns", "structure"} <= names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_say_what_happens(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_its_source_and_its_limits(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "\nSource: " in text
    assert "\n## Limits\n" in text
