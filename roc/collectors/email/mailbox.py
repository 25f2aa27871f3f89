"""A mailbox on a server, over IMAP (RFC 9051 and before): folders, and the heads in them.

Python's own ``imaplib`` speaks; what a server may send in one go is capped, every refusal is told
as our own error, and nothing is changed: folders are opened to be read only.
"""

import imaplib
import io
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from roc.collectors.base import LiveSettings
from roc.collectors.formats.letter import WANTED
from roc.collectors.formats.mbox import Head, single_head
from roc.collectors.http import MOST_BYTES, Words, secret, unavailable
from roc.errors import (
    CollectError,
    ConfigError,
    PermissionMissing,
    RateLimited,
    SignInFailed,
)

WORDS = Words(
    source="The mail server",
    sign_in="mail wants an app password, or a token as oauth2:…; see docs/sources/email-api.md.",
    permission="allow IMAP in your mail provider's settings.",
    payment="look at your account with your mail provider.",
)

_OAUTH = "oauth2:"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TLS_PORT, _PLAIN_PORT = 993, 143
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) ?(?P<name>.*)', re.DOTALL)
_STATUS = re.compile(rb"(?P<name>.*?) ?\((?P<told>[^()]*)\)$", re.DOTALL)
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_DRAFT = re.compile(rb"\bFLAGS \([^)]*\\Draft\b", re.IGNORECASE)
_CODE = re.compile(rb"\[([A-Z-]+)", re.IGNORECASE)
_NEVER_READ = frozenset({b"\\junk", b"\\drafts", b"\\trash", b"\\noselect", b"\\nonexistent"})
_NEVER_BY_NAME = frozenset({"junk", "spam", "drafts", "trash", "bulk mail", "deleted items"})
_FIELDS = " ".join(sorted(WANTED)).upper()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and how it stands.

    Args:
        name: as the server writes it.
        validity: while it is the same, so are the messages' numbers.
        following: the number that the next message to come in will have.
    """

    name: str
    validity: int
    following: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of a folder's messages.

    Args:
        last: the highest of the numbers that were asked for.
        heads: number and head of each message that is no draft.
    """

    last: int
    heads: list[tuple[int, Head]]


class Mailbox:
    """One person's mailbox, for one run; it is opened by the first question.

    Args:
        settings: see ``LiveSettings``; the address is ``imaps://HOST``.

    Raises:
        ConfigError: the address is none, or would show the password to others.
        SignInFailed: there is no password.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._host, self._port, self._is_safe = _place(settings.base_url)
        self._secret = secret(settings, WORDS)
        self._timeout = settings.timeout_seconds
        self.user = settings.user
        self._line: Any = None

    def folders(self) -> list[Folder]:
        """The folders that hold mail; where one holds all of it, that one alone."""
        line = self._opened()
        with _talking():
            if b"LIST-STATUS" in self._able:  # RFC 5819: all folders' states with one question
                asked = ('""', "*", "RETURN", "(SPECIAL-USE STATUS (UIDVALIDITY UIDNEXT))")
                _good(line.xatom("LIST", *asked))
                listed, told = line.response("LIST")[1], line.response("STATUS")[1]
            else:
                listed, told = _good(line.list()), ()
        states = dict(filter(None, map(_state, _joined(told))))
        names = _to_read(_joined(listed))
        return [Folder(name, *(states.get(name) or self._status(name))) for name in names]

    def batches(self, folder: Folder, after: int, size: int) -> Iterator[Batch]:
        """What came into a folder after a message, upwards; drafts are left out.

        Args:
            folder: where.
            after: number of the last message that is known; 0 for none.
            size: how many messages are asked for at once.
        """
        line = self._opened()
        with _talking():
            _good(line.select(_quoted(folder.name), readonly=True))
            listed = _joined(_good(line.uid("FETCH", f"{after + 1}:*", "(UID)")))
        # "n:*" brings the last message even where it is older than n.
        numbers = sorted({number for each in listed if (number := _uid(each)) > after})
        for begin in range(0, len(numbers), size):
            piece = numbers[begin : begin + size]
            with _talking():
                asked = f"(UID FLAGS BODY.PEEK[HEADER.FIELDS ({_FIELDS})])"
                answer = _good(line.uid("FETCH", f"{piece[0]}:{piece[-1]}", asked))
            yield Batch(piece[-1], _read(answer, piece))

    def close(self) -> None:
        """Say goodbye, as far as anybody listens; another question opens it anew."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(imaplib.IMAP4.error, OSError, EOFError, ValueError):
                line.logout()
            _hang_up(line)

    def _opened(self) -> Any:
        if self._line is None:
            kind = _Safe if self._is_safe else _Plain
            with _talking():
                given: dict[str, Any] = (
                    {"ssl_context": ssl.create_default_context()} if self._is_safe else {}
                )
                line = kind(self._host, self._port, timeout=self._timeout, **given)
            line.debug = 0  # else it would print the password
            try:
                self._sign_in(line)
                with _talking():
                    told = _good(line.capability())  # more than before signing in
            except CollectError:
                _hang_up(line)
                raise
            self._able = frozenset(b" ".join(each for each in told if each).upper().split())
            self._line = line
        return self._line

    def _sign_in(self, line: Any) -> None:
        user, given = self.user, self._secret
        with _talking(signing_in=True):
            if given.startswith(_OAUTH):
                told = f"user={user}\1auth=Bearer {given.removeprefix(_OAUTH)}\1\1"
                line.authenticate("XOAUTH2", _once(told))
            elif "AUTH=PLAIN" in line.capabilities:
                line.authenticate("PLAIN", _once(f"\0{user}\0{given}"))
            else:
                line.login(user, given)

    def _status(self, name: str) -> tuple[int, int]:
        with _talking():
            told = _good(self._line.status(_quoted(name), "(UIDVALIDITY UIDNEXT)"))
        for each in _joined(told):
            if state := _state(each):
                return state[1]
        raise unavailable(WORDS, "does not say how a folder stands")


