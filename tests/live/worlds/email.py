"""Mail on Dovecot: an inbox of several batches, what was sent, a newsletter, spam and a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.wire import Wire
from tests.live.world import World
from tests.servers.dovecot import PASSWORD, USER, Dovecot, serving

MANY = 1100


def message(number: int, sender: str, to: str, *, more: str = "") -> bytes:
    """A message with a text that nobody may keep."""
    clock = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
    return (
        f"From: {sender}\r\nTo: {to}\r\nDate: Thu, 5 Mar 2026 {clock} +0000\r\n"
        f"Message-ID: <m{number}@example.org>\r\n{more}Subject: a secret subject\r\n\r\n"
        "a secret text\r\n"
    ).encode()


def history() -> dict[str, list[bytes]]:
    """Folders and what is in them."""
    ana, ben = f"Ana <{USER}>", "Ben Osei <ben@example.org>"
    return {
        "INBOX": [
            *(message(n, ben, ana) for n in range(MANY)),
            *(
                message(n, "News <news@shop.example>", ana, more="List-Unsubscribe: <x:y>\r\n")
                for n in range(2000, 2003)
            ),
        ],
        "Sent Items": [
            message(n, ana, ben, more=f"In-Reply-To: <m{n - 3000}@example.org>\r\n")
            for n in range(3000, 3010)
        ],
    }


def filled(server: Dovecot) -> None:
    """Deliver the history, and beside it what is no act."""
    for folder, messages in history().items():
        for number, each in enumerate(messages):
            server.deliver(folder, number, each)
    server.deliver("Junk", 1, message(9001, "spam@spam.example", USER))
    server.deliver("Drafts", 1, message(9002, USER, "ben@example.org"))
    server.deliver("Sent Items", 99, message(9003, USER, "chidi@example.org"), flags="D")


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving() as server, Wire(server.port) as wire:
        filled(server)
        mbox = folder / "all.mbox"
        mbox.write_bytes(
            b"".join(
                b"From - Thu Mar  5 08:00:00 2026\r\n" + each + b"\r\n"
                for messages in history().values()
                for each in messages
            )
        )

        def something_new() -> None:
            server.deliver("INBOX", 5000, message(5000, "Dara <dara@example.org>", USER))

        yield World(
            source="email",
            environment={
                "ROC_EMAIL_TOKEN": PASSWORD,
                "ROC_EMAIL_BASE": f"imap://127.0.0.1:{wire.port}",
                "ROC_EMAIL_USER": USER,
            },
            secrets=(PASSWORD, "a secret subject", "a secret text"),
            something_new=something_new,
            export=mbox,
            wire=wire,
        )
