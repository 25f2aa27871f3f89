"""Dovecot, a mail server, with a Maildir that the tests write."""

import grp
import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.servers import free_port, listens, started

USER, PASSWORD = "ana@example.org", "app password of ana that nobody may see"

_CONF = """
base_dir = {folder}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {server}
default_internal_group = {group}
default_login_user = {server}
first_valid_uid = 0
mail_location = maildir:{folder}/mail:LAYOUT=fs
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  user = {me}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    special_use = \\Junk
  }}
  mailbox Drafts {{
    special_use = \\Drafts
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A mail server that runs.

    Args:
        port: where it listens on 127.0.0.1.
        mail: the folder of its mail.
    """

    port: int
    mail: Path

    def deliver(self, folder: str, number: int, message: bytes, flags: str = "") -> None:
        """Put a message into a folder, as a delivery would: whole or not at all."""
        place = self.mail if folder == "INBOX" else self.mail / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
            _hand_over(place, place / part)
        name = f"{1_700_000_000 + number}.M{number}.example"
        (place / "tmp" / name).write_bytes(message)
        _hand_over(place / "tmp" / name)
        (place / "tmp" / name).rename(place / "cur" / f"{name}:2,{flags}")

    def number_anew(self, folder: str) -> None:
        """What happens to a folder that is restored from a backup: other numbers hold."""
        place = self.mail if folder == "INBOX" else self.mail / folder
        for file in place.glob("dovecot*"):
            file.unlink()
        (place / "dovecot-uidlist").write_text("3 V7 N1\n", encoding="ascii")
        _hand_over(place / "dovecot-uidlist")


@contextmanager
def serving() -> Iterator[Dovecot]:
    """Dovecot with Ana's mailbox; skipped where it is not installed."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed: apt install dovecot-imapd")
    # Short, for sockets lie in it, and open to the user whom root's Dovecot hands the line to.
    with TemporaryDirectory(prefix="roc-mail-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        port = free_port()
        (folder / "dovecot.conf").write_text(_conf(folder, port), encoding="utf-8")
        (folder / "passwd").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
        (folder / "mail").mkdir()
        _hand_over(folder / "mail")
        command = [program, "-F", "-c", str(folder / "dovecot.conf")]
        with started(command, lambda: listens(port), folder=folder):
            yield Dovecot(port, folder / "mail")


def _server() -> pwd.struct_passwd:
    """Who answers calls and keeps mail: whoever runs the tests, but never root."""
    me = pwd.getpwuid(os.getuid())
    return pwd.getpwnam("nobody") if me.pw_uid == 0 else me


def _hand_over(*paths: Path) -> None:
    for path in paths:
        os.chown(path, _server().pw_uid, _server().pw_gid)


def _conf(folder: Path, port: int) -> str:
    server = _server()
    return _CONF.format(
        folder=folder,
        port=port,
        me=pwd.getpwuid(os.getuid()).pw_name,
        uid=server.pw_uid,
        gid=server.pw_gid,
        server=server.pw_name,
        group=grp.getgrgid(server.pw_gid).gr_name,
    )
