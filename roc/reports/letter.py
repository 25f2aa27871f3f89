"""A report as a letter: text, the same as HTML that mail programs show, and figures within it.

Nothing is loaded from anywhere: figures travel in the letter. What is folded away on the page, and
the acts behind it, stay on the page.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from roc.reports.document import Document, Picture
from roc.reports.setting import as_markdown, engine, resource

if TYPE_CHECKING:
    from jinja2 import Template

_DOMAIN = "return-on-connections.invalid"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and when.

    Args:
        sender: a mail address.
        recipients: mail addresses.
        at: when it is sent, aware.
    """

    sender: str
    recipients: tuple[str, ...]
    at: datetime = field(repr=False)


def as_letter(document: Document, envelope: Envelope) -> EmailMessage:
    """A report as a letter; the same report and envelope give the same bytes.

    Args:
        document: the report's page.
        envelope: from whom to whom.

    Raises:
        ValueError: an address is none.
    """
    short = document.short()
    figures = [
        block.drawing
        for section in short.sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    cids = {figure.title: f"{number}@{_DOMAIN}" for number, figure in enumerate(figures, 1)}
    html = _template().render(document=short, cids=cids)
    mark = blake2b(f"{html}{envelope.at.isoformat()}".encode(), digest_size=12).hexdigest()
    letter = EmailMessage()
    letter["Subject"] = f"{document.title}: {document.subtitle}"
    letter["From"] = _address(envelope.sender)
    letter["To"] = tuple(map(_address, envelope.recipients))
    letter["Date"] = format_datetime(envelope.at)
    letter["Message-ID"] = f"<{mark}@{_DOMAIN}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(as_markdown(short), cte="quoted-printable")
    letter.add_alternative(html, subtype="html", cte="quoted-printable")
    if figures:
        body = letter.get_payload()[1]  # type: ignore[index]
        for figure in figures:
            where = f"<{cids[figure.title]}>"
            body.add_related(  # type: ignore[union-attr]
                figure.png(), maintype="image", subtype="png", cid=where, disposition="inline"
            )
    for number, part in enumerate(letter.walk()):
        if part.is_multipart():
            part.set_boundary(f"{mark}-{number}")
    return letter


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (MessageError, ValueError, IndexError) as error:
        raise ValueError(f"{text!r} is no mail address") from error


@cache
def _template() -> "Template":
    return engine().from_string(resource("mail.html"))
