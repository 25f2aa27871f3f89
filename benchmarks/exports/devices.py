"""What lies on people's own machines: address books, calendars, Messages and git repositories."""

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks import histories
from benchmarks.exports.forms import OWNER, Form, Somebody, moment, somebody, talks, texts
from roc.graph.records import AccountSeen
from tests.collectors import making_imessage

_PHOTO_LINES = 60
_SECONDS_TO_2001 = 978_307_200


def contacts(path: Path, count: int) -> None:
    """An address book as vCards 3.0 with one mail address each; one in four has a picture."""
    dice = random.Random(51)
    photo = "\n ".join(f"{dice.getrandbits(288):072x}" for _ in range(_PHOTO_LINES))
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            one = Somebody(number)
            first, last = one.full_name.split(" ", 1)
            lines = [
                "BEGIN:VCARD",
                "VERSION:3.0",
                f"FN:{one.full_name} {number}",
                f"N:{last} {number};{first};;;",
                f"EMAIL;TYPE=INTERNET;TYPE=HOME:{one.address}",
                "item1.URL:https\\://www.example.org/",
                "item1.X-ABLabel:_$!<HomePage>!$_",
                f"ORG:Letter {number % 500} Ltd;Sales",
                f"NOTE:met at the {dice.choice(('harbour', 'print', 'garden'))}\\, twice",
                *([f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}"] if number % 4 == 0 else []),
                "CATEGORIES:myContacts",
                "END:VCARD",
            ]
            file.write("\n".join(lines) + "\n")


def calendar(path: Path, count: int) -> None:
    """A calendar of meetings of three that take place once, with a description and an alarm."""
    dice, text = random.Random(52), texts(52, 200)
    with path.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//Invented//EN\n")
        for number in range(count):
            file.write("\n".join(_event(number, [somebody(dice), somebody(dice)], text())) + "\n")
        file.write("END:VCALENDAR\n")


def imessage(path: Path, count: int) -> None:
    """The database of Messages with the columns of today."""
    text = texts(53, 60)
    chats = list(talks(count))
    making_imessage.make(
        path,
        (
            {
                "guid": making_imessage.GUID.format(number),
                "text": text(),
                "date": (int(moment(number).timestamp()) - _SECONDS_TO_2001) * 10**9,
                "handle_id": other.number if number % 2 else 0,
                "is_from_me": 1 - number % 2,
                "service": "iMessage",
                "destination_caller_id": OWNER.address,
                "chat": other.number,
            }
            for other, numbers in chats
            for number in numbers
        ),
        handles=({"id": other.address} for other, _ in chats),
        chats={other.number: [other.number] for other, _ in chats},
        page_bytes=4096,
    )


def git(path: Path, count: int) -> None:
    """A repository in which each change is reviewed by one other, taken in by its author."""
    histories.make(path, histories.reviewed(count))


def _event(number: int, others: list[Somebody], text: str) -> Iterator[str]:
    at = moment(number)
    yield "BEGIN:VEVENT"
    yield f"UID:{number:032x}@example.org"
    yield f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{at:%Y%m%dT%H%M%SZ}"
    yield f"DTEND:{moment(number + 2):%Y%m%dT%H%M%SZ}"
    yield f"ORGANIZER;CN={OWNER.name}:mailto:{OWNER.address}"
    for one in (OWNER, *others):
        head = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN={one.name}"
        yield f"{head};X-NUM-GUESTS=0\n :mailto:{one.address}"
    yield f"SUMMARY:{text[:30]}"
    yield f"DESCRIPTION:{text[:60]}\n {text[60:]}"
    yield "LOCATION:\nSEQUENCE:0\nSTATUS:CONFIRMED\nTRANSP:OPAQUE"
    yield "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:soon\nTRIGGER:-P0DT0H30M0S\nEND:VALARM"
    yield "END:VEVENT"


FORMS = {
    "contacts": Form("contacts", "contacts.vcf", "cards", contacts, (AccountSeen,)),
    "calendar": Form("calendar", "calendar.ics", "meetings", calendar),
    "imessage": Form("imessage", "chat.db", "messages", imessage),
    "git": Form("git", "repository.git", "changes", git),
}
