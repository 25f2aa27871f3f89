"""One post of the archive since 2018, as the rule of ``acts`` wants it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.x.acts import Post, Someone, post_records
from roc.graph.records import Problem, Record

_REPOST = re.compile(r"RT @(\w{1,20}):", re.ASCII)
_LINK = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,20})/status(?:es)?/\d+", re.ASCII
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOMENT = re.compile(
    rf"\w{{3}} ({'|'.join(_MONTHS)}) (\d\d?) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{{4}})"
)


def post_rows(where: str, value: Item, owner: Someone) -> Iterator[list[Record]]:
    """What one entry of tweets.js says; the newest archives wrap it in ``tweet``."""
    told = item(value, "tweet") or value
    post_id, at = word(told, "id_str", "id"), moment(word(told, "created_at"))
    if not post_id.isdigit():
        yield [Problem(where, "no_id", "the post has no id")]
    elif at is None:
        yield [Problem(where, "bad_date", "no readable date and time")]
    else:
        yield list(post_records(_post(told, post_id, at, owner)))


def linked_author(url: str) -> Someone | None:
    """The author in a post's address, which names them in all forms but ``/i/web/status/…``."""
    found = _LINK.match(url)
    return Someone(handle=found[1]) if found and found[1] != "i" else None


def reposted_author(text: str, mentions: tuple[Someone, ...]) -> Someone | None:
    """Whom a post passes on unchanged: the archive shows it by ``RT @handle:`` alone."""
    found = _REPOST.match(text)
    if not found:
        return None
    handle = found[1].lower()
    return next((who for who in mentions if who.handle.lower() == handle), Someone(handle=found[1]))


def named_beside(
    answered: Someone, author: Someone, text: str, named: tuple[Someone, ...]
) -> tuple[Someone, ...]:
    """Who is named in a post beside the one it answers.

    An answer begins with the handle of whom it answers. Where that handle comes without an id
    (old archives, accounts that are gone), it is left out: it would be a second person otherwise.
    """
    answers = answered.account not in (None, author.account)
    first = named[0] if named else Someone()
    opens = bool(first.handle) and text.lower().startswith(f"@{first.handle.lower()}")
    return named[1:] if answers and opens and first.account == first.handle_account else named


def moment(told: str) -> datetime | None:
    """An instant such as ``Tue Mar 05 14:02:11 +0000 2024``, whatever the computer's language."""
    found = _MOMENT.fullmatch(told)
    if not found:
        return None
    month, day, hour, minute, second, sign, ahead_hours, ahead_minutes, year = found.groups()
    ahead = timedelta(hours=int(ahead_hours), minutes=int(ahead_minutes))
    clock = (int(hour), int(minute), int(second))
    try:
        at = datetime(int(year), _MONTHS.index(month) + 1, int(day), *clock, tzinfo=UTC)
        return at - ahead if sign == "+" else at + ahead
    except (ValueError, OverflowError):
        return None


def _post(told: Item, post_id: str, at: datetime, owner: Someone) -> Post:
    named = items(item(told, "entities").get("user_mentions"))
    mentions = tuple(Someone(word(who, "id_str", "id"), word(who, "screen_name")) for who in named)
    links = items(item(told, "entities").get("urls"))
    # The post that is quoted is the last one linked; earlier ones are only pointed at.
    linked = [author for link in links if (author := linked_author(word(link, "expanded_url")))]
    answered = Someone(
        word(told, "in_reply_to_user_id_str", "in_reply_to_user_id"),
        word(told, "in_reply_to_screen_name"),
    )
    text = word(told, "full_text", "text")
    return Post(
        id=post_id,
        author=owner,
        at=at,
        replies_to=answered if answered.account else None,
        parent=word(told, "in_reply_to_status_id_str", "in_reply_to_status_id"),
        reposts=reposted_author(text, mentions),
        quotes=linked[-1] if linked else None,
        mentions=named_beside(answered, owner, text, mentions),
    )
