"""One entry of ``outbox.json``: a post of the owner, a direct message, or a boost."""

from collections.abc import Iterator
from datetime import datetime

from roc.collectors.formats.chats import ChatMessage, message_act
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.posts import Post, post_act
from roc.collectors.mastodon.people import (
    SOURCE,
    Mention,
    Owner,
    by_link,
    host,
    links,
    mention,
    own_id,
    person,
)
from roc.graph.records import Account, Interaction, Problem, Record

_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")


def activity_records(where: str, value: Item, owner: Owner) -> list[Record]:
    """The accounts in an entry, then the one act that it is, if it reaches anybody."""
    kind, post = word(value, "type"), item(value, "object")
    at = iso_moment(word(value, "published") or word(post, "published"))
    is_post = kind == "Create" and bool(post)
    if kind != "Announce" and not is_post:  # deletions and the like
        return []
    if owner.link and word(value, "actor") not in ("", owner.link):
        return [Problem(where, "other_owner", "it is somebody else's than the archive")]
    link = word(post, "id") if is_post else word(value, "id")
    if not link:
        return [Problem(where, "no_id", "the post has no id")]
    if at is None:
        return [Problem(where, "bad_date", "no readable date and time")]
    if is_post:
        return _post(post, link, at, owner)
    author = owner.known(_boosted(value))
    act = post_act(Post(SOURCE, own_id(link), owner.account, at, reposts=author))
    return [act] if act else []


def _boosted(value: Item) -> Account | None:
    """Whose post is passed on: its link shows it, or the list of those who are told of it."""
    post = item(value, "object")
    linked = by_link(word(value, "object")) or by_link(word(post, "id"))
    author = linked or person(word(post, "attributedTo"))
    told = [link for link in links(value, "to", "cc") if not _is_crowd(link)]
    return author or (person(told[0]) if len(told) == 1 else None)


def _post(post: Item, link: str, at: datetime, owner: Owner) -> list[Record]:
    named = list(_named(post, owner))
    to = links(post, "to", "cc")
    linked = {who.by_link: who.account for who in named if who.by_link}
    parent = word(post, "inReplyTo")
    answered = owner.known(_known(by_link(parent), linked) or _answered(parent, named))
    mentions = tuple(who.account for who in named)
    act: Interaction | None
    if any(map(_is_crowd, to)):
        quoted = next((who for key in _QUOTES if (who := by_link(word(post, key)))), None)
        act = post_act(
            Post(
                source=SOURCE,
                id=own_id(link),
                author=owner.account,
                at=at,
                replies_to=answered,
                parent=own_id(parent),
                quotes=owner.known(_known(quoted, linked)),
                mentions=mentions,
            )
        )
    else:
        addressed = (owner.known(_addressed(each, linked)) for each in to)
        members = (*mentions, *filter(None, addressed))
        # Whoever is not named does not receive it, not even the one it answers.
        answers = answered if answered in members else None
        act = message_act(
            ChatMessage(
                source=SOURCE,
                id=own_id(link),
                at=at,
                sender=owner.account,
                members=members,
                answers=answers,
                parent=own_id(parent),
            )
        )
    if act is None:
        return []
    others = (who for who in named if who.account != owner.account)
    return [*dict.fromkeys(seen for who in others if (seen := who.seen)), act]


def _named(post: Item, owner: Owner) -> Iterator[Mention]:
    for tag in items(post.get("tag")):
        found = mention(tag)
        if found and (owner.owns(found.account) or owner.owns(found.by_link)):
            yield Mention(owner.account, found.by_link)
        elif found:
            yield found


def _answered(parent: str, named: list[Mention]) -> Account | None:
    """Whom a post answers where the link of what it answers does not show it.

    An answer names whom it answers, who is on the server where that post is. Where it names one
    person of that server, it is them.
    """
    if not parent or by_link(parent):
        return None
    there = {who.account for who in named if who.by_link and _server(who.by_link) == host(parent)}
    return there.pop() if len(there) == 1 else None


def _server(linked: Account) -> str:
    return host(linked.handle) or linked.handle.rpartition("@")[2]


def _known(account: Account | None, linked: dict[Account, Account]) -> Account | None:
    """The account by address of somebody of whom a link tells another, where the post says so."""
    return linked.get(account, account) if account else None


def _addressed(link: str, linked: dict[Account, Account]) -> Account | None:
    """Whom a link stands for; ``None`` where it neither shows nor is told that it is a person's.

    It may be that of a list.
    """
    who = person(link)
    return (linked.get(who) if who else None) or by_link(link)


def _is_crowd(link: str) -> bool:
    """Whether a link stands for all, for all on the owner's server, or for all who follow."""
    return link in _PUBLIC or link.endswith("/#Public") or link.rstrip("/").endswith("/followers")
