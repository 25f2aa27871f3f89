"""The step from version 3 of the layout to version 4, frozen: tables for tones and for care.

Congratulations are a kind of act from then on.
"""

from collections.abc import Callable

_IN_A_FILE = """
CREATE TABLE tone (
    interaction_id INTEGER NOT NULL, letters INTEGER NOT NULL, language TEXT NOT NULL,
    warmth INTEGER,
    PRIMARY KEY (interaction_id),
    FOREIGN KEY (interaction_id) REFERENCES interaction (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE care (
    account_id INTEGER NOT NULL, word TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (account_id, word),
    FOREIGN KEY (account_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

"""

_ON_A_SERVER = """
CREATE TABLE tone (
    interaction_id BIGINT NOT NULL, letters BIGINT NOT NULL, language TEXT COLLATE "C" NOT NULL,
    warmth BIGINT,
    PRIMARY KEY (interaction_id)
);

CREATE TABLE care (
    account_id BIGINT NOT NULL, word TEXT COLLATE "C" NOT NULL, value BIGINT NOT NULL,
    PRIMARY KEY (account_id, word)
);

INSERT INTO kind (id, word) VALUES (17, 'congratulation')
"""


def migrate(execute: Callable[[str], object]) -> None:
    """Lay a file of version 3 out as version 4, within its transaction."""
    for statement in _IN_A_FILE.split(";"):
        execute(statement)


def migrate_on_a_server(execute: Callable[[str], object]) -> None:
    """The same on a server."""
    for statement in _ON_A_SERVER.split(";"):
        execute(statement)
