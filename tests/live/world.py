"""What a world is: a live source in which something has happened, and how to get in."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import tests.live.worlds
from tests.collectors.loopback import Loopback
from tests.live.wire import Wire


@dataclass(frozen=True, slots=True)
class World:
    """A server that runs, with a history of several pages in every stream that matters.

    Args:
        source: the collector's name.
        environment: what the owner would set: ``ROC_X_TOKEN``, ``ROC_X_BASE``, ``ROC_X_USER``.
        secrets: what must be found nowhere afterwards.
        line: counts the requests and fails on order; ``None`` where the source speaks no HTTP.
        wire: counts what passes where the source speaks no HTTP.
        something_new: makes one more act happen.
        export: what the owner would download at this moment, where the source has an export; it
            and the API together tell the same acts as the API alone.
        looks: requests that every run makes beside one a stream: who is it, what is there.
        pages: paths of the requests that bring pages, by their ends.
    """

    source: str
    environment: Mapping[str, str]
    secrets: tuple[str, ...]
    line: Loopback | None = None
    wire: Wire | None = None
    something_new: Callable[[], None] = lambda: None
    export: Path | None = None
    looks: int = 1
    pages: tuple[str, ...] = field(default=())

    def requests(self) -> int:
        """How many requests, or lines of another protocol, were sent so far."""
        if self.line is not None:
            return len(self.line.asked)
        return 0 if self.wire is None else len(self.wire.lines)

    def bytes_back(self) -> int:
        """How many bytes of answers came back so far."""
        if self.line is not None:
            return self.line.bytes_back
        return 0 if self.wire is None else self.wire.bytes_back


Opened = Callable[[Path], AbstractContextManager[World]]
"""Starts a world; it is given an empty folder. ``pytest.skip`` where its server is not there."""


def worlds() -> dict[str, Opened]:
    """Every world by its source: the function ``opened`` of each module of ``worlds/``."""
    names = sorted(module.name for module in iter_modules(tests.live.worlds.__path__))
    return {name: import_module(f"tests.live.worlds.{name}").opened for name in names}
