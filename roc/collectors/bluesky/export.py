"""A repository as a file: read twice, first for its owner and its keys, then for its records."""

from collections.abc import Iterator
from contextlib import suppress

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.bluesky.acts import COLLECTIONS, account, record_rows
from roc.collectors.bluesky.car import Block, begins_as_car, blocks, roots
from roc.collectors.bluesky.dag_cbor import NotDagCbor, decoded
from roc.collectors.bluesky.tree import Keys, is_node
from roc.collectors.formats.json_values import word
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Problem, Record

_HEAD = 2**16
_KIND = b"app.bsky."  # how the kinds of records begin
_MARKS = (_KIND, b"cdid")  # or the key under which the owner is told
_LONGEST_RECORD = 2**20  # bytes; Bluesky takes none above one megabyte


def recognises(export: Export) -> bool:
    """Whether it holds a repository of Bluesky."""
    return bool(_repositories(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """What the owner posted, liked and passed on, and whom they follow.

    Raises:
        BrokenExport: the file is cut off or damaged, or mostly not usable; after what could be
            read.
    """
    yield from file_by_file(_records(export, name) for name in _repositories(export))


def _repositories(export: Export) -> list[str]:
    names = export.names()
    if len(names) > 1:
        names = tuple(name for name in names if name.lower().endswith(".car"))
    return [name for name in names if _is_repository(head(export, name, _HEAD))]


def _is_repository(start: bytes) -> bool:
    return begins_as_car(start) and any(mark in start for mark in _MARKS)


def _records(export: Export, name: str) -> Iterator[Record]:
    owner, keys = _owner_and_keys(export, name)
    yield AccountSeen(owner, owner=True)
    yield from usable(name, _rows(export, name, owner, keys))


def _owner_and_keys(export: Export, name: str) -> tuple[Account, Keys]:
    owner: Account | None = None
    keys = Keys(COLLECTIONS, name)
    with export.open(name) as stream:
        top = roots(stream, name)
        for block in _as_far_as_it_goes(blocks(stream, name)):
            if block.cid in top:
                owner = _owner(block) or owner
            elif is_node(block.data) and block.is_sound:
                keys.add(_value(block))
    if owner is None:
        raise BrokenExport(
            f"{name} does not tell whose repository it is.", hint="download it again."
        )
    return owner, keys


def _as_far_as_it_goes(read: Iterator[Block]) -> Iterator[Block]:
    """Blocks up to where the file is cut off; that is met, and told, when records are read."""
    with suppress(BrokenExport):
        yield from read


def _owner(commit: Block) -> Account | None:
    told = _value(commit) if commit.is_sound else None
    did = told.get("did") if isinstance(told, dict) else None
    return account(did) if isinstance(did, str) else None


def _value(block: Block) -> object:
    try:
        return decoded(block.data)
    except NotDagCbor:
        return None


def _rows(export: Export, name: str, owner: Account, keys: Keys) -> Iterator[list[Record]]:
    with export.open(name) as stream:
        roots(stream, name)
        for block in blocks(stream, name):
            if not is_node(block.data):
                yield _row(f"{name}, block {block.number}", block, owner, keys)


def _row(where: str, block: Block, owner: Account, keys: Keys) -> list[Record]:
    if not block.is_sound:
        return [Problem(where, "bad_hash", "it does not hold what its identifier stands for")]
    found = keys.take(block.cid)
    if found is None and _KIND not in block.data:
        return []
    # What is no record is not unfolded: in memory it takes a hundred times as much.
    value = _value(block) if len(block.data) <= _LONGEST_RECORD else None
    if not isinstance(value, dict):
        return [Problem(where, "bad_block", "not a record")]
    if word(value, "$type") not in COLLECTIONS:
        return []
    if found is None:
        return [Problem(where, "no_key", "the repository does not tell the record's key")]
    return [record for key in found for record in record_rows(where, key, value, owner)]
