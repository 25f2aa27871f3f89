"""What is peculiar to CRM exports: amounts, days, columns, people, and hostile files."""

import shutil
import time
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.crm import collect, recognises, resembles
from roc.collectors.crm.amounts import amount
from roc.collectors.crm.days import day, edition
from roc.collectors.crm.people import contacts
from roc.collectors.crm.words import stage_status
from roc.collectors.formats.tolerance import Unusable
from roc.errors import BrokenExport, CollectError, ConfigError
from roc.graph.records import Account, AccountSeen, Outcome, OutcomeKind, Problem, Record
from roc.graph.store import Graph
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.reading import read, recognised
from tests.shell import Shell

SAMPLES = Path(__file__).parent / "crm"
HEADER = "date,kind,value,currency,people_emails,title,external_id"


def outcomes(records: list[Record]) -> list[Outcome]:
    return [record for record in records if isinstance(record, Outcome)]


def codes(records: list[Record]) -> list[str]:
    return [record.code for record in records if isinstance(record, Problem)]


def written(folder: Path, text: str, name: str = "outcomes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def own(folder: Path, *rows: str, **mapped: str) -> list[Record]:
    """What rows of a table of one's own tell."""
    path = written(folder, "\n".join([HEADER, *rows]))
    return read("crm", path, Options(columns=mapped))


# --- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "decimal", "value", "code"),
    [
        ("1234.5", ".", "1234.5", ""),
        ("1,234.50", ".", "1234.50", ""),
        ("1.234.567,89", ",", "1234567.89", ""),
        ("1 234,50 zł", ",", "1234.50", "PLN"),
        ("CHF 1'234.50", ".", "1234.50", "CHF"),
        ("12,34,567.00", ".", "1234567.00", ""),  # as India parts its digits
        ("-€500", ".", "-500", "EUR"),
        ("€-500", ".", "-500", "EUR"),
        ("(500.00)", ".", "-500.00", ""),
        ("−3", ".", "-3", ""),
        ("900,-", ",", "900", ""),
        ("1.2E+05", ".", "120000", ""),
        ("$1,200", ".", "1200", ""),  # of many a country
        ("us$ 1,200", ".", "1200", "USD"),
        ("1.000", ",", "1000", ""),
        ("1.000", ".", "1.000", ""),
    ],
)
def test_amounts_are_read_as_they_are_written(
    cell: str, decimal: str, value: str, code: str
) -> None:
    assert amount(cell, decimal) == (Decimal(value), code)


@pytest.mark.parametrize("cell", ["", " ", "-", "n/a", "NULL"])
def test_no_amount_is_none(cell: str) -> None:
    assert amount(cell, ".") is None


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "12 apples", "1.2.3", "1,2345.0", "5%", "1e999", "zl", "٣", "1-2", "--5"),
        *("€5$", "nan", "inf", "9" * 61, "=HYPERLINK(5)", "+-5", "1,,000"),
    ],
)
def test_what_is_no_amount_is_not_made_one(cell: str) -> None:
    with pytest.raises(Unusable) as refused:
        amount(cell, ".")
    assert cell not in refused.value.detail


def test_one_amount_shows_how_all_are_written(tmp_path: Path) -> None:
    rows = ('2026-01-01,deal,"1.234",EUR,,a,1', '2026-01-01,deal,"2,50",EUR,,b,2')
    assert [str(one.value) for one in outcomes(own(tmp_path, *rows))] == ["1234", "2.50"]


@pytest.mark.parametrize(
    ("values", "what"),
    [(("1.234", "5"), "may be a thousand"), (("1.5", "2,5"), "in both ways")],
)
def test_amounts_that_may_be_read_in_two_ways_are_refused_until_the_owner_says(
    tmp_path: Path, values: tuple[str, str], what: str
) -> None:
    rows = [f'2026-01-01,deal,"{value}",EUR,,t,{value}' for value in values]
    with pytest.raises(BrokenExport, match=what) as refused:
        own(tmp_path, *rows)
    assert "--map decimal=" in (refused.value.hint or "")
    told = [outcomes(own(tmp_path, *rows, decimal=sign))[0].value for sign in ("comma", "point")]
    assert len(told) == 2


