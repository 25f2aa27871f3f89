"""Files of earlier versions, made from their dumps."""

import sqlite3
from contextlib import closing
from pathlib import Path

VERSIONS = (1, 2, 3)
"""Those of which there is a dump."""


def dump(number: int) -> str:
    """What a version left, as SQL."""
    return (Path(__file__).parent / f"version-{number}.sql").read_text(encoding="utf-8")


def earlier(folder: Path, number: int) -> Path:
    """The file that a version made of what it was told."""
    return _made(folder, dump(number))


def version_1(folder: Path, *, acts: int = 0) -> Path:
    """The file that version 1 made of what it was told, and ``acts`` messages more."""
    return _made(folder, dump(1) + (_MORE.format(acts=acts) if acts else ""))


def _made(folder: Path, script: str) -> Path:
    path = folder / "me.graph"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o600)
    return path


# From and to the same thousand people, spread over three years; ids as random as hashes are.
_MORE = """
BEGIN;
WITH RECURSIVE one (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM one WHERE n < 1099)
INSERT INTO account
    SELECT n, 'email', 'p' || n || '@example.org', '', '', 'person', 0, 0, n FROM one;
CREATE TEMP TABLE more AS
    WITH RECURSIVE one (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM one WHERE n < {acts} + 999)
    SELECT n, random() AS key, 1640995200 + n * 7919 % 94608000 AS at, 100 + n * 31 % 1000 AS other
    FROM one;
INSERT INTO interaction SELECT n, 1, key, 0, at, 0, 2, 1, NULL, NULL FROM more;
INSERT INTO participant SELECT n, other, 1 FROM more;
INSERT INTO contact SELECT 2, other, at / 86400, 0, 1, 1, count(*) FROM more GROUP BY 1, 2, 3;
DROP TABLE more;
COMMIT;
"""
