"""Ids for acts whose table gives none, or one that is too long to keep."""

from hashlib import blake2b

from roc.collectors.formats.hashed_ids import MAX_ID
from roc.collectors.formats.tabular import Cells


def made_up(cells: Cells) -> str:
    """An id from who, whom and when as they are written."""
    return digest(f"{cells[0]}\n{cells[1]}\n{cells[2]}")


def kept(own: str) -> str:
    """A table's own id as it is kept: one that is too long as its digest."""
    return own if len(own) <= MAX_ID else digest(own)


def digest(text: str) -> str:
    """24 hexadecimal digits in place of any text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
