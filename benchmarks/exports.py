"""Invented exports of any size, one writer per format, for measuring how fast they are read.

A writer takes a path and a count of rows and is added to ``WRITERS``; nothing else is to be done.
People are invented, texts are filler, and the same count gives the same bytes every time.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FIRST = datetime(2016, 1, 4, 8, 0, tzinfo=UTC)
_BETWEEN = timedelta(minutes=17)
_TEXT = "harbour letter garden paper window morning river print bread lamp field atlas"
_WORDS = _TEXT.split()


@dataclass(frozen=True, slots=True)
class Form:
    """A format to be measured.

    Args:
        source: the collector that reads it.
        file: the file's name.
        row: what is counted.
        write: writes a file with so many rows.
    """

    source: str
    file: str
    row: str
    write: Callable[[Path, int], None]


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    number: int

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{_WORDS[self.number % 12].title()} {_WORDS[self.number // 12 % 12].title()}son"

    @property
    def address(self) -> str:
        """A mail address."""
        return f"person{self.number}@example.org"


OWNER = Somebody(0)


def mbox(path: Path, count: int) -> None:
    """Messages of 7 kB: 2 kB of headers, relays' and signatures' among them, and a body of 5 kB."""
    with path.open("wb") as file:
        for message in _messages(count):
            file.write(message)


def linkedin_messages(path: Path, count: int) -> None:
    """LinkedIn's messages.csv as of 2026: all cells quoted, texts of 120 signs, some of them long.

    One message in ten is to a group, one text in ten has a line break and quotation marks.
    """
    dice = random.Random(4)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_LINKEDIN)
        for number in range(count):
            others = [_somebody(dice)]
            if dice.randrange(10) == 0:
                others = _group(dice.randrange(300))
            sender = OWNER if dice.random() < 0.5 else dice.choice(others)
            to = [one for one in (OWNER, *others) if one != sender]
            text = _text(dice, 120 if dice.randrange(10) else 900)
            text = text.replace(" ", '\n""so"" ', 1) if dice.randrange(10) == 0 else text
            cells = [
                f"2-{others[0].number:08x}{len(others)}",
                "",
                sender.name,
                _profile(sender),
                ", ".join(one.name for one in to),
                ",".join(map(_profile, to)),
                f"{_moment(number):%Y-%m-%d %H:%M:%S} UTC",
                "",
                text,
                "INBOX",
                "",
                "No",
                "No",
            ]
            file.write('"' + '","'.join(cells) + '"\n')


def linkedin_connections(path: Path, count: int) -> None:
    """LinkedIn's Connections.csv as of 2026."""
    dice = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('Notes:\n"When exporting your connection data, you may notice"\n\n')
        file.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
        for number in range(1, count + 1):
            first, last = Somebody(number).name.split()
            where = f"{_text(dice, 12)} Ltd"
            told = f"{_moment(number):%d %b %Y}"
            file.write(f'{first},{last},{_profile(Somebody(number))},,"{where}",Printer,{told}\n')


def table_by_row(path: Path, count: int) -> None:
    """A table with a kind for each row, which is read row by row."""
    dice = random.Random(6)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("from,to,at,id,kind\n")
        for number in range(count):
            who = f"{_somebody(dice).address},{OWNER.address}"
            file.write(f"{who},{int(_moment(number).timestamp())},{number}@x,message\n")


def json_lines(path: Path, count: int) -> None:
    """A table of JSON Lines, with a few keys that are not read."""
    dice = random.Random(8)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": f"{number}@x", "from": _somebody(dice).address, "to": OWNER.address}
            more = {"at": int(_moment(number).timestamp()), "text": _text(dice, 40), "likes": 3}
            file.write(json.dumps(row | more) + "\n")


WRITERS = {
    "mbox": Form("email", "mail.mbox", "messages", mbox),
    "linkedin-messages": Form("linkedin", "messages.csv", "messages", linkedin_messages),
    "linkedin-connections": Form("linkedin", "Connections.csv", "ties", linkedin_connections),
    "table-json-lines": Form("table", "table.jsonl", "rows", json_lines),
    "table-by-row": Form("table", "table.csv", "rows", table_by_row),
}
"""Every format that is measured, by the word that asks for it."""

_LINKEDIN = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO",'
    '"RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","ATTACHMENTS",'
    '"IS MESSAGE DRAFT","IS CONVERSATION DRAFT"\n'
)


def _somebody(dice: random.Random) -> Somebody:
    """One of two thousand people, some of whom are met far more often than others."""
    return Somebody(1 + int(2000 * dice.random() ** 3))


def _group(number: int) -> list[Somebody]:
    return [Somebody(1 + (number * 7 + place * 301) % 2000) for place in range(2 + number % 4)]


def _moment(number: int) -> datetime:
    return _FIRST + number * _BETWEEN


def _profile(one: Somebody) -> str:
    return f"https://www.linkedin.com/in/{one.name.lower().replace(' ', '-')}-{one.number}"


def _text(dice: random.Random, length: int) -> str:
    words: list[str] = []
    while length > 0:
        words.append(dice.choice(_WORDS))
        length -= len(words[-1]) + 1
    return " ".join(words)


def _messages(count: int) -> Iterator[bytes]:
    dice = random.Random(7)
    bodies = [_body(dice) for _ in range(50)]
    for number in range(count):
        mine = dice.random() < 0.4
        other = _somebody(dice)
        sender, to = (OWNER, other) if mine else (other, OWNER)
        more = [_somebody(dice) for _ in range(dice.choice((0, 0, 0, 0, 0, 0, 1, 1, 3, 8)))]
        head = _letterhead(number, sender, to, more, answers=dice.random() < 0.5)
        yield (head + dice.choice(bodies)).encode()


def _letterhead(
    number: int, sender: Somebody, to: Somebody, copied: list[Somebody], *, answers: bool
) -> str:
    at = f"{_moment(number):%a, %d %b %Y %H:%M:%S} +0000"
    signature = "\n        ".join(f"{number * 7919 + line:064x}" for line in range(6))
    lines = [
        f"From {number}@xxx {_moment(number):%a %b %d %H:%M:%S +0000 %Y}",
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
        f"Subject: {'Re: ' * answers}{_WORDS[number % 12]} {_WORDS[number // 12 % 12]}",
        f'To: "{to.name}" <{to.address}>',
        *([_addressed("Cc", copied)] if copied else []),
        'Content-Type: multipart/alternative; boundary="0000000000001"',
    ]
    return "\n".join(lines) + "\n\n"


def _addressed(header: str, people: list[Somebody]) -> str:
    return f"{header}: " + ",\n        ".join(f"{one.name} <{one.address}>" for one in people)


def _body(dice: random.Random) -> str:
    lines = [_text(dice, 70) for _ in range(60 + dice.randrange(10))]
    lines[10] = lines[30] = ""
    return "\n".join(lines) + "\n\n"
