"""From a post, a like or a direct message on X to records: one rule for archive and API.

Accounts are numeric ids, ``x:12345``. Where only a handle is told the account is ``x:@ana``, in
lower case; whenever both are told, ``AccountSeen.same_as`` ties the two.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from roc.collectors.formats import posts
from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.posts import post_act
from roc.graph.records import ME, Account, AccountSeen, Interaction, Kind, Precision, Record

SOURCE = "x"

_ID = re.compile(r"[1-9]\d{0,19}")  # "-1" stands for accounts that are gone
_HANDLE = re.compile(r"\w{1,20}", re.ASCII)
_FIRST_SNOWFLAKE = 29_700_859_247
_SNOWFLAKE_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as X names them; what is not told, or cannot be, is empty.

    Args:
        id: numeric id.
        handle: screen name without ``@``; people change theirs.
    """

    id: str = ""
    handle: str = ""

    @property
    def account(self) -> Account | None:
        """The account by id, else by handle, else ``None``."""
        return _account(self.id) or self.handle_account

    @property
    def handle_account(self) -> Account | None:
        """The account by handle."""
        return _handle_account(self.handle)


@lru_cache(65536)
def _account(user_id: str) -> Account | None:
    return Account(SOURCE, user_id) if _ID.fullmatch(user_id) else None


@lru_cache(65536)
def _handle_account(handle: str) -> Account | None:
    return Account(SOURCE, f"@{handle.lower()}") if _HANDLE.fullmatch(handle) else None


@dataclass(frozen=True, slots=True)
class Post:
    """What the rule needs to know of a post, from wherever it came.

    Args:
        id: the post's id.
        author: who wrote it; ``Someone()`` for the archive's owner where it does not name them.
        at: when it was written, aware UTC.
        precision: how well that is known.
        replies_to: the author of the post it answers.
        parent: the id of that post.
        reposts: the author of the post it passes on unchanged.
        quotes: the author of the post it passes on with words of its own.
        mentions: everyone named in it, in order.
    """

    id: str
    author: Someone
    at: datetime
    precision: Precision = Precision.INSTANT
    replies_to: Someone | None = None
    parent: str = ""
    reposts: Someone | None = None
    quotes: Someone | None = None
    mentions: tuple[Someone, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectMessage:
    """What the rule needs to know of a direct message.

    Args:
        id: the message's id.
        conversation: the conversation's id.
        at: when it was sent, aware UTC.
        sender: who sent it.
        recipients: everyone else in the conversation at that time.
        text: what is written, or empty.
    """

    id: str
    conversation: str
    at: datetime
    sender: Someone
    recipients: tuple[Someone, ...]
    text: str = field(default="", repr=False)


def post_records(post: Post) -> Iterator[Record]:
    """The accounts in a post, then the one act that it is, if it reaches anybody.

    The rule is that of ``formats/posts.py``. The act's external id is the post's.
    """
    known = _known_by_id(post)
    replies_to, reposts, quotes = (
        _resolved(who or Someone(), known) for who in (post.replies_to, post.reposts, post.quotes)
    )
    if post.reposts and reposts.account is None:  # a repost of somebody who is not told
        return
    mentions = tuple(_resolved(who, known) for who in post.mentions)
    act = post_act(
        posts.Post(
            source=SOURCE,
            id=post.id,
            author=post.author.account or ME,
            at=post.at,
            precision=post.precision,
            replies_to=replies_to.account,
            parent=post.parent,
            reposts=reposts.account,
            quotes=quotes.account,
            mentions=_accounts(mentions),
        )
    )
    if act is None:
        return
    reached = {*act.recipients, *act.copied}
    people = (replies_to, reposts, quotes, *mentions)
    yield from _seen(post.author, *(who for who in people if who.account in reached))
    yield act


def like_records(liker: Someone, post_id: str, author: Someone) -> Iterator[Record]:
    """The act of liking somebody's post; nothing where the author is not told or is the liker.

    X does not tell when a post was liked. The moment is the post's own, read from its id, as a
    proxy; posts before November 2010 do not carry it. The external id is ``post/liker`` in the
    scope ``like``, since many may like one post.
    """
    yield from _echo(Kind.REACTION, "like", liker, post_id, author)


def repost_records(
    reposter: Someone, post_id: str, author: Someone, at: datetime | None = None
) -> Iterator[Record]:
    """The act of passing on somebody's post, where X need not tell when, or under which number.

    External id, and moment where none is told, are as of a like, in the scope ``repost``.
    """
    yield from _echo(Kind.REPOST, "repost", reposter, post_id, author, at)


def _echo(
    kind: Kind,
    scope: str,
    who: Someone,
    post_id: str,
    author: Someone,
    told: datetime | None = None,
) -> Iterator[Record]:
    sender, recipient = who.account or ME, author.account
    if recipient is None or recipient == sender:
        return
    at = told or snowflake_time(post_id)
    without = Precision.PROXY if at else Precision.UNKNOWN
    yield from _seen(who, author)
    yield Interaction(
        source=SOURCE,
        external_id=f"{post_id}/{sender.handle}",
        kind=kind,
        at=at,
        sender=sender,
        recipients=(recipient,),
        precision=Precision.INSTANT if told else without,
        scope=scope,
    )


def message_records(message: DirectMessage) -> Iterator[Record]:
    """The act of a direct message; its external id is the message's, in the scope ``dm``."""
    sender = message.sender.account
    recipients = tuple(who for who in _accounts(message.recipients) if who != sender)
    if sender is None or not recipients:
        return
    yield from _seen(message.sender, *message.recipients)
    yield Interaction(
        source=SOURCE,
        external_id=message.id,
        kind=Kind.MESSAGE,
        at=message.at,
        sender=sender,
        recipients=recipients,
        scope="dm",
        thread=message.conversation,
        text=excerpt(message.text),
    )


def someone_seen(who: Someone) -> AccountSeen | None:
    """What a handle tells of somebody: their name, and that both of their accounts are one.

    ``None`` where no handle is told: then there is nothing to say but the id.
    """
    account, by_handle = who.account, who.handle_account
    if account is None or by_handle is None:
        return None
    same_as = (by_handle,) if by_handle != account else ()
    return AccountSeen(account, name=who.handle, same_as=same_as)


def snowflake_time(post_id: str) -> datetime | None:
    """When a post was written, which its id tells since November 2010; else ``None``.

    Example:
        >>> snowflake_time("1212092628029698048").isoformat(timespec="seconds")
        '2019-12-31T19:26:16+00:00'
    """
    if not _ID.fullmatch(post_id) or int(post_id) < _FIRST_SNOWFLAKE:
        return None
    return _SNOWFLAKE_EPOCH + timedelta(milliseconds=int(post_id) >> 22)


def _known_by_id(post: Post) -> dict[str, Someone]:
    """Everyone whose id a post tells, by their handle."""
    named = (post.author, *post.mentions)
    return {who.handle.lower(): who for who in named if who.handle and _account(who.id)}


def _resolved(who: Someone, known: Mapping[str, Someone]) -> Someone:
    """Somebody known by handle alone, by the id that the same post tells elsewhere."""
    return who if _account(who.id) else known.get(who.handle.lower(), who)


def _accounts(people: tuple[Someone, ...]) -> tuple[Account, ...]:
    """Their accounts, each once, in order."""
    return tuple(dict.fromkeys(who.account for who in people if who.account))


def _seen(*people: Someone) -> Iterator[AccountSeen]:
    return (seen for seen in map(someone_seen, dict.fromkeys(people)) if seen)
