"""The command line as a person meets it: a shell in a folder of its own, with a home of its own."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from roc.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    status: int
    stdout: str
    stderr: str


class Shell:
    """Runs `roc` in a folder of its own, with a home of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        monkeypatch.setenv("HOME", str(folder))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.delenv(name, raising=False)

    def __call__(self, *words: str) -> str:
        ran = self.run(*words)
        assert ran.status == 0, ran.stdout + ran.stderr
        return ran.stdout

    def refused(self, *words: str, status: int = 1) -> str:
        """What is said on standard error: two plain lines."""
        ran = self.run(*words)
        assert ran.status == status, ran.stdout + ran.stderr
        first, second = ran.stderr.splitlines()
        assert first.startswith("roc: "), ran.stderr
        assert second.startswith("     "), ran.stderr
        assert second.strip(), ran.stderr
        return ran.stderr

    def run(self, *words: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        self._monkeypatch.setattr("sys.argv", ["roc", *words])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
        return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name
