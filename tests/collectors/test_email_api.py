"""Mail over IMAP, on Dovecot and on servers that mean harm: what is asked, what may go wrong."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from smtplib import SMTP
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from roc.collectors.base import LiveSettings
from roc.collectors.email import api as email
from roc.collectors.email import mailbox
from roc.errors import (
    CollectError,
    ConfigError,
    PermissionMissing,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    TwoOwners,
)
from roc.graph.records import Account, AccountSeen, Nature, Problem, Record
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.reading import acts
from tests.live.wire import Wire
from tests.live.worlds.email import message
from tests.servers import free_port
from tests.servers.dovecot import PASSWORD, USER, Dovecot, serving

BEN = "Ben <ben@example.org>"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """Five letters by Ben, and an answer in a folder whose name, Ärger "1", wants quoting."""
    with serving() as server:
        for number in range(5):
            server.deliver("INBOX", number, message(number, BEN, USER))
        server.deliver('&AMQ-rger "1"', 1, message(50, USER, BEN))
        yield server


@pytest.fixture
def wire(dovecot: Dovecot) -> Iterator[Wire]:
    with Wire(dovecot.port) as stranger:
        yield stranger


def settings(port: int, token: str = PASSWORD, user: str = USER) -> LiveSettings:
    return LiveSettings(
        token=token,
        now=datetime(2026, 3, 6, tzinfo=UTC),
        base_url=f"imap://127.0.0.1:{port}",
        user=user,
        timeout_seconds=3.0,
    )


def read(port: int, cursor: Mapping[str, Any] | None = None) -> list[Record]:
    client = email.connect(settings(port))
    return list(email.pull(client, "mail", cursor or {}))


def commands(wire: Wire) -> list[str]:
    """What was asked, without its numbers and what signs in."""
    told = [line.decode(errors="replace").split(" ", 2) for line in wire.lines]
    return [words[1].upper() for words in told if len(words) > 1]


def test_nothing_but_heads_is_asked_for_and_nothing_is_changed(wire: Wire) -> None:
    read(wire.port)
    said = b"\n".join(wire.lines)
    assert b"BODY.PEEK[HEADER.FIELDS" in said
    assert b"EXAMINE" in said
    for word in (b"RFC822", b"BODY[", b"BODY.PEEK[]", b"TEXT", b"STORE", b"SELECT "):
        assert word not in said


def test_where_nothing_is_new_one_question_is_enough(wire: Wire) -> None:
    cursor = last_cursor(read(wire.port))
    wire.lines.clear()
    assert read(wire.port, cursor) == []
    assert commands(wire) == ["CAPABILITY", "AUTHENTICATE", "CAPABILITY", "LIST", "LOGOUT"]


def test_a_server_that_cannot_tell_all_states_at_once_is_asked_folder_by_folder(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = email.connect(settings(wire.port))
    client.folders()
    client._able = frozenset()
    plainly = sorted(client.folders(), key=str)
    client.close()
    assert commands(wire).count("STATUS") == 2
    at_once = sorted(client.folders(), key=str)
    client.close()
    assert plainly == at_once


def test_who_the_owner_is_their_address_tells(dovecot: Dovecot) -> None:
    assert AccountSeen(Account("email", USER), owner=True) in read(dovecot.port)
    assert email.who(email.connect(settings(dovecot.port))).account == USER


def test_messages_that_got_other_numbers_are_the_same_messages() -> None:
    with serving() as server:
        for number in range(3):
            server.deliver("INBOX", number, message(number, BEN, USER))
        first = read(server.port)
        server.number_anew("INBOX")
        server.deliver("INBOX", 7, message(7, BEN, USER))
        again = read(server.port, last_cursor(first))
    ids = {act.external_id for act in acts(again)}
    assert ids == {act.external_id for act in acts(first)} | {"m7@example.org"}


def test_a_line_that_is_cut_loses_nothing(
    dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email, "_BATCH", 2)
    with Wire(dovecot.port) as whole:
        everything = {act.external_id for act in acts(read(whole.port))}
        length = whole.bytes_back
    cuts = 0
    for cut in range(0, length, length // 12):
        with Wire(dovecot.port) as wire:
            wire.cut_after(cut)
            client = email.connect(settings(wire.port))
            try:
                safe: list[Record] = list(email.pull(client, "mail", {}))
            except SourceUnavailable:
                safe, _ = [], cuts
                cuts += 1
            rest = read(wire.port, last_cursor(safe) if safe else {})
            assert {act.external_id for act in acts([*safe, *rest])} == everything
    assert cuts > 6


def test_after_a_cut_the_same_client_opens_a_new_line(wire: Wire) -> None:
    wire.cut_after(900)
    client = email.connect(settings(wire.port))
    _, error = kept(email.pull(client, "mail", {}))
    assert isinstance(error, SourceUnavailable)
    assert error.may_pass
    assert len(acts(list(email.pull(client, "mail", {})))) == 6


def test_another_mailbox_needs_a_name_of_its_own(dovecot: Dovecot) -> None:
    with pytest.raises(TwoOwners):
        read(dovecot.port, {"owner": "ben@example.org"})


def test_who_writes_in_bulk_is_counted_over_all_runs() -> None:
    """Three letters by hand came first, so that one in bulk makes no list of Ben."""
    with serving() as server:
        for number in range(3):
            server.deliver("INBOX", number, message(number, BEN, USER))
        first = read(server.port)
        bulk = message(8, BEN, USER, more="List-Unsubscribe: <x:y>\r\n")
        server.deliver("INBOX", 8, bulk)
        second = read(server.port, last_cursor(first))
        alone = read(server.port, {})
    for records in (second, alone):
        natures = {one.nature for one in records if isinstance(one, AccountSeen)}
        assert Nature.LIST not in natures


def test_mail_that_really_came_in_is_read() -> None:
    """By SMTP from a program into the mailbox, and from there."""
    with serving() as server:

        class IntoTheMailbox(Message):
            def handle_message(self, arrived: Any) -> None:
                server.deliver("INBOX", 1, arrived.as_bytes())

        port = free_port()
        post = Controller(IntoTheMailbox(), hostname="127.0.0.1", port=port)
        post.start()
        try:
            sent = EmailMessage()
            sent["From"], sent["To"] = BEN, f"Ana López <{USER}>"
            sent["Date"], sent["Message-ID"] = "Thu, 05 Mar 2026 08:00:00 +0100", "<a@example.org>"
            sent.set_content("a secret text")
            with SMTP("127.0.0.1", port) as line:
                line.send_message(sent)
        finally:
            post.stop()
        (act,) = acts(read(server.port))
    assert (act.external_id, act.sender.handle) == ("a@example.org", "ben@example.org")


# --- signing in -----------------------------------------------------------------------------------


def test_a_wrong_password_is_told_without_it(dovecot: Dovecot) -> None:
    with pytest.raises(SignInFailed) as refused:
        email.who(email.connect(settings(dovecot.port, token="wrong password")))
    assert "wrong password" not in repr(refused.value) + refused.value.message
    assert refused.value.__context__ is None or refused.value.__suppress_context__


@pytest.mark.parametrize(
    "address",
    [
        "imap://imap.example.org",
        "http://127.0.0.1",
        "imaps://",
        "imaps://ana:secret@imap.example.org",
        "imaps://imap.example.org:99999",
        "",
    ],
)
def test_addresses_that_are_none_or_would_show_the_password(address: str) -> None:
    told = LiveSettings("x", datetime(2026, 3, 6, tzinfo=UTC), address, USER)
    with pytest.raises(ConfigError):
        email.connect(told)


@pytest.mark.parametrize("address", ["imap.example.org", "imaps://imap.example.org:9993"])
def test_addresses_of_encrypted_lines(address: str) -> None:
    told = LiveSettings("x", datetime(2026, 3, 6, tzinfo=UTC), address, USER)
    assert email.connect(told)._is_safe


# --- servers that mean harm, or have other manners ------------------------------------------------


@contextmanager
def saying(*answers: bytes) -> Iterator[int]:
    """A server that greets, and says one thing after each line that it hears."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            client, _ = listening.accept()
            client.sendall(b"* OK [CAPABILITY IMAP4rev1] hello\r\n")
            heard = client.makefile("rb")
            for answer in answers:
                tag = heard.readline().split(b" ")[0]
                client.sendall(answer.replace(b"TAG", tag))
            heard.readline()
            client.close()
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        listening.close()


