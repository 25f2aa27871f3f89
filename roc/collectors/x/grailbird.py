"""Twitter's archive of before 2018, "Grailbird": one table of posts, without direct messages."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time

from roc.collectors.archive import Export, find, head, text, whole
from roc.collectors.formats.delimited import lines
from roc.collectors.formats.json_values import item, word
from roc.collectors.formats.tolerance import usable
from roc.collectors.x.acts import Post, Someone, post_records
from roc.collectors.x.posts import linked_author, named_beside, reposted_author
from roc.graph.records import Precision, Problem, Record

_COLUMNS = {
    "tweet_id",
    "in_reply_to_status_id",
    "in_reply_to_user_id",
    "timestamp",
    "text",
    "retweeted_status_user_id",
    "expanded_urls",
}
_NAMED = re.compile(r"(?<![\w@/])@(\w{1,20})", re.ASCII)
_TIMES_BEGIN = datetime(2010, 11, 5, tzinfo=UTC)


def tables(export: Export) -> list[str]:
    """The files that are such tables."""
    return [
        name
        for name in find(export, "tweets.csv")
        if set(next(_cells(head(export, name).decode("utf-8-sig", "replace")), ())) >= _COLUMNS
    ]


def owner(export: Export) -> Someone:
    """Whose archive it is, where it says so; else ``Someone()``."""
    for name in find(export, "user_details.js"):
        _, _, told = whole(export, name).decode("utf-8-sig", "replace").partition("=")
        try:
            details = item(json.loads(told.rstrip().rstrip(";")))
        except (ValueError, RecursionError):
            continue
        return Someone(word(details, "id"), word(details, "screen_name"))
    return Someone()


def records(export: Export, name: str, author: Someone) -> Iterator[Record]:
    """What the posts of a table say.

    Raises:
        BrokenExport: after the last row, when most could not be used.
    """
    return usable(name, _rows(export, name, author))


def _cells(start: str) -> Iterator[list[str]]:
    return (cells for _, cells in lines(start.splitlines(keepends=True)) if cells)


def _rows(export: Export, name: str, author: Someone) -> Iterator[list[Record]]:
    with text(export, name) as stream:
        numbered = lines(stream)
        columns = next(numbered)[1] or []
        for line, cells in numbered:
            where = f"{name}:{line}"
            if cells is None:
                yield [Problem(where, "bad_csv", "the row cannot be split into cells")]
            elif len(cells) != len(columns):
                detail = f"{len(cells)} cells under {len(columns)} headers"
                yield [Problem(where, "wrong_width", detail)]
            else:
                yield list(_row(where, dict(zip(columns, cells, strict=True)), author))


def _row(where: str, row: Mapping[str, str], author: Someone) -> Iterator[Record]:
    post_id, at = row["tweet_id"], _moment(row["timestamp"])
    if not post_id.isdigit():
        yield Problem(where, "no_id", "the post has no id")
        return
    if at is None:
        yield Problem(where, "bad_date", "no readable date and time")
        return
    written = row["text"]
    named = tuple(Someone(handle=handle) for handle in _NAMED.findall(written))
    answered = Someone(row["in_reply_to_user_id"])
    linked = [who for url in row["expanded_urls"].split(",") if (who := linked_author(url))]
    # Times were not kept before that day: all read midnight.
    timeless = at < _TIMES_BEGIN and at.time() == time()
    yield from post_records(
        Post(
            id=post_id,
            author=author,
            at=at,
            precision=Precision.DAY if timeless else Precision.INSTANT,
            replies_to=answered if answered.account else None,
            parent=row["in_reply_to_status_id"],
            reposts=_reposted(row, written),
            quotes=linked[-1] if linked else None,
            mentions=named_beside(answered, author, written, named),
        )
    )


def _reposted(row: Mapping[str, str], written: str) -> Someone | None:
    told = Someone(row["retweeted_status_user_id"])
    shown = reposted_author(written, ())
    if told.account:
        return Someone(told.id, shown.handle if shown else "")
    return shown


def _moment(told: str) -> datetime | None:
    try:
        return datetime.strptime(told, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
