"""A server on this machine that plays a live source: it counts, fails on order, and stops."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

MOST_REQUESTS = 500  # a collector that asks for ever is told to stop
LONGEST_SILENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    method: str = "GET"
    target: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says; ``cut`` breaks off half-way, ``silent`` says nothing at all."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    silent: bool = False

    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Loopback:
    """Listens on 127.0.0.1 for as long as the ``with`` block runs.

    ``asked`` holds every request in order, ``bytes_back`` counts the bodies of the answers;
    ``fail`` orders an answer for a later request. ``far_seconds`` is how far away it is.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.bytes_back = 0
        self.most_requests = MOST_REQUESTS
        self.far_seconds = 0.0
        self._orders: dict[tuple[str, int], Answer] = {}
        self._counts: dict[str, int] = {}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def answer(self, asked: Asked) -> Answer:
        """What the source says to a request that no order was given for."""
        return Answer(body={"path": asked.path})

    def fail(self, path: str, answer: Answer, *, at: int = 1) -> None:
        """Give ``answer`` to the ``at``-th request from now whose path ends with ``path``."""
        self._orders[(path, self._counts.get(path, 0) + at)] = answer

    def relent(self) -> None:
        """Forget the failures that were ordered and did not happen."""
        self._orders.clear()

    def count(self, path: str) -> int:
        """How many requests had a path that ends with ``path``."""
        return sum(asked.path.endswith(path) for asked in self.asked)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def respond(self, asked: Asked) -> Answer:
        """The ordered answer, or else the source's own."""
        with self._lock:
            self.asked.append(asked)
            if len(self.asked) > self.most_requests:
                return Answer(status=508)
            for path in {path for path, _ in self._orders}:
                if asked.path.endswith(path):
                    self._counts[path] = self._counts.get(path, 0) + 1
                    ordered = self._orders.pop((path, self._counts[path]), None)
                    if ordered is not None:
                        return ordered
            return self.answer(asked)

    def stay_silent(self) -> None:
        """Wait until the test is over."""
        self._stopped.wait(LONGEST_SILENCE_SECONDS)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(source: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            parts = urlsplit(self.path)
            query, headers = dict(parse_qsl(parts.query)), dict(self.headers.items())
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sleep(source.far_seconds)
            answer = source.respond(
                Asked(parts.path, query, headers, self.command, self.path, sent)
            )
            if answer.silent:
                source.stay_silent()
                return
            body = answer.bytes()
            source.bytes_back += len(body)
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if answer.cut else body)

        do_GET = do_POST = do_PUT = do_PROPFIND = do_REPORT = answered  # noqa: N815 - as its base

        def log_message(self, format: str, *args: object) -> None:
            """A test is quiet."""

    return Handler