def _hang_up(line: Any) -> None:
    """Close a line, whatever state it is in."""
    with suppress(OSError):
        line.shutdown()


def _once(told: str) -> Callable[[bytes], bytes]:
    """Answers a server's challenge; a second one, which tells of an error, with nothing."""
    left = [told.encode()]
    return lambda _challenge: left.pop() if left else b""


def _place(address: str) -> tuple[str, int, bool]:
    """Host, port, and whether the line is encrypted, which it has to be beyond this machine."""
    told = address if "://" in address else f"imaps://{address}"
    try:
        parts = urlsplit(told)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    plain = parts.scheme == "imap" and host in _LOOPBACK if host else False
    if not host or not (parts.scheme == "imaps" or plain) or parts.username or parts.query:
        raise ConfigError(
            "The address of a mail server must be imaps://HOST.",
            hint="your mail provider tells it, such as imaps://imap.example.org.",
        )
    return unquote(host), port or (_PLAIN_PORT if plain else _TLS_PORT), not plain


class _Capped:
    """What one answer may bring: a server that promises more is not waited for."""

    def read(self, size: int) -> bytes:
        if size > MOST_BYTES:
            raise imaplib.IMAP4.abort("too much")
        found: bytes = super().read(size)  # type: ignore[misc]
        return found


class _Plain(_Capped, imaplib.IMAP4):
    """A line within this machine."""


class _Safe(_Capped, imaplib.IMAP4_SSL):
    """A line that is encrypted."""


@contextmanager
def _talking(*, signing_in: bool = False) -> Iterator[None]:
    """Tell what goes wrong in IMAP's words, or on the way, as our own errors.

    The library's own errors are not chained: they quote what was sent.
    """
    try:
        yield
    except (ssl.SSLCertVerificationError, ssl.CertificateError):
        raise unavailable(WORDS, "shows a certificate that cannot be trusted") from None
    except TimeoutError:
        raise unavailable(WORDS, "does not answer in time", may_pass=True) from None
    except imaplib.IMAP4.abort:
        what = "cannot be reached, or the connection was cut"
        raise unavailable(WORDS, what, may_pass=True) from None
    except imaplib.IMAP4.error as error:
        raise _refused(str(error).encode(errors="replace"), signing_in=signing_in) from None
    except (OSError, EOFError):
        what = "cannot be reached, or the connection was cut"
        raise unavailable(WORDS, what, may_pass=True) from None
    except (ValueError, IndexError, AttributeError, TypeError):
        raise unavailable(WORDS, "answers with something else than was asked for") from None


