"""How long acts are kept: the limit in the config, at the command line."""

import json
from datetime import UTC, datetime

import pytest

from tests.shell import Shell
from tests.test_forgotten import CALENDAR, HER_JOURNAL, MAIL, TABLE, found_in, graph_files

OLD = "2019-03-01 me -> zenobia message #quuxtag cost 9\n"
YOUNG = "2026-03-01 me -> ben message\n"


def on(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """Let the clock of the command line say the fourth of March of a year."""
    moment = datetime(year, 3, 4, 12, tzinfo=UTC)
    monkeypatch.setattr("roc.cli.collecting.now", lambda: moment)


def sources(roc: Shell) -> dict[str, int]:
    return {row["source"]: row["acts"] for row in json.loads(roc("doctor", "--json"))["sources"]}


def left_in_the_file(roc: Shell) -> list[bytes]:
    written = b"".join(path.read_bytes() for path in graph_files(roc)).lower()
    return [trace for trace in (b"zenobia", b"quux") if trace in written]


@pytest.fixture
def limited(roc: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A graph with an old act and a young one, of which five years are to be kept from now on."""
    on(monkeypatch, 2026)
    roc("init", "--config", "config.toml", "--graph", "me.graph")
    monkeypatch.setenv("ROC_CONFIG", "config.toml")
    roc("collect", roc.write("all.txt", OLD + YOUNG))
    assert sources(roc) == {"journal": 2}
    assert left_in_the_file(roc)
    with (roc.folder / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n[store]\nkeep_years = 5\n")
    return roc


def test_collecting_removes_what_is_too_old_and_keeps_it_out(limited: Shell) -> None:
    ran = limited.run("collect", limited.write("new.txt", YOUNG))
    assert "Removed for their age ([store] keep_years): 1 act, 1 account" in ran.stderr
    assert sources(limited) == {"journal": 1}
    assert left_in_the_file(limited) == []
    again = json.loads(limited("collect", "all.txt", "--json"))[0]
    assert (again["too_old"], again["known"], again["new"]) == (1, 1, 0)
    assert left_in_the_file(limited) == []
    assert "the oldest is of 2026-03-01" in limited("doctor")


@pytest.mark.parametrize("refusing", [["bad.zip"], ["x"], ["bad.zip", "no.txt"]], ids="-".join)
def test_what_is_too_old_goes_even_where_nothing_could_be_read(
    limited: Shell, refusing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROC_X_TOKEN", raising=False)
    limited.write("bad.zip", "PK, and no more")
    assert limited.run("collect", *refusing).status == 1
    assert sources(limited) == {"journal": 1}
    assert left_in_the_file(limited) == []


def test_the_limit_holds_for_a_graph_that_is_named_too(limited: Shell) -> None:
    old = limited.write("other.txt", OLD + YOUNG)
    told = json.loads(limited("collect", old, "--graph", "other.graph", "--json"))[0]
    assert (told["too_old"], told["new"]) == (1, 1)


def test_logging_a_line_keeps_old_lines_of_the_journal_out(
    limited: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited.write("journal.txt", OLD)
    limited("log", "me -> dara call")
    assert sources(limited) == {"journal": 2}
    assert left_in_the_file(limited) == []


@pytest.mark.parametrize("year", [2028, 2126])
def test_a_clock_far_ahead_of_all_that_is_known_removes_nothing(
    limited: Shell, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    on(monkeypatch, year)
    for _ in range(2):  # that it was asked before does not make it true
        ran = limited.run("collect", "all.txt")
        assert ran.status == 0
        assert f"It is said to be {year}-03-04" in ran.stderr
        assert "nothing was removed" in ran.stderr
        assert sources(limited) == {"journal": 2}


STRAYS = {
    "a mail from far ahead": "2099-01-01 ben -> me message",
    "one of just before": "2040-12-24 ben -> me message",
    "what was logged by the wrong clock": "2040-12-30 me -> ben call\n2041-03-03 me -> ana call",
}


@pytest.mark.parametrize("strays", STRAYS.values(), ids=STRAYS)
def test_a_few_acts_with_wrong_dates_do_not_speak_for_a_wrong_clock(
    limited: Shell, monkeypatch: pytest.MonkeyPatch, strays: str
) -> None:
    limited("collect", limited.write("young.txt", "2025-03-01 me -> ana, ben dinner\n"))
    assert sources(limited) == {"journal": 2}
    on(monkeypatch, 2041)
    strays_told = limited.write("strays.txt", strays)
    for _ in range(2):  # a reading by the same clock does not speak for it either
        ran = limited.run("collect", strays_told)
        assert "nothing was removed" in ran.stderr
    assert sources(limited)["journal"] == 3 + strays.count("\n")


def test_an_archive_without_a_silence_is_cut_however_much_of_it_goes(
    limited: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = "".join(f"{year}-03-01 me -> ben message\n" for year in range(1990, 2027))
    limited("collect", limited.write("archive.txt", years))
    assert sources(limited) == {"journal": 5}


def test_after_a_long_pause_new_acts_show_that_the_clock_is_right(
    limited: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, 2028)
    limited("collect", limited.write("new.txt", "2028-03-01 me -> ben message\n"))
    assert sources(limited) == {"journal": 2}
    assert left_in_the_file(limited) == []


def test_without_a_limit_everything_is_kept(roc: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, 2126)
    roc("collect", roc.write("all.txt", OLD + YOUNG))
    assert sources(roc) == {"journal": 2}


@pytest.mark.parametrize("years", ["-1", "nan", "1e9"])
def test_a_limit_is_a_number_of_years(limited: Shell, years: str) -> None:
    text = (limited.folder / "config.toml").read_text(encoding="utf-8")
    limited.write("config.toml", text.replace("keep_years = 5", f"keep_years = {years}"))
    assert "keep_years should be" in limited.refused("collect", "all.txt", status=2)


def test_whoever_is_only_in_old_acts_is_in_no_byte_whatever_told_of_them(
    roc: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, 2026)
    roc("init", "--config", "c.toml", "--me", "email:dara@example.org", "--graph", "me.graph")
    monkeypatch.setenv("ROC_CONFIG", "c.toml")
    told = {"all.mbox": MAIL, "all.txt": HER_JOURNAL, "all.ics": CALENDAR, "crm.csv": TABLE}
    exports = [roc.write(name, text) for name, text in told.items()]
    roc("collect", *exports)
    roc("score", "--as-of", "2026-03-01")
    assert found_in(graph_files(roc))
    with (roc.folder / "c.toml").open("a", encoding="utf-8") as config:
        config.write("\n[store]\nkeep_years = 2\n")
    on(monkeypatch, 2029)
    days = "".join(f"2029-02-{day:02} me -> ben message\n" for day in range(1, 29))
    young = roc.write("young.txt", days)
    for _ in range(2):
        roc("collect", young, *exports)
        assert found_in(graph_files(roc)) == []
    health = json.loads(roc("doctor", "--json"))
    assert health["sound"]
    assert (health["snapshots"], health["oldest"]) == (0, "2029-02-01")
