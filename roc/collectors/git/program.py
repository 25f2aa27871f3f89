"""The ``git`` program, run so that a repository from anywhere cannot make it do anything.

A repository's own settings may name programs to run. They are never read: ``git`` works in a
temporary folder of ours, with settings of ours, and is only lent the folder of objects. Nothing is
written into the repository, no hook, pager, signature check or network access is possible.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from roc.errors import BrokenExport, CollectError

_CHUNK = 2**16
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_VARIABLES = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_PAGER": "",
    "GIT_ALLOC_LIMIT": "1g",  # a commit that unpacks to more ends the program, not the machine
    "LC_ALL": "C",
}
_SETTINGS = """\
[core]
\trepositoryformatversion = 1
\tbare = true
\tcommitGraph = false
"""
_SHA256 = "[extensions]\n\tobjectFormat = sha256\n"
_SHA256_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """The temporary folder in which ``git`` works.

    Args:
        folder: where it is.
        program: the ``git`` program.
        variables: everything the program is told by its environment.
    """

    folder: Path
    program: str
    variables: Mapping[str, str]

    def write(self, name: str, lines: Iterable[str]) -> Path:
        """A file of lines in the folder."""
        path = self.folder / name
        with path.open("w", encoding="ascii") as stream:
            stream.writelines(f"{line}\n" for line in lines)
        return path


@contextmanager
def desk(objects: Path | None = None) -> Iterator[Desk]:
    """A temporary folder for ``git`` to work in, removed in the end.

    Args:
        objects: the folder of objects of the repository that is read; ``None`` for one of its own.

    Raises:
        CollectError: there is no ``git``.
    """
    program = shutil.which("git") or ""
    if not Path(program).is_absolute():  # one that lies in the current folder is not trusted
        raise CollectError(
            "The program git is not installed, and only it can read a repository.",
            hint="install it (https://git-scm.com), then collect again.",
        )
    with tempfile.TemporaryDirectory(prefix="roc-git-") as name:
        folder = Path(name)
        variables = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
        variables |= _VARIABLES | {"GIT_DIR": name, "HOME": name, "XDG_CONFIG_HOME": name}
        if objects:
            variables["GIT_OBJECT_DIRECTORY"] = str(objects.resolve())
        (folder / "objects").mkdir()
        (folder / "refs").mkdir()
        (folder / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
        yield Desk(folder, program, variables)


def set_up(desk: Desk, object_id: str) -> None:
    """Write the settings for a repository whose ids look like this one."""
    form = _SHA256 if len(object_id) == _SHA256_DIGITS else ""
    (desk.folder / "config").write_text(_SETTINGS + form, encoding="ascii")


def answer(desk: Desk, *arguments: str, asked: Path | None = None) -> Iterator[bytes]:
    """What ``git`` prints, in pieces; it is ended when the reader stops.

    Args:
        desk: where it works.
        arguments: the command.
        asked: a file that it reads.

    Raises:
        BrokenExport: it failed, after what it had printed.
    """
    with open(asked or os.devnull, "rb") as stdin, _started(desk, arguments, stdin) as process:  # noqa: PTH123
        assert process.stdout is not None
        yield from iter(partial(process.stdout.read1, _CHUNK), b"")  # type: ignore[attr-defined]
        if process.wait() != 0:
            raise damaged()


def feed(desk: Desk, stream: IO[bytes], *arguments: str) -> None:
    """Let ``git`` read a stream to its end.

    Raises:
        BrokenExport: it failed.
    """
    with _started(desk, arguments, subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            with process.stdin:
                shutil.copyfileobj(stream, process.stdin, _CHUNK)
        except BrokenPipeError as error:
            raise damaged() from error
        if process.wait() != 0:
            raise damaged()


def damaged() -> BrokenExport:
    """The repository cannot be read, or not to its end."""
    return BrokenExport(
        "The repository is damaged, or not all of it is there.",
        hint="see what git fsck says, or clone it again; what was read before is kept.",
    )


@contextmanager
def _started(
    desk: Desk, arguments: Iterable[str], stdin: IO[bytes] | int
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(
            [desk.program, "--no-pager", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it may repeat names and text
            env=dict(desk.variables),
            cwd=desk.folder,
        )
    except (OSError, ValueError) as error:  # ValueError: a sign in a path that none may have
        raise CollectError(
            "The program git cannot be started.", hint="see whether git --version works."
        ) from error
    with process:
        try:
            yield process
        finally:
            process.kill()
