"""Signing in on a page of the source: RFC 6749's code grant, with the proof of RFC 7636.

Nothing here waits or opens a page: it says which page, and changes what came back for a token.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from roc.collectors.base import LiveSettings, OAuth
from roc.collectors.formats.json_values import word
from roc.collectors.http import (
    AGENT,
    NotUnderstood,
    Words,
    base_url,
    check,
    json_object,
    posted,
    unavailable,
)
from roc.errors import SignInFailed

_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Client:
    """What a source knows this program by, for one owner.

    Args:
        number: the client's id; no secret.
        secret: empty for a client that cannot keep one.
    """

    number: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What signing in brought.

    Args:
        token: the access token.
        refresh: with which the next one is got; empty where there is none.
        expires: when the token ends, aware UTC; ``None`` where it does not, or nobody says.
    """

    token: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: datetime | None


class Desk:
    """Where one source hands out tokens.

    Args:
        name: the source as people write it.
        oauth: its addresses.
        base: the owner's own server; empty where the addresses are whole.
        now: the moment, aware UTC.
    """

    def __init__(self, name: str, oauth: OAuth, base: str, now: datetime) -> None:
        again = "sign in once more with roc connect."
        self._words = Words(source=name, sign_in=again, permission=again, payment=again)
        self._oauth = oauth
        self._base = base
        self._now = now

    def register(self, redirect: str) -> Client:
        """A client of this owner's own, made by the source at once.

        Raises:
            CollectError: the source refused.
        """
        told = self._post(
            self._oauth.register,
            {
                "client_name": AGENT,
                "redirect_uris": redirect,
                "scopes": " ".join(self._oauth.scopes),
            },
        )
        return Client(self._given(told, "client_id"), word(told, "client_secret"))

    def page(self, client: Client, redirect: str, state: str, verifier: str) -> str:
        """Address of the page on which the owner agrees.

        Args:
            client: which program asks.
            redirect: where the page sends the owner afterwards.
            state: comes back with the code, and shows that it is the answer to this question.
            verifier: 43 to 128 letters and digits, drawn by lot; whoever has the code needs them.
        """
        digest = hashlib.sha256(verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": client.number,
            "redirect_uri": redirect,
            "scope": " ".join(self._oauth.scopes),
            "state": state,
            "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        return f"{self._at(self._oauth.authorize)}?{urlencode(asked)}"

    def grant(self, client: Client, redirect: str, code: str, verifier: str) -> Grant:
        """What a code is changed for.

        Raises:
            SignInFailed: the source does not take the code.
            CollectError: it refused for another reason.
        """
        asked = {"code": code, "redirect_uri": redirect, "code_verifier": verifier}
        return self._granted(client, {"grant_type": "authorization_code", **asked})

    def renewed(self, client: Client, refresh: str) -> Grant:
        """A new token for an old one's companion.

        Raises:
            SignInFailed: the source does not take it any more.
            CollectError: it refused for another reason.
        """
        return self._granted(client, {"grant_type": "refresh_token", "refresh_token": refresh})

    def _granted(self, client: Client, asked: Mapping[str, str]) -> Grant:
        told = self._post(self._oauth.token, {**asked, "client_id": client.number}, client)
        lives = told.get("expires_in")
        seconds = lives if isinstance(lives, int) and 0 < lives < 10**9 else None
        return Grant(
            token=self._given(told, "access_token"),
            refresh=word(told, "refresh_token"),
            expires=None if seconds is None else self._now + timedelta(seconds=seconds),
        )

    def _post(
        self, place: str, form: Mapping[str, str], client: Client | None = None
    ) -> dict[str, Any]:
        pair = (client.number, client.secret) if client and client.secret else None
        answer = posted(
            self._at(place), self._words, timeout_seconds=_TIMEOUT_SECONDS, form=form, auth=pair
        )
        try:
            check(answer, self._words, self._now)
        except NotUnderstood:
            raise SignInFailed(
                f"{self._words.source} does not take that ({answer.status_code}).",
                hint=self._words.sign_in,
            ) from None
        return json_object(answer, self._words)

    def _given(self, told: Mapping[str, Any], name: str) -> str:
        found = word(told, name)
        if not found:
            raise unavailable(self._words, "does not hand out what was asked for")
        return found

    def _at(self, place: str) -> str:
        """A place's whole address; the rules for addresses of sources hold for it, too."""
        whole = place if "://" in place else self._base.rstrip("/") + place
        return base_url(LiveSettings("", datetime.min.replace(tzinfo=UTC), whole), "")
