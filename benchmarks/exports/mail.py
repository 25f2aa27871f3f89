"""Mail: an mbox as Gmail's Takeout writes it."""

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.exports.forms import OWNER, WORDS, Form, Somebody, filler, moment, somebody


def mbox(path: Path, count: int) -> None:
    """Messages of 7 kB: 2 kB of headers, relays' and signatures' among them, and a body of 5 kB."""
    with path.open("wb") as file:
        for message in _messages(count):
            file.write(message)


def _messages(count: int) -> Iterator[bytes]:
    dice = random.Random(7)
    bodies = [_body(dice) for _ in range(50)]
    for number in range(count):
        mine = dice.random() < 0.4
        other = somebody(dice)
        sender, to = (OWNER, other) if mine else (other, OWNER)
        more = [somebody(dice) for _ in range(dice.choice((0, 0, 0, 0, 0, 0, 1, 1, 3, 8)))]
        head = _letterhead(number, sender, to, more, answers=dice.random() < 0.5)
        yield (head + dice.choice(bodies)).encode()


def _letterhead(
    number: int, sender: Somebody, to: Somebody, copied: list[Somebody], *, answers: bool
) -> str:
    at = f"{moment(number):%a, %d %b %Y %H:%M:%S} +0000"
    signature = "\n        ".join(f"{number * 7919 + line:064x}" for line in range(6))
    lines = [
        f"From {number}@xxx {moment(number):%a %b %d %H:%M:%S +0000 %Y}",
        f"X-GM-THRID: {number // 3}",
        "X-Gmail-Labels: " + ("Sent" if sender is OWNER else "Inbox,Important"),
        f"Delivered-To: {to.address}",
        f"Received: by relay.example.org with SMTP id a{number:x};\n        {at}",
        f"X-Received: by relay.example.org with SMTP id b{number:x};\n        {at}",
        f"ARC-Seal: i=1; a=rsa-sha256; t={number}; cv=none; d=example.org;\n        b={signature}",
        f"Return-Path: <{sender.address}>",
        f"Received: from mail.example.org (mail.example.org [192.0.2.7])\n"
        f"        by relay.example.org with ESMTPS id c{number:x}\n"
        f"        for <{to.address}>\n        (version=TLS1_3 bits=256/256);\n        {at}",
        "Received-SPF: pass (relay.example.org: domain designates 192.0.2.7 as permitted)",
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org;\n"
        f"        h=to:subject:message-id:date:from; bh={number:044x};\n        b={signature}",
        "MIME-Version: 1.0",
        *((f"References: <{number - 2}@x.example>\n <{number - 1}@x.example>",) * answers),
        *((f"In-Reply-To: <{number - 1}@x.example>",) * answers),
        f"From: {sender.name} <{sender.address}>",
        f"Date: {at}",
        f"Message-ID: <{number}@x.example>",
        f"Subject: {'Re: ' * answers}{WORDS[number % 12]} {WORDS[number // 12 % 12]}",
        f'To: "{to.name}" <{to.address}>',
        *([_addressed("Cc", copied)] if copied else []),
        'Content-Type: multipart/alternative; boundary="0000000000001"',
    ]
    return "\n".join(lines) + "\n\n"


def _addressed(header: str, people: list[Somebody]) -> str:
    return f"{header}: " + ",\n        ".join(f"{one.name} <{one.address}>" for one in people)


def _body(dice: random.Random) -> str:
    lines = [filler(dice, 70) for _ in range(60 + dice.randrange(10))]
    lines[10] = lines[30] = ""
    return "\n".join(lines) + "\n\n"


FORMS = {"mbox": Form("email", "mail.mbox", "messages", mbox)}
