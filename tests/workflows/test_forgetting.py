"""Forgetting: whoever goes is shown first, and what roc wrote about them is found again later."""

from datetime import date
from pathlib import Path

import pytest

from roc.config import Config, GraphSettings, StoreSettings
from roc.errors import UnwritableGraph
from roc.graph.records import Account, AccountSeen, Record
from roc.graph.store import Graph
from roc.reports.setting import escaped_markdown
from roc.reports.tables import workbook
from roc.workflows.forgetting import find, forget
from roc.workflows.outputs import write_outputs
from tests.postgresql import fresh_url
from tests.stores import needs_postgresql

MAIL = Account("email", "zenobia@example.org")
ZENOBIA = AccountSeen(MAIL, "Zenobia Quux")
BEN = AccountSeen(Account("email", "ben@example.org"), "Ben Okafor")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(graph=GraphSettings(file=str(tmp_path / "me.graph")))


def tell(config: Config, *told: Record) -> None:
    with Graph(config.graph_at) as graph:
        graph.add(told, source="email", export="all.mbox")


def write(config: Config, file: Path, text: str) -> Path:
    write_outputs(config, {file: text.encode()}, hint="")
    return file


def noted(config: Config) -> list[Path]:
    with Graph(config.graph_at) as graph:
        return sorted(map(Path, graph.outputs()))


def test_whoever_goes_with_somebody_is_shown_and_looked_for(config: Config, tmp_path: Path) -> None:
    same = Account("crm", "Zenobia@Example.org")
    profile = Account("linkedin", "wanda")
    wanda = AccountSeen(profile, "Wanda Wu", same_as=(same,))
    tell(config, ZENOBIA, AccountSeen(same, "Office Four"), wanda, BEN)
    report = write(config, tmp_path / "week.html", "<p>Wanda Wu</p>")
    found = find(config, "Zenobia Quux")
    assert found.person.accounts == (str(MAIL),)
    assert [row.accounts for row in found.others] == [(str(same), str(profile))]
    assert found.traces.outputs == (report,)
    assert forget(config, found, outputs=True).deleted == (report,)
    with Graph(config.graph_at) as graph, graph.read() as reader:
        assert sorted(reader.people.accounts) == [("email:ben@example.org",), ("me:me",)]


def test_reports_that_use_any_of_their_names_are_found(config: Config, tmp_path: Path) -> None:
    tell(config, ZENOBIA)
    report = write(config, tmp_path / "week.html", "<p>Zenobia Quux</p>")
    table = write(config, tmp_path / "tie-zenobia-quux_arbuthnot.csv", "who,what")
    profile = Account("linkedin", "q")
    tell(config, AccountSeen(profile, "Zenobia Quux-Arbuthnot", same_as=(MAIL,)))
    found = find(config, str(MAIL))
    assert found.person.name == "Zenobia Quux-Arbuthnot"
    assert found.traces.outputs == (table, report)


def test_a_workbook_that_names_somebody_is_found(config: Config, tmp_path: Path) -> None:
    tell(config, ZENOBIA)
    sheets = {"ties": (("who",), [("Ana",), ("Zenobia Quux",)])}
    book = tmp_path / "audit.xlsx"
    write_outputs(config, {book: workbook(sheets, date(2026, 3, 1))}, hint="")
    other = tmp_path / "other.xlsx"
    write_outputs(config, {other: workbook({"ties": (("who",), [])}, date(2026, 3, 1))}, hint="")
    assert find(config, str(MAIL)).traces.outputs == (book,)


def test_a_name_that_markdown_writes_in_signs_of_its_own_is_found(
    config: Config, tmp_path: Path
) -> None:
    tell(config, AccountSeen(Account("x", "zen_quux"), "zen_quux [z]"))
    told = escaped_markdown("zen_quux [z]")
    assert told != "zen_quux [z]"
    report = write(config, tmp_path / "week.md", f"| {told} | 12 |")
    assert find(config, "x:zen_quux").traces.outputs == (report,)


