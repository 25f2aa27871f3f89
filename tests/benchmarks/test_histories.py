"""The benchmark's invented histories are the same every time, and hold every kind of act."""

from pathlib import Path

from benchmarks.histories import history, make
from roc.collectors import git
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.graph.records import Kind
from tests.collectors.reading import acts


def test_a_history_is_the_same_every_time_and_holds_every_kind_of_act(tmp_path: Path) -> None:
    assert b"".join(history(100)) == b"".join(history(100))
    make(tmp_path / "invented.git", history(100))
    with open_export(tmp_path / "invented.git") as export:
        found = acts(git.collect(export, Options()))
    assert {act.kind for act in found} == {Kind.REPOST, Kind.ENDORSEMENT, Kind.THANKS}
