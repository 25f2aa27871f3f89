"""What X's answers say, item by item, in the neutral words of ``acts``.

Everything is checked as it is taken out: an item that is not what it should be is a problem with
its place. X leaves out without a word what it does not know under the asked-for name, and bills it
all the same; a page without anything usable therefore ends the reading.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from roc.collectors.formats.echoes import Echoes
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import iso_moment
from roc.collectors.x.acts import (
    SOURCE,
    DirectMessage,
    Post,
    Someone,
    like_records,
    message_records,
    post_records,
    repost_records,
    someone_seen,
)
from roc.collectors.x.follows import Listed
from roc.collectors.x.posts import linked_author, reposted_author
from roc.collectors.x.walk import Page, Step
from roc.errors import CollectError
from roc.graph.records import DeclaredKind, DeclaredTie, Problem, Record

_NUMBER = re.compile("[0-9]{1,19}", re.ASCII)
_NOT_GIVEN = frozenset({"no_id", "bad_date", "no_author"})
_LEFT_OUT = re.compile(r"/problems/([a-z-]{1,40})$")


class Answers:
    """Reads the pages of one stream, counting them for the places of problems.

    Args:
        stream: its name.
        owner: whose token it is.
    """

    def __init__(self, stream: str, owner: Someone) -> None:
        self._stream = stream
        self._owner = owner
        self._pages = 0
        self._present: dict[str, dict[str, None]] = {}

    def page(self, answer: Item) -> Page:
        """A page of posts or direct messages.

        Raises:
            CollectError: nothing on it can be used.
        """
        items = list(self._items(answer))
        for _, _, told in items if self._stream == "dms" else ():
            self._meet(told)
        steps = [
            Step(number, tuple(self._records(where, number, told))) for where, number, told in items
        ]
        _stop_if_useless([record for step in steps for record in step.records])
        return Page(tuple(steps), _next_token(answer), tuple(self._left_out(answer)))

    def echoes(self, answer: Item, post: str) -> Echoes:
        """A page of what came back to a post of the owner's.

        Raises:
            CollectError: nothing on it can be used.
        """
        records: list[Record] = []
        for where, number, told in self._items(answer):
            if self._stream == "quotes":
                records += self._records(where, number, told)
            else:
                records += self._echo(told, post) if number else [_no_number(where)]
        _stop_if_useless(records)
        return Echoes([*records, *self._left_out(answer)], _next_token(answer))

    def listed(self, answer: Item) -> Listed:
        """A page of people who follow or are followed, or of posts that the owner likes.

        Raises:
            CollectError: nothing on it can be used.
        """
        records: list[Record] = []
        people: list[str] = []
        for where, number, told in self._items(answer):
            records += self._listed(told) if number else [_no_number(where)]
            people += [str(number)] if number else []
        _stop_if_useless(records)
        return Listed(tuple(people), _next_token(answer), (*records, *self._left_out(answer)))

    def _items(self, answer: Item) -> Iterator[tuple[str, int, Item]]:
        """Each item with its place and its number, which is 0 where it has none."""
        self._pages += 1
        data = answer.get("data")
        for place, told in enumerate(data if isinstance(data, list) else (), 1):
            number = word(item(told), "id")
            where = f"{self._stream}, page {self._pages}, item {place}"
            yield where, int(number) if _NUMBER.fullmatch(number) else 0, item(told)

    def _records(self, where: str, number: int, told: Item) -> list[Record]:
        at = iso_moment(word(told, "created_at"))
        author = Someone(word(told, "sender_id" if self._stream == "dms" else "author_id"))
        if not number:
            return [_no_number(where)]
        if at is None:
            return [Problem(where, "bad_date", "no readable moment")]
        if author.account is None:
            return [Problem(where, "no_author", "not told who wrote it")]
        author = self._owner if author.id == self._owner.id else author
        if self._stream == "dms":
            return self._message(where, told, number, at.astimezone(UTC), author)
        post = _post(told, number, at.astimezone(UTC), author)
        if self._stream == "quotes":  # that is what was asked for, whatever its links say
            post = replace(post, quotes=self._owner)
        passed_on = _referenced(told, "retweeted")
        if self._stream == "mentions" and passed_on and self._is_owner(post.reposts):
            # As the stream of reposts tells it, which knows neither its number nor its moment.
            return list(repost_records(author, passed_on, self._owner, post.at))
        return list(post_records(post))

    def _is_owner(self, who: Someone | None) -> bool:
        return who is not None and who.account in (self._owner.account, self._owner.handle_account)

    def _meet(self, told: Item) -> None:
        """Who is in a conversation: a pair is in its name; of a group X tells only who wrote."""
        conversation = word(told, "dm_conversation_id")
        pair = conversation.split("-")
        known = pair if len(pair) == 2 else words(told.get("participant_ids"))
        present = self._present.setdefault(conversation, {self._owner.id: None})
        present.update(dict.fromkeys([*known, word(told, "sender_id")]))

    def _message(
        self, where: str, told: Item, number: int, at: datetime, sender: Someone
    ) -> list[Record]:
        conversation = word(told, "dm_conversation_id")
        others = tuple(map(Someone, self._present[conversation]))
        text = word(told, "text")
        message = DirectMessage(str(number), conversation, at, sender, others, text)
        found = list(message_records(message))
        if found or "-" in conversation:
            return found
        return [Problem(where, "no_recipient", "X does not tell who else is in the group")]

    def _echo(self, told: Item, post: str) -> Iterator[Record]:
        person = Someone(word(told, "id"), word(told, "username"))
        records = repost_records if self._stream == "reposts" else like_records
        return records(person, post, self._owner)

    def _listed(self, told: Item) -> Iterator[Record]:
        if self._stream == "likes":
            return like_records(self._owner, word(told, "id"), Someone(word(told, "author_id")))
        return self._follow(told)

    def _follow(self, told: Item) -> Iterator[Record]:
        person = Someone(word(told, "id"), word(told, "username"))
        seen, owner, other = someone_seen(person), self._owner.account, person.account
        if seen and owner and other:
            yield seen
            pair = (other, owner) if self._stream == "followers" else (owner, other)
            yield DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, *pair)

    def _left_out(self, answer: Item) -> Iterator[Problem]:
        """What X says it left out; its own words name people and are not passed on."""
        errors = answer.get("errors")
        for error in errors if isinstance(errors, list) else ():
            found = _LEFT_OUT.search(word(item(error), "type"))
            detail = f"X left something out ({found[1] if found else 'no reason told'})"
            yield Problem(f"{self._stream}, page {self._pages}", "left_out", detail)


def _post(told: Item, number: int, at: datetime, author: Someone) -> Post:
    """A post as the archive would tell it, so that both make the same act.

    The API knows of each post that is passed on or quoted which one it is, but its author only for
    the price of another read. So the author is found as in the archive: in ``RT @handle:`` and in
    the last link to a post.
    """
    entities = item(told, "entities")
    named = items(entities.get("mentions"))
    mentions = tuple(Someone(word(who, "id"), word(who, "username")) for who in named)
    links = items(entities.get("urls"))
    linked = [who for link in links if (who := linked_author(word(link, "expanded_url")))]
    replies_to = Someone(word(told, "in_reply_to_user_id"))
    return Post(
        id=str(number),
        author=author,
        at=at,
        replies_to=replies_to if replies_to.account else None,
        parent=_referenced(told, "replied_to"),
        reposts=reposted_author(word(told, "text"), mentions),
        quotes=linked[-1] if linked else None,
        mentions=mentions,
    )


def _referenced(told: Item, how: str) -> str:
    """The number of the post that one answers or passes on; empty where it does neither."""
    # X's older wording and its newer one
    references = [*items(told.get("referenced_tweets")), *items(told.get("referenced_posts"))]
    return next((word(post, "id") for post in references if word(post, "type") == how), "")


def _stop_if_useless(records: list[Record]) -> None:
    if records and all(isinstance(it, Problem) and it.code in _NOT_GIVEN for it in records):
        raise CollectError(
            "X answers without what it was asked for, and bills it.",
            hint="reading was stopped to save money: look for a newer roc, or report it.",
        )


def _next_token(answer: Item) -> str:
    return word(item(answer, "meta"), "next_token")


def _no_number(where: str) -> Problem:
    return Problem(where, "no_id", "it has no number")
