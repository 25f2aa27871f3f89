"""Where a graph can rest: the same tests are run on all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgresql import binaries, fresh_url

needs_postgresql = pytest.mark.skipif(
    binaries() is None, reason="PostgreSQL is not installed here (Debian: apt install postgresql)"
)
STORES = ("file", pytest.param("server", marks=needs_postgresql))
"""For ``parametrize``."""

in_a_file = pytest.mark.parametrize("where", ["file"], indirect=True)
"""For tests that look at the file itself."""


@contextmanager
def fresh(store: str) -> Iterator[Path | str]:
    """Where an empty graph is, or can be made, for a while."""
    if store == "server":
        with fresh_url() as url:
            yield url
    else:
        with TemporaryDirectory() as folder:
            yield Path(folder) / "me.graph"