def _refused(said: bytes, *, signing_in: bool) -> CollectError:
    """A refusal by its code (RFC 5530), where the server gives one."""
    found = _CODE.search(said)
    code = found[1].upper().decode() if found else ""
    if code in ("UNAVAILABLE", "SERVERBUG", "CONTACTADMIN"):
        return unavailable(WORDS, "cannot serve anybody at the moment", may_pass=True)
    if code in ("INUSE", "LIMIT", "OVERQUOTA", "THROTTLED"):
        return RateLimited(
            "The mail server asks to wait.",
            resume_at=None,
            hint="run the same command later; what was read is kept.",
        )
    if code in ("NOPERM", "PRIVACYREQUIRED") or (not signing_in and code == "AUTHORIZATIONFAILED"):
        return PermissionMissing("The mail server does not allow that.", hint=WORDS.permission)
    if signing_in:
        return SignInFailed("The mail server refuses the password.", hint=WORDS.sign_in)
    return unavailable(WORDS, "does not do what it was asked for")


def _good(answer: tuple[str, Any]) -> Any:
    """What came with a command that was done.

    Raises:
        IMAP4.error: it was not.
    """
    status, told = answer
    if status != "OK":
        text = b" ".join(each for each in told if isinstance(each, bytes))
        raise imaplib.IMAP4.error(text.decode(errors="replace"))
    return told


def _joined(answer: Any) -> list[bytes]:
    """An answer's lines, those in pieces put together: a name may be sent as a literal."""
    lines: list[bytes] = []
    for each in answer or ():
        if isinstance(each, tuple):
            lines.append(b"".join((re.sub(rb"\{\d+\}$", b"", each[0]), each[1])))
        elif isinstance(each, bytes):
            lines.append(each)
    return lines


def _to_read(listed: Sequence[bytes]) -> list[str]:
    """The names of the folders that are read."""
    found = [
        (frozenset(told["flags"].lower().split()), _unquoted(told["name"]))
        for line in listed
        if (told := _LISTED.fullmatch(line.strip()))
    ]
    everything = [name for flags, name in found if b"\\all" in flags]
    return everything or [
        name
        for flags, name in found
        if not flags & _NEVER_READ and re.split(r"[/.]", name)[-1].lower() not in _NEVER_BY_NAME
    ]


def _state(line: bytes) -> tuple[str, tuple[int, int]] | None:
    told = _STATUS.fullmatch(line.strip())
    if told is None:
        return None
    words = told["told"].upper().split()
    counts = dict(zip(words[::2], words[1::2], strict=False))
    try:
        state = int(counts[b"UIDVALIDITY"]), int(counts[b"UIDNEXT"])
    except (KeyError, ValueError):
        return None
    return _unquoted(told["name"]), state


def _quoted(name: str) -> str:
    plain = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _unquoted(told: bytes) -> str:
    text = told.strip().decode("latin-1")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _uid(line: bytes) -> int:
    found = _UID.search(line)
    return int(found[1]) if found else 0


def _read(answer: Any, asked: Sequence[int]) -> list[tuple[int, Head]]:
    """The heads of a batch by their numbers, upwards; what was not asked for is left out."""
    wanted = frozenset(asked)
    heads: dict[int, Head] = {}
    lines = list(answer or ())
    for place, each in enumerate(lines):
        if not isinstance(each, tuple):
            continue
        # What is told of a message stands before and behind its head.
        behind = lines[place + 1] if place + 1 < len(lines) else b""
        around = each[0] + (behind if isinstance(behind, bytes) else b"")
        number = _uid(around)
        if number in wanted and not _DRAFT.search(around):
            heads[number] = single_head(io.BytesIO(each[1]), WANTED)
    return sorted(heads.items(), key=lambda told: told[0])
