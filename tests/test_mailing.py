"""The weekly report as a letter: what is in it, and that a real server gets it, or why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from roc.reports.document import Document, Paragraph, Section
from roc.reports.letter import Envelope, as_letter
from tests.servers import free_port
from tests.shell import Shell

DAY = "2026-03-01"
JOURNAL = """
2026-01-05 me -> ana, ben dinner
2026-02-01 me -> ana mail
2026-02-02 ana -> me reply
2026-02-26 me -> ana mail
2026-02-27 ana -> me recommendation
2026-02-27 ben -> me mail
"""
PASSWORD = "s3cret"
AT = datetime(2026, 3, 2, 7, tzinfo=UTC)


class Inbox:
    """Keeps what a server was given."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@contextmanager
def server(**options: Any) -> Iterator[tuple[Inbox, int]]:
    """A server for outgoing mail on loopback."""
    inbox, port = Inbox(), free_port()
    running = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    running.start()
    try:
        yield inbox, port
    finally:
        running.stop()


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    good = isinstance(said, LoginPassword) and said.password == PASSWORD.encode()
    return AuthResult(success=good, handled=good)


def set_up(roc: Shell, port: int = 2525, more: str = "") -> None:
    roc.write("journal.txt", JOURNAL)
    roc.write(
        "config.toml",
        '[graph]\nfile = "me.graph"\n[mail]\nhost = "127.0.0.1"\n'
        f'port = {port}\nsender = "me@example.org"\nto = ["you@example.org"]\n{more}',
    )
    roc("collect", "journal.txt", "--config", "config.toml")


def report(roc: Shell, *words: str) -> str:
    return roc("report", "--config", "config.toml", "--as-of", DAY, *words)


def shown(roc: Shell) -> EmailMessage:
    told = message_from_string(report(roc, "--dry-run"), policy=policy.default)
    assert isinstance(told, EmailMessage)
    return told


def html_of(letter: EmailMessage) -> str:
    html = letter.get_body(("html",))
    assert html is not None
    return str(html.get_content())


def test_a_letter_holds_text_html_and_figures_and_asks_for_nothing(roc: Shell) -> None:
    set_up(roc)
    letter = shown(roc)
    assert letter["To"] == "you@example.org"
    assert str(letter["Subject"]).startswith("Your connections this week: 23 February 2026")
    plain, page = letter.get_body(("plain",)), html_of(letter)
    assert plain is not None
    assert "## Owed, both ways" in plain.get_content()
    pictures = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert pictures
    for picture in pictures:
        assert bytes(picture.get_content()).startswith(b"\x89PNG\r\n\x1a\n")
        assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in page
    assert "http" not in page
    assert "<script" not in page
    assert "The acts behind it" not in page


def test_the_same_report_and_moment_give_the_same_bytes() -> None:
    page = Document("A", "B", "", (), (Section("C", (Paragraph("D"),)),), "E")
    envelope = Envelope("me@example.org", ("you@example.org",), AT)
    assert as_letter(page, envelope).as_bytes() == as_letter(page, envelope).as_bytes()


def test_names_that_mean_harm_are_text_in_a_letter() -> None:
    harm = "<img src=x onerror=alert(1)>\r\nBcc: eve@example.org"
    page = Document("A", "B", "", (harm,), (), "E")
    letter = as_letter(page, Envelope("me@example.org", ("you@example.org",), AT))
    assert letter["Bcc"] is None
    assert "<img" not in html_of(letter)


def test_a_letter_reaches_a_server_and_nobody_else(roc: Shell) -> None:
    with server() as (inbox, port):
        set_up(roc, port)
        report(roc, "--mail")
    ((sender, recipients, content),) = inbox.letters
    assert (sender, recipients) == ("me@example.org", ["you@example.org"])
    assert b"Your connections this week" in content


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_whoever_has_a_name_signs_in(roc: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    signing_in = {"authenticator": knows, "auth_required": True, "auth_require_tls": False}
    monkeypatch.setenv("ROC_MAIL_PASSWORD", PASSWORD)
    with server(**signing_in) as (inbox, port):
        set_up(roc, port, 'user = "me@example.org"\n')
        report(roc, "--mail")
        assert len(inbox.letters) == 1
        monkeypatch.setenv("ROC_MAIL_PASSWORD", "wrong")
        ran = roc.run("report", "--config", "config.toml", "--as-of", DAY, "--mail")
    assert ran.status == 1
    assert "does not take the name or the password" in ran.stderr
    assert "wrong" not in ran.stderr


def test_without_a_password_nothing_is_sent(roc: Shell) -> None:
    with server() as (inbox, port):
        set_up(roc, port, 'user = "me@example.org"\n')
        ran = roc.run("report", "--config", "config.toml", "--as-of", DAY, "--mail")
    assert (ran.status, inbox.letters) == (2, [])
    assert "password" in ran.stderr


def test_a_server_that_is_not_there_is_told(roc: Shell) -> None:
    port = free_port()
    set_up(roc, port)
    ran = roc.run("report", "--config", "config.toml", "--as-of", DAY, "--mail")
    assert ran.status == 1
    assert f"127.0.0.1, port {port} could not be reached" in ran.stderr
    assert Path(f"report-{DAY}.html").exists()


def test_a_quiet_week_may_pass_in_silence(roc: Shell) -> None:
    with server() as (inbox, port):
        set_up(roc, port, "quiet_weeks = false\n")
        roc("report", "--config", "config.toml", "--as-of", "2026-12-01", "--mail")
        assert inbox.letters == []
        report(roc, "--mail")
        assert len(inbox.letters) == 1


@pytest.mark.parametrize("address", ["", "no address", "a@b@c", "<x@example.org>"])
def test_what_is_no_address_is_refused(roc: Shell, address: str) -> None:
    set_up(roc)
    text = (roc.folder / "config.toml").read_text(encoding="utf-8")
    roc.write("config.toml", text.replace("you@example.org", address))
    ran = roc.run("report", "--config", "config.toml", "--as-of", DAY, "--dry-run")
    assert ran.status == 2
