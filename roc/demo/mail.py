"""The invented network's mail, as one mbox file of everything sent and received."""

from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from email.utils import format_datetime, formataddr

from roc.demo.acts import Bulletin, Channel, Letter
from roc.demo.cast import ME, OWNER, person
from roc.demo.world import World

_WRITES_HOME = frozenset({"friend", "fading", "dormant", "alumni"})


def mbox(world: World) -> bytes:
    """All mail in order of time, in the mbox format that mail programs export."""
    dated: list[tuple[datetime, bytes]] = [
        (letter.at, _entry(letter.at, _letter(letter)))
        for letter in world.letters
        if letter.channel is Channel.MAIL
    ]
    dated += [(issue.at, _entry(issue.at, _bulletin(issue))) for issue in world.bulletins]
    return b"".join(entry for _, entry in sorted(dated))


def _entry(at: datetime, message: Message) -> bytes:
    """A message behind its separator line."""
    return f"From - {at.ctime()}\n".encode() + message.as_bytes() + b"\n"


def _letter(letter: Letter) -> Message:
    home = any(person(key).character in _WRITES_HOME for key in _everybody(letter))
    message = Message()
    message["Message-ID"] = _message_id(letter, letter.turn)
    message["Date"] = format_datetime(letter.at)
    message["From"] = _address(letter.sender, home)
    message["To"] = ", ".join(_address(key, home) for key in letter.recipients)
    if letter.copied:
        message["Cc"] = ", ".join(_address(key, home) for key in letter.copied)
    message["Subject"] = letter.subject if letter.turn == 0 else f"Re: {letter.subject}"
    if letter.turn:
        message["In-Reply-To"] = _message_id(letter, letter.turn - 1)
        message["References"] = " ".join(_message_id(letter, turn) for turn in range(letter.turn))
    message.set_payload("An invented letter.\n")
    return message


def _bulletin(issue: Bulletin) -> Message:
    domain = issue.address.partition("@")[2]
    message = Message()
    message["Message-ID"] = f"<{issue.at:%Y%m%d%H%M%S}@{domain}>"
    message["Date"] = format_datetime(issue.at)
    message["From"] = formataddr((issue.name, issue.address))
    message["To"] = _address(ME, home=False)
    message["Subject"] = issue.subject
    if issue.list_id:
        message["List-Id"] = f"{issue.name} <{issue.list_id}>"
        message["List-Unsubscribe"] = f"<https://{domain}/unsubscribe>"
        message["Precedence"] = "bulk"
    else:
        message["Auto-Submitted"] = "auto-generated"
    message.set_payload("An invented bulletin.\n")
    return message


def _everybody(letter: Letter) -> Iterator[str]:
    yield letter.sender
    yield from letter.recipients
    yield from letter.copied


def _message_id(letter: Letter, turn: int) -> str:
    return f"<{letter.thread}.{turn}@mail.example>"


def _address(key: str, home: bool) -> str:
    """Friends and family of old write to the owner's private address, others to the studio's."""
    private = OWNER.linkedin_address
    spec = private if key == ME and home and private else person(key).address
    return formataddr((person(key).name, spec))
