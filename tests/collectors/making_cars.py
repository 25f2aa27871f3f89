"""Repositories of Bluesky as CAR files; ``python -m tests.collectors.making_cars`` remakes one."""

import hashlib
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from roc.collectors.bluesky.dag_cbor import Link

SAMPLE = Path(__file__).parent / "bluesky" / "repo.car"

ANA, BEN, CHIDI = (f"did:plc:{name}aaaaaaaaaaaaaaaaaaaa" for name in ("anaa", "bena", "chid"))
DARA = "did:web:dara.example.org"
POST, LIKE, REPOST, FOLLOW, PROFILE = (
    "app.bsky.feed.post",
    "app.bsky.feed.like",
    "app.bsky.feed.repost",
    "app.bsky.graph.follow",
    "app.bsky.actor.profile",
)


def encoded(value: object) -> bytes:
    """A value as DAG-CBOR."""
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return b"\xfb" + struct.pack(">d", value)
        case Link():
            return b"\xd8\x2a" + encoded(b"\0" + value.cid)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(map(encoded, value))
        case dict():
            pairs = sorted(value.items(), key=lambda pair: (len(pair[0]), pair[0]))
            parts = (encoded(key) + encoded(each) for key, each in pairs)
            return _head(5, len(value)) + b"".join(parts)
    raise TypeError(value)


def _head(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    for size, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if count < 1 << 8 * width:
            return bytes([major << 5 | size]) + count.to_bytes(width, "big")
    raise OverflowError(count)


def block(data: bytes) -> tuple[bytes, bytes]:
    """An identifier and the bytes it stands for."""
    return b"\x01\x71\x12\x20" + hashlib.sha256(data).digest(), data


def car(root: bytes, blocks: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A file of blocks that hang on a root."""
    header = encoded({"roots": [Link(root)], "version": 1})
    sections = [header, *(cid + data for cid, data in blocks)]
    return b"".join(_number(len(section)) + section for section in sections)


def _number(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def repository(
    records: Mapping[str, object],
    did: str = ANA,
    more: Sequence[tuple[bytes, bytes]] = (),
) -> bytes:
    """A repository of records by their keys, in a tree of two nodes."""
    named = {key: block(encoded(value)) for key, value in sorted(records.items())}
    half = list(named)[: len(named) // 2]
    left = block(_node({key: named[key] for key in half}, None))
    right = block(_node({key: named[key] for key in named if key not in half}, left[0]))
    commit = {"did": did, "rev": "3kmwnslxshs2l", "sig": b"x", "data": Link(right[0])}
    top = block(encoded({**commit, "prev": None, "version": 3}))
    return car(top[0], [top, *more, *dict.fromkeys(named.values()), right, left])


def _node(records: Mapping[str, tuple[bytes, bytes]], left: bytes | None) -> bytes:
    entries, before = [], ""
    for key, (cid, _) in records.items():
        shared = next(
            (at for at, signs in enumerate(zip(before, key, strict=False)) if signs[0] != signs[1]),
            min(len(before), len(key)),
        )
        rest = key[shared:].encode()
        entries.append({"k": rest, "p": shared, "t": None, "v": Link(cid)})
        before = key
    return encoded({"e": entries, "l": Link(left) if left else None})


def post(at: str = "2024-03-05T14:02:11.123Z", **parts: object) -> dict[str, object]:
    """A post's record."""
    return {"$type": POST, "text": "hello", "langs": ["en"], "createdAt": at, **parts}


def on(collection: str, did: str, key: str, **parts: str) -> dict[str, object]:
    """A like or a repost of somebody's post."""
    subject = {"uri": f"at://{did}/{POST}/{key}", "cid": "bafyrei"}
    return {"$type": collection, "subject": subject, "createdAt": "2024-03-05T20:00:00Z", **parts}


def answering(did: str, key: str) -> dict[str, object]:
    """What a post tells of the one that it answers."""
    parent = {"uri": f"at://{did}/{POST}/{key}", "cid": "bafyrei"}
    return {"root": parent, "parent": parent}


def naming(*dids: str) -> list[object]:
    """What a post tells of those whom it names."""
    return [
        {
            "index": {"byteStart": 0, "byteEnd": 4},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did}],
        }
        for did in dids
    ]


def showing(did: str, collection: str = POST) -> dict[str, object]:
    """What a post tells of another one, or of a feed, that is shown in it."""
    shown = {"uri": f"at://{did}/{collection}/3kmwnslaaaa2l", "cid": "bafyrei"}
    return {"$type": "app.bsky.embed.record", "record": shown}


def sample() -> bytes:
    """The sample: each case once, and two bad blocks."""
    picture = {"$type": "app.bsky.embed.images", "images": []}
    with_picture = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": showing(CHIDI),
        "media": picture,
    }
    records: dict[str, object] = {
        f"{PROFILE}/self": {"$type": PROFILE, "displayName": "Ana López"},
        f"{POST}/3kmwnslaaaa2a": post(),
        f"{POST}/3kmwnslaaaa2b": post(reply=answering(BEN, "3k1"), facets=naming(BEN, DARA)),
        f"{POST}/3kmwnslaaaa2c": post(reply=answering(ANA, "3kmwnslaaaa2a")),
        f"{POST}/3kmwnslaaaa2d": post(embed=showing(CHIDI), facets=naming(DARA)),
        f"{POST}/3kmwnslaaaa2e": post(embed=with_picture),
        f"{POST}/3kmwnslaaaa2f": post(embed=showing(BEN, "app.bsky.feed.generator")),
        f"{POST}/3kmwnslaaaa2g": post(facets=naming(DARA, ANA)),
        f"{POST}/3kmwnslaaaa2h": post("2031-01-01T00:00:00Z", facets=naming(BEN)),
        f"{POST}/3kmwnslaaaa2i": post("2014-01-01T00:00:00+01:00", facets=naming(BEN)),
        f"{POST}/second-one": post("soon", facets=naming(BEN)),
        f"{LIKE}/3kmwnslaaaa2a": on(LIKE, BEN, "3k1"),
        f"{LIKE}/3kmwnslaaaa2b": on(LIKE, ANA, "3kmwnslaaaa2a"),
        f"{REPOST}/3kmwnslaaaa2a": on(REPOST, DARA, "3k2"),
        f"{FOLLOW}/3kmwnslaaaa2a": {
            "$type": FOLLOW,
            "subject": BEN,
            "createdAt": "2023-07-01T23:30:00-02:00",
        },
        f"{FOLLOW}/3kmwnslaaaa2b": {"$type": FOLLOW, "subject": CHIDI, "createdAt": "once"},
        "app.bsky.graph.block/3kmwnslaaaa2a": {"$type": "app.bsky.graph.block", "subject": DARA},
    }
    bad = block(encoded(post(facets=naming(CHIDI))))
    broken = (bad[0], encoded(post(facets=naming(DARA))))
    return repository(records, more=[broken])


if __name__ == "__main__":
    SAMPLE.write_bytes(sample())
