"""The benchmark of readers makes exports that are read whole, and measures each of them."""

from pathlib import Path

import pytest

from benchmarks import parsing, peers
from benchmarks.exports import WRITERS
from roc.collectors.archive import open_export
from roc.collectors.registry import recognises, sources
from roc.graph.records import Problem
from tests.collectors.reading import expanded, read

ROWS = 40


@pytest.mark.parametrize("form", WRITERS)
def test_an_invented_export_is_recognised_and_every_row_of_it_is_read(
    form: str, tmp_path: Path
) -> None:
    source, path = WRITERS[form].source, tmp_path / WRITERS[form].file
    WRITERS[form].write(path, ROWS)
    with open_export(path) as export:
        assert [name for name in sources() if recognises(name, export)] == [source]
    records = expanded(read(source, path))
    assert sum(isinstance(record, WRITERS[form].records) for record in records) == ROWS
    assert not any(isinstance(record, Problem) for record in records)


@pytest.mark.parametrize(
    ("form", "reader"),
    [(form, reader) for form in WRITERS for reader in (parsing.OURS, *peers.PEERS.get(form, ()))],
)
def test_each_reader_is_measured(form: str, reader: str, tmp_path: Path) -> None:
    path = tmp_path / WRITERS[form].file
    WRITERS[form].write(path, ROWS)
    told = parsing.step(form, reader, path, ROWS)
    assert told.rows == ROWS
    assert told.cpu_seconds >= 0


def test_the_bare_splitter_finds_every_message(tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    WRITERS["mbox"].write(path, ROWS)
    assert len(list(peers.heads(path))) == ROWS
