"""Talks of teams and servers: Slack's export, Discord's own package, and DiscordChatExporter."""

from pathlib import Path

from benchmarks.exports.forms import OWNER, Form, Somebody, moment, put, talks, texts

_EPOCH_MS = 1_420_070_400_000  # Discord counts from 2015
_A_DAY = 85  # messages


def slack(path: Path, count: int) -> None:
    """A workspace's export as of 2026: talks between two, a file for each day."""
    text, users, direct = texts(21, 60), [_slack_user(OWNER)], []
    for other, numbers in talks(count):
        users.append(_slack_user(other))
        members = [_slack_id(OWNER), _slack_id(other)]
        direct.append({"id": f"D{other.number:08d}", "created": 1451606400, "members": members})
        for first in range(numbers.start, numbers.stop, _A_DAY):
            rows = [
                {
                    "client_msg_id": f"{number:032x}",
                    "type": "message",
                    "user": members[number % 2],
                    "text": text(),
                    "ts": f"{int(moment(number).timestamp())}.000100",
                    "team": "T01ATLAS",
                    "blocks": [{"type": "rich_text", "block_id": f"{number:x}", "elements": []}],
                }
                for number in range(first, min(first + _A_DAY, numbers.stop))
            ]
            put(path / f"D{other.number:08d}" / f"{moment(first):%Y-%m-%d}.json", rows)
    put(path / "users.json", users)
    put(path / "dms.json", direct)


def discord(path: Path, count: int) -> None:
    """Discord's own package as of 2026: what the owner wrote, channel by channel."""
    text, index = texts(22, 60), {}
    for other, numbers in talks(count):
        number = str(_snowflake(0) + other.number)
        index[number] = f"Direct Message with {other.handle}"
        rows = [
            {
                "ID": _snowflake(each),
                "Timestamp": f"{moment(each):%Y-%m-%d %H:%M:%S}",
                "Contents": text(),
                "Attachments": "",
            }
            for each in numbers
        ]
        told = {"id": number, "type": "DM", "recipients": [_user(OWNER), _user(other)]}
        put(path / "Messages" / f"c{number}" / "channel.json", told)
        put(path / "Messages" / f"c{number}" / "messages.json", rows)
    put(path / "Messages" / "index.json", index)
    owner = {"id": _user(OWNER), "username": OWNER.handle, "discriminator": 0, "relationships": []}
    put(path / "Account" / "user.json", owner)


def discord_exporter(path: Path, count: int) -> None:
    """DiscordChatExporter's JSON of talks between two, a file for each."""
    text = texts(23, 60)
    for other, numbers in talks(count):
        number = str(_snowflake(0) + other.number)
        rows: list[dict[str, object]] = [
            {
                "id": str(_snowflake(each)),
                "type": "Default",
                "timestamp": moment(each).isoformat(),
                "timestampEdited": None,
                "callEndedTimestamp": None,
                "isPinned": False,
                "content": text(),
                "author": _author(other if each % 2 else OWNER),
                "attachments": [],
                "embeds": [],
                "stickers": [],
                "reactions": [],
                "mentions": [],
                "inlineEmojis": [],
            }
            for each in numbers
        ]
        channel = {"id": number, "type": "DirectTextChat", "name": other.handle, "topic": None}
        put(
            path / f"Direct Messages - {other.handle} [{number}].json",
            {
                "guild": {"id": "0", "name": "Direct Messages", "iconUrl": ""},
                "channel": channel | {"categoryId": None, "category": None},
                "dateRange": {"after": None, "before": None},
                "exportedAt": "2026-02-01T00:00:00+00:00",
                "messages": rows,
                "messageCount": len(rows),
            },
        )


def _slack_id(one: Somebody) -> str:
    return f"U{one.number:08d}"


def _slack_user(one: Somebody) -> dict[str, object]:
    return {
        "id": _slack_id(one),
        "team_id": "T01ATLAS",
        "name": one.handle,
        "deleted": False,
        "profile": {"real_name": one.full_name, "display_name": "", "email": one.address},
        "is_bot": False,
    }


def _snowflake(number: int) -> int:
    """Discord's id of the message with this number: its moment, and some bits."""
    return (int(moment(number).timestamp() * 1000) - _EPOCH_MS) << 22


def _user(one: Somebody) -> str:
    return str(101_000_000_000_000_000 + one.number)


def _author(one: Somebody) -> dict[str, object]:
    return {
        "id": _user(one),
        "name": one.handle,
        "discriminator": "0000",
        "nickname": one.full_name,
        "color": None,
        "isBot": False,
        "roles": [],
        "avatarUrl": f"https://cdn.example.org/avatars/{_user(one)}/0123456789abcdef.png?size=512",
    }


FORMS = {
    "slack": Form("slack", "slack", "messages", slack),
    "discord": Form("discord", "package", "messages", discord),
    "discord-exporter": Form("discord", "exported", "messages", discord_exporter),
}
