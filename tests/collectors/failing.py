"""Reading what fails on the way, and making exports that do."""

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