IN = (
    b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
    b"TAG OK in\r\n",
    b"* CAPABILITY X\r\nTAG OK done\r\n",
)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((IN[0], b"TAG NO [AUTHENTICATIONFAILED] no\r\n"), SignInFailed),
        ((IN[0], b"TAG NO no\r\n"), SignInFailed),
        ((IN[0], b"TAG NO [UNAVAILABLE] later\r\n"), SourceUnavailable),
        ((IN[0], b"TAG NO [LIMIT] too many\r\n"), RateLimited),
        ((IN[0], b"TAG NO [PRIVACYREQUIRED] encrypt\r\n"), PermissionMissing),
        ((*IN, b"TAG NO [NOPERM] no\r\n"), PermissionMissing),
        ((*IN, b"* BYE shutting down\r\n"), SourceUnavailable),
        ((*IN, b"* LIST ({999999999999}\r\n"), SourceUnavailable),
        ((*IN, b"* LIST () NIL {99999999}\r\n"), SourceUnavailable),
        ((*IN, b"x" * 1_200_000), SourceUnavailable),
        ((*IN, b"\0\xff\xfe\r\nTAG what\r\n"), SourceUnavailable),
        ((*IN, b'* LIST () "/" INBOX\r\nTAG OK done\r\n', b"TAG OK done\r\n"), SourceUnavailable),
        ((b"TAG BAD what\r\n",), SourceUnavailable),
        ((), SourceUnavailable),
    ],
)
def test_refusals_and_nonsense_are_told_apart(
    answers: tuple[bytes, ...], error: type[CollectError]
) -> None:
    with saying(*answers) as port, pytest.raises(error) as refused:
        read(port)
    assert PASSWORD not in refused.value.message + refused.value.hint


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with saying(IN[0], b"") as port:
        told = settings(port)
        quick = LiveSettings(told.token, told.now, told.base_url, told.user, timeout_seconds=0.3)
        with pytest.raises(SourceUnavailable) as refused:
            email.who(email.connect(quick))
    assert "in time" in refused.value.message


