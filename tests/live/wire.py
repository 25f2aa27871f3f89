"""A stranger on a line of any kind: counts what passes, and cuts it where he is told to."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class Wire:
    """Stands before a port of 127.0.0.1 for as long as the ``with`` block runs.

    ``lines`` are those that clients sent, ``bytes_back`` counts what the server answered.

    Args:
        port: the server's.
    """

    def __init__(self, port: int) -> None:
        self.lines: list[bytes] = []
        self.bytes_back = 0
        self._cut_after = -1
        self._upstream = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._listening]

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def cut_after(self, count: int) -> None:
        """Cut the next line once the server has sent so many bytes."""
        self._cut_after = count

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._upstream))
            except OSError:
                return
            self._open += [client, server]
            cut, self._cut_after = self._cut_after, -1
            threading.Thread(target=self._forth, args=(client, server), daemon=True).start()
            threading.Thread(target=self._back, args=(server, client, cut), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := client.recv(65536):
                self.lines += piece.splitlines()
                server.sendall(piece)
        _end(server)

    def _back(self, server: socket.socket, client: socket.socket, cut: int) -> None:
        sent = 0
        with contextlib.suppress(OSError):
            while piece := server.recv(65536):
                if 0 <= cut < sent + len(piece):
                    client.sendall(piece[: cut - sent])
                    break
                client.sendall(piece)
                sent += len(piece)
                self.bytes_back += len(piece)
        _end(client)
        _end(server)


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
