"""The invented network's LinkedIn export, laid out as "Download your data" has been since 2026."""

import base64
import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from roc.demo.acts import Channel, Connected, Letter, Praise, Praised
from roc.demo.cast import ME, OWNER, person
from roc.demo.world import World

_NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    "missing. You will only see email addresses for connections who have allowed their "
    "connections to see or download their email address using this setting "
    "https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)


def files(world: World, last_day: date) -> Mapping[str, str]:
    """The export's tables by file name.

    Among the rows are the oddities of every real export: a hidden member, a sponsored mail, a
    draft, and a member who has left.
    """
    return {
        "Profile.csv": _profile(),
        "Connections.csv": _NOTES + _connections(world.connected),
        "Invitations.csv": _invitations(world.connected),
        "messages.csv": _messages(world.letters, last_day),
        "Endorsement_Received_Info.csv": _endorsements(world.praised),
        "Recommendations_Received.csv": _recommendations(world.praised),
    }


def _table(rows: Iterable[Iterable[str]], *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def _fields(line: str) -> list[str]:
    return line.split(",")


def _names(key: str) -> tuple[str, str]:
    first, _, last = person(key).name.partition(" ")
    return first, last


def _profile() -> str:
    header = _fields(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers"
    )
    place, handle = "Lisbon, Portugal", f"[{OWNER.handle}]"
    told = [*_names(ME), "", "", "", OWNER.position, "", "Design", "", place, handle, "", ""]
    return _table([header, told])


def _connections(connected: Iterable[Connected]) -> str:
    header = _fields("First Name,Last Name,URL,Email Address,Company,Position,Connected On")
    rows = []
    for tie in connected:
        other = person(tie.other)
        told = [*_names(tie.other), other.url, other.linkedin_address or ""]
        rows.append([*told, other.organisation, other.position, _day(tie.at)])
    hidden = ["", "", "", "", "", "", rows[0][-1]]
    # Newest first, and no line end after the last row: so LinkedIn writes it.
    return _table([header, *reversed(rows), hidden]).rstrip("\n")


def _invitations(connected: Iterable[Connected]) -> str:
    header = _fields("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl")
    rows = []
    for tie in reversed(list(connected)):
        pair = (ME, tie.other) if tie.invited else (tie.other, ME)
        names, urls = [person(key).name for key in pair], [person(key).url for key in pair]
        direction = "OUTGOING" if tie.invited else "INCOMING"
        rows.append([*names, _american(tie.at), "", direction, *urls])
    return _table([header, *rows])


def _messages(letters: Iterable[Letter], last_day: date) -> str:
    header = _fields(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    )
    rows = [_message(letter) for letter in letters if letter.channel is Channel.LINKEDIN]
    rows = [*_oddities(last_day), *reversed(rows)]
    return _table([header, *rows], quoting=csv.QUOTE_ALL)


def _message(letter: Letter) -> list[str]:
    sender, recipients = person(letter.sender), [person(key) for key in letter.recipients]
    names = ", ".join(other.name for other in recipients)
    urls = ",".join(other.url for other in recipients)
    text = f"{letter.subject}\nAn invented message, number {letter.turn + 1}."
    told = [sender.name, sender.url, names, urls, f"{letter.at:%Y-%m-%d %H:%M:%S} UTC"]
    return [_conversation(letter.thread), "", *told, "", text, "INBOX", "", "No", "No"]


def _oddities(last_day: date) -> list[list[str]]:
    """A sponsored mail, a draft, and a message of a member who has left."""
    at = f"{last_day - timedelta(days=20)} 09:30:00 UTC"
    me = [OWNER.name, OWNER.url]
    html = '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%</p>'
    sponsored = ["Great offer", "Acme Ads", "", *me, at, "Great offer", html, "INBOX", "", "No"]
    ben = person("ben-okafor")
    draft = ["", *me, ben.name, ben.url, at, "", "A draft.", "INBOX", "", "Yes"]
    left = ["", "LinkedIn Member", "", *me, at, "", "An old message.", "ARCHIVE", "", "No"]
    return [
        [_conversation(name), *told, "No"]
        for name, told in (("sponsored", sponsored), ("draft", draft), ("left", left))
    ]


def _endorsements(praised: Iterable[Praised]) -> str:
    header = _fields(
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
        "Endorser Public Url,Endorsement Status"
    )
    rows = []
    for praise in praised:
        if praise.how is Praise.ENDORSEMENT:
            url = person(praise.by).url.removeprefix("https://")
            at = f"{praise.at:%Y/%m/%d %H:%M:%S} UTC"
            rows.append([at, "Brand strategy", *_names(praise.by), url, "ACCEPTED"])
    return _table([header, *rows])


def _recommendations(praised: Iterable[Praised]) -> str:
    header = _fields("First Name,Last Name,Company,Job Title,Text,Creation Date,Status")
    rows = []
    for praise in praised:
        if praise.how is Praise.RECOMMENDATION:
            by = person(praise.by)
            told = [*_names(praise.by), by.organisation, by.position, "An invented praise."]
            rows.append([*told, f"{praise.at:%m/%d/%y}, {_clock(praise.at):0>8}", "VISIBLE"])
    return _table([header, *rows])


def _conversation(thread: str) -> str:
    return "2-" + base64.b64encode(thread.encode()).decode()


def _day(at: datetime) -> str:
    """``05 Mar 2026``, whatever the machine's language."""
    return f"{at.day:02} {at.ctime()[4:7]} {at.year}"


def _american(at: datetime) -> str:
    """``3/5/26, 2:37 PM``."""
    return f"{at.month}/{at.day}/{at:%y}, {_clock(at)}"


def _clock(at: datetime) -> str:
    return f"{(at.hour - 1) % 12 + 1}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
