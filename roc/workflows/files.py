"""Files that are written whole or not at all, or by the line, readable by their owner alone."""

import os
from pathlib import Path

from roc.errors import UnwritableGraph


def write_whole(file: Path, content: bytes, *, hint: str) -> None:
    """Write a file, in a folder that is made if need be; an earlier file is replaced.

    Args:
        file: where to write.
        content: what to write.
        hint: what to do where that cannot be.

    Raises:
        UnwritableGraph: the folder or the disk is in the way; nothing half-written is left.
    """
    unfinished = file.parent / f".{file.name}.part"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(content)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableGraph(
            f"Cannot write {file}: {error.strerror or error}.", hint=hint
        ) from error


def append_line(file: Path, line: str, *, name: str, hint: str) -> None:
    """Add a line with one write, so that two who do so at once do not mingle theirs.

    Args:
        file: where to; it is made, with its folder, if need be.
        line: what to add, without its end.
        name: what the file is, for whoever cannot write it.
        hint: what to do then.

    Raises:
        UnwritableGraph: the folder or the disk is in the way.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with file.open("a+b", buffering=0) as stream:
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                line = line if stream.read(1) == b"\n" else f"\n{line}"
            stream.write(f"{line}\n".encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UnwritableGraph(
            f"The {name} {file} cannot be written: {error.strerror or error}.", hint=hint
        ) from error
