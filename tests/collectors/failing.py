"""Reading what fails on the way, and making exports that do."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from roc.errors import BrokenExport
from roc.graph.records import Record


def read_until_it_fails(records: Iterator[Record]) -> tuple[list[Record], str]:
    """What was read, and the message of the failure; empty where there was none."""
    read: list[Record] = []
    try:
        for record in records:
            read.append(record)  # noqa: PERF402 - what came before the failure is looked at
    except BrokenExport as failure:
        return read, failure.message
    return read, ""


def damaged_copies(export: Path, folder: Path, count: int) -> Iterator[Path]:
    """Copies of an export's folder with bytes overwritten, lost and doubled; always the same."""
    dice = random.Random(2026)
    copy = folder / "damaged"
    for _ in range(count):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(export, copy)
        for file in sorted(path for path in copy.rglob("*") if path.is_file()):
            data = bytearray(file.read_bytes())
            at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
            match dice.randrange(4):
                case 0:
                    data[at : at + 1] = dice.choice([b'"', b"\n", b"\0", b"[", b"}", b"9" * 5000])
                case 1:
                    del data[at : at + dice.randint(1, 99)]
                case 2:
                    data[at:at] = data[to : to + 99]
            file.write_bytes(data)
        yield copy


_STRANGE: tuple[object, ...] = (
    None,
    True,
    -1,
    10**18,
    1e300,
    "",
    "\0\ud800",
    "x" * 3000,
    [],
    [[7]],
    {},
    {"name": {"name": []}},
    [{"value": 1, "label": [], "dict": {"a": 1}}],
)


def strange_copies(export: Path, folder: Path, count: int) -> Iterator[Path]:
    """Copies of an export's folder of JSON with values of other types here and there."""
    dice = random.Random(2026)
    copy = folder / "strange"
    for _ in range(count):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(export, copy)
        for file in sorted(copy.rglob("*.json")):
            changed = _strange(json.loads(file.read_bytes()), dice)
            file.write_text(json.dumps(changed), encoding="utf-8")
        yield copy


def _strange(value: object, dice: random.Random) -> object:
    if dice.random() < 0.08:
        return dice.choice(_STRANGE)
    if isinstance(value, dict):
        return {key: _strange(each, dice) for key, each in value.items()}
    if isinstance(value, list):
        return [_strange(each, dice) for each in value]
    return value
