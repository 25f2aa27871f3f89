"""A walk down a stream that gives the newest first, without any network."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.collectors.http import NotUnderstood
from roc.collectors.x.walk import Page, Progress, Step, walk
from roc.graph.records import Account, AccountSeen, Checkpoint, Problem, Record


class Stream:
    """Numbered things in pages of two; page tokens are the numbers below which they go on."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = list(numbers)
        self.requests = 0
        self.expired: set[str] = set()
        self.endless = False

    def fetch(self, progress: Progress) -> Page:
        self.requests += 1
        if progress.token in self.expired:
            raise NotUnderstood("bad token", status=400)
        below = int(progress.token or progress.oldest or 10**9)
        left = sorted((number for number in self.numbers if number < below), reverse=True)
        page = left[:2]
        token = str(page[-1]) if len(left) > 2 else ""
        return Page(
            steps=tuple(Step(number, (thing(number),)) for number in page),
            next_token="7" if self.endless else token,
        )


def thing(number: int) -> AccountSeen:
    return AccountSeen(Account("x", str(number)))


def read(
    stream: Stream, cursor: Mapping[str, Any], *, pages: int = 99, by_number: bool = True
) -> tuple[list[Record], Mapping[str, Any]]:
    """Records that reached a checkpoint within so many pages, and the last checkpoint's cursor."""
    kept: list[Record] = []
    waiting: list[Record] = []
    for record in walk(
        "things", cursor, stream.fetch, lambda told: Checkpoint("x", "things", told),
        by_number=by_number,
    ):  # fmt: skip
        if isinstance(record, Checkpoint):
            kept, waiting, cursor = kept + waiting, [], record.cursor
            pages -= 1
            if not pages:
                break
        else:
            waiting.append(record)
    return kept, cursor


def test_the_newest_come_first_and_the_mark_moves_up_at_the_end() -> None:
    records, cursor = read(Stream(1, 2, 3, 4, 5), {})
    assert records == [thing(5), thing(4), thing(3), thing(2), thing(1)]
    assert cursor == {"newest_done": "5"}


def test_until_the_walk_arrives_the_cursor_knows_both_ends() -> None:
    _, cursor = read(Stream(1, 2, 3, 4, 5), {}, pages=1)
    assert cursor == {
        "newest_done": "0",
        "backfill": {"top": "5", "oldest": "4", "token": "4"},
    }


def test_a_second_walk_stops_at_the_first_known_thing() -> None:
    stream = Stream(1, 2, 3, 4, 5)
    _, cursor = read(stream, {})
    stream.numbers += [6]
    stream.requests = 0
    assert read(stream, cursor) == ([thing(6)], {"newest_done": "6"})
    assert stream.requests == 1


def test_what_came_while_a_walk_was_cut_short_is_read_too() -> None:
    stream = Stream(1, 2, 3, 4, 5)
    first, cursor = read(stream, {}, pages=1)
    stream.numbers += [6, 7]
    second, cursor = read(stream, cursor)
    assert first + second == [thing(n) for n in (5, 4, 3, 2, 1, 7, 6)]
    assert cursor == {"newest_done": "7"}


def test_an_expired_token_goes_on_below_the_oldest_number_where_that_can_be_asked() -> None:
    stream = Stream(1, 2, 3, 4, 5)
    _, cursor = read(stream, {}, pages=1)
    stream.expired = {"4"}
    assert read(stream, cursor)[0] == [thing(3), thing(2), thing(1)]


def test_an_expired_token_goes_back_to_the_top_where_it_cannot() -> None:
    stream = Stream(1, 2, 3, 4, 5)
    _, cursor = read(stream, {}, pages=1, by_number=False)
    stream.expired = {"4"}
    stream.numbers += [6]
    records, cursor = read(stream, cursor, by_number=False)
    assert records == [thing(n) for n in (6, 5, 4, 3, 2, 1)]
    assert cursor == {"newest_done": "6"}


def test_a_refusal_that_is_not_about_the_token_is_passed_on() -> None:
    stream = Stream(1)
    stream.expired = {""}
    with pytest.raises(NotUnderstood):
        read(stream, {})


def test_page_tokens_that_never_end_are_told_and_left() -> None:
    stream = Stream(5, 6)
    stream.endless = True
    records, cursor = read(stream, {})
    assert (
        Problem("things", "endless_pages", "pages without anything new; the rest left") in records
    )
    assert stream.requests < 10
    assert cursor == {"newest_done": "6"}


@given(
    st.sets(st.integers(1, 60), max_size=25),
    st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(61, 90), max_size=4)), max_size=6),
)
def test_however_often_it_is_killed_it_reads_everything(
    numbers: set[int], kills: list[tuple[int, set[int]]]
) -> None:
    stream = Stream(*numbers)
    cursor: Mapping[str, Any] = {}
    seen: list[Record] = []
    for pages, arrivals in kills:
        records, cursor = read(stream, cursor, pages=pages)
        seen += records
        newest = max(stream.numbers, default=0)
        stream.numbers += [number for number in arrivals if number > newest]
    for _ in range(2):
        records, cursor = read(stream, cursor)
        seen += records
    assert sorted(seen, key=repr) == sorted(map(thing, stream.numbers), key=repr)
