"""What is peculiar to mail: headers as they come, and what stands behind an address."""

import io
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.formats import addresses, mbox
from roc.collectors.formats.letter import WANTED
from roc.collectors.formats.mbox import heads
from roc.errors import BrokenExport
from roc.graph.records import (
    Account,
    AccountSeen,
    Kind,
    Nature,
    Precision,
    Problem,
    Record,
)
from tests.collectors import reading
from tests.collectors.reading import acts

read = partial(reading.read, "email")
recognised = partial(reading.recognised, "email")

ENVELOPE = b"From ana@example.org Mon Jan  5 09:12:00 2026\n"


def mail(headers: str, body: str = "Hello.\n", envelope: bytes = ENVELOPE) -> bytes:
    """A message in an mbox; the usual headers are added where they are not given."""
    given = {line.split(":")[0].lower() for line in headers.splitlines()}
    usual = {
        "from": "From: Ana <ana@example.org>",
        "to": "To: ben@example.org",
        "date": "Date: Mon, 5 Jan 2026 10:12:00 +0100",
    }
    lines = [headers, *(line for name, line in usual.items() if name not in given)]
    text = "\n".join(line for line in lines if line)
    return envelope + text.encode() + b"\n\n" + body.encode() + b"\n"


def read_bytes(tmp_path: Path, content: bytes) -> list[Record]:
    path = tmp_path / "mail.mbox"
    path.write_bytes(content)
    return read(path)


def natures(records: list[Record]) -> dict[str, Nature]:
    """Each address's nature; where several were told, the last that is not a person's."""
    told: dict[str, Nature] = {}
    for record in records:
        if isinstance(record, AccountSeen) and record.nature is not Nature.PERSON:
            told[record.account.handle] = record.nature
    return told


def test_a_message_reaches_those_in_to_and_copies_those_in_cc_and_bcc(tmp_path: Path) -> None:
    headers = (
        "To: ben@example.org, Ana <ana@example.org>\nCc: chidi@example.org\nBcc: d@example.org"
    )
    (act,) = acts(read_bytes(tmp_path, mail(headers)))
    assert act.sender == Account("email", "ana@example.org")
    assert [one.handle for one in act.recipients] == ["ben@example.org"]
    assert [one.handle for one in act.copied] == ["chidi@example.org", "d@example.org"]


def test_an_answer_names_its_parent_and_the_root_of_its_thread(tmp_path: Path) -> None:
    headers = "Message-ID: <3@x>\nIn-Reply-To: <2@x>\nReferences: <1@x>\n\t<2@x>"
    first, answer = acts(read_bytes(tmp_path, mail("Message-ID: <1@x>") + mail(headers)))
    assert (first.kind, first.thread, first.parent) == (Kind.MESSAGE, "1@x", "")
    assert (answer.kind, answer.thread, answer.parent) == (Kind.REPLY, "1@x", "2@x")


def test_references_alone_make_an_answer_to_the_last_of_them(tmp_path: Path) -> None:
    (act,) = acts(read_bytes(tmp_path, mail("References: <1@x> <2@x>")))
    assert (act.kind, act.thread, act.parent) == (Kind.REPLY, "1@x", "2@x")


def test_the_same_message_in_two_mailboxes_is_one_act(tmp_path: Path) -> None:
    sent, received = tmp_path / "sent", tmp_path / "received"
    sent.write_bytes(mail("Message-ID: <1@x>\nX-Gmail-Labels: Sent"))
    received.write_bytes(mail("Received: by x\nMessage-ID: <1@x>"))
    assert acts(read(sent)) == acts(read(received))


def test_a_message_without_an_id_is_known_by_who_when_and_what_about(tmp_path: Path) -> None:
    first, second, other = (
        acts(read_bytes(tmp_path, mail(headers)))[0].external_id
        for headers in ("Subject: atlas", "Subject:  atlas\nX-Mailer: b", "Subject: lunch")
    )
    assert first == second
    assert first != other
    assert "atlas" not in first


@pytest.mark.parametrize("written", ["<>", "< >", "<", " "])
def test_an_id_that_names_nothing_is_none(tmp_path: Path, written: str) -> None:
    twice = (mail(f"Message-ID: {written}\nSubject: {about}") for about in ("atlas", "lunch"))
    first, second = acts(read_bytes(tmp_path, b"".join(twice)))
    (without,) = acts(read_bytes(tmp_path, mail("Subject: atlas")))
    assert first.external_id == without.external_id != second.external_id


