"""roc path and roc next: who might introduce one, and what to do next."""

import json

import pytest

from tests.shell import Shell

AS_OF = ("--as-of", "2026-06-30")


def weekly(one: str, other: str) -> str:
    days = ("06-02", "06-09", "06-16", "06-23", "06-28")
    return "".join(
        f"2026-{day} {one} -> {other} message\n2026-{day} {other} -> {one} message\n"
        for day in days
    )


@pytest.fixture
def town(roc: Shell) -> Shell:
    """Ben and Chidi know Ana; Dara is a friend of both, Eve of Ben alone."""
    roc("init", "--name", "Ana", "--me", "journal:me")
    talks = (("me", "ben"), ("me", "chidi"), ("ben", "dara"), ("chidi", "dara"), ("ben", "eve"))
    roc("collect", roc.write("talks.txt", "".join(weekly(*pair) for pair in talks)))
    return roc


def test_who_might_introduce_one_is_told_each_once(town: Shell) -> None:
    rows = json.loads(town("path", "dara", *AS_OF, "--json"))
    assert [row["people"][1:] for row in rows] == [["journal:ben", "journal:dara"]]
    assert 0 < rows[0]["warmth"] < 1
    assert rows[0]["load"] == 2  # Dara and Eve


def test_it_is_printed_as_a_path(town: Shell) -> None:
    said = town("path", "eve", *AS_OF)
    assert "ben → eve" in said
    assert "2 strangers" in said


def test_a_group_of_people_is_meant_by_a_tag(town: Shell) -> None:
    for name in ("dara", "eve", "chidi"):
        town("people", "tag", name, "board")
    rows = json.loads(town("path", "board", *AS_OF, "--json"))
    assert {row["people"][1] for row in rows} == {"journal:ben", "journal:chidi"}


def test_where_nobody_leads_it_says_so(town: Shell) -> None:
    town("collect", town.write("far.txt", weekly("femi", "gala")))
    assert "No path" in town("path", "femi", *AS_OF)
    assert "people list" in town.refused("path", "nobody-at-all", *AS_OF)


def test_what_to_do_next_is_told_with_its_reason(roc: Shell) -> None:
    roc("init", "--name", "Ana", "--me", "journal:me")
    talks = "".join(
        f"2026-06-{day:02} 09:00 me -> chidi message\n2026-06-{day:02} 12:00 chidi -> me reply\n"
        for day in range(1, 29, 3)
    )
    roc("collect", roc.write("talks.txt", talks))
    (row,) = json.loads(roc("next", *AS_OF, "--json"))
    assert (row["person"], row["answers"]) == ("journal:chidi", True)
    assert "waits for 2 days" in roc("next", *AS_OF)
    assert "Nothing is due" in roc("next", "--as-of", "2026-06-01", "--ego", "journal:chidi")
