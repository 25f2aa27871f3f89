"""Files that are written whole or not at all, readable by their owner alone."""

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