def test_no_path_that_names_the_forgotten_is_remembered(config: Config, tmp_path: Path) -> None:
    tell(config, ZENOBIA)
    for name in ("zenobia-quux", "Zenobia.Quux", "zenobia_example org"):
        write(config, tmp_path / name / "week.html", "nobody")
    forget(config, find(config, str(MAIL)))
    assert noted(config) == []
    assert b"zenobia" not in config.graph_file.read_bytes().lower()


def test_cut_short_while_the_file_is_overwritten_no_report_is_left_that_cannot_be_found(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(graph: Graph) -> bool:
        raise KeyboardInterrupt

    tell(config, ZENOBIA)
    report = write(config, tmp_path / "zenobia-quux.html", "<p>Zenobia Quux</p>")
    found = find(config, "Zenobia Quux")
    with monkeypatch.context() as cut:
        cut.setattr(Graph, "finish_erasing", interrupted)
        with pytest.raises(KeyboardInterrupt):
            forget(config, found, outputs=True)
    assert not report.exists()
    assert noted(config) == []
    with Graph(config.graph_at) as graph:
        assert graph.finish_erasing()
    assert b"zenobia" not in config.graph_file.read_bytes().lower()


def test_a_report_that_cannot_be_reached_now_is_found_later(config: Config, tmp_path: Path) -> None:
    """It may be on a stick, or on the machine of a colleague who shares the graph."""
    tell(config, ZENOBIA, BEN)
    report = write(config, tmp_path / "stick" / "week.html", "<p>Zenobia Quux</p>")
    report.parent.rename(tmp_path / "drawer")
    forget(config, find(config, "Ben Okafor"))
    (tmp_path / "drawer").rename(report.parent)
    assert find(config, "Zenobia Quux").traces.outputs == (report,)


def test_a_report_that_could_not_be_written_over_is_still_one_of_rocs(
    config: Config, tmp_path: Path
) -> None:
    tell(config, ZENOBIA)
    report = write(config, tmp_path / "week.html", "<p>Zenobia Quux</p>")
    for week in range(2):
        in_the_way = tmp_path / ".week.html.part"
        in_the_way.mkdir()
        with pytest.raises(UnwritableGraph):
            write(config, report, f"<p>week {week}</p>")
        in_the_way.rmdir()
        assert find(config, "Zenobia Quux").traces.outputs == (report,)
    write(config, report, "<p>Zenobia Quux, this week</p>")
    assert find(config, "Zenobia Quux").traces.outputs == (report,)
    report.write_text("<p>Zenobia Quux, in my words</p>")
    assert find(config, "Zenobia Quux").traces.changed == (report,)


@pytest.mark.parametrize("name", ["me.graph", "me[1].graph"])
def test_backups_are_told_whatever_the_graph_is_called_and_though_never_finished(
    tmp_path: Path, name: str
) -> None:
    config = Config(graph=GraphSettings(file=str(tmp_path / name)))
    tell(config, ZENOBIA)
    with Graph(config.graph_at) as graph:
        graph.back_up(tmp_path / f"{name}.2026-01-01-backup")
        graph.back_up(tmp_path / f".{name}.2026-01-02-backup.part")
        graph.back_up(tmp_path / f".{name}.copy.part")
    (tmp_path / "other-backup").write_text("of something else")
    backups = find(config, str(MAIL)).traces.backups
    assert [file.name.removeprefix(f".{name}") for file in backups if file.suffix == ".part"] == [
        ".2026-01-02-backup.part",
        ".copy.part",
    ]
    assert tmp_path / f"{name}.2026-01-01-backup" in backups
    assert len(backups) == 3


@needs_postgresql
def test_backups_of_a_file_are_not_those_of_a_server(tmp_path: Path) -> None:
    file = GraphSettings(file=str(tmp_path / "me.graph"))
    (tmp_path / "me.graph.2026-01-01-backup").write_text("of a graph in a file")
    with fresh_url() as url:
        config = Config(graph=file, store=StoreSettings(url=url))
        tell(config, ZENOBIA)
        assert find(config, str(MAIL)).traces.backups == ()
