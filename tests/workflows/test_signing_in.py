"""Signing in and out: the token is tried, put away, renewed, and nowhere to be seen."""

import io
import json
import stat
import sys
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

import pytest

from roc.collectors.base import OAuth
from roc.collectors.x import api as x
from roc.config import CollectSettings, Config, GraphSettings
from roc.errors import ConfigError, SignInFailed
from roc.workflows import connections, signing_in
from roc.workflows.asking import ask
from roc.workflows.redirect import PORT
from roc.workflows.signing_in import Told
from tests.collectors.fake_x import ANA, BEN, TOKEN, FakeX, post
from tests.collectors.loopback import Answer, Asked
from tests.shell import Shell

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
CLIENT = "client-of-ana"


class Desk(FakeX):
    """X with a desk that hands out tokens: each code and each companion is good for once."""

    def __init__(self) -> None:
        super().__init__()
        self.mentions = [post(n, BEN, mentions=[ANA]) for n in range(3)]
        self.challenges: dict[str, str] = {}
        self.good = {TOKEN}
        self.companions: set[str] = set()
        self.lives: int | None = 7200
        self._drawn = 0

    def answer(self, asked: Asked) -> Answer:
        form = dict(parse_qsl(asked.body.decode()))
        if asked.path == "/register":
            return Answer(body={"client_id": CLIENT, "client_secret": "client-secret"})
        if asked.path == "/token":
            return self._handed_out(form)
        bearer = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        if bearer not in self.good:
            return Answer(401)
        headers = {**asked.headers, "Authorization": f"Bearer {TOKEN}"}
        return super().answer(replace(asked, headers=headers))

    def agree(self, page: str) -> str:
        """The owner agrees on the page: where the browser is sent next."""
        told = dict(parse_qsl(urlsplit(page).query))
        assert told["code_challenge_method"] == "S256"
        self._drawn += 1
        code = f"code-{self._drawn}"
        self.challenges[code] = told["code_challenge"]
        return f"{told['redirect_uri']}?{urlencode({'code': code, 'state': told['state']})}"

    def _handed_out(self, form: dict[str, str]) -> Answer:
        if form["client_id"] != CLIENT:
            return Answer(400, {"error": "invalid_client"})
        if form["grant_type"] == "authorization_code":
            digest = sha256(form["code_verifier"].encode()).digest()
            proof = urlsafe_b64encode(digest).decode().rstrip("=")
            if self.challenges.pop(form["code"], "") != proof:
                return Answer(400, {"error": "invalid_grant"})
        elif form["refresh_token"] not in self.companions:
            return Answer(400, {"error": "invalid_grant"})
        else:
            self.companions.remove(form["refresh_token"])
        self._drawn += 1
        token, companion = f"secret-token-{self._drawn}", f"secret-companion-{self._drawn}"
        self.good = {token}
        self.companions.add(companion)
        told = {"access_token": token, "refresh_token": companion, "token_type": "bearer"}
        return Answer(body=told if self.lives is None else {**told, "expires_in": self.lives})


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with Desk() as opened:
        way = OAuth("/authorize", "/token", ("tweet.read", "users.read"), register="/register")
        monkeypatch.setattr(x, "SIGN_IN", replace(x.SIGN_IN, oauth=way))
        yield opened


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        graph=GraphSettings(file=str(tmp_path / "me.graph")),
        collect=CollectSettings(max_wait_seconds=0.0),
    )


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system with a keyring."""
    import keyring
    from keyring.backends.fail import Keyring

    from tests.keyrings import InFolder

    folder = tmp_path / "keyring"
    folder.mkdir()
    monkeypatch.setenv("TEST_KEYRING", str(folder))
    keyring.set_keyring(InFolder())  # type: ignore[no-untyped-call]
    yield folder
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]


def browser(
    desk: Desk, change: Callable[[str], str] = lambda address: address
) -> Callable[[str], None]:
    """The owner's browser: agrees on the page and comes back, in its own time."""

    def show(page: str) -> None:
        def come_back() -> None:
            with urlopen(change(desk.agree(page))) as answered:
                answered.read()

        threading.Thread(target=come_back, daemon=True).start()

    return show


def nobody(_page: str) -> None:
    raise AssertionError("no page was to be opened")


def by_token(config: Config, desk: FakeX, **given: object) -> connections.Connection:
    told = Told("x", address=desk.url, secret=TOKEN, **given)  # type: ignore[arg-type]
    return signing_in.connect(config, told, now=NOW, show=nobody).connection


def files_with(folder: Path, secret: str) -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if secret.encode() in path.read_bytes()}


