"""What people publish: posts, answers and comments of X, Mastodon, Bluesky and Google+."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.exports.forms import (
    OWNER,
    Form,
    Somebody,
    moment,
    put,
    somebody,
    talks,
    texts,
)
from roc.collectors.bluesky.dag_cbor import Link
from tests.collectors.making_cars import POST, answering, block, car, encoded, post

_HOME = "https://social.example.org"
_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
_GOOGLE = "https://plus.google.com"
_COMMENTS = 10
_IN_A_NODE = 60


def x_posts(path: Path, count: int) -> None:
    """X's archive as of 2024: posts, each an answer to somebody."""
    dice, text = random.Random(41), texts(41, 120)
    _x_account(path)
    with (path / "data" / "tweets.js").open("w", encoding="utf-8") as file:
        file.write("window.YTD.tweets.part0 = [")
        for number in range(count):
            file.write(",\n" * bool(number))
            tweet = _tweet(number, somebody(dice), text())
            file.write(json.dumps({"tweet": tweet}, indent=2))
        file.write("]\n")


def x_messages(path: Path, count: int) -> None:
    """X's direct messages as of 2024."""
    text = texts(42, 60)
    _x_account(path)
    with (path / "data" / "direct-messages.js").open("w", encoding="utf-8") as file:
        file.write("window.YTD.direct_messages.part0 = [")
        for chat, (other, numbers) in enumerate(talks(count)):
            both = (str(1000), str(1000 + other.number))
            rows = [
                {
                    "messageCreate": {
                        "recipientId": both[(number + 1) % 2],
                        "reactions": [],
                        "urls": [],
                        "text": text(),
                        "mediaUrls": [],
                        "senderId": both[number % 2],
                        "id": str(1_700_000_000_000_000_000 + number),
                        "createdAt": f"{moment(number):%Y-%m-%dT%H:%M:%S}.000Z",
                    }
                }
                for number in reversed(numbers)
            ]
            told = {"conversationId": "-".join(both), "messages": rows}
            file.write(",\n" * bool(chat) + json.dumps({"dmConversation": told}, indent=2))
        file.write("]\n")


def mastodon(path: Path, count: int) -> None:
    """Mastodon's archive as of 2025: an outbox of answers."""
    dice, text = random.Random(43), texts(43, 200)
    me = f"{_HOME}/users/{OWNER.handle}"
    context = {"@context": ["https://www.w3.org/ns/activitystreams", {}]}
    told = {"id": me, "type": "Person", "preferredUsername": OWNER.handle, "outbox": "outbox.json"}
    put(path / "actor.json", context | told)
    with (path / "outbox.json").open("w", encoding="utf-8") as file:
        head = {"id": "outbox.json", "type": "OrderedCollection", "totalItems": count}
        file.write(json.dumps(context | head)[:-1] + ',"orderedItems":[')
        for number in range(count):
            file.write("," * bool(number))
            json.dump(_activity(me, number, somebody(dice), text()), file)
        file.write("]}")


def bluesky(path: Path, count: int) -> None:
    """A repository of Bluesky: answers, below a tree of nodes of sixty records each."""
    dice, text, me = random.Random(44), texts(44, 120), _did(OWNER)
    records = {}
    for number in range(count):
        at = f"{moment(number):%Y-%m-%dT%H:%M:%S}.000Z"
        told = post(at, text=text(), reply=answering(_did(somebody(dice)), f"{number:013d}"))
        records[f"{POST}/{number:013d}"] = block(encoded(told))
    nodes = list(_nodes({key: each[0] for key, each in records.items()}))
    commit = {"did": me, "rev": "3kmwnslxshs2l", "sig": b"x", "data": Link(nodes[-1][0])}
    top = block(encoded({**commit, "prev": None, "version": 3}))
    path.write_bytes(car(top[0], [top, *records.values(), *nodes]))


def google_plus(path: Path, count: int) -> None:
    """Google+'s stream as of 2019: posts of the owner with ten comments each, a file a post."""
    dice, text = random.Random(45), texts(45, 120)
    for first in range(0, count, _COMMENTS):
        comments = [
            {
                "creationTime": f"{moment(number):%Y-%m-%d %H:%M:%S}+0000",
                "author": _google_author(somebody(dice)),
                "content": text(),
                "resourceName": f"users/1/posts/z{first}/comments/z{number}",
            }
            for number in range(first, min(first + _COMMENTS, count))
        ]
        told = {
            "url": f"{_GOOGLE}/{_google(OWNER)}/posts/Z{first}",
            "creationTime": f"{moment(first):%Y-%m-%d %H:%M:%S}+0000",
            "author": _google_author(OWNER),
            "content": text(),
            "comments": comments,
            "resourceName": f"users/{_google(OWNER)}/posts/z{first}",
            "postAcl": {"visibleToStandardAcl": {"circles": [{"type": "CIRCLE_TYPE_PUBLIC"}]}},
        }
        put(path / "Google+ Stream" / "Posts" / f"{moment(first):%Y%m%d} - {first}.json", told)


