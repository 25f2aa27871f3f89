"""Manners towards live sources: time-outs, no redirects, every refusal told as our own error.

Nothing here waits or asks a clock: ``RateLimited`` says when to come back, and whoever runs the
collector decides. The token travels in a header and is in no address, error, log line or repr.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from roc import __version__
from roc.collectors.base import LiveSettings
from roc.collectors.limits import is_limit, resume_at
from roc.errors import (
    CollectError,
    ConfigError,
    PermissionMissing,
    QuotaExhausted,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
)

AGENT = f"return-on-connections/{__version__}"
"""What sources are told about who is asking."""

MOST_BYTES = 64 << 20
"""No page of any source is longer; more would only fill the memory."""

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the owner is told when a source refuses.

    Args:
        source: the source's name as people write it.
        sign_in: what to do about a refused token.
        permission: which scope or product the token needs for what is being read.
        payment: what to do when the source wants money.
    """

    source: str
    sign_in: str
    permission: str
    payment: str


class NotUnderstood(CollectError):
    """The source answers that the request is wrong, or that nothing is there (400, 404, 410 …).

    Args:
        message: what happened.
        status: the HTTP status.
        hint: what to do.
    """

    def __init__(self, message: str, *, status: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status


def bearer(settings: LiveSettings, words: Words) -> str:
    """The value of the ``Authorization`` header.

    Raises:
        SignInFailed: the token is empty, or has characters that no token has. The HTTP library
            would refuse it too, and print it while doing so.
    """
    token = secret(settings, words)
    if not all("!" <= character <= "~" for character in token):
        raise SignInFailed(f"What is given is not a token for {words.source}.", hint=words.sign_in)
    return f"Bearer {token}"


def _basic(settings: LiveSettings, words: Words) -> str:
    """The value of the ``Authorization`` header for a name and a password (RFC 7617)."""
    both = f"{settings.user}:{secret(settings, words)}".encode()
    return f"Basic {b64encode(both).decode()}"


def secret(settings: LiveSettings, words: Words) -> str:
    """The token or password, without the white space that copying leaves around it.

    Raises:
        SignInFailed: there is none, or it has characters that none has.
    """
    found = settings.token.strip()
    if not found:
        raise SignInFailed(f"There is no token for {words.source}.", hint=words.sign_in)
    if not found.isprintable():
        raise SignInFailed(f"What is given is not a token for {words.source}.", hint=words.sign_in)
    return found


def base_url(settings: LiveSettings, real: str) -> str:
    """Where the source is, without a trailing slash: the setting's word, or else ``real``.

    Raises:
        ConfigError: the address would carry the token unencrypted over a network.
    """
    url = (settings.base_url or real).rstrip("/")
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        plain = bool(parts.hostname) and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        safe = plain = False
    if not (safe and plain):
        raise ConfigError(
            "The base address of a live source must be https://HOST.",
            hint="take the setting out to use the real source; http is for this machine only.",
        )
    return url


def check(response: requests.Response, words: Words, now: datetime) -> None:
    """Let an answer of status 2xx, or 304, pass, and tell every other one as an error.

    Args:
        response: the answer; its body is not looked at, for it may name people.
        words: what to tell the owner.
        now: the moment of the run, from which relative waits are counted.

    Raises:
        SignInFailed: 401.
        QuotaExhausted: 402.
        PermissionMissing: 403.
        RateLimited: 429, and 403 with the headers of a limit; with the moment to come back where
            the answer tells it.
        SourceUnavailable: 5xx, and redirects, which are never followed with a token.
        NotUnderstood: any other status.
    """
    status, source = response.status_code, words.source
    if status == 304:  # what was asked for is as it was
        return
    if response.history or 300 <= status < 400:
        raise SourceUnavailable(
            f"{source} sends its visitors elsewhere ({status}); the token does not follow.",
            hint="check the base address; a network that asks for a log-in page does this too.",
        )
    if 200 <= status < 300:
        return
    if status == 401:
        raise SignInFailed(f"{source} refuses the token (401).", hint=words.sign_in)
    if status == 402:
        raise QuotaExhausted(f"{source} wants money before it goes on (402).", hint=words.payment)
    if status == 403 and is_limit(response.headers):
        raise _rate_limited(response.headers, words, now, status)
    if status == 403:
        raise PermissionMissing(
            f"{source} does not let this token read that (403).", hint=words.permission
        )
    if status == 429:
        raise _rate_limited(response.headers, words, now, status)
    if status >= 500:
        raise unavailable(words, f"answers with an error of its own ({status})", may_pass=True)
    raise NotUnderstood(
        f"{source} does not understand the request ({status}).",
        status=status,
        hint="the source may have changed: look for a newer roc, or report it.",
    )


@contextmanager
def reaching(words: Words) -> Iterator[None]:
    """Tell what goes wrong on the way to a source as ``SourceUnavailable``.

    The library's own errors are not chained: they quote addresses and headers.
    """
    try:
        yield
    except requests.exceptions.SSLError:
        raise unavailable(words, "shows a certificate that cannot be trusted") from None
    except requests.exceptions.Timeout:
        raise unavailable(words, "does not answer in time", may_pass=True) from None
    except requests.exceptions.JSONDecodeError:
        raise unavailable(words, "answers with something that is not JSON") from None
    except requests.exceptions.RequestException:
        what = "cannot be reached, or the connection was cut"
        raise unavailable(words, what, may_pass=True) from None


def json_object(response: requests.Response, words: Words) -> dict[str, Any]:
    """The JSON object that an answer holds.

    Raises:
        SourceUnavailable: it holds something else.
    """
    answer = json_value(response, words)
    if not isinstance(answer, dict):
        raise unavailable(words, "answers with something else than was asked for")
    return answer


def json_value(response: requests.Response, words: Words) -> Any:
    """The JSON that an answer holds; ``None`` where it cannot be read for its depth or its signs.

    Raises:
        SourceUnavailable: it holds something else.
    """
    with reaching(words):
        try:
            return response.json()
        except (UnicodeDecodeError, RecursionError):
            return None


def unavailable(words: Words, what: str, *, may_pass: bool = False) -> SourceUnavailable:
    """The error for a source that is down: ``what`` completes "X …"."""
    return SourceUnavailable(
        f"{words.source} {what}.",
        may_pass=may_pass,
        hint="run the same command later; what was read is kept.",
    )


class Line:
    """A line to one source: its address, its time-out and its token.

    Args:
        settings: token, time-out, and where the source is.
        real: the source's real address; empty where everybody has a server of their own.
        words: what to tell the owner when the token cannot be one.
        with_name: the token is a password, which goes with the name of ``settings.user``.
    """

    def __init__(
        self, settings: LiveSettings, real: str, words: Words, *, with_name: bool = False
    ) -> None:
        self._base = base_url(settings, real)
        self._timeout = settings.timeout_seconds
        self._now = settings.now
        self._requests = requests.Session()
        self._requests.headers["User-Agent"] = AGENT
        # As ``auth`` it is added last of all, and a netrc file cannot take its place.
        self._requests.auth = _Fixed(
            _basic(settings, words) if with_name else bearer(settings, words)
        )

    def anywhere(self) -> "Line":
        """The same line for whole addresses; which of them gets the token, the caller judges."""
        other = copy(self)
        other._base = ""
        return other

    def leads_to(self, route: str, words: Words) -> str:
        """Where a route sends its visitors; empty where it does not. Nobody follows."""
        response = self.answer("GET", route, words)
        return response.headers.get("Location", "") if response.is_redirect else ""

    def get(
        self,
        route: str,
        params: Mapping[str, Any],
        words: Words,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """An answer of status 2xx, or 304 where a header allows it, read to its end.

        Raises:
            CollectError: as told by ``check`` and ``reaching``.
        """
        return self.ask("GET", route, words, params=params, headers=headers)

    def ask(
        self,
        method: str,
        route: str,
        words: Words,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> requests.Response:
        """An answer to a request of any method that changes nothing; see ``get``."""
        response = self.answer(method, route, words, params=params, headers=headers, data=body)
        check(response, words, self._now)
        return response

    def answer(self, method: str, route: str, words: Words, **told: Any) -> requests.Response:
        """An answer of any status, read to its end, for whoever judges refusals by themselves.

        Args:
            method: of the request.
            route: below the address.
            words: what to tell the owner.
            told: ``params``, ``headers`` or ``data``.

        Raises:
            SourceUnavailable: the source cannot be reached.
        """
        with reaching(words):
            response = self._requests.request(
                method,
                self._base + route,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **told,
            )
            _read_to_its_end(response, words)
        return response


def _read_to_its_end(response: requests.Response, words: Words) -> None:
    """Take in an answer, as long as it is no longer than any honest one."""
    read = bytearray()
    with response:
        for piece in response.iter_content(1 << 16):
            read += piece
            if len(read) > MOST_BYTES:
                raise unavailable(words, "answers with more than one page can be")
    response._content = bytes(read)


def signed_in(
    settings: LiveSettings, real: str, route: str, told: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """What a source answers to a name and a password, where it gives a token for them.

    Args:
        settings: where the source is, and how long it may take.
        real: the source's real address.
        route: where it takes passwords.
        told: name and password, in the source's words.
        words: what to tell the owner.

    Raises:
        SignInFailed: the source does not take them.
        CollectError: it refused for another reason.
    """
    url = base_url(settings, real) + route
    response = posted(url, words, timeout_seconds=settings.timeout_seconds, json=dict(told))
    check(response, words, settings.now)
    return json_object(response, words)


def posted(
    url: str,
    words: Words,
    *,
    timeout_seconds: float,
    json: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> requests.Response:
    """The answer to what is posted without a token, whatever its status.

    Args:
        url: where to.
        words: what to tell the owner.
        timeout_seconds: how long it may take.
        json: what is posted, as JSON.
        form: what is posted, as a form.
        auth: name and password of a client that has some.

    Raises:
        SourceUnavailable: the source cannot be reached.
    """
    with reaching(words):
        response = requests.post(
            url,
            json=None if json is None else dict(json),
            data=None if form is None else dict(form),
            auth=auth or _Nobody(),
            headers={"User-Agent": AGENT, "Accept": "application/json"},
            timeout=timeout_seconds,
            allow_redirects=False,
            stream=True,
        )
        _read_to_its_end(response, words)
    return response


class _Nobody(AuthBase):
    """So that no netrc file adds what was not asked for."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Fixed(AuthBase):
    """One value of the header, whatever is asked."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._value
        return request


def _rate_limited(
    headers: Mapping[str, str], words: Words, now: datetime, status: int
) -> RateLimited:
    moment = resume_at(headers, now)
    when = f" until {moment:%Y-%m-%d %H:%M} UTC" if moment else ""
    return RateLimited(
        f"{words.source} asks to wait{when} ({status}).",
        resume_at=moment,
        hint="run the same command then; it goes on where it stopped.",
    )
