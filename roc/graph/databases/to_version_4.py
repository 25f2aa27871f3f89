"""The step from version 3 of the layout to version 4, frozen: tones have a table, wishes a kind."""

from collections.abc import Callable

_CONGRATULATION = "INSERT INTO kind (id, word) VALUES (17, 'congratulation')"

_IN_A_FILE = """
CREATE TABLE tone (
    interaction_id INTEGER NOT NULL, letters INTEGER NOT NULL, language TEXT NOT NULL,
    warmth INTEGER,
    PRIMARY KEY (interaction_id),
    FOREIGN KEY (interaction_id) REFERENCES interaction (id)
) WITHOUT ROWID, STRICT
"""

_ON_A_SERVER = """
CREATE TABLE tone (
    interaction_id BIGINT NOT NULL, letters BIGINT NOT NULL, language TEXT COLLATE "C" NOT NULL,
    warmth BIGINT,
    PRIMARY KEY (interaction_id)
)
"""


def migrate(execute: Callable[[str], object]) -> None:
    """Lay a file of version 3 out as version 4, within its transaction."""
    execute(_IN_A_FILE)
    execute(_CONGRATULATION)


def migrate_on_a_server(execute: Callable[[str], object]) -> None:
    """The same on a server."""
    execute(_ON_A_SERVER)
    execute(_CONGRATULATION)
