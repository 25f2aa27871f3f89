"""The layout page is true, every module says what it is, and imports point one way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import PACKAGE, PAGE, ROOT, caption, modules, redrawn

NAMES_WITHOUT_A_JOB = {"utils", "util", "common", "misc"}


def test_the_tree_in_the_docs_is_made_from_the_modules_captions() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "roc/ " in page
    assert page == redrawn(page), "run: make tree"


@pytest.mark.parametrize("module", modules(PACKAGE), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_a_caption(module: Path) -> None:
    assert caption(module).endswith("."), "its first docstring line says in a sentence what it is"


def test_every_file_is_named_after_its_job() -> None:
    for folder in ("roc", "tests", "benchmarks"):
        for module in modules(ROOT / folder):
            assert module.stem not in NAMES_WITHOUT_A_JOB, module


def test_imports_point_one_way() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    # Colours would hide the words in which a broken contract is told.
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
