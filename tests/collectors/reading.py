"""What a collector reads from an export, and whether it takes it for its own."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.graph.records import Interaction, Interactions, Record

PLAIN = Options()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(source: str, path: Path, options: Options = PLAIN) -> list[Record]:
    """Everything in an export."""
    with open_export(path) as export:
        return list(registry.collector(source).collect(export, options))


def recognised(source: str, path: Path) -> bool:
    """Whether a source takes an export for its own."""
    with open_export(path) as export:
        return registry.recognises(source, export)


def acts(records: Iterable[Record]) -> list[Interaction]:
    """The acts among records, those in columns one by one."""
    return [record for record in expanded(records) if isinstance(record, Interaction)]


def expanded(records: Iterable[Record]) -> list[Record]:
    """Records, those of acts in columns one by one."""
    found: list[Record] = []
    for record in records:
        found += one_by_one(record) if isinstance(record, Interactions) else [record]
    return found


def one_by_one(told: Interactions) -> list[Interaction]:
    """Acts in columns as records of their own."""
    rows = zip(told.external_ids, told.at, told.sender, told.recipient, strict=True)
    return [
        Interaction(
            source=told.source,
            external_id=name,
            kind=told.kind,
            at=_EPOCH + timedelta(seconds=int(at)),
            sender=told.accounts[sender],
            recipients=(told.accounts[recipient],),
            precision=told.precision,
        )
        for name, at, sender, recipient in rows
    ]
