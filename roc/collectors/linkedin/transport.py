"""LinkedIn's Member Data Portability API: asked politely, whatever part of it.

``python-linkedin-v2`` makes the request and nothing else. Left to itself it puts the token into
the address (``oauth2_access_token``), from where it would reach logs and proxies; given no token it
leaves that parameter out, and ours travels in the header. Its reading of refusals ends in an
``AttributeError`` on what LinkedIn really answers, so refusals are read by ``roc.collectors.http``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import requests
from linkedin_v2.linkedin import LinkedInApplication, LinkedInAuthentication
from linkedin_v2.models import AccessToken

from roc.collectors.base import LiveSettings
from roc.collectors.http import Words, base_url, bearer, reaching

WORDS = Words(
    source="LinkedIn",
    sign_in="make a new token in LinkedIn's developer portal: roc connect linkedin; see "
    "docs/sources/linkedin-api.md.",
    permission="the app needs the product Member Data Portability API (Member) and the token its "
    "scope r_dma_portability_self_serve, in the EEA or Switzerland; elsewhere use the archive.",
    payment="LinkedIn's API should cost nothing: look at your app in its developer portal.",
)

_REAL = "https://api.linkedin.com"
_HEADERS = {
    "LinkedIn-Version": "202312",  # the only one that this part of the API knows
    "X-Restli-Protocol-Version": "2.0.0",
}


class Transport:
    """The way to LinkedIn with one member's token.

    Args:
        settings: see ``LiveSettings``.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self.now: datetime = settings.now
        self._url = base_url(settings, _REAL)
        self._bearer = bearer(settings, WORDS)
        self._timeout = settings.timeout_seconds
        nobody = LinkedInAuthentication("", "", "")
        nobody.token = AccessToken(None, None)
        self._linkedin = LinkedInApplication(authentication=nobody)

    def ask(
        self, method: str, route: str, params: Mapping[str, Any], *, body: str | None = None
    ) -> requests.Response:
        """An answer of any status.

        Args:
            method: ``GET``, or ``POST`` with a body.
            route: below the API's address.
            params: of the question.
            body: JSON.

        Raises:
            SourceUnavailable: LinkedIn cannot be reached.
        """
        with reaching(WORDS):
            answer: requests.Response = self._linkedin.make_request(
                method,
                self._url + route,
                data=body,
                params=dict(params),
                headers={**_HEADERS, "Authorization": self._bearer},
                timeout=self._timeout,
            )
        return answer
