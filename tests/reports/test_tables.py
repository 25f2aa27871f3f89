"""Tables that a spreadsheet opens: the values that were given, and nothing that computes."""

import io
from datetime import date
from zipfile import ZipFile

import openpyxl

from roc.reports import audit
from roc.reports.tables import workbook
from roc.scoring.parameters import ScoringParameters
from tests.telling import measured, told

DAY = date(2026, 3, 1)
HARM = '=HYPERLINK("https://example.org")'


def read(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def test_a_workbook_holds_what_was_given() -> None:
    rows = [("Ana", 1.5, None), ("Ben", float("nan"), -2.0)]
    content = workbook({"ties": (("who", "one", "two"), rows)}, DAY)
    assert read(content) == {"ties": [("who", "one", "two"), ("Ana", 1.5, None), ("Ben", None, -2)]}


def test_no_cell_computes_or_leads_anywhere() -> None:
    texts = [HARM, "https://example.org", "+1", "@SUM(1)", "\x01\x02", "x" * 40_000]
    content = workbook({"ties": (("who",), [(text,) for text in texts])}, DAY)
    page = openpyxl.load_workbook(io.BytesIO(content))["ties"]
    assert [cell.data_type for (cell,) in page.iter_rows(min_row=2)] == ["s"] * len(texts)
    assert page["A2"].value == HARM
    with ZipFile(io.BytesIO(content)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in whole
    assert b"hyperlink" not in whole


def test_an_empty_table_has_its_head() -> None:
    assert read(workbook({"ties": (("who", "one"), [])}, DAY)) == {"ties": [("who", "one")]}


def test_the_same_tables_give_the_same_bytes() -> None:
    def made() -> bytes:
        return workbook({"ties": (("who",), [("Ana",)])}, DAY)

    assert made() == made()


def test_the_audit_as_a_workbook_has_a_sheet_for_each_breakdown() -> None:
    graph = told("2026-02-20 me -> ana message every 7 for 9\n2026-02-21 ana -> me reply")
    now = measured(graph, str(DAY))
    report = audit.build(graph.people, graph.contacts, graph.declared, now, ScoringParameters())
    found = read(workbook(audit.sheets(report, audit.ties_table(graph.people, now)), DAY))
    assert list(found) == [
        *(
            "ties",
            "organisations",
            "tags",
            "sources",
            "follows",
            "circles",
            "communities",
            "bridges",
        )
    ]
    assert found["ties"][1][1] == "ana"
    assert found["sources"][1][:2] == ("journal", 1)
    assert found["circles"][2] == ("monthly", 1, 1, "ana")
