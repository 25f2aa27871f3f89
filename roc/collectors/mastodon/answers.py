"""What Mastodon's API says about people, posts and notices, as the archive would tell it."""

from collections.abc import Iterator
from datetime import datetime

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.chats import ChatMessage, message_act
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.posts import Post, post_act
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.mastodon.people import SOURCE, by_address, own_id, post_time
from roc.graph.records import (
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Nature,
    Precision,
    Record,
)


class Answers:
    """Reads what one server says to one owner.

    Args:
        owner: the owner's account.
        home: the server's name in addresses; those without one are of it.
        link: the owner's own link, with which those of their posts begin; empty if not told.
    """

    def __init__(self, owner: Account, home: str, link: str) -> None:
        self._owner = owner
        self._home = home
        self._link = link

    def notice(self, told: Item) -> Iterator[Record]:
        """What somebody else did: named, answered, quoted, passed on, liked or followed the owner.

        Raises:
            Unusable: it does not say who did it or when.
        """
        who, status = item(told, "account"), item(told, "status")
        kind = word(told, "type")
        if kind in ("mention", "quote"):
            yield from self.post(status)
            return
        if kind not in ("favourite", "reblog", "follow"):  # polls, edits, news of one followed
            return
        actor, at = self._account(who), iso_moment(word(told, "created_at"))
        if actor is None:
            raise Unusable("no_sender", "it does not say who did it")
        yield self._seen(who, actor)
        if kind == "follow":
            yield DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, actor, self._owner)
            return
        if at is None:
            raise Unusable("bad_date", "no readable moment")
        if actor != self._owner and word(status, "uri"):
            yield self._mark(kind, status, actor, at)

    def post(self, status: Item) -> Iterator[Record]:
        """Somebody's post, direct message or boost.

        Raises:
            Unusable: it has no id, author or moment.
        """
        link, at = word(status, "uri"), iso_moment(word(status, "created_at"))
        author = self._account(item(status, "account"))
        if not link:
            raise Unusable("no_id", "the post has no id")
        if author is None:
            raise Unusable("no_sender", "it does not say who wrote it")
        if at is None:
            raise Unusable("bad_date", "no readable moment")
        if author != self._owner:
            yield self._seen(item(status, "account"), author)
        if boosted := item(status, "reblog"):
            whose = self._account(item(boosted, "account"))
            act = post_act(Post(SOURCE, own_id(link), author, at, reposts=whose))
        else:
            act = self._written(status, own_id(link), author, at)
        if act:
            yield act

    def like(self, status: Item) -> Iterator[Record]:
        """A post that the owner likes. When they liked it is not told.

        Raises:
            Unusable: it has no id or author.
        """
        link, author = word(status, "uri"), self._account(item(status, "account"))
        if not link or author is None:
            raise Unusable("no_id", "the post has no id or no author")
        if author == self._owner:
            return
        yield self._seen(item(status, "account"), author)
        at = post_time(link)
        yield Interaction(
            source=SOURCE,
            external_id=own_id(link),
            kind=Kind.REACTION,
            at=at,
            sender=self._owner,
            recipients=(author,),
            precision=Precision.PROXY if at else Precision.UNKNOWN,
            scope="like",
        )

    def follow(self, told: Item, *, by_owner: bool) -> Iterator[Record]:
        """Somebody who follows the owner, or is followed.

        Raises:
            Unusable: it does not say who.
        """
        other = self._account(told)
        if other is None:
            raise Unusable("no_address", "no address of an account")
        if other == self._owner:
            return
        yield self._seen(told, other)
        pair = (self._owner, other) if by_owner else (other, self._owner)
        yield DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, *pair)

    def _written(
        self, status: Item, name: str, author: Account, at: datetime
    ) -> Interaction | None:
        named = tuple(who for one in items(status.get("mentions")) if (who := self._account(one)))
        answered = self._answered(status, author)
        parent = self._parent(status, answered)
        if word(status, "visibility") == "direct":
            return message_act(
                ChatMessage(
                    source=SOURCE,
                    id=name,
                    at=at,
                    sender=author,
                    members=named,
                    answers=answered if answered in named else None,
                    parent=parent,
                )
            )
        quoted = item(status, "quote", "quoted_status", "account")
        return post_act(
            Post(
                source=SOURCE,
                id=name,
                author=author,
                at=at,
                replies_to=answered,
                parent=parent,
                quotes=self._account(quoted) if quoted else None,
                mentions=named,
            )
        )

    def _answered(self, status: Item, author: Account) -> Account | None:
        """Whom a post answers: one of those it names, or its own author."""
        number = word(status, "in_reply_to_account_id")
        if not number:
            return None
        if number == word(item(status, "account"), "id"):
            return author
        named = (one for one in items(status.get("mentions")) if word(one, "id") == number)
        return next((self._account(one) for one in named), None)

    def _parent(self, status: Item, answered: Account | None) -> str:
        """The link of what a post answers, where it is the owner's; else a number is all."""
        number = word(status, "in_reply_to_id")
        if not (number and self._link and answered == self._owner):
            return ""
        return own_id(f"{self._link}/statuses/{number}")

    def _mark(self, kind: str, status: Item, actor: Account, at: datetime) -> Interaction:
        """A like or a boost of the owner's post; a notice tells no id that others would know."""
        return Interaction(
            source=SOURCE,
            external_id=own_id(f"{word(status, 'uri')}/{actor.handle}"),
            kind=Kind.REACTION if kind == "favourite" else Kind.REPOST,
            at=at,
            sender=actor,
            recipients=(self._owner,),
            scope=f"{kind} of mine",
            parent=own_id(word(status, "uri")) if kind == "favourite" else "",
        )

    def _account(self, told: Item) -> Account | None:
        return by_address(word(told, "acct"), self._home)

    def _seen(self, told: Item, account: Account) -> AccountSeen:
        nature = Nature.BOT if told.get("bot") is True else Nature.PERSON
        return AccountSeen(account, tidy(word(told, "display_name", "username")), nature=nature)
