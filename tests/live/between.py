"""A stranger on the line: between a collector and a real server, counting, failing on order."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.collectors.loopback import LONGEST_SILENCE_SECONDS, Answer, Asked, Loopback

_OF_ONE_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Between(Loopback):
    """Hands every request on to a server, and its answer back, but for the ordered failures.

    ``count``, ``asked``, ``bytes_back`` and ``fail`` are those of ``Loopback``.

    Args:
        upstream: the server's address, as ``http://127.0.0.1:4000``.
    """

    def __init__(self, upstream: str) -> None:
        super().__init__()
        self._upstream = urlsplit(upstream)
        self.most_requests = 20_000  # many runs lead through here

    def answer(self, asked: Asked) -> Answer:
        """What the server says; it takes the stranger's address for its own."""
        line = HTTPConnection(
            str(self._upstream.hostname), self._upstream.port, timeout=LONGEST_SILENCE_SECONDS
        )
        headers = {
            name: value
            for name, value in asked.headers.items()
            if name.lower() not in {*_OF_ONE_HOP, "accept-encoding"}
        }
        try:
            line.request(asked.method, asked.target, asked.body or None, headers)
            got = line.getresponse()
            body = got.read()
            kept = {
                name: value for name, value in got.getheaders() if name.lower() not in _OF_ONE_HOP
            }
            return Answer(got.status, body, kept)
        finally:
            line.close()
