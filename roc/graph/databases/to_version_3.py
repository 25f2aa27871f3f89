"""The step from version 2 of the layout to version 3, frozen: outcomes have two tables.

Nothing else changes. It is the first step that graphs on servers take, too.
"""

from collections.abc import Callable

_IN_A_FILE = """
CREATE TABLE outcome (
    id INTEGER NOT NULL, source_id INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    opened_day INTEGER, closed_day INTEGER, value INTEGER, currency TEXT NOT NULL, hours REAL,
    organisation TEXT NOT NULL, title TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY (source_id) REFERENCES source (id)
) STRICT;

CREATE TABLE outcome_person (
    outcome_id INTEGER NOT NULL, account_id INTEGER NOT NULL, role INTEGER NOT NULL,
    PRIMARY KEY (outcome_id, account_id),
    FOREIGN KEY (outcome_id) REFERENCES outcome (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT
"""

_ON_A_SERVER = """
CREATE TABLE outcome (
    id BIGINT NOT NULL, source_id BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL, opened_day BIGINT, closed_day BIGINT, value BIGINT,
    currency TEXT COLLATE "C" NOT NULL, hours DOUBLE PRECISION,
    organisation TEXT COLLATE "C" NOT NULL, title TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE outcome_person (
    outcome_id BIGINT NOT NULL, account_id BIGINT NOT NULL, role BIGINT NOT NULL,
    PRIMARY KEY (outcome_id, account_id)
)
"""


def migrate(execute: Callable[[str], object]) -> None:
    """Lay a file of version 2 out as version 3, within its transaction."""
    for statement in _IN_A_FILE.split(";"):
        execute(statement)


def migrate_on_a_server(execute: Callable[[str], object]) -> None:
    """The same on a server."""
    for statement in _ON_A_SERVER.split(";"):
        execute(statement)