def test_a_token_is_tried_once_and_put_into_the_keyring(
    config: Config, desk: Desk, keyring: Path, tmp_path: Path
) -> None:
    made = by_token(config, desk)
    assert (made.account, made.kept_in) == ("@ana", "keyring")
    assert len(desk.asked) == 1
    assert files_with(tmp_path, TOKEN) == {f"return-on-connections-{made.key}"}
    assert connections.secret(config, made).token == TOKEN


def test_without_a_keyring_it_goes_into_a_file_that_others_cannot_read(
    config: Config, desk: Desk, tmp_path: Path
) -> None:
    made = by_token(config, desk)
    assert made.kept_in == "file"
    assert files_with(tmp_path, TOKEN) == {"me.tokens.json"}
    if sys.platform != "win32":
        assert stat.S_IMODE(config.tokens_file.stat().st_mode) == 0o600
    assert connections.secret(config, made).token == TOKEN


def test_a_locked_keyring_is_no_reason_to_lose_the_token(
    config: Config, desk: Desk, keyring: Path
) -> None:
    (keyring / "locked").touch()
    assert by_token(config, desk).kept_in == "file"


def test_a_keyring_that_does_not_open_later_is_told(
    config: Config, desk: Desk, keyring: Path
) -> None:
    made = by_token(config, desk)
    (keyring / "locked").touch()
    with pytest.raises(ConfigError, match="does not open"):
        connections.secret(config, made)
    with pytest.raises(ConfigError, match="still in it"):
        signing_in.disconnect(config, "x")


def test_a_token_that_does_not_work_is_not_kept(config: Config, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SignInFailed):
        signing_in.connect(
            config, Told("x", address=desk.url, secret="a-wrong-one"), now=NOW, show=nobody
        )
    assert connections.connections(config) == ()
    assert files_with(tmp_path, "a-wrong-one") == set()


def test_signing_out_leaves_nothing(config: Config, desk: Desk, tmp_path: Path) -> None:
    by_token(config, desk)
    by_token(config, desk, name="second")
    signing_in.disconnect(config, "x")
    assert [each.name for each in connections.connections(config)] == ["second"]
    signing_in.disconnect(config, "second")
    assert files_with(tmp_path, TOKEN) == set()
    with pytest.raises(ConfigError, match="Nothing is connected"):
        signing_in.disconnect(config, "x")


def test_signing_in_anew_takes_the_old_token_away(config: Config, desk: Desk) -> None:
    first = by_token(config, desk)
    second = by_token(config, desk)
    assert first.key != second.key
    assert list(json.loads(config.tokens_file.read_bytes())) == [second.key]


def test_the_environment_has_the_last_word(
    config: Config, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = by_token(config, desk)
    monkeypatch.setenv("ROC_X_TOKEN", "another")
    assert connections.secret(config, made).token == "another"


@pytest.mark.parametrize("name", ["Work", "a/b", "", "-x", "linkedin", "x" * 60])
def test_names_of_connections_are_plain_words(config: Config, desk: Desk, name: str) -> None:
    if not name:
        assert by_token(config, desk, name=name).name == "x"
        return
    with pytest.raises(ConfigError):
        by_token(config, desk, name=name)


# --- on the source's own page ---------------------------------------------------------------------


def test_the_owner_agrees_on_the_sources_page(
    config: Config, desk: Desk, keyring: Path, tmp_path: Path
) -> None:
    told = Told("x", address=desk.url)
    made = signing_in.connect(config, told, now=NOW, show=browser(desk)).connection
    assert (made.account, made.client) == ("@ana", CLIENT)
    assert made.expires == "2026-03-06T11:00:00+00:00"
    secret = connections.secret(config, made)
    assert secret.token in desk.good
    for text in (secret.token, secret.refresh, secret.client):
        assert files_with(tmp_path, text) == {f"return-on-connections-{made.key}"}
        assert text not in repr(secret) + repr(made)


def test_an_answer_to_another_question_is_not_taken(config: Config, desk: Desk) -> None:
    """Any page in the browser can send a code here; only the right one knows the state."""

    def show(page: str) -> None:
        def come_back() -> None:
            right = desk.agree(page)
            with urlopen(right.replace("state=", "state=other")) as answered:
                assert b"not what" in answered.read()
            with urlopen(right) as answered:
                assert b"Done" in answered.read()

        threading.Thread(target=come_back, daemon=True).start()

    signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=show)


def test_an_owner_who_does_not_agree_is_not_signed_in(config: Config, desk: Desk) -> None:
    refused = browser(desk, lambda there: there.replace("code=", "error=access_denied&was="))
    with pytest.raises(SignInFailed, match="without an agreement"):
        signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=refused)
    assert connections.connections(config) == ()


