"""The commands in some pages of docs/ with what they print; run it to redraw them.

A block that opens with ```` ```console ```` holds one command after ``$`` and what it prints on
standard output. All blocks of a page run one after the other in one empty folder.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_NAMES = ("first-week.md", "budget.md", "outcomes.md", "projects.md")
PAGES = tuple(ROOT / "docs" / name for name in _NAMES)
HOME = "…"
"""What stands in the pages for the folder in which the commands were run."""

_BLOCK = re.compile(r"```console\n\$ roc (?P<words>[^\n]*)\n(?P<printed>.*?)```\n", re.DOTALL)


def redrawn(page: str, folder: Path) -> str:
    """A page whose blocks show what their commands print now, run in an empty folder."""
    home = str(folder.resolve())

    def run(block: re.Match[str]) -> str:
        printed = _printed(shlex.split(block["words"]), folder).replace(home, HOME)
        lines = [line.rstrip() for line in printed.splitlines()]
        body = "\n".join(line for line in lines if line)
        return f"```console\n$ roc {block['words']}\n{body}\n```\n"

    return _BLOCK.sub(run, page)


def _printed(words: list[str], folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "roc", *words],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    for path in PAGES:
        with tempfile.TemporaryDirectory() as empty:
            text = redrawn(path.read_text(encoding="utf-8"), Path(empty))
            path.write_text(text, encoding="utf-8")
