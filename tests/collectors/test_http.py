"""How refusals and accidents of live sources are told."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.collectors.base import LiveSettings
from roc.collectors.http import (
    Line,
    NotUnderstood,
    Words,
    base_url,
    bearer,
    json_object,
)
from roc.collectors.limits import resume_at
from roc.errors import (
    CollectError,
    ConfigError,
    PermissionMissing,
    QuotaExhausted,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
)
from tests.collectors.loopback import Answer, Loopback

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
TOKEN = "a-token-nobody-may-see"
WORDS = Words(
    source="Town Square",
    sign_in="put a new token into ROC_SQUARE_TOKEN.",
    permission="the token needs the scope bench.read.",
    payment="buy credits, or wait for the next month.",
)


def settings(url: str = "", token: str = TOKEN, timeout_seconds: float = 5.0) -> LiveSettings:
    return LiveSettings(token=token, now=NOW, base_url=url, timeout_seconds=timeout_seconds)


@pytest.fixture
def square() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def line(square: Loopback, **given: float) -> Line:
    return Line(settings(square.url, **given), "https://square.example.org", WORDS)  # type: ignore[arg-type]


def refusal(square: Loopback, answer: Answer) -> CollectError:
    square.fail("/bench", answer)
    with pytest.raises(CollectError) as caught:
        line(square).get("/bench", {}, WORDS)
    return caught.value


def test_an_answer_comes_back_and_the_token_travels_in_the_header_alone(square: Loopback) -> None:
    answer = line(square).get("/bench", {"page": 2}, WORDS)
    assert json_object(answer, WORDS) == {"path": "/bench"}
    [asked] = square.asked
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    assert asked.query == {"page": "2"}
    assert asked.headers["User-Agent"].startswith("return-on-connections/")


@pytest.mark.parametrize(
    ("status", "kind", "says", "hint"),
    [
        (400, NotUnderstood, "does not understand the request (400)", "newer roc"),
        (401, SignInFailed, "refuses the token (401)", "ROC_SQUARE_TOKEN"),
        (402, QuotaExhausted, "wants money before it goes on (402)", "buy credits"),
        (403, PermissionMissing, "does not let this token read that (403)", "bench.read"),
        (404, NotUnderstood, "does not understand the request (404)", "newer roc"),
        (429, RateLimited, "asks to wait (429)", "goes on where it stopped"),
        (500, SourceUnavailable, "answers with an error of its own (500)", "later"),
        (503, SourceUnavailable, "answers with an error of its own (503)", "later"),
    ],
)
def test_every_refusal_says_what_happened_and_what_to_do(
    square: Loopback, status: int, kind: type[CollectError], says: str, hint: str
) -> None:
    error = refusal(square, Answer(status=status, body={"detail": "Ana wrote something private"}))
    assert type(error) is kind
    assert error.message.startswith("Town Square ")
    assert says in error.message
    assert hint in error.hint
    assert "private" not in error.message + error.hint


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "90"}, timedelta(seconds=90)),
        ({"retry-after": "Thu, 05 Mar 2026 12:10:00 GMT"}, timedelta(minutes=10)),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 900)}, timedelta(minutes=15)),
        ({"X-RateLimit-Reset": "2026-03-05T12:05:00.000Z"}, timedelta(minutes=5)),
        ({"X-RateLimit-Reset": "2026-03-05T13:05:00+01:00"}, timedelta(minutes=5)),
        ({"RateLimit-Reset": "30"}, timedelta(seconds=30)),
        ({"Retry-After": "-5"}, timedelta(0)),
        ({"Retry-After": "10", "x-rate-limit-reset": "1"}, timedelta(seconds=10)),
        (
            {
                "x-rate-limit-remaining": "12",
                "x-rate-limit-reset": str(int(NOW.timestamp()) + 900),
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": str(int(NOW.timestamp()) + 86400),
            },
            timedelta(days=1),
        ),
        ({}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"x-rate-limit-reset": "9" * 400}, None),
    ],
)
def test_the_moment_to_come_back_is_read_in_every_style(
    headers: dict[str, str], wait: timedelta | None
) -> None:
    assert resume_at(headers, NOW) == (None if wait is None else NOW + wait)


@given(st.text(max_size=40))
def test_no_header_breaks_the_reading(value: str) -> None:
    for name in ("Retry-After", "x-rate-limit-reset"):
        moment = resume_at({name: value}, NOW)
        assert moment is None or moment >= NOW


def test_a_rate_limit_tells_when_to_come_back(square: Loopback) -> None:
    error = refusal(square, Answer(status=429, headers={"Retry-After": "600"}))
    assert isinstance(error, RateLimited)
    assert error.resume_at == NOW + timedelta(minutes=10)
    assert "until 2026-03-05 12:10 UTC" in error.message
    assert error.exit_code == 75


def test_a_connection_cut_in_the_middle_of_an_answer_is_the_sources_trouble(
    square: Loopback,
) -> None:
    error = refusal(square, Answer(body={"people": ["Ana"] * 100}, cut=True))
    assert isinstance(error, SourceUnavailable)
    assert "cut" in error.message


def test_a_source_that_stays_silent_is_given_up(square: Loopback) -> None:
    square.fail("/bench", Answer(silent=True))
    with pytest.raises(SourceUnavailable, match="does not answer in time"):
        line(square, timeout_seconds=0.2).get("/bench", {}, WORDS)


def test_a_source_that_is_not_there_is_told_as_down() -> None:
    with Loopback() as gone:
        url = gone.url
    with pytest.raises(SourceUnavailable, match="cannot be reached"):
        Line(settings(url), url, WORDS).get("/bench", {}, WORDS)


def test_the_token_follows_no_redirect(square: Loopback) -> None:
    with Loopback() as elsewhere:
        error = refusal(square, Answer(status=302, headers={"Location": elsewhere.url + "/bench"}))
        assert elsewhere.asked == []
    assert isinstance(error, SourceUnavailable)
    assert "sends its visitors elsewhere" in error.message


@pytest.mark.parametrize("body", [b"<html>log in</html>", b"[1, 2]", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json_object_is_the_sources_trouble(
    square: Loopback, body: bytes
) -> None:
    square.fail("/bench", Answer(body=body))
    answer = line(square).get("/bench", {}, WORDS)
    with pytest.raises(SourceUnavailable, match="answers with something"):
        json_object(answer, WORDS)


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak", "tökén"])
def test_what_cannot_be_a_token_is_never_sent_nor_quoted(token: str) -> None:
    with pytest.raises(SignInFailed) as caught:
        bearer(settings(token=token), WORDS)
    assert not token.strip() or token not in str(caught.value)
    assert caught.value.hint == WORDS.sign_in


def test_a_line_break_after_a_pasted_token_does_no_harm() -> None:
    assert bearer(settings(token=f"{TOKEN}\n"), WORDS) == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    "url",
    [
        "http://square.example.org",
        "ftp://127.0.0.1",
        "https://",
        "square.example.org",
        "https://ana:secret@square.example.org",
        "https://square.example.org?page=1",
        "http://127.0.0.1.example.org",
        "https://[broken",
    ],
)
def test_an_address_that_would_show_the_token_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="must be https"):
        base_url(settings(url), "https://square.example.org")


def test_without_a_setting_the_real_address_is_used() -> None:
    assert base_url(settings(), "https://square.example.org/") == "https://square.example.org"


def test_the_token_is_in_no_error_repr_or_log(
    square: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = refusal(square, Answer(body={"a": 1}, cut=True))
    seen: BaseException | None = error
    while seen is not None:
        assert TOKEN not in f"{seen!r} {seen}"
        seen = seen.__context__
    assert TOKEN not in repr(settings()) + repr(line(square)) + caplog.text