@pytest.mark.parametrize(
    ("date", "at", "precision"),
    [
        ("Mon, 5 Jan 2026 10:12:00 +0100", "2026-01-05T09:12:00+00:00", Precision.INSTANT),
        ("5 Jan 2026 10:12:00 -0530 (EST)", "2026-01-05T15:42:00+00:00", Precision.INSTANT),
        ("5 Jan 2026 10:12:00 -0000", "2026-01-05T10:12:00+00:00", Precision.INSTANT),
        ("Mon, 5 Jan 26 10:12 PST", "2026-01-05T18:12:00+00:00", Precision.INSTANT),
        ("Mon, 5 Jan 2026 10:12:00", "2026-01-05T10:12:00+00:00", Precision.LOCAL),
        ("Thu, 1 Jan 2099 00:00:00 +0000", "2099-01-01T00:00:00+00:00", Precision.INSTANT),
    ],
)
def test_dates_keep_what_they_tell(
    tmp_path: Path, date: str, at: str, precision: Precision
) -> None:
    (act,) = acts(read_bytes(tmp_path, mail(f"Date: {date}")))
    assert act.at is not None
    assert (act.at.isoformat(), act.precision) == (at, precision)


@pytest.mark.parametrize("date", ["", "yesterday", "1 Jan 1970 00:00:00 +0000", "5 Jan 2026 25:00"])
def test_where_the_date_is_broken_the_from_line_tells(tmp_path: Path, date: str) -> None:
    gmail = b"From 1@xxx Mon Jan 05 09:12:00 +0000 2026\n"
    first, second = (f"Date: {date}\nMessage-ID: <{number}@x>" for number in (1, 2))
    zoned, plain = acts(read_bytes(tmp_path, mail(first, envelope=gmail) + mail(second)))
    assert zoned.at == plain.at
    assert (zoned.precision, plain.precision) == (Precision.INSTANT, Precision.LOCAL)


def test_where_the_from_line_fails_too_the_topmost_received_tells(tmp_path: Path) -> None:
    headers = (
        "Received: from b by c; Tue, 6 Jan 2026 08:00:00 +0000\n"
        "Received: from a by b; Mon, 5 Jan 2026 08:00:00 +0000\nDate: x"
    )
    (act,) = acts(read_bytes(tmp_path, mail(headers, envelope=b"From x at 10:00 o'clock\n")))
    assert act.at is not None
    assert act.at.day == 6


def test_a_message_without_any_date_or_sender_is_a_problem_with_its_place(tmp_path: Path) -> None:
    lost = mail("Date: x", envelope=b"From x at 10:00 o'clock\n")
    one, two, three = [
        record
        for record in read_bytes(
            tmp_path, mail("") + lost + mail("From: Ana") + mail("To: Ben") + mail("")
        )
        if isinstance(record, Problem)
    ]
    assert (one.where, one.code) == ("mail.mbox, message 2", "bad_date")
    assert (two.where, two.code) == ("mail.mbox, message 3", "no_sender")
    assert (three.where, three.code) == ("mail.mbox, message 4", "no_recipient")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"=?UTF-8?Q?Ana_L=C3=B3pez?= <ana@example.org>", "Ana López"),
        (b"=?utf-8?B?w4FuYQ==?=\n =?utf-8?B?IEzDs3Bleg==?= <ana@example.org>", "Ána López"),
        ("Ana López <ana@example.org>".encode(), "Ana López"),
        ("Ana López <ana@example.org>".encode("latin-1"), "Ana López"),
        (b"=?no-such-charset?Q?Ana?= <ana@example.org>", "Ana"),
        (b'"Lopez, Ana" <ana@example.org>', "Lopez, Ana"),
        (b"ana@example.org (Ana (of the atlas))", "Ana of the atlas"),
        (b"'Ana' <ana@example.org>", "Ana"),
        (b"A\x00n\x07a <ana@example.org>", "A n a"),
        (b"=?UTF-8?Q?=E2=80=AEAna?= <ana@example.org>", "Ana"),
    ],
)
def test_names_are_read_however_they_were_written(tmp_path: Path, header: bytes, name: str) -> None:
    message = mail("").replace(b"Ana <ana@example.org>", header)
    assert AccountSeen(Account("email", "ana@example.org"), name) in read_bytes(tmp_path, message)


def test_a_name_that_only_repeats_the_address_is_no_name(tmp_path: Path) -> None:
    records = read_bytes(tmp_path, mail("From: ANA@example.org <ana@example.org>"))
    assert records == acts(records)


def test_a_person_who_writes_to_a_mailing_list_stays_a_person(tmp_path: Path) -> None:
    headers = "To: atlas@lists.example.org\nList-Id: <atlas.lists.example.org>\nPrecedence: list"
    told = natures(read_bytes(tmp_path, mail(headers)))
    assert told == {"atlas@lists.example.org": Nature.LIST}


