"""What somebody wrote in a letter, in whichever way its body is written down."""

import io
import time
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from roc.collectors.formats.letter import WANTED
from roc.collectors.formats.mail_text import BODY_BYTES, BODY_HEADERS, written
from roc.collectors.formats.mbox import Head, heads, single_head


def letter(text: bytes) -> Head:
    return single_head(io.BytesIO(text), WANTED | BODY_HEADERS, BODY_BYTES)


def made(plain: str, html: str = "", cte: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "ana@example.org"
    message.set_content(plain, cte=cte)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
def test_a_body_is_read_in_every_encoding(encoding: str) -> None:
    told = "A lovely evening." if encoding == "7bit" else "Schöne Grüße aus Köln."
    assert written(letter(made(told, cte=encoding))) == told


def test_quotes_and_marked_signatures_are_not_the_senders_words() -> None:
    body = (
        "Lovely, see you then.\n\n"
        "On Mon, Mar 2, 2026 at 9:00 AM Ben <ben@example.org> wrote:\n"
        "> thank you for everything\n"
    )
    assert written(letter(made(body))) == "Lovely, see you then."


def test_plain_text_wins_over_html_and_html_over_nothing() -> None:
    assert written(letter(made("plain words", "<p>other words</p>"))) == "plain words"
    only = b"Content-Type: text/html\n\n<style>p{}</style><p>Dear&nbsp;Ben,</p>so <b>kind</b>"
    assert written(letter(only + b"<blockquote>thank you</blockquote>")) == "Dear Ben,\nso kind"


def test_attachments_are_not_read() -> None:
    message = EmailMessage()
    message.set_content("see there")
    message.add_attachment(b"thanks", maintype="text", subtype="plain", filename="a.txt")
    message.add_attachment("thanks", filename="b.txt")
    assert written(letter(message.as_bytes())) == "see there"
    alone = EmailMessage()
    alone.add_attachment("thanks", filename="b.txt")
    alone.add_attachment("thanks", filename="c.txt")
    assert written(letter(alone.as_bytes())) == ""


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: text/plain; charset=klingon\n\nhello there",
        b"Content-Type: text/plain; charset=utf-8\n\n\xff\xfe hello there",
        b"Content-Transfer-Encoding: base64\n\n" + b64encode(b"hello there")[:-1],
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nhello there',
        b"Content-Type: ;;;\n\nhello there",
        b"Content-Type: text/plain; charset*=x'y'%zz\n\nhello there",
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(body: bytes) -> None:
    assert "hello ther" in written(letter(body))


@pytest.mark.parametrize("sign", ["\n", " \n", "On ", ">", "_", "From: a\n", "<div>", "\t"])
def test_what_means_harm_takes_no_long_time(sign: str) -> None:
    kind = b"Content-Type: text/html\n\n" if sign == "<div>" else b"\n"
    body = kind + (sign * BODY_BYTES).encode()
    began = time.process_time()
    written(letter(body))
    assert time.process_time() - began < 5  # seconds; minutes before blank lines were taken out


def mailbox() -> Iterator[bytes]:
    for number in range(40):
        yield b"From ana Mon Mar  2 09:00:00 2026\nFrom: a\nSubject: x\n\n"
        yield b"body %d " % number + b"and so on\n" * (number * 700) + b"\n\n"


def test_each_body_begins_where_its_head_ends_and_ends_where_the_next_begins() -> None:
    whole = b"".join(mailbox())
    found = list(heads(io.BytesIO(whole), WANTED, BODY_BYTES))
    assert [head.number for head in heads(io.BytesIO(whole), WANTED)] == list(range(1, 41))
    for number, head in enumerate(found):
        expected = b"body %d " % number + b"and so on\n" * (number * 700)
        assert head.body.strip() == expected[:BODY_BYTES].strip()


def test_a_message_without_a_body_has_none() -> None:
    two = b"From a Mon Mar  2 09:00:00 2026\nFrom: a\n\nFrom b Mon Mar  2 09:00:00 2026\nTo: b\n\nx"
    assert [head.body for head in heads(io.BytesIO(two), WANTED, 100)] == [b"", b"x"]
