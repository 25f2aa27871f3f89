"""From a row of messages, comments, posts or friends to acts and ties.

Ids are Reddit's own with the prefix of their kind, as the API writes them: ``t1_`` for comments,
``t3_`` for posts, ``t4_`` for messages.
"""

import re
from collections.abc import Callable
from datetime import datetime

from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.posts import Post, post_act
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.reddit.people import SOURCE, account, named, profile_owner, seen
from roc.collectors.reddit.tables import Row, moment
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Precision,
    Record,
)

_ID = re.compile(r"(?:t\d_)?([a-z0-9]{1,30})")
_POST_ID = re.compile(r"/comments/([a-z0-9]{1,30})(?:[/?#]|$)")

Rows = Callable[[Row, Account], list[Record]]
"""What a row of the owner's says; ``Unusable`` where it tells too little."""


def message_rows(row: Row, owner: Account) -> list[Record]:
    """A private message, sent or received; of whole subreddits and those who are gone, nothing."""
    own_id, at, precision = _identity(row)
    sender, recipient = account(row["from"]), account(row["to"])
    if sender is None or recipient is None or sender == recipient:
        return []
    thread = _ID.fullmatch(row["thread_id"].strip())
    act = Interaction(
        source=SOURCE,
        external_id=f"t4_{own_id}",
        kind=Kind.MESSAGE,
        at=at,
        sender=sender,
        recipients=(recipient,),
        precision=precision,
        thread=thread[1] if thread else "",
        text=excerpt(row.get("body", "")),
    )
    return [*_programs(sender, recipient), act]


def comment_rows(row: Row, owner: Account) -> list[Record]:
    """A comment: on what somebody published on their own profile, or a mention of those it names.

    Whom it answers otherwise the table does not tell: there is only the id of what is answered.
    """
    own_id, at, precision = _identity(row)
    others = tuple(who for who in named(row.get("body", "")) if who != owner)
    post = _POST_ID.search(row["link"][:1000])
    author = profile_owner(row["subreddit"])
    parent = row["parent"].strip()
    is_first = not parent or (post is not None and parent.removeprefix("t3_") == post[1])
    # Where it is not known who the owner is, the profile may be their own.
    if author is None or owner in (author, ME) or not is_first:
        return _mention(Post(SOURCE, f"t1_{own_id}", owner, at, precision, mentions=others))
    act = Interaction(
        source=SOURCE,
        external_id=f"t1_{own_id}",
        kind=Kind.COMMENT,
        at=at,
        sender=owner,
        recipients=(author,),
        copied=tuple(who for who in others if who != author),
        precision=precision,
        parent=f"t3_{post[1]}" if post else "",
    )
    return [act]


def post_rows(row: Row, owner: Account) -> list[Record]:
    """A post: a mention of those whom it names."""
    own_id, at, precision = _identity(row)
    written = f"{row.get('title', '')}\n{row.get('body', '')}"
    return _mention(Post(SOURCE, f"t3_{own_id}", owner, at, precision, mentions=named(written)))


def friend_rows(row: Row, owner: Account) -> list[Record]:
    """Somebody whom the owner follows; what they noted about them is not looked at."""
    other = account(row["username"])
    if other is None:
        raise Unusable("no_name", "no name of an account")
    return [DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, owner, other)]


def _mention(post: Post) -> list[Record]:
    act = post_act(post)
    return [*_programs(*act.recipients), act] if act else []


def _programs(*people: Account) -> list[AccountSeen]:
    return [told for who in people if (told := seen(who))]


def _identity(row: Row) -> tuple[str, datetime, Precision]:
    found, told = _ID.fullmatch(row["id"].strip()), moment(row["date"])
    if not found:
        raise Unusable("no_id", "Reddit's id is missing")
    if told is None:
        raise Unusable("bad_date", "no readable date and time")
    return found[1], *told
