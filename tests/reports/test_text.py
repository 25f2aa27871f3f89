import unicodedata

import pytest
from hypothesis import given, strategies

from roc.reports import text
from roc.reports.setting import escaped_markdown


@given(strategies.text())
def test_no_name_holds_a_control_or_turns_the_line_around(raw: str) -> None:
    shown = text.plain(raw)
    assert len(shown) <= text.NAME_LIMIT
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in shown)
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


def test_a_name_of_a_megabyte_is_cut() -> None:
    assert text.name("a" * 2**20) == "a" * 79 + "…"


@pytest.mark.parametrize("blank", ["", " \t\n", "\u200b\u200d", "\u3164", "\u2800", "\x00"])
def test_a_name_that_cannot_be_seen_reads_as_such(blank: str) -> None:
    assert text.name(blank) == "(no name)"


def test_stacks_of_marks_are_thinned_out() -> None:
    assert text.plain("A" + "\u0301" * 50) == "A" + "\u0301" * 3


def test_joiners_that_a_script_needs_stay() -> None:
    assert text.plain("می\u200cخواهم") == "می\u200cخواهم"


def test_a_name_from_right_to_left_is_set_apart_from_the_numbers_beside_it() -> None:
    assert text.name("أحمد") == "\u2068أحمد\u2069"


@given(strategies.dates())
def test_days_and_dates_are_each_others_inverse(when: object) -> None:
    assert text.day(text.day_number(when)) == when  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "raw",
    [
        "[x](https://example.org)",
        "![x](//example.org/a.png)",
        "<https://example.org>",
        "<b onmouseover=x>",
        "a | b",
        "`x`",
        "*x* _y_ ~~z~~",
        "# x",
        "1. x",
        "- x",
        "---",
        "www.example.org",
        "https://example.org",
        "&lt;b&gt;",
        "[x]: //example.org",
    ],
)
def test_nothing_in_a_name_is_markdown(raw: str) -> None:
    """Read back by another program, markdown-it, the text is a paragraph of what was put in."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("gfm-like", {"linkify": False}).enable("table")
    told = [token.type for token in reader.parse(escaped_markdown(raw))]
    (inline,) = [token for token in reader.parse(escaped_markdown(raw)) if token.type == "inline"]
    assert told == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children) == raw