def test_numbers_that_were_not_asked_for_are_left_out() -> None:
    head = message(1, BEN, USER).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    told = b"* %d FETCH (UID %d FLAGS () BODY[HEADER.FIELDS (FROM)] {%d}\r\n" + head + b")\r\n"
    answers = (
        *IN,
        b'* LIST (\\HasNoChildren) "/" INBOX\r\nTAG OK done\r\n',
        b"* STATUS INBOX (UIDVALIDITY 1 UIDNEXT 3)\r\nTAG OK done\r\n",
        b"* 2 EXISTS\r\nTAG OK [READ-ONLY] done\r\n",
        b"* 1 FETCH (UID 2)\r\nTAG OK done\r\n",
        told % (1, 2, len(head)) + told % (2, 777, len(head)) + b"TAG OK done\r\n",
    )
    with saying(*answers) as port:
        assert len(acts(read(port))) == 1


def test_where_one_folder_holds_all_mail_it_is_read_alone() -> None:
    listed = [
        rb'(\HasNoChildren) "/" "INBOX"',
        rb'(\All \HasNoChildren) "/" "[Gmail]/All Mail"',
        rb'(\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"',
    ]
    assert mailbox._to_read(listed) == ["[Gmail]/All Mail"]


@pytest.mark.parametrize(
    ("line", "read_"),
    [
        (rb'(\HasNoChildren) "/" INBOX', True),
        (rb'(\Junk) "/" Reklame', False),
        (rb'(\Drafts) "/" Kladde', False),
        (rb'(\Trash) "/" Papierkorb', False),
        (rb'(\Noselect) "/" "[Gmail]"', False),
        (rb'() "." INBOX.Spam', False),
        (rb"() NIL Trash", False),
        (rb'() "/" "Drafts of my book/Letters"', True),
        (rb'() "/" "a \"quoted\" name"', True),
    ],
)
def test_folders_that_hold_no_mail_of_people(line: bytes, read_: bool) -> None:
    assert bool(mailbox._to_read([line])) == read_


def test_what_cannot_be_used_is_a_problem_without_names() -> None:
    with serving() as server:
        server.deliver("Private Matters", 1, b"From: nobody\r\nSubject: a secret\r\n\r\n")
        problems = [each for each in read(server.port) if isinstance(each, Problem)]
    assert [each.code for each in problems] == ["no_sender"]
    assert "Private" not in str(problems)
