"""The lines of a text that may be hostile: numbered, and never longer than one can hold."""

from collections.abc import Iterator
from typing import IO


def numbered(stream: IO[bytes], longest: int = 2**16) -> Iterator[tuple[int, str]]:
    r"""Lines without their ends, with their numbers from 1.

    A longer line comes in pieces; all but the first have the number 0, so that nothing is taken for
    the beginning of a line that is none. Bytes that are not UTF-8 become U+FFFD.

    Args:
        stream: the file.
        longest: bytes of a line that come at once.

    Example:
        >>> from io import BytesIO
        >>> list(numbered(BytesIO(b"abcde\nf\r\n"), longest=4))
        [(1, 'abcd'), (0, 'e'), (2, 'f')]
    """
    number, whole = 0, True
    while piece := stream.readline(longest):
        number += whole
        yield (number if whole else 0), piece.decode("utf-8", "replace").rstrip("\r\n")
        whole = piece.endswith(b"\n")
