"""Which processes have a file open, where the system tells: Linux does, in ``/proc``."""

import os
from pathlib import Path

_PROCESSES = Path("/proc")


def holders(path: Path) -> list[str]:
    """The other processes that have a file open, as ``process 1234 (roc)``, by number.

    Empty where the system does not tell; processes of other users are not seen.
    """
    try:
        wanted = path.stat()
        numbers = sorted(int(name.name) for name in _PROCESSES.iterdir() if name.name.isdecimal())
    except OSError:
        return []
    found = [number for number in numbers if number != os.getpid() and _has_open(number, wanted)]
    return [f"process {number} ({_name(number)})" for number in found]


def _has_open(number: int, wanted: os.stat_result) -> bool:
    try:
        return any(_is(file, wanted) for file in (_PROCESSES / str(number) / "fd").iterdir())
    except OSError:  # it ended, or is somebody else's
        return False


def _is(file: Path, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(file.stat(), wanted)
    except OSError:
        return False


def _name(number: int) -> str:
    """What the process runs: the program, or for an interpreter the command that it was given."""
    try:
        told = (_PROCESSES / str(number) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return "gone"
    names = [Path(os.fsdecode(word)).name for word in told]
    if "-m" in names[:-1]:
        return names[names.index("-m") + 1]
    is_python = names[0].startswith("python") and len(names) > 1 and not names[1].startswith("-")
    return names[1] if is_python else names[0]
