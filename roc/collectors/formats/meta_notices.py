"""What Facebook and Instagram themselves write into chats, beside what people write.

A notice looks like a message of whoever did something. It is known by its words, in English.
"""

import re

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.meta_text import repaired

_LONGEST = 400  # signs

_ALONE = re.compile(
    r"(?:you are|you're) now connected on messenger\.?"
    r"|vous êtes maintenant connecté(?:e|s|es)? sur messenger\.?"
    r"|you can now (?:message and )?call each other and see info(?:rmation)? (?:such as|like)"
    r" active status and when you've read messages\.?"
    r"|say hi to your new (?:facebook friend|connection)\b.{0,200}"
    r"|reacted .{1,60} to your message|liked a message",
    re.I,
)
_NICKNAME = r"(?:the nickname for .{1,150}|(?:your|his own|her own|their own|your own) nickname)"
_DOINGS = re.compile(
    rf"set {_NICKNAME} to .{{1,150}}|cleared {_NICKNAME}\.?"
    r"|changed the (?:chat )?theme(?: to .{1,150})?\.?|changed the chat colou?rs?\.?"
    r"|(?:set|changed) the (?:chat )?(?:emoji|quick reaction) to .{1,50}"
    r"|removed the (?:chat )?emoji\.?"
    r"|(?:named the group|changed the group name to) .{1,300}|removed the group name\.?"
    r"|(?:changed|removed) the group photo\.?|created (?:the|this) group\.?"
    r"|(?:added|removed) .{1,300} (?:to|from) the group\.?|(?:left|joined) the group\.?"
    r"|(?:un)?pinned a message\.?|unsent a message\.?"
)


def is_notice(told: str, sender: str) -> bool:
    """Whether the text of a message is a notice of the service's own.

    Args:
        told: the text, as the export writes it.
        sender: the name of whose message it is; most notices begin with it, or with ``You``.

    Example:
        >>> is_notice("Ana changed the theme to Love.", "Ana López")
        True
        >>> is_notice("We named the group Chess.", "Ana López")
        False
    """
    if len(told) > _LONGEST:
        return False
    text = tidy(repaired(told))
    if _ALONE.fullmatch(text):
        return True
    for who in ("You", sender, sender.partition(" ")[0]):
        if who and text.startswith(f"{who} ") and _DOINGS.fullmatch(text, len(who) + 1):
            return True
    return False
