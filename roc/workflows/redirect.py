"""Waiting on this machine for the owner's browser to come back from a page of a source."""

import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from roc.errors import ConfigError, SignInFailed

PORT = 8722
"""Where an owner who makes a client by hand lets the source send the browser."""

_PAGE = (
    "<!doctype html><meta charset=utf-8><title>roc</title>"
    "<p style='font: 1.2rem sans-serif; margin: 3rem'>{}</p>"
)


class Redirect:
    """Listens on 127.0.0.1 for as long as the ``with`` block runs.

    Args:
        port: where; 0 for any that is free.

    Raises:
        ConfigError: another program listens there.
    """

    def __init__(self, port: int) -> None:
        self.state = secrets.token_urlsafe(24)
        self._answers: list[dict[str, list[str]]] = []
        try:
            self._server = HTTPServer(("127.0.0.1", port), _handler(self))
        except OSError as error:
            raise ConfigError(
                f"Port {port} of this machine is taken ({error.strerror or error}).",
                hint="end the program that has it, or paste a token: roc connect … --by-hand",
            ) from error

    @property
    def address(self) -> str:
        """Where the source is to send the browser."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def code(self, seconds: float) -> str:
        """The code that the browser brings.

        Raises:
            SignInFailed: the owner did not agree, or did not come back in time.
        """
        self._server.timeout = 1.0
        for _ in range(max(1, round(seconds))):
            self._server.handle_request()
            for answer in self._answers:
                if code := answer.get("code"):
                    return code[0]
                raise SignInFailed(
                    "The page came back without an agreement.", hint="connect once more, and agree."
                )
        raise SignInFailed(
            "Nobody came back from the page.",
            hint="connect once more, or paste a token: roc connect … --by-hand",
        )

    def take(self, query: str) -> str:
        """What the browser brings; what to show the owner."""
        told = parse_qs(query)
        # Any page in the browser can come here; only the source's knows the state.
        if not secrets.compare_digest(told.get("state", [""])[0].encode(), self.state.encode()):
            return "This is not what roc is waiting for."
        self._answers.append(told)
        return "Done. You can close this page and go back to roc."

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.server_close()


def _handler(redirect: Redirect) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5.0  # a browser that opens a line and says nothing holds nobody up

        def do_GET(self) -> None:
            body = _PAGE.format(redirect.take(urlsplit(self.path).query)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The code stands in the request."""

    return Handler
