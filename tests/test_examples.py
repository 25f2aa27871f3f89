"""The examples run, and print what they say they print."""

import ast
import runpy
import textwrap
from pathlib import Path

import pytest

from tests.architecture import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def shown(example: Path) -> str:
    """What an example's docstring shows behind ``prints:``."""
    docstring = ast.get_docstring(ast.parse(example.read_text(encoding="utf-8"))) or ""
    return textwrap.dedent(docstring.partition("prints:\n\n")[2]).strip()


def test_there_is_an_example() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_prints_what_it_shows(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(example), run_name="__main__")
    assert capsys.readouterr().out.strip() == shown(example)