def test_what_does_not_fit_the_others_is_a_problem_and_no_guess(tmp_path: Path) -> None:
    rows = ['2026-01-01,deal,"1,5",EUR,,a,1', '2026-01-01,deal,"1,234.5",EUR,,b,2']
    told = own(tmp_path, *rows, decimal="point")
    assert (codes(told), len(outcomes(told))) == (["bad_value"], 1)


def test_a_currency_is_a_code_or_the_sign_of_one_alone(tmp_path: Path) -> None:
    rows = [f"2026-01-01,deal,5,{sign},,t,{sign}" for sign in ("eur", "€", "$", "", "abc")]
    told = own(tmp_path, *rows)
    assert [one.currency for one in outcomes(told)] == ["EUR", "EUR", "", ""]
    assert codes(told) == ["bad_currency"]
    told = own(tmp_path, "2026-01-01,deal,5,,,t,1", "2026-01-01,deal,£5,,,t,2", currency="USD")
    assert [one.currency for one in outcomes(told)] == ["USD", "GBP"]


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "order", "on"),
    [
        ("2026-03-04", "month-first", date(2026, 3, 4)),
        ("2026/3/4", "month-first", date(2026, 3, 4)),
        ("4.3.2026", "month-first", date(2026, 3, 4)),
        ("3/4/2026 5:00 PM", "month-first", date(2026, 3, 4)),
        ("4/3/2026, noon", "day-first", None),
        ("2026-03-04T10:11:12.000Z", "day-first", date(2026, 3, 4)),
        ("3/4/26", "day-first", None),
        ("46127", "day-first", None),  # a workbook's own count of days
        ("31/2/2026", "day-first", None),
        ("0000-01-01", "day-first", None),
        ("٣/٤/2026", "day-first", None),
    ],
)
def test_days_are_read_as_they_are_written(cell: str, order: str, on: date | None) -> None:
    assert day(cell, order) == on


def test_editions_grow_with_the_clock() -> None:
    cells = ("3/4/2026 9:00 AM", "3/4/2026 12:30 PM", "3/4/2026 5:00 PM", "3/5/2026 12:30 AM")
    told = [edition(cell, "month-first") or 0 for cell in cells]
    assert told == sorted(set(told))


def test_one_day_shows_the_order_of_all(tmp_path: Path) -> None:
    told = own(tmp_path, "3/4/2026,deal,,,,a,1", "4/15/2026,deal,,,,b,2")
    assert [str(one.closed) for one in outcomes(told)] == ["2026-03-04", "2026-04-15"]


