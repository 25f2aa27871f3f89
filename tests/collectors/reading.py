"""What a collector reads from an export, and whether it takes it for its own."""

from collections.abc import Iterable
from pathlib import Path

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.graph.records import Interaction, Record

PLAIN = Options()


def read(source: str, path: Path, options: Options = PLAIN) -> list[Record]:
    """Everything in an export."""
    with open_export(path) as export:
        return list(registry.collector(source).collect(export, options))


def recognised(source: str, path: Path) -> bool:
    """Whether a source takes an export for its own."""
    with open_export(path) as export:
        return registry.recognises(source, export)


def acts(records: Iterable[Record]) -> list[Interaction]:
    """The acts among records."""
    return [record for record in records if isinstance(record, Interaction)]
