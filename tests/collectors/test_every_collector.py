"""What all collectors promise, run on each one's sample."""

import os
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector, recognises, sources
from roc.graph.records import Precision
from tests.collectors.lines import samples, told
from tests.collectors.reading import acts, expanded, read

FOLDER = Path(__file__).parent
EXPORT_SOURCES = [name for name in sources() if hasattr(collector(name), "recognises")]


@pytest.mark.parametrize("source", EXPORT_SOURCES)
def test_it_has_a_sample_and_reads_it_as_expected(source: str) -> None:
    expected = FOLDER / source / "expected.txt"
    assert samples(source), f"write a small invented export into {expected.parent}"
    if os.environ.get("ROC_ACCEPT"):
        expected.write_text(told(source), encoding="utf-8")
    assert told(source) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", EXPORT_SOURCES)
def test_it_is_the_only_one_to_recognise_its_samples(source: str) -> None:
    for sample in samples(source):
        with open_export(sample) as export:
            assert [name for name in sources() if recognises(name, export)] == [source]


@pytest.mark.parametrize("source", EXPORT_SOURCES)
def test_reading_twice_gives_the_same_records_under_unique_ids(source: str) -> None:
    for sample in samples(source):
        with open_export(sample) as export:
            first = expanded(collector(source).collect(export, Options()))
            again = expanded(collector(source).collect(export, Options()))
        assert first == again
        keys = [(act.source, act.scope, act.external_id) for act in acts(first)]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("source", EXPORT_SOURCES)
def test_every_act_has_a_known_moment_or_says_that_it_has_none(source: str) -> None:
    for sample in samples(source):
        for act in acts(read(source, sample)):
            assert (act.at is None) == (act.precision is Precision.UNKNOWN)
            assert act.at is None or act.at.utcoffset() is not None
            assert act.recipients or act.copied or act.revision
