"""The invented network's X archive, laid out as its downloads have been since 2022."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from roc.demo.acts import Channel, Letter, Post
from roc.demo.cast import CAST, ME, OWNER, Person, person
from roc.demo.world import World

_EPOCH_MS = 1_288_834_974_657  # ids of X count milliseconds from here


def files(world: World, last_day: date) -> Mapping[str, str]:
    """The archive's scripts by file name."""
    parts = {
        "account": [_account()],
        "tweets": [{"tweet": _tweet(post)} for post in reversed(world.posts)],
        "direct-messages": _conversations(world.letters),
        "follower": [_other("follower", other) for other in _on_x()],
        "following": [_other("following", other) for other in _on_x()[::2]],
    }
    told = {f"data/{name}.js": _script(_global(name), part) for name, part in parts.items()}
    manifest = _manifest({name: len(part) for name, part in parts.items()}, last_day)
    return {"data/manifest.js": f"window.__THAR_CONFIG = {_json(manifest)}", **told}


def _script(name: str, content: object) -> str:
    return f"window.{name} = {_json(content)}"


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


def _global(name: str) -> str:
    return f"YTD.{name.replace('-', '_')}.part0"


def _on_x() -> list[Person]:
    return [other for other in CAST.values() if other.x_id]


def _manifest(counts: Mapping[str, int], last_day: date) -> dict[str, Any]:
    def camel(name: str) -> str:
        first, *rest = name.split("-")
        return first + "".join(word.title() for word in rest)

    user = {"accountId": OWNER.x_id, "userName": OWNER.handle, "displayName": OWNER.name}
    generated = _iso(datetime.combine(last_day, time(18), UTC))
    return {
        "userInfo": user,
        "archiveInfo": {
            "sizeBytes": "100000",
            "generationDate": generated,
            "isPartialArchive": False,
            "maxPartSizeBytes": "53687091200",
        },
        "dataTypes": {
            camel(name): {
                "files": [
                    {
                        "fileName": f"data/{name}.js",
                        "globalName": _global(name),
                        "count": str(count),
                    }
                ]
            }
            for name, count in counts.items()
        },
    }


def _account() -> dict[str, Any]:
    return {
        "account": {
            "email": OWNER.address,
            "createdVia": "web",
            "username": OWNER.handle,
            "accountId": OWNER.x_id,
            "createdAt": "2011-05-02T09:00:00.000Z",
            "accountDisplayName": OWNER.name,
        }
    }


def _tweet(post: Post) -> dict[str, Any]:
    named = [person(key) for key in post.named]
    text = " ".join(f"@{other.handle}" for other in named) + " well said &amp; well made"
    tweet: dict[str, Any] = {
        "retweeted": False,
        "entities": {
            "hashtags": [],
            "symbols": [],
            "user_mentions": [_mention(other, text) for other in named],
            "urls": [],
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "1",
        "id_str": _snowflake(post.at, named[0]),
        "id": _snowflake(post.at, named[0]),
        "truncated": False,
        "retweet_count": "0",
        "created_at": _prose(post.at),
        "favorited": False,
        "full_text": text if post.answers else f"Reading {text}",
        "lang": "en",
    }
    if post.answers:
        answered = _snowflake(post.at - timedelta(minutes=40), named[0])
        tweet |= {
            "in_reply_to_status_id_str": answered,
            "in_reply_to_status_id": answered,
            "in_reply_to_user_id": named[0].x_id,
            "in_reply_to_user_id_str": named[0].x_id,
            "in_reply_to_screen_name": named[0].handle,
        }
    return tweet


def _mention(other: Person, text: str) -> dict[str, Any]:
    start = text.index(f"@{other.handle}")
    return {
        "name": other.name,
        "screen_name": other.handle,
        "indices": [str(start), str(start + len(other.handle) + 1)],
        "id_str": other.x_id,
        "id": other.x_id,
    }


def _conversations(letters: Iterable[Letter]) -> list[dict[str, Any]]:
    """Direct messages, newest first in each conversation of two."""
    found: dict[str, list[dict[str, Any]]] = {}
    for letter in letters:
        if letter.channel is Channel.X:
            other = next(key for key in (letter.sender, *letter.recipients) if key != ME)
            conversation = f"{OWNER.x_id}-{person(other).x_id}"
            found.setdefault(conversation, []).insert(0, _direct(letter, person(other)))
    return [
        {"dmConversation": {"conversationId": conversation, "messages": messages}}
        for conversation, messages in found.items()
    ]


def _direct(letter: Letter, other: Person) -> dict[str, Any]:
    return {
        "messageCreate": {
            "recipientId": person(letter.recipients[0]).x_id,
            "reactions": [],
            "urls": [],
            "text": "An invented message.",
            "mediaUrls": [],
            "senderId": person(letter.sender).x_id,
            "id": _snowflake(letter.at, other),
            "createdAt": _iso(letter.at),
        }
    }


def _other(role: str, other: Person) -> dict[str, Any]:
    link = f"https://twitter.com/intent/user?user_id={other.x_id}"
    return {role: {"accountId": other.x_id, "userLink": link}}


def _snowflake(at: datetime, other: Person) -> str:
    """An id as X gives them: it tells the moment, and here in its low bits with whom."""
    return str(int(at.timestamp() * 1000 - _EPOCH_MS) << 22 | other.place)


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def _prose(at: datetime) -> str:
    """``Tue Mar 05 14:02:11 +0000 2024``, whatever the machine's language."""
    weekday, month, *_ = at.ctime().split()
    return f"{weekday} {month} {at:%d %H:%M:%S} +0000 {at.year}"