def test_whoever_sends_mostly_newsletters_is_a_list(tmp_path: Path) -> None:
    bulk = "Message-ID: <%d@x>\nList-Unsubscribe: <https://example.org/leave>"
    twice = mail(bulk % 1) + mail(bulk % 2)
    assert natures(read_bytes(tmp_path, twice)) == {"ana@example.org": Nature.LIST}
    by_hand = mail("Message-ID: <3@x>") + mail("Message-ID: <4@x>")
    assert natures(read_bytes(tmp_path, twice + by_hand)) == {}


@pytest.mark.parametrize(
    ("address", "nature"),
    [
        ("noreply@example.org", Nature.BOT),
        ("ci-notifications@example.org", Nature.BOT),
        ("mailer-daemon@example.org", Nature.BOT),
        ("support@example.org", Nature.ROLE),
        ("newsletter@example.org", Nature.LIST),
    ],
)
def test_addresses_that_are_no_persons_are_told_apart(
    tmp_path: Path, address: str, nature: Nature
) -> None:
    assert natures(read_bytes(tmp_path, mail(f"From: {address}"))) == {address: nature}


def test_what_a_program_wrote_makes_a_bot_and_a_notice_of_absence_is_no_act(tmp_path: Path) -> None:
    assert natures(read_bytes(tmp_path, mail("Auto-Submitted: auto-generated"))) == {
        "ana@example.org": Nature.BOT
    }
    assert read_bytes(tmp_path, mail("Auto-Submitted: auto-replied (vacation)")) == []


def test_what_is_read_of_a_message_is_not_in_its_repr() -> None:
    (head,) = heads(io.BytesIO(mail("Subject: atlas")), WANTED)
    assert head.first("subject") == "atlas"
    assert repr(head) == "Head(number=1)"


@pytest.mark.parametrize(
    "label",
    ["Draft", "Spam", "=?UTF-8?Q?Posteingang,Entw=C3=BCrfe?=", "Wersje robocze", "迷惑メール"],
)
def test_drafts_and_spam_reach_nobody(tmp_path: Path, label: str) -> None:
    assert read_bytes(tmp_path, mail(f"X-Gmail-Labels: {label}")) == []


def test_a_blind_copy_reaches_the_mailbox_it_lies_in(tmp_path: Path) -> None:
    (act,) = acts(
        read_bytes(tmp_path, mail("Delivered-To: dara@example.org\nTo: undisclosed-recipients:;"))
    )
    assert act.copied == (Account("email", "dara@example.org"),)


def test_what_one_sends_to_oneself_and_blindly_to_others_reaches_the_others(tmp_path: Path) -> None:
    to_oneself = "To: ana@example.org\nDelivered-To: "
    (act,) = acts(read_bytes(tmp_path, mail(f"{to_oneself}dara@example.org")))
    assert (act.recipients, act.copied) == ((), (Account("email", "dara@example.org"),))
    assert read_bytes(tmp_path, mail(f"{to_oneself}ana@example.org")) == []


def test_a_bodys_own_lines_that_begin_with_from_do_not_begin_a_message(tmp_path: Path) -> None:
    body = (
        "Hi,\n\nFrom where I stand at 10:30 all is well.\nFrom: nobody\n\n"
        "From Monday 9:00 on:\nwe print.\n\nFrom x 10:00\n\nCopied, without an empty line above:\n"
        "From x Mon Jan  5 09:12:00 2026\nFrom: b@x.org\nTo: c@x.org\n"
    )
    assert len(acts(read_bytes(tmp_path, mail("Message-ID: <1@x>", body) + mail("")))) == 2


def test_an_mbox_with_the_line_ends_of_windows_reads_the_same(tmp_path: Path) -> None:
    content = mail("Message-ID: <1@x>\nReferences: <0@x>\n <00@x>") + mail("Message-ID: <2@x>")
    plain = read_bytes(tmp_path, content)
    assert read_bytes(tmp_path, content.replace(b"\n", b"\r\n")) == plain
    assert len(acts(plain)) == 2


def test_a_mailbox_without_the_empty_line_below_the_headers_is_still_cut(tmp_path: Path) -> None:
    bare = mail("Message-ID: <1@x>", body="").rstrip(b"\n") + b"\n"
    assert len(acts(read_bytes(tmp_path, bare + mail("Message-ID: <2@x>")))) == 2


