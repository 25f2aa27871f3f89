"""The command line, run as a person would run it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import Shell

JOURNAL = """\
2026-01-05 me -> ana, ben dinner #q1 cost 90
2026-01-07 09:00 me -> ana message
2026-01-07 11:00 ana -> me reply
2026-01-12 me -> ana coffee
2026-01-19 ana -> me referral
2026-01-20 me -> ben message
"""


@pytest.fixture
def january(roc: Shell) -> Shell:
    """A graph that holds a journal."""
    roc("init", "--name", "Dara", "--me", "email:dara@example.org")
    roc("collect", roc.write("january.txt", JOURNAL))
    return roc


def test_a_first_week(january: Shell) -> None:
    scores = january("score", "--as-of", "2026-01-21")
    assert "RoC score" in scores
    assert scores.index("ana") < scores.index("ben")
    assert "ana" in january("who", "--as-of", "2026-01-21")
    assert "2026-01-12" in january("explain", "ana", "--as-of", "2026-01-21")
    january("report", "--as-of", "2026-01-21")
    page = (january.folder / "report-2026-01-21.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    january("audit", "--as-of", "2026-01-21")
    assert (january.folder / "audit-2026-01-21-ties.csv").exists()
    january("project", "2026-01-01", "2026-01-31", "--tag", "q1", "--as-of", "2026-02-01")
    assert (january.folder / "project-2026-01-01-2026-01-31.md").exists()


def test_the_same_day_gives_the_same_bytes(january: Shell) -> None:
    written = []
    for folder in ("one", "two"):
        january("report", "--as-of", "2026-01-21", "--out", folder)
        january("audit", "--as-of", "2026-01-21", "--out", folder)
        files = sorted((january.folder / folder).iterdir())
        written.append([(file.name, file.read_bytes()) for file in files])
    assert written[0] == written[1]


def test_collecting_twice_adds_nothing(january: Shell) -> None:
    again = json.loads(january("collect", "january.txt", "--json"))
    assert (again[0]["new"], again[0]["known"]) == (0, 6)


def test_a_meeting_that_was_moved_is_told_as_corrected(roc: Shell) -> None:
    def calendar(hour: str) -> str:
        return roc.write(
            f"{hour}.ics",
            f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260105T{hour}0000Z\n"
            f"LAST-MODIFIED:20260101T{hour}0000Z\nATTENDEE:mailto:ben@example.org\n"
            "END:VEVENT\nEND:VCALENDAR\n",
        )

    assert roc("collect", calendar("09")) == "calendar  09.ics: 1 new, 0 known\n"
    assert roc("collect", calendar("10")) == "calendar  10.ics: 0 new, 1 known, 1 corrected\n"
    assert json.loads(roc("collect", calendar("11"), "--json"))[0]["corrected"] == 1
    assert json.loads(roc("collect", calendar("09"), "--json"))[0]["corrected"] == 0


def test_every_command_answers_in_json(january: Shell) -> None:
    as_of = ("--as-of", "2026-01-21", "--json")
    assert json.loads(january("score", *as_of))["network"]["roc_score"] > 0
    assert json.loads(january("who", *as_of))[0]["person"] == "journal:ana"
    assert json.loads(january("explain", "ana", *as_of))
    assert json.loads(january("report", *as_of))
    assert json.loads(january("audit", *as_of))
    assert json.loads(january("project", "2026-01-01", "2026-01-31", *as_of))
    assert json.loads(january("people", "list", "--json"))[0]["person"] == "journal:ana"
    assert json.loads(january("doctor", "--json"))["sound"] is True
    assert json.loads(january("export", "g.json", "--format", "json", *as_of))["people"] == 3


def test_what_is_decided_about_people_is_answered_in_json_too(january: Shell) -> None:
    def answered(*words: str) -> dict[str, object]:
        return dict(json.loads(january("people", *words, "--json")))

    assert answered("merge", "ana", "ben")["accounts"] == ["journal:ana", "journal:ben"]
    assert answered("split", "journal:ben")["accounts"] == ["journal:ben"]
    assert answered("mute", "ben")["set_aside"] == "muted"
    assert answered("tag", "ana", "client")["tags"] == ["client", "q1"]
    assert answered("forget", "ana", "--yes")["overwritten"] is True


def test_a_line_is_logged_into_the_journal_and_the_graph(january: Shell) -> None:
    january("log", "2026-01-22", "me", "->", "ana", "walk")
    january("log", "2026-01-23 me -> ana, ben lunch #q1")
    rows = json.loads(january("doctor", "--json"))["sources"]
    assert rows[0]["acts"] == 8
    assert rows[0]["last"] == "2026-01-23"


def test_a_line_that_cannot_be_read_is_refused_and_not_written(january: Shell) -> None:
    said = january.refused("log", "2026-01-22 me -> ana frobnicate")
    assert "cannot read" in said
    assert not list(january.folder.rglob("journal.txt"))


def test_people_are_merged_split_muted_tagged_and_forgotten(january: Shell) -> None:
    january("people", "merge", "ana", "ben")
    assert len(json.loads(january("people", "list", "--json"))) == 1
    january("people", "split", "journal:ben")
    january("people", "mute", "ben")
    people = json.loads(january("people", "list", "--json"))
    assert [row["set_aside"] for row in people] == ["", "muted"]
    january("people", "tag", "ana", "client")
    assert json.loads(january("people", "list", "client", "--json"))[0]["person"] == "journal:ana"
    january("people", "forget", "ana", "--yes")
    assert [row["person"] for row in json.loads(january("people", "list", "--json"))] == [
        "journal:ben"
    ]
    assert january("collect", "january.txt")
    assert len(json.loads(january("people", "list", "--json"))) == 1


def test_forgetting_asks_first(january: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert january.run("people", "forget", "ana").status == 1
    assert len(json.loads(january("people", "list", "--json"))) == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("collect", "nowhere.zip"), 1, "Cannot read nowhere.zip"),
        (("score",), 1, "holds no acts yet"),
        (("score", "--as-of", "soon"), 2, "'soon' is not a date"),
        (("score", "--config", "none.toml"), 2, "Cannot read the config"),
        (("doctor",), 1, "There is no graph file yet"),
        (("collect", "x"), 1, "There is no token for x"),
    ],
)
def test_errors_are_two_plain_lines(
    roc: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    assert said in roc.refused(*words, status=status)


def test_somebody_unknown_is_told(january: Shell) -> None:
    assert "Nobody in the graph answers to 'zoe'" in january.refused("explain", "zoe")


def test_one_bad_export_does_not_stop_the_others(roc: Shell) -> None:
    roc.write("good.txt", JOURNAL)
    roc.write("bad.bin", "\0\1\2")
    done = roc.run("collect", "bad.bin", "good.txt")
    assert done.status == 1
    assert "6 new" in done.stdout
    assert "No collector recognises bad.bin" in done.stderr


def test_the_order_of_dates_can_be_told_where_a_chat_does_not_tell_it(roc: Shell) -> None:
    roc("init", "--name", "Ana", "--me", "email:ana@example.org")
    name = "WhatsApp Chat with Ben.txt"
    chat = roc.write(name, "3/4/24, 9:00 - Ana: a\n4/4/24, 9:00 - Ben: b\n")
    assert "--date-order" in roc.refused("collect", chat)
    assert "day, month and year" in roc.refused("collect", chat, "--date-order", "md", status=2)
    assert "2 new" in roc("collect", chat, "--date-order", "mdy")


def test_a_table_is_collected_by_its_columns(roc: Shell) -> None:
    roc.write("acts.csv", "src,dst,t\n1,2,1000000000\n2,1,1000100000\n")
    roc("collect", "table", "acts.csv", "--map", "from=src", "--map", "to=dst", "--map", "at=t")
    assert "table:2" in roc("score", "--ego", "table:1", "--as-of", "2001-09-12")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from roc.cli.commands import app\n"
        "heavy = {'numpy', 'scipy', 'sqlalchemy', 'matplotlib', 'networkx', 'tweepy', 'pyarrow',"
        " 'jinja2', 'icalendar', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.strip() == "[]"


def every_command() -> list[str]:
    from roc.cli.commands import app
    from roc.cli.people import app as people

    told = [(found, "") for found in app.registered_commands]
    told += [(found, "people ") for found in people.registered_commands]
    return [f"{above}{found.name or found.callback.__name__}" for found, above in told]  # type: ignore[union-attr]


@pytest.mark.parametrize("command", every_command())
def test_every_command_has_help_with_an_example(roc: Shell, command: str) -> None:
    assert f": roc {command} " in roc(*command.split(), "--help").replace("\n", " ") + " "


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (("collect",), "Nothing was named to collect", "roc collect inbox.mbox"),
        (("collect", "crm"), "crm is read from its exports", "roc collect crm PATH"),
        (("score", "--foo"), "No such option: --foo", "roc score --help"),
        (("frobnicate",), "No such command 'frobnicate'", "roc --help"),
        (("people", "frobnicate"), "No such command 'frobnicate'", "roc people --help"),
        (("explain",), "Missing argument", "roc explain --help"),
        (("who", "--limit", "0"), "Invalid value for '--limit'", "roc who --help"),
        (("people", "tag", "ana", " "), "A tag is a word", "roc people tag ana client"),
        (("project", "2026-02-01", "2026-01-01"), "starts before it ends", "roc project 2026"),
    ],
)
def test_wrong_usage_is_two_plain_lines_too(
    january: Shell, words: tuple[str, ...], said: str, hint: str
) -> None:
    told = january.refused(*words, status=2).splitlines()
    assert said in told[0]
    assert hint in told[1]


@pytest.mark.parametrize("words", [(), ("people",)])
def test_without_a_command_the_commands_are_told(roc: Shell, words: tuple[str, ...]) -> None:
    assert roc(*words) == roc(*words, "--help")


def test_names_cannot_steer_the_terminal(january: Shell) -> None:
    january("collect", january.write("odd.txt", '2026-01-20 me -> "Z\x9b\u202e\x85oe" coffee\n'))
    for command in ("explain", "who"):
        said = january(command, "oe", "--as-of", "2026-01-21")
        assert not {"\x9b", "\u202e", "\x85"} & set(said)
        assert "Z   oe" in said


def test_those_who_are_one_already_cannot_be_merged(january: Shell) -> None:
    assert "one person already" in january.refused("people", "merge", "ana", "journal:ana")


def test_a_tag_may_have_several_words_and_a_hash(january: Shell) -> None:
    january("people", "tag", "ana", "#launch", "big  client")
    row = json.loads(january("people", "list", "ana", "--json"))[0]
    assert row["tags"] == ["big client", "launch", "q1"]
    january("project", "2026-01-01", "2026-01-31", "--tag", "big client", "--as-of", "2026-02-01")


def test_two_coffees_on_one_day_are_two_acts(january: Shell) -> None:
    for known in (6, 7):
        january("log", "2026-01-22 me -> ana coffee")
        rows = json.loads(january("doctor", "--json"))["sources"]
        assert rows[0]["acts"] == known + 1


@pytest.mark.parametrize(
    "line",
    ["me -> ana coffee\n#q2", "me -> ana coffee\r2026-01-02 me -> ben tea", "me -> ana " * 999],
)
def test_what_is_no_single_line_is_not_logged(january: Shell, line: str) -> None:
    assert "one act a line" in january.refused("log", line)
    assert not list(january.folder.rglob("journal.txt"))


def test_a_name_in_quotes_is_logged(january: Shell) -> None:
    january("log", "me -> \"Ana 'Bo' López\" coffee")
    assert json.loads(january("people", "list", "bo' l", "--json"))[0]["name"] == "Ana 'Bo' López"
    assert "cannot read" in january.refused("log", 'me -> "ana coffee')


def test_the_forgotten_stay_so_though_the_journal_names_them(january: Shell) -> None:
    january("log", "2026-01-22 me -> ana, ben coffee")
    january("people", "forget", "ana", "--yes")
    january("log", "2026-01-23 me -> ana, ben coffee")
    assert [row["person"] for row in json.loads(january("people", "list", "--json"))] == [
        "journal:ben"
    ]


def test_costs_in_two_currencies_are_pointed_out(january: Shell) -> None:
    january("log", "2026-01-22 me -> ana coffee cost 4 EUR")
    assert "currenc" not in january.run("doctor").stderr
    january("log", "2026-01-23 me -> ana coffee cost 5 USD")
    assert "EUR and USD" in january.run("doctor").stderr


def test_a_first_config_that_came_to_nothing_can_be_written_again(roc: Shell) -> None:
    roc.write("file", "in the way")
    roc.refused("init", "--graph", "file/me.graph")
    roc("init", "--graph", "me.graph")


def test_a_demo_does_not_touch_a_folder_of_somebodys_own(january: Shell) -> None:
    (graph,) = january.folder.rglob("me.graph")
    before = graph.read_bytes()
    said = january.refused("demo", "--folder", str(graph.parent), "--as-of", "2026-01-21")
    assert "files that are not the invented network's" in said
    assert graph.read_bytes() == before


def test_an_export_without_the_owner_in_it_says_so(roc: Shell) -> None:
    roc.write("others.txt", "2026-01-05 ana -> ben message\n")
    assert "[me] accounts" in roc.run("collect", "others.txt").stderr
    roc.write("mine.txt", "2026-01-05 me -> ben message\n")
    assert roc.run("collect", "mine.txt").stderr == ""


def test_a_merged_person_answers_to_every_name(january: Shell) -> None:
    january("people", "merge", "ana", "ben")
    for words in ("ana", "ben", "journal:ben"):
        assert january("explain", words, "--as-of", "2026-01-21")


def test_the_owner_is_called_as_the_config_says(january: Shell) -> None:
    january("export", "g.json", "--as-of", "2026-01-21")
    told = json.loads((january.folder / "g.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in told["people"] if row["ego"]] == ["Dara"]


def test_the_format_of_an_export_is_told_by_its_ending(january: Shell) -> None:
    january("export", "ties.csv", "--as-of", "2026-01-21")
    assert (january.folder / "ties.csv").read_text(encoding="utf-8").startswith("one,one_name")
    assert "Which format" in january.refused("export", "ties.xyz", status=2)


def test_forgetting_says_who_else_goes(january: Shell) -> None:
    for name in ("twitter", "crm"):
        table = january.write(f"{name}.csv", "from,to,at\n@zoe,@mia,2026-01-02\n")
        january("collect", "table", table, "--name", name)
    january.write("x.csv", "from,to,at\nzoe,leo,2026-01-02\n")
    january("collect", "table", "x.csv", "--name", "x")
    january("people", "merge", "twitter:@zoe", "crm:@mia")
    said = january.run("people", "forget", "x:zoe", "--yes").stderr
    assert "whose they are goes, too" in said
    assert "crm:@mia" in said
    assert "crm:@mia" not in january("people", "list")


def test_forgetting_says_whom(january: Shell) -> None:
    assert "ana (journal:ana)" in january.run("people", "forget", "an", "--yes").stderr