def test_a_stolen_code_is_of_no_use_without_its_proof(config: Config, desk: Desk) -> None:
    def stolen(address: str) -> str:
        (code,) = parse_qs(urlsplit(address).query)["code"]
        desk.challenges[code] = "the-proof-of-somebody-else"
        return address

    with pytest.raises(SignInFailed):
        signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=browser(desk, stolen))


def test_where_the_owner_makes_a_client_by_hand_it_has_to_be_named(
    config: Config, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = OAuth("/authorize", "/token", ("tweet.read",))
    monkeypatch.setattr(x, "SIGN_IN", replace(x.SIGN_IN, oauth=way))
    with pytest.raises(ConfigError) as refused:
        signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=nobody)
    assert "--client" in refused.value.hint
    told = Told("x", address=desk.url, client=CLIENT)
    assert (
        signing_in.connect(config, told, now=NOW, show=browser(desk)).connection.account == "@ana"
    )


# --- tokens that run out --------------------------------------------------------------------------


@contextmanager
def run(config: Config, at: datetime) -> Iterator[list[str]]:
    done = ask(config, connections.connections(config), clock=lambda: at, wait=lambda _: None)
    yield [f"{type(failure).__name__}" for each in done for failure in each.failures]


def test_a_token_that_has_run_out_is_renewed_before_the_run(config: Config, desk: Desk) -> None:
    signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=browser(desk))
    desk.good = set()
    for days in (1, 2, 3):
        with run(config, NOW + timedelta(days=days)) as failures:
            assert failures == []
    (made,) = connections.connections(config)
    assert made.expires == "2026-03-09T11:00:00+00:00"


def test_a_token_that_runs_out_in_mid_run_is_renewed_and_the_run_goes_on(
    config: Config, desk: Desk
) -> None:
    desk.lives = None
    signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=browser(desk))
    desk.fail("/tweets", Answer(401))
    with run(config, NOW) as failures:
        assert failures == []


def test_a_companion_that_is_not_taken_any_more_ends_the_connection_with_a_word(
    config: Config, desk: Desk
) -> None:
    signing_in.connect(config, Told("x", address=desk.url), now=NOW, show=browser(desk))
    desk.good, desk.companions = set(), set()
    with run(config, NOW + timedelta(days=1)) as failures:
        assert failures == ["SignInFailed"]


def test_a_token_without_a_companion_is_tried_as_it_is(config: Config, desk: Desk) -> None:
    by_token(config, desk)
    desk.good = set()
    with run(config, NOW) as failures:
        assert failures == ["SignInFailed"]


# --- the commands ---------------------------------------------------------------------------------


def test_the_commands_sign_in_list_and_sign_out(
    roc: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    with (tmp_path / "token").open(encoding="utf-8") as typed:
        monkeypatch.setattr("sys.stdin", typed)
        said = roc("connect", "x", "--address", desk.url)
    assert "x is connected as @ana; the token is in the file." in said
    (tmp_path / "token").unlink()
    listed = roc("connect")
    assert "@ana" in listed
    assert "Sources to sign in to:" in listed
    assert json.loads(roc("connect", "--json"))[0]["account"] == "@ana"
    collected = roc("collect")
    assert "x  mentions: 3 new" in collected
    assert "not connected any more" in roc("disconnect", "x")
    assert TOKEN not in said + listed + collected
    assert files_with(tmp_path, TOKEN) == set()


class Terminal(io.StringIO):
    """Somebody who sits at a terminal and types."""

    def isatty(self) -> bool:
        return True


def test_who_sits_at_a_terminal_is_told_how_to_make_an_app_and_signs_in_on_the_page(
    roc: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by_hand = OAuth("/authorize", "/token", ("tweet.read",))
    monkeypatch.setattr(x, "SIGN_IN", replace(x.SIGN_IN, oauth=made_by_hand))
    monkeypatch.setattr("sys.stdin", Terminal(f"{CLIENT}\n"))
    monkeypatch.setattr("webbrowser.open", browser(desk))
    ran = roc.run("connect", "x", "--address", desk.url)
    assert "callback address" in ran.stderr
    assert "x is connected as @ana" in ran.stdout


def test_x_lets_people_in_on_its_own_page_with_all_that_its_streams_need() -> None:
    way = signing_in.sign_in("x").oauth
    assert way is not None
    needed = {"like.read", "tweet.read", "users.read", "dm.read", "follows.read", "offline.access"}
    assert set(way.scopes) == needed
    (callback,) = [step for step in signing_in.sign_in("x").steps if "callback" in step]
    assert f":{PORT}/" in callback


def test_an_address_that_would_show_the_token_is_refused(
    roc: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    with (tmp_path / "token").open(encoding="utf-8") as typed:
        monkeypatch.setattr("sys.stdin", typed)
        said = roc.refused("connect", "x", "--address", "http://x.example", status=2)
    assert "https" in said
    assert TOKEN not in said