@pytest.mark.parametrize("bytes_at_once", [1, 2, 7, 64, 301])
def test_it_does_not_matter_where_a_block_ends(
    bytes_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = mail("Message-ID: <1@x>\nReferences: <0@x>\n <00@x>\nX-Long: " + "x" * 300)
    cut_short = mail("Message-ID: <2@x>", body="").rstrip(b"\n") + b"\n"
    content = folded + folded.replace(b"\n", b"\r\n") + cut_short + mail("", "From x\n\nFrom y\n")
    content += ENVELOPE + b"From: b@x.org\nTo: c@x.org"
    whole = [(head, head.headers) for head in heads(io.BytesIO(content), WANTED)]
    monkeypatch.setattr(mbox, "_BLOCK", bytes_at_once)
    assert [(head, head.headers) for head in heads(io.BytesIO(content), WANTED)] == whole
    assert len(whole) == 5
    assert whole[-1][0].first("to") == "c@x.org"


def test_large_headers_read_line_by_line_say_what_small_ones_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = mail(
        "Message-ID: <1@x>\nReferences: <0@x>\n\t<00@x>\nSubject\nCc: a@b.c\r\nCC: d@e.f"
    )
    at_once = [head.headers for head in heads(io.BytesIO(content), WANTED)]
    monkeypatch.setattr(mbox, "_AT_ONCE", 1)
    assert [head.headers for head in heads(io.BytesIO(content), WANTED)] == at_once
    assert at_once[0]["cc"] == [b" a@b.c", b" d@e.f"]
    assert "subject" not in at_once[0]


def test_a_piece_of_a_long_line_is_not_taken_for_the_empty_line_below_headers() -> None:
    long = "x" * (2**16 - len("X-Long: "))
    (head,) = heads(io.BytesIO(mail(f"X-Long: {long}\nMessage-ID: <1@x>")), WANTED)
    assert head.first("message-id") == "<1@x>"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Ana <Ana@Example.org>, ben@example.org", "Ana ana@example.org, ben@example.org"),
        ('"Lopez, Ana" <ana@example.org>, Ben <b@x.y>', "Lopez, Ana ana@example.org, Ben b@x.y"),
        ("Ana <x,ana@example.org>, b@x.y", " b@x.y"),
        ("'ana@example.org', Team: b@x.y;, <c@x.y>", " ana@example.org,  b@x.y,  c@x.y"),
        (", ,Ana,", ""),
    ],
)
def test_addresses_are_read_the_same_at_a_glance_and_by_the_scanner(
    header: str, found: str
) -> None:
    scanned = tuple(filter(None, (addresses._pair(*each) for each in addresses._mailboxes(header))))
    assert addresses.addresses(header) == scanned
    told = ", ".join(f"{name} {address}" for name, address in scanned)
    assert told.split() == found.split()


class Endless(io.RawIOBase):
    """Bytes that are made as they are read, so that a huge file needs no disk."""

    def __init__(self, start: bytes, filling: bytes, size: int, end: bytes) -> None:
        self._parts = [start, *([filling] * (size // len(filling))), end][::-1]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        if not self._parts:
            return 0
        part = self._parts.pop()
        if len(part) > len(buffer):
            self._parts.append(part[len(buffer) :])
            part = part[: len(buffer)]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("filling", [b"x" * 8000, b"\nX-Filler: x" * 600, b",a@b.org" * 900])
def test_a_huge_line_or_header_is_passed_over_in_bounded_memory(filling: bytes) -> None:
    start = ENVELOPE + b"From: ana@example.org\nTo: ben@example.org"
    stream = io.BufferedReader(Endless(start, filling, 4_000_000, b"\n\nbody\n\n" + mail("")))
    tracemalloc.start()
    found = [message.first("from") for message in heads(stream, WANTED)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == ["ana@example.org", "Ana <ana@example.org>"]
    assert peak < 2_000_000


def test_thousands_of_nested_comments_are_no_trouble(tmp_path: Path) -> None:
    hostile = mail("From: " + "(" * 50_000) + mail("From: " + '"\\' * 50_000)
    hostile += mail("From: " + ",".join(f'"{number}" {" " * 990}x' for number in range(90)))
    records = read_bytes(tmp_path, hostile + mail(""))
    assert [record.code for record in records if isinstance(record, Problem)] == ["no_sender"] * 3


def test_takeout_in_a_zip_and_single_messages_in_a_folder_are_recognised(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as packed:
        packed.writestr("Takeout/Mail/Alle E-Mails.mbox", mail("Message-ID: <1@x>"))
        packed.writestr("Takeout/Mail/Atlas.mbox", mail("Message-ID: <1@x>"))
        packed.writestr("Takeout/archive_browser.html", "<html></html>")
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.eml").write_bytes(mail("Message-ID: <1@x>").removeprefix(ENVELOPE))
    (folder / "readme.eml").write_text("Not: a message\n\nat all")
    for path in (tmp_path / "takeout.zip", folder):
        assert recognised(path)
        assert len(acts(read(path))) == 1


@pytest.mark.parametrize(
    "content", [b"", b"From me to you\n", b"From: a\n\n", b"\x00" * 99, b"a,b\n1,2\n"]
)
def test_what_is_not_mail_is_not_recognised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "something"
    path.write_bytes(content)
    assert not recognised(path)


def test_a_mailbox_of_mostly_unusable_messages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="6 of 10 rows cannot be used"):
        read_bytes(tmp_path, mail("") * 4 + mail("From: nobody") * 6)
