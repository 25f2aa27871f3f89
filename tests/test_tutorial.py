"""What the tutorial shows is what its commands print."""

from pathlib import Path

import pytest

from tests.tutorial import PAGES, redrawn


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    assert redrawn(shown, tmp_path) == shown