@pytest.mark.parametrize("rows", [("3/4/2026",), ("15/4/2026", "4/15/2026")])
def test_days_that_may_be_read_in_two_ways_are_refused_until_the_owner_says(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    table = [f"{on},deal,,,,t,{number}" for number, on in enumerate(rows)]
    with pytest.raises(BrokenExport, match="days are written") as refused:
        own(tmp_path, *table)
    assert "--map dates=" in (refused.value.hint or "")
    told = own(tmp_path, "3/4/2026,deal,,,,t,1", dates="day-first")
    assert outcomes(told)[0].closed == date(2026, 4, 3)


# --- columns ------------------------------------------------------------------------------------


def test_columns_are_known_in_any_case_delimiter_and_encoding(tmp_path: Path) -> None:
    text = "Deal  NAME;deal stage;Record ID\nGroß;Won;1\n"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / "deals.csv"
        path.write_text(text, encoding=encoding)
        assert recognised("crm", path)
        assert [one.title for one in outcomes(read("crm", path))] == ["Groß"]


ODD = "When,What,Worth,Who\n2026-01-01,Renewed,5,ana@example.org\n"


def test_odd_columns_can_be_mapped(tmp_path: Path) -> None:
    path = written(tmp_path, ODD)
    assert not recognised("crm", path)
    mapped = {"date": "when", "kind": "renewal", "value": "Worth", "people_emails": "who"}
    [one] = outcomes(read("crm", path, Options(columns={**mapped, "currency": "EUR"})))
    assert (one.kind, one.value, one.currency) == (OutcomeKind.RENEWAL, Decimal(5), "EUR")
    assert one.people == (Account("email", "ana@example.org"),)


@pytest.mark.parametrize(
    ("mapped", "message"),
    [
        ({}, "which columns tell"),
        ({"amount": "Worth"}, "no 'amount' to map"),
        ({"date": "Day"}, "no column 'day'"),
        ({"title": "What"}, "which column means date"),
        ({"date": "When", "kind": "What else"}, "neither a column nor a kind"),
        ({"date": "When", "currency": "Euros"}, "neither a column nor a currency"),
        ({"date": "When", "decimal": "dot"}, "point or a comma"),
        ({"date": "When", "dates": "any"}, "day-first or month-first"),
    ],
)
def test_what_is_mapped_wrongly_is_told(
    tmp_path: Path, mapped: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as refused:
        read("crm", written(tmp_path, ODD), Options(columns=mapped))
    assert refused.value.hint


def test_a_mapped_column_goes_before_the_one_that_is_known(tmp_path: Path) -> None:
    text = "Record ID,Deal Name,Deal Stage,Amount,Real amount\n1,A,Won,5,7\n"
    options = Options(columns={"value": "Real amount", "kind": "churn"}, source="clients")
    [one] = outcomes(read("crm", written(tmp_path, text), options))
    assert (one.value, one.kind, one.source) == (Decimal(7), OutcomeKind.CHURN, "clients")


@pytest.mark.parametrize("source", ["table", "linkedin"])
def test_other_sources_tables_are_left_to_them(source: str) -> None:
    for sample in (Path(__file__).parent / source).iterdir():
        assert not recognised("crm", sample)
    for sample in SAMPLES.iterdir():
        assert not recognised(source, sample)


def workbook(path: Path, cells: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr("xl/workbook.xml", b"<workbook/>")
        file.writestr("xl/sharedStrings.xml", cells)
    return path


@pytest.mark.parametrize(
    ("cells", "told"),
    [(b"<sst><si><t>Deal Name</t></si></sst>", "save its sheet as CSV"), (b"<sst/>", "")],
)
def test_a_workbook_of_deals_is_said_to_be_one(tmp_path: Path, cells: bytes, told: str) -> None:
    path = workbook(tmp_path / "deals.xlsx", cells)
    assert not recognised("crm", path)
    with open_export(path) as export:
        assert told in resembles(export)
        assert bool(resembles(export)) == bool(told)


def test_what_lacks_a_column_says_which(tmp_path: Path) -> None:
    with open_export(written(tmp_path, "Deal Name,Amount\nA,5\n")) as export:
        assert "deal stage" in resembles(export)
    with open_export(SAMPLES / "salesforce" / "OpportunityContactRole.csv") as export:
        assert "Opportunity.csv is missing" in resembles(export)
    with open_export(written(tmp_path, "a,b\n1,2\n")) as export:
        assert resembles(export) == ""


# --- whom, and which ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "told", "unreadable"),
    [
        ("", [], False),
        ("Doe, Jane (jane@example.org)", [("Doe, Jane", "jane@example.org")], False),
        ("a@x.org b@x.org\nc@x.org|d@x.org", [("", f"{who}@x.org") for who in "abcd"], False),
        ("Jane;;  ;jane@", [("Jane", "")], True),
        ("jane@example.org (jane@example.org)", [("", "jane@example.org")], False),
        ("17; ---", [], True),
        (
            "Ana López <ana@example.org>, Ben Adler <ben@example.org>",
            [("Ana López", "ana@example.org"), ("Ben Adler", "ben@example.org")],
            False,
        ),
        ("Ana <ana@example.org>, Ben <ben@>", [("Ana", "ana@example.org")], True),
        ("n/a; Unknown;No owner |none\n-", [], False),
        ("mailto:Jane@Example.org", [("", "jane@example.org")], False),
    ],
)
def test_people_are_names_addresses_or_both(
    cell: str, told: list[tuple[str, str]], unreadable: bool
) -> None:
    found, bad = contacts(cell)
    assert (found, bad) == (told, unreadable)


def test_who_is_unreadable_is_a_problem_and_the_outcome_stays(tmp_path: Path) -> None:
    told = own(tmp_path, "2026-01-01,deal,5,EUR,ana@example.org;@@,a,1")
    assert (len(outcomes(told)[0].people), codes(told)) == (1, ["bad_person"])


def test_a_shared_mailbox_is_not_taken_for_somebodys_own(tmp_path: Path) -> None:
    text = (
        "Deal - ID,Deal - Title,Deal - Status,Deal - Contact person,Person - Email\n"
        '1,A,Won,Ana,"info@example.org,ana@example.org"\n'
    )
    records = read("crm", written(tmp_path, text))
    assert [one for one in records if isinstance(one, AccountSeen) and one.same_as] == []
    assert outcomes(records)[0].people == (Account("email", "ana@example.org"),)


def test_the_same_opportunity_has_one_id_in_export_and_report(tmp_path: Path) -> None:
    text = "Opportunity Name,Stage,Opportunity ID\nAcme - Q1,Closed Won,006A00000000001\n"
    [one] = outcomes(read("crm", written(tmp_path, text)))
    [other, *_] = outcomes(read("crm", SAMPLES / "salesforce"))
    assert (one.scope, one.external_id) == (other.scope, other.external_id)


def test_the_same_without_an_id_has_one_however_its_amount_is_written(tmp_path: Path) -> None:
    rows = [
        "2026-01-01,deal,420,EUR,b@x.org;a@x.org,T,",
        '1.1.2026,Deal,"420,00",€,a@x.org;b@x.org,T ,',
    ]
    ids = {outcomes(own(tmp_path, row))[0].external_id for row in rows}
    assert len(ids) == 1


def test_opportunities_alone_say_what_is_missing(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "salesforce" / "Opportunity.csv", tmp_path)
    told = read("crm", tmp_path / "Opportunity.csv")
    assert (codes(told)[0], outcomes(told)[0].people) == ("missing_file", ())


def test_a_zip_of_salesforce_is_read_like_its_folder(tmp_path: Path) -> None:
    path = Path(shutil.make_archive(str(tmp_path / "WE_1"), "zip", SAMPLES / "salesforce"))
    assert read("crm", path) == read("crm", SAMPLES / "salesforce")


def test_stages_of_ones_own_are_open_unless_a_column_says_more(tmp_path: Path) -> None:
    text = (
        "Record ID,Deal Name,Deal Stage,Is Closed Won,Is closed lost\n"
        "1,A,Signed,,\n2,B,Signed,true,false\n3,C,Dropped,false,true\n"
    )
    found = outcomes(read("crm", written(tmp_path, text)))
    assert [one.status.value for one in found] == ["open", "won", "lost"]


# --- in the graph -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("won", "lost", "closed", "status"),
    [
        ("", "false", "true", "won"),
        ("false", "", "true", "lost"),
        ("", "true", "", "lost"),
        ("", "", "true", "open"),
        ("false", "false", "false", "open"),
        ("(none)", "", "true", "open"),
        ("false", "false", "true", "lost"),
    ],
)
def test_a_closed_deal_is_lost_or_won_where_it_is_told(
    won: str, lost: str, closed: str, status: str
) -> None:
    cells = {"stage": "Mine", "is_won": won, "is_lost": lost, "is_closed": closed}
    assert stage_status(cells).value == status


def test_reading_all_samples_twice_in_any_order_adds_nothing(tmp_path: Path) -> None:
    samples = sorted(path for path in SAMPLES.iterdir() if path.name != "expected.txt")
    told = [read("crm", sample) for sample in samples]
    found = []
    for number, order in enumerate((told, told[::-1])):
        with Graph(tmp_path / f"{number}.graph") as graph:
            new = [graph.add(records, source="crm", export="x").outcomes for records in order]
            again = [graph.add(records, source="crm", export="x") for records in order]
            assert (sum(new), {one.outcomes + one.outcomes_changed for one in again}) == (18, {0})
            with graph.read() as reader:
                frame = reader.outcomes()
                people = [reader.people.keys[one] for one in frame.person.tolist()]
            found.append((frame.title, frame.status.tolist(), frame.outcome.tolist(), people))
    assert found[0] == found[1]


def test_collecting_says_how_many_outcomes_came(roc: Shell) -> None:
    roc("init", "--graph", "me.graph")
    shutil.copy(SAMPLES / "own.csv", roc.folder)
    assert "6 outcomes" in roc("collect", "own.csv")
    assert "outcomes  crm: 6" in roc("doctor")


# --- hostile ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40) | st.text("0123456789.,-+()eE$€ '", max_size=20))
def test_no_text_is_too_odd_for_an_amount_a_day_or_a_person(text: str) -> None:
    for sign in ".,":
        with suppress(Unusable):
            amount(text, sign)
    day(text, "day-first")
    edition(text, "month-first")
    contacts(text)


@pytest.mark.parametrize("sample", ["own.csv", "hubspot.csv", "pipedrive.csv", "salesforce"])
def test_damaged_exports_give_records_or_an_error_of_ours(tmp_path: Path, sample: str) -> None:
    folder = tmp_path / "whole"
    folder.mkdir()
    if (SAMPLES / sample).is_dir():
        shutil.copytree(SAMPLES / sample, folder, dirs_exist_ok=True)
    else:
        shutil.copy(SAMPLES / sample, folder)
    for copy in damaged_copies(folder, tmp_path, 15):
        with open_export(copy) as export, suppress(CollectError, ConfigError):
            recognises(export)
            resembles(export)
            list(collect(export, Options()))


@pytest.mark.parametrize(
    "row",
    [
        "2026-01-01,deal,5,EUR," + ";".join(f"p{n}@x.org" for n in range(20_000)) + ",t,1",
        "2026-01-01,deal," + "9" * 100_000 + ",EUR,,t,1",
        "2026-01-01," + "(" * 100_000 + ",5,EUR,,t,1",
        "2026-01-01,deal,5,EUR," + "(" * 100_000 + "@,t,1",
        "2026-01-01,deal,5,EUR," + "a@" * 50_000 + ",t,1",
        "2026-01-01,deal,5,EUR,," + "t" * 100_000 + "," + "i" * 100_000,
        "2026-01-01,deal,5,EUR,,t\0,\0",
        " " * 100_000 + "/,deal,5,EUR,,t,1",
        '2026-01-01,deal,5,EUR,,"never closed,1\n' + "x" * 200_000,
    ],
    ids=range(9),
)
def test_monstrous_cells_cost_a_row_at_most_and_no_time(tmp_path: Path, row: str) -> None:
    started = time.process_time()
    path = written(tmp_path, f"{HEADER}\n{row}\n2026-02-01,deal,6,EUR,ana@example.org,u,2\n")
    records, failure = read_until_it_fails(iter(read("crm", path)))
    assert time.process_time() - started < 2
    assert not failure
    assert all(len(record.detail) < 200 for record in records if isinstance(record, Problem))
    assert all(len(one.external_id) <= 250 for one in outcomes(records))
    assert all(len(one.people) <= 500 for one in outcomes(records))


def test_ten_thousand_columns_are_no_matter(tmp_path: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(10_000))
    path = written(tmp_path, f"{HEADER},{wide}\n2026-01-01,deal,5,EUR,ana@example.org,t,1\n")
    assert len(outcomes(read("crm", path))) == 1


def test_formulas_are_text(tmp_path: Path) -> None:
    told = own(tmp_path, '2026-01-01,deal,5,EUR,ana@example.org,"=HYPERLINK(""x"")",1')
    assert outcomes(told)[0].title == '=HYPERLINK("x")'


def test_problems_repeat_nothing_of_what_stood_there(tmp_path: Path) -> None:
    rows = ["zenobia,deal,5,EUR,,t,1", "2026-01-01,zenobia,5,EUR,,t,2"]
    rows += ["2026-01-01,deal,zenobia,EUR,,t,3", "2026-01-01,deal,5,zenobia,,t,4"]
    told = own(tmp_path, *rows, "2026-01-01,deal,5,EUR,,t,5")
    assert codes(told) == ["bad_date", "unknown_kind", "bad_value", "bad_currency"]
    assert "zenobia" not in repr([one for one in told if isinstance(one, Problem)])
