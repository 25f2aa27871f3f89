"""Chats as apps for two and for small groups export them: between the owner and one other."""

import json
import random
from pathlib import Path

from benchmarks.exports.forms import OWNER, Form, Somebody, moment, put, talks, texts

_LATE_IN_A_MONTH = 1000


def whatsapp(path: Path, count: int) -> None:
    """One chat of an Android telephone; one message in twenty goes on in a second line."""
    dice, text, other = random.Random(11), texts(11, 60), Somebody(1)
    path.mkdir()
    with (path / f"WhatsApp Chat with {other.name}.txt").open("w", encoding="utf-8") as file:
        for number in range(count):
            more = f"\n{text()}" if dice.randrange(20) == 0 else ""
            who = dice.choice((OWNER, other)).name
            at = moment(number + _LATE_IN_A_MONTH)  # else nothing would tell day from month
            file.write(f"{at:%d/%m/%Y, %H:%M} - {who}: {text()}{more}\n")


def telegram(path: Path, count: int) -> None:
    """An account's result.json as of 2025, with chats of a thousand messages, streamed."""
    text = texts(12, 60)
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n "about": "Here is the data you requested.",\n "personal_information": ')
        json.dump({"user_id": 1000, "first_name": OWNER.name, "last_name": ""}, file)
        file.write(',\n "chats": {\n  "about": "",\n  "list": [')
        for chat, (other, numbers) in enumerate(talks(count)):
            told = {"name": other.full_name, "type": "personal_chat", "id": 1000 + other.number}
            start = json.dumps(told, indent=1)[:-2]
            file.write("," * bool(chat) + "\n" + start + ',\n "messages": [\n')
            rows = (_telegram_message(number, other, text()) for number in numbers)
            file.write(",\n".join(json.dumps(row, indent=1) for row in rows))
            file.write("\n ]\n}")
        file.write("\n  ]\n }\n}\n")


def signal(path: Path, count: int) -> None:
    """The folders of signal-export as of 2026: an object on each line of data.json."""
    text = texts(13, 60)
    for other, numbers in talks(count):
        folder = path / other.full_name.replace(" ", "")
        folder.mkdir(parents=True)
        with (folder / "data.json").open("w", encoding="utf-8") as file:
            for number in numbers:
                row: dict[str, object] = {
                    "date": f"{moment(number):%Y-%m-%dT%H:%M:%S}",
                    "sender": other.full_name if number % 2 else "Me",
                    "body": text(),
                    "quote": "",
                    "sticker": None,
                    "reactions": [],
                    "attachments": [],
                    "deleted": False,
                    "call": False,
                    "missed": False,
                }
                file.write(json.dumps(row) + "\n")


def google_chat(path: Path, count: int) -> None:
    """Takeout's folder of Google Chat as of 2025."""
    text, root = texts(14, 60), path / "Google Chat"
    me = {"name": OWNER.name, "email": OWNER.address, "user_type": "Human"}
    memberships = []
    for other, numbers in talks(count):
        you = {"name": other.full_name, "email": other.address, "user_type": "Human"}
        folder, key = root / "Groups" / f"DM k{other.number}", f"k{other.number}"
        memberships.append({"group_id": f"DM {key}", "membership_state": "MEMBER_JOINED"})
        rows = [
            {
                "creator": you if number % 2 else me,
                "created_date": f"{moment(number):%A, %B %d, %Y at %I:%M:%S %p} UTC",
                "text": text(),
                "topic_id": f"t{number}",
                "message_id": f"{key}/t{number}/t{number}",
            }
            for number in numbers
        ]
        put(folder / "group_info.json", {"members": [me, you]})
        put(folder / "messages.json", {"messages": rows})
    put(
        root / "Users" / "User 100000000000000000000" / "user_info.json",
        {"user": me, "membership_info": memberships},
    )


def hangouts(path: Path, count: int) -> None:
    """Takeout's Hangouts.json as of 2020."""
    text = texts(15, 60)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"conversations": [')
        for chat, (other, numbers) in enumerate(talks(count)):
            called = {"id": f"Ugx{other.number}"}
            events = [
                {
                    "conversation_id": called,
                    "sender_id": _gaia(other if number % 2 else OWNER),
                    "timestamp": str(int(moment(number).timestamp()) * 10**6),
                    "self_event_state": {"user_id": _gaia(OWNER), "notification_level": "RING"},
                    "chat_message": {
                        "message_content": {"segment": [{"type": "TEXT", "text": text()}]}
                    },
                    "event_id": f"7-H0Z7-{number}",
                    "advances_sort_timestamp": True,
                    "event_otr": "ON_THE_RECORD",
                    "event_type": "REGULAR_CHAT_MESSAGE",
                }
                for number in numbers
            ]
            told = {"conversation_id": called, "conversation": _conversation(called, other)}
            file.write(",\n" * bool(chat))
            json.dump({"conversation": told, "events": events}, file)
        file.write("]}")


def _telegram_message(number: int, other: Somebody, text: str) -> dict[str, object]:
    sender = other if number % 2 else OWNER
    return {
        "id": number + 1,
        "type": "message",
        "date": f"{moment(number):%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(moment(number).timestamp())),
        "from": sender.full_name,
        "from_id": f"user{1000 + sender.number}",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
    }


def _gaia(one: Somebody) -> dict[str, str]:
    number = f"1{one.number:020d}"
    return {"gaia_id": number, "chat_id": number}


def _conversation(called: object, other: Somebody) -> dict[str, object]:
    both = (OWNER, other)
    return {
        "id": called,
        "type": "STICKY_ONE_TO_ONE",
        "self_conversation_state": {"self_read_state": {"participant_id": _gaia(OWNER)}},
        "current_participant": [_gaia(one) for one in both],
        "participant_data": [
            {"id": _gaia(one), "fallback_name": one.full_name, "participant_type": "GAIA"}
            for one in both
        ],
    }


FORMS = {
    "whatsapp": Form("whatsapp", "whatsapp", "messages", whatsapp),
    "telegram": Form("telegram", "result.json", "messages", telegram),
    "signal": Form("signal", "signal", "messages", signal),
    "google-chat": Form("google_chat", "takeout", "messages", google_chat),
    "hangouts": Form("hangouts", "Hangouts.json", "messages", hangouts),
}