def _x_account(path: Path) -> None:
    (path / "data").mkdir(parents=True)
    told = [{"account": {"username": OWNER.handle, "accountId": "1000"}}]
    where = path / "data" / "account.js"
    where.write_text(f"window.YTD.account.part0 = {json.dumps(told)}\n", encoding="utf-8")


def _tweet(number: int, other: Somebody, text: str) -> dict[str, object]:
    own, answered = (str(1_700_000_000_000_000_000 + each) for each in (number, 10**9 + number))
    named = {"name": other.full_name, "screen_name": other.handle, "indices": ["0", "5"]}
    ids = {"id_str": str(1000 + other.number), "id": str(1000 + other.number)}
    return {
        "edit_info": {"initial": {"editTweetIds": [own], "isEditEligible": True}},
        "retweeted": False,
        "source": '<a href="https://example.org" rel="nofollow">Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [named | ids], "urls": []},
        "display_text_range": ["0", "120"],
        "favorite_count": "2",
        "in_reply_to_status_id_str": answered,
        "id_str": own,
        "in_reply_to_user_id": ids["id"],
        "truncated": False,
        "retweet_count": "0",
        "id": own,
        "in_reply_to_status_id": answered,
        "created_at": f"{moment(number):%a %b %d %H:%M:%S +0000 %Y}",
        "favorited": False,
        "full_text": f"@{other.handle} {text}",
        "lang": "en",
        "in_reply_to_screen_name": other.handle,
        "in_reply_to_user_id_str": ids["id"],
    }


def _activity(me: str, number: int, other: Somebody, text: str) -> dict[str, object]:
    them = f"https://other.example.org/users/{other.handle}"
    at, link = f"{moment(number):%Y-%m-%dT%H:%M:%SZ}", f"{me}/statuses/{number}"
    sent = {"published": at, "to": [_PUBLIC], "cc": [f"{me}/followers", them]}
    named = {"type": "Mention", "href": them, "name": f"@{other.handle}@other.example.org"}
    note = {
        "id": link,
        "type": "Note",
        "summary": None,
        "inReplyTo": f"{them}/statuses/{number}",
        "url": link.replace("/users/", "/@"),
        "attributedTo": me,
        "sensitive": False,
        "content": f"<p>{text}</p>",
        "contentMap": {"en": f"<p>{text}</p>"},
        "attachment": [],
        "tag": [named],
        "replies": {"id": f"{link}/replies", "type": "Collection"},
    }
    return {"id": f"{link}/activity", "type": "Create", "actor": me, **sent, "object": note | sent}


def _did(one: Somebody) -> str:
    return f"did:plc:{one.number:024d}"


def _nodes(cids: dict[str, bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Nodes with the keys of records, each told by how it differs from the one before."""
    keys = list(cids)
    left = None
    for first in range(0, len(keys), _IN_A_NODE):
        entries, before = [], ""
        for key in keys[first : first + _IN_A_NODE]:
            shared = next((at for at, sign in enumerate(before) if sign != key[at]), 0)
            entry = {"k": key[shared:].encode(), "p": shared, "t": None, "v": Link(cids[key])}
            entries.append(entry)
            before = key
        node = block(encoded({"e": entries, "l": left}))
        left = Link(node[0])
        yield node


def _google(one: Somebody) -> str:
    return f"1{one.number:020d}"


def _google_author(one: Somebody) -> dict[str, str]:
    return {
        "displayName": one.full_name,
        "profilePageUrl": f"{_GOOGLE}/{_google(one)}",
        "avatarImageUrl": "https://pictures.example.org/photo.jpg",
        "resourceName": f"users/{_google(one)}",
    }


FORMS = {
    "x": Form("x", "archive", "posts", x_posts),
    "x-messages": Form("x", "archive", "messages", x_messages),
    "mastodon": Form("mastodon", "archive", "posts", mastodon),
    "bluesky": Form("bluesky", "repo.car", "posts", bluesky),
    "google-plus": Form("google_plus", "takeout", "comments", google_plus),
}
