"""Pages on paper: printed by the browser that is installed, with their text in the file."""

import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from roc.config import Config, GraphSettings
from roc.errors import ConfigError, NotPrinted
from roc.graph.records import Account, AccountSeen
from roc.graph.store import Graph
from roc.reports.document import Bullets, Document, Link, Paragraph, Section, Table
from roc.workflows.forgetting import find
from roc.workflows.outputs import write_outputs
from roc.workflows.paper import as_pdf
from tests.shell import Shell

PAGE = Document(
    title="Your connections",
    subtitle="this week",
    origin="From mail.",
    lead=("Deepened: Zoë Quux.",),
    sections=(
        Section("What moved", (Paragraph("Zoë Quux answered."), Bullets((Link("Zoë", "acts-1"),)))),
        Section("Aside", (Table("Settings", ("Name",), (("folded away",),), folded=True),)),
    ),
    footer="Made by roc.",
)


@pytest.mark.usefixtures("browser")
def test_a_page_on_paper_has_its_words_twice_and_no_trace_of_the_machine() -> None:
    pdf = as_pdf(PAGE)
    paper = PdfReader(io.BytesIO(pdf))
    words = " ".join(page.extract_text() for page in paper.pages)
    assert "Zoë Quux answered." in words
    assert "folded away" not in words
    assert not any("/Annots" in page for page in paper.pages), "nothing leads nowhere"
    assert paper.metadata == {"/Title": "Your connections"}
    (attached,) = paper.attachments["page.md"]
    assert "## What moved" in attached.decode()
    assert as_pdf(PAGE) == pdf, "the same page gives the same bytes"


@pytest.mark.usefixtures("browser")
def test_whoever_is_to_be_forgotten_is_found_on_paper(tmp_path: Path) -> None:
    config = Config(graph=GraphSettings(file=str(tmp_path / "me.graph")))
    with Graph(config.graph_at) as graph:
        told = AccountSeen(Account("email", "zoe@example.org"), "Zoë Quux")
        graph.add([told], source="email", export="all.mbox")
    file = tmp_path / "week.pdf"
    write_outputs(config, {file: as_pdf(PAGE)}, hint="")
    assert find(config, "email:zoe@example.org").traces.outputs == (file,)


def test_without_a_browser_one_is_told_another_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROC_BROWSER", str(tmp_path / "netscape"))
    with pytest.raises(ConfigError, match="netscape is not to be found") as refused:
        as_pdf(PAGE)
    assert "print it from there" in refused.value.hint


def test_where_the_browser_fails_no_report_is_half_written(
    roc: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROC_BROWSER", "false")
    with pytest.raises(NotPrinted):
        as_pdf(PAGE)
    roc.write("journal.txt", "2026-02-01 me -> ana mail\n2026-02-02 ana -> me mail")
    roc("collect", "journal.txt", "--graph", "me.graph")
    day = str(date(2026, 3, 1))
    told = roc.refused("report", "--graph", "me.graph", "--as-of", day, "--pdf")
    assert "false did not print the page" in told
    assert list(roc.folder.glob("report-*")) == []


def test_a_report_is_printed_beside_its_page(roc: Shell, browser: Browser) -> None:
    assert browser.is_connected()
    roc.write("journal.txt", "2026-02-01 me -> ana mail\n2026-02-02 ana -> me mail")
    roc("collect", "journal.txt", "--graph", "me.graph")
    told = roc("report", "--graph", "me.graph", "--as-of", "2026-03-01", "--pdf")
    assert "report-2026-03-01.pdf" in told
    assert (roc.folder / "report-2026-03-01.pdf").read_bytes().startswith(b"%PDF-")
