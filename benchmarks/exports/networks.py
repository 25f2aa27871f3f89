"""Meta's two networks: messages of Facebook and of Instagram, as JSON."""

from pathlib import Path

from benchmarks.exports.forms import OWNER, Form, moment, put, talks, texts


def facebook(path: Path, count: int) -> None:
    """Facebook's export as of 2025: chats of a thousand messages, newest first."""
    _chats(path / "your_facebook_activity" / "messages" / "inbox", count, 31)
    profile = {"name": {"full_name": OWNER.name}, "emails": {"emails": [OWNER.address]}}
    where = path / "personal_information" / "profile_information" / "profile_information.json"
    put(where, {"profile_v2": profile})


def facebook_reactions(path: Path, count: int) -> None:
    """Facebook's reactions as of 2023, whose titles tell whose post it was."""
    text = texts(32, 20)
    rows = [
        {
            "timestamp": int(moment(number).timestamp()),
            "data": [{"reaction": {"reaction": "LIKE", "actor": OWNER.name}}],
            "title": f"{OWNER.name} likes {text().title()} Olson's photo.",
        }
        for number in range(count)
    ]
    folder = path / "your_activity_across_facebook" / "comments_and_reactions"
    put(folder / "likes_and_reactions_1.json", rows)
    where = path / "profile_information" / "profile_information.json"
    put(where, {"profile_v2": {"name": {"full_name": OWNER.name}}})


def instagram(path: Path, count: int) -> None:
    """Instagram's export as of 2025."""
    _chats(path / "your_instagram_activity" / "messages" / "inbox", count, 33)
    told = {"Username": {"value": OWNER.handle}, "Name": {"value": OWNER.name}}
    where = path / "personal_information" / "personal_information" / "personal_information.json"
    put(where, {"profile_user": [{"title": "User", "string_map_data": told}]})


def _chats(folder: Path, count: int, seed: int) -> None:
    text = texts(seed, 60)
    for other, numbers in talks(count):
        key = f"{other.handle}_{10**15 + other.number}"
        rows = [
            {
                "sender_name": other.full_name if number % 2 else OWNER.name,
                "timestamp_ms": int(moment(number).timestamp()) * 1000,
                "content": text(),
                "is_geoblocked_for_viewer": False,
                "is_unsent_image_by_messenger_kid_parent": False,
            }
            for number in reversed(numbers)
        ]
        told = {
            "participants": [{"name": other.full_name}, {"name": OWNER.name}],
            "messages": rows,
            "title": other.full_name,
            "is_still_participant": True,
            "thread_path": f"inbox/{key}",
            "magic_words": [],
        }
        put(folder / key / "message_1.json", told)


FORMS = {
    "facebook": Form("facebook", "facebook", "messages", facebook),
    "facebook-reactions": Form("facebook", "facebook", "reactions", facebook_reactions),
    "instagram": Form("instagram", "instagram", "messages", instagram),
}
