"""Files of earlier versions, made from their dumps."""

import sqlite3
from contextlib import closing
from pathlib import Path

DUMP = Path(__file__).parent / "version-1.sql"


def version_1(folder: Path, *, acts: int = 0) -> Path:
    """The file that version 1 made of what it was told, and ``acts`` messages more."""
    path = folder / "me.graph"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
        if acts:
            connection.executescript(_MORE.format(acts=acts))
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
