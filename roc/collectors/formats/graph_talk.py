"""Conversations and comments as Meta's Graph API tells them, to Pages and professional accounts.

No text is asked for: who wrote to whom, and when.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from roc.collectors.formats.echoes import Echoes
from roc.collectors.formats.graph_api import Graph, after
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.newest_first import Page
from roc.collectors.formats.once import said_once
from roc.collectors.formats.tolerance import Unusable, or_problem
from roc.graph.records import AccountSeen, Interaction, Kind, Precision, Problem, Record

_CONVERSATIONS = 20  # at once; each is asked for its messages
_PAGE = 100
_MOST_PAGES = 500  # of one conversation
_UNSETTLED = timedelta(minutes=1)  # what changed within it may change again in the same second


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose account is asked.

    Args:
        source: where.
        owner: the account.
        person: who is told of; ``None`` where it is nobody.
        author: who wrote a comment; ``None`` where that is not told.
    """

    source: str
    owner: AccountSeen
    person: Callable[[Item], AccountSeen | None]
    author: Callable[[Item], AccountSeen | None]


def conversations(
    graph: Graph, whose: Whose, token: str, known: str, permission: str, **asked: str
) -> Page:
    """A page of conversations with what was written in them since a moment.

    Args:
        graph: whom to ask.
        whose: whose they are.
        token: of the page; empty for the newest.
        known: up to when all is read, as Meta writes moments; empty where nothing is.
        permission: see ``Graph.get``.
        asked: what else Meta wants to know.
    """
    answer = graph.get(
        "/me/conversations",
        permission,
        fields="id,updated_time,participants",
        limit=_CONVERSATIONS,
        **{**asked, **_page_of(token)},
    )
    listed = [told for told in items(answer.get("data")) if word(told, "id")]
    settled = f"{graph.now - _UNSETTLED:%Y-%m-%dT%H:%M:%S+0000}"
    new = (told for told in listed if word(told, "updated_time") > known)
    written = (_messages(graph, whose, told, known, permission) for told in new)
    records = list(said_once(chain.from_iterable(written)))
    moments = [min(word(told, "updated_time"), settled) for told in listed]
    return Page(moments, after(answer), records)


def _messages(
    graph: Graph, whose: Whose, conversation: Item, known: str, permission: str
) -> Iterator[Record]:
    """What was written in a conversation, the newest first, down to a moment."""
    name, token = word(conversation, "id"), ""
    where = f"conversation {name[:MAX_ID]}"
    for _ in range(_MOST_PAGES):
        answer = graph.get(
            f"/{name}/messages",
            permission,
            fields="id,created_time,from,to",
            limit=_PAGE,
            **_page_of(token),
        )
        told = list(items(answer.get("data")))
        for each in told:
            yield from or_problem(_message(whose, conversation, each), where)
        oldest = min((word(each, "created_time") for each in told), default="")
        before, token = token, after(answer)
        if token in ("", before) or oldest < known:
            return
    yield Problem(where, "endless_pages", "it does not end; the rest was left")


def _message(whose: Whose, conversation: Item, told: Item) -> Iterator[Record]:
    sender = whose.person(item(told, "from"))
    if sender is None:
        raise Unusable("no_sender", "not told who wrote it")
    named = [*_data(told.get("to")), *_data(conversation.get("participants"))]
    people = [seen for each in named if (seen := whose.person(each))]
    others = dict.fromkeys(seen.account for seen in people if seen.account != sender.account)
    if not others:
        raise Unusable("no_recipient", "not told who got it")
    yield from _seen(whose, sender, *people)
    yield Interaction(
        source=whose.source,
        external_id=_id(told),
        kind=Kind.MESSAGE,
        at=_at(told, "created_time"),
        sender=sender.account,
        recipients=tuple(others),
        thread=_id(conversation),
    )


def comments(
    whose: Whose, answer: Item, post: str, moment: str, *, answers: bool = False
) -> Echoes:
    """A page of comments under a post of the owner's, with the answers to them where they are told.

    Args:
        whose: whose post it is.
        answer: Meta's.
        post: its id.
        moment: what Meta calls the moment of a comment.
        answers: whether the answers to a comment stand within it.
    """
    records: list[Record] = []
    for number, told in enumerate(items(answer.get("data")), 1):
        where = f"a post, comment {number}"
        records += or_problem(_comment(whose, told, item(told, "parent"), post, moment), where)
        for reply in _data(told.get("replies")) if answers else ():
            records += or_problem(_comment(whose, reply, told, post, moment), where)
    return Echoes(records, after(answer))


def _comment(whose: Whose, told: Item, parent: Item, post: str, moment: str) -> Iterator[Record]:
    """A comment on the owner's post, or an answer to whoever wrote the comment above."""
    sender = whose.author(told)
    if sender is None:
        raise Unusable("no_author", "not told who wrote it")
    above = whose.author(parent)
    other = above or whose.owner
    if other.account == sender.account:  # one's own thread
        return
    yield from _seen(whose, sender, other)
    yield Interaction(
        source=whose.source,
        external_id=_id(told),
        kind=Kind.REPLY if above else Kind.COMMENT,
        at=_at(told, moment),
        sender=sender.account,
        recipients=(other.account,),
        thread=post,
        parent=_id(parent) if above else "",
    )


def reactions(whose: Whose, answer: Item, post: str, written: str) -> Echoes:
    """A page of who marked a post of the owner's; Meta does not tell when.

    Args:
        whose: whose post it is.
        answer: Meta's.
        post: its id.
        written: when it was published, which stands for the moment of the mark.
    """
    at = iso_moment(written)
    people = [seen for each in items(answer.get("data")) if (seen := whose.person(each))]
    records: list[Record] = []
    for seen in people:
        if seen.account == whose.owner.account:
            continue
        records += [
            *_seen(whose, seen),
            Interaction(
                source=whose.source,
                external_id=f"{post}/{seen.account.handle}",
                kind=Kind.REACTION,
                at=at,
                sender=seen.account,
                recipients=(whose.owner.account,),
                precision=Precision.PROXY if at else Precision.UNKNOWN,
                scope="reaction",
                thread=post,
            ),
        ]
    return Echoes(records, after(answer))


def _page_of(token: str) -> Mapping[str, Any]:
    return {"after": token} if token else {}


def _data(told: object) -> Sequence[Item]:
    return list(items(item(told).get("data")))


def _seen(whose: Whose, *people: AccountSeen) -> Iterator[AccountSeen]:
    """What is told of others than the owner, once each."""
    return (seen for seen in dict.fromkeys(people) if seen.account != whose.owner.account)


def _id(told: Item) -> str:
    name = word(told, "id")
    if not name:
        raise Unusable("no_id", "it has no id")
    return name if len(name) <= MAX_ID else hashed(name)


def _at(told: Item, name: str) -> datetime:
    at = iso_moment(word(told, name))
    if at is None:
        raise Unusable("bad_date", "no readable moment")
    return at
