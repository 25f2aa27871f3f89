"""One rule says what a post is an act of, on whichever network it was posted."""

from dataclasses import replace
from datetime import UTC, datetime

from roc.collectors.formats.posts import Post, post_act
from roc.graph.records import Account
from tests.collectors.lines import line

ANA, BEN, CHIDI, DARA = (Account("square", name) for name in ("ana", "ben", "chidi", "dara"))
POST = Post("square", "7", ANA, datetime(2026, 3, 5, tzinfo=UTC))


def told(**parts: object) -> str:
    """The act that a post is, without its moment and id; empty where it is none."""
    act = post_act(replace(POST, **parts))  # type: ignore[arg-type]
    if act is None:
        return ""
    return line(act).removeprefix("act      2026-03-05 00:00:00 ").removesuffix(" [|7]")


def test_a_reply_addresses_whom_it_answers_and_copies_the_others() -> None:
    answer = told(replies_to=BEN, parent="5", mentions=(BEN, CHIDI, ANA), quotes=DARA)
    assert answer == "square:ana -> square:ben reply cc square:chidi, square:dara answers 5"


def test_a_repost_reaches_its_author_alone() -> None:
    assert told(reposts=BEN, mentions=(CHIDI,)) == "square:ana -> square:ben repost"


def test_a_quote_reaches_whom_it_quotes() -> None:
    assert told(quotes=BEN, mentions=(CHIDI,)) == "square:ana -> square:ben quote cc square:chidi"


def test_a_thread_of_ones_own_reaches_those_it_names() -> None:
    named = "square:ana -> square:ben mention"
    assert told(replies_to=ANA, parent="5", mentions=(BEN,)) == named
    assert told(quotes=ANA, mentions=(BEN, BEN)) == named


def test_nobody_reaches_oneself() -> None:
    assert not told(replies_to=ANA)
    assert not told(reposts=ANA, mentions=(BEN,))
    assert not told(mentions=(ANA,))
