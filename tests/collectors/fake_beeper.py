"""Beeper Desktop's API as far as roc reads it, on this machine, shaped as its SDK 6.0 has it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from tests.collectors.loopback import Answer, Asked, Loopback

TOKEN = "beeper-token-of-ana-that-nobody-may-see"
ANA, BEN, CHIDI = "@whatsapp_1:local", "@whatsapp_2:local", "@signal_3:local"
OWN = {"whatsapp": ANA, "signal": "@signal_1:local"}
_BEGAN = datetime(2026, 3, 5, 8, tzinfo=UTC)


def moment(minute: int) -> str:
    """A moment so many minutes after eight on the fifth of March 2026."""
    return (_BEGAN + timedelta(minutes=minute)).isoformat().replace("+00:00", ".000Z")


def person(name: str, full_name: str, **more: object) -> dict[str, Any]:
    """A participant."""
    return {"id": name, "fullName": full_name, "isSelf": name in OWN.values(), **more}


def message(
    chat: str, minute: int, sender: str, *, marks: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """A message, with those who put a mark on it."""
    return {
        "id": f"{chat}-{minute}",
        "accountID": chat.partition("!")[0],
        "chatID": chat,
        "senderID": sender,
        "senderName": "Somebody",
        "sortKey": str(minute),
        "timestamp": moment(minute),
        "isSender": sender in OWN.values(),
        "type": "TEXT",
        "text": "a word that nobody may keep",
        "reactions": [{"id": who, "participantID": who, "reactionKey": "👍"} for who in marks],
        **more,
    }


class FakeBeeper(Loopback):
    """Serves accounts, chats and messages as they are at the moment, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[str, list[dict[str, Any]]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.page = 20

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"code": "unauthorized"})
        if asked.path == "/v1/accounts":
            return Answer(body=[_account(network, own) for network, own in OWN.items()])
        if asked.path == "/v1/chats":
            chats = sorted(self.people, key=self._activity, reverse=True)
            return self._paged(asked, [self._chat(chat) for chat in chats])
        chat = unquote(asked.path.removeprefix("/v1/chats/").removesuffix("/messages"))
        if chat not in self.people:
            return Answer(404, {"code": "not_found"})
        listed = sorted(self.messages[chat], key=lambda each: int(each["sortKey"]), reverse=True)
        return self._paged(asked, listed)

    def _activity(self, chat: str) -> str:
        return max((each["timestamp"] for each in self.messages[chat]), default="")

    def _chat(self, chat: str) -> dict[str, Any]:
        people = self.people[chat]
        return {
            "id": chat,
            "accountID": chat.partition("!")[0],
            "network": "A network",
            "title": "A title that nobody may keep",
            "type": "single" if len(people) == 2 else "group",
            "unreadCount": 0,
            "lastActivity": self._activity(chat),
            "participants": {"hasMore": False, "total": len(people), "items": people},
        }

    def _paged(self, asked: Asked, listed: list[dict[str, Any]]) -> Answer:
        begin = 0
        if "cursor" in asked.query:
            assert asked.query["direction"] == "before"
            names = [each["id"] for each in listed]
            if asked.query["cursor"] not in names:
                return Answer(400, {"code": "bad_cursor"})
            begin = names.index(asked.query["cursor"]) + 1
        size = int(asked.query.get("limit", self.page))
        there = listed[begin : begin + size]
        return Answer(
            body={
                "items": there,
                "hasMore": begin + size < len(listed),
                "oldestCursor": there[-1]["id"] if there else None,
                "newestCursor": there[0]["id"] if there else None,
            }
        )


def _account(network: str, own: str) -> dict[str, Any]:
    return {
        "accountID": network,
        "bridge": {"id": network, "type": network, "provider": "local"},
        "status": "connected",
        "user": person(own, "Ana López", phoneNumber="+491700000001"),
    }
