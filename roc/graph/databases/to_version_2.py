"""The step from version 1 of the file to version 2, frozen: acts are numbered by their hashes.

Version 1 numbered acts in the order of arrival and kept their hash beside them; a scope had a row;
everyone whom an act reached had a row; the contact days of one key kept the smallest audience
alone, so they are counted anew from the acts. What version 1 did not keep is what export told of an
act: all of them get one place per source, ``before version 2``.
"""

import sqlite3
from hashlib import blake2b

_EARLIER = (
    "setting", "source", "kind", "precision", "account", "link", "account_tag", "scope",
    "interaction", "participant", "contact", "expense", "interaction_tag", "declared_tie",
    "cursor", "problem", "snapshot", "score", "forgotten",
)  # fmt: skip

_LAYOUT = """
CREATE TABLE setting (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name)) STRICT;

CREATE TABLE source (
    id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (name)
) STRICT;

CREATE TABLE place (
    id INTEGER NOT NULL, source_id INTEGER NOT NULL, name TEXT NOT NULL, read_at INTEGER,
    PRIMARY KEY (id), UNIQUE (source_id, name), FOREIGN KEY (source_id) REFERENCES source (id)
) STRICT;

CREATE TABLE kind (
    id INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (word)
) STRICT;

CREATE TABLE precision (
    id INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (word)
) STRICT;

CREATE TABLE account (
    id INTEGER NOT NULL, source TEXT NOT NULL, handle TEXT NOT NULL, name TEXT NOT NULL,
    organisation TEXT NOT NULL, nature TEXT NOT NULL, owner INTEGER NOT NULL,
    muted INTEGER NOT NULL, person_id INTEGER NOT NULL,
    PRIMARY KEY (id), UNIQUE (source, handle),
    FOREIGN KEY (person_id) REFERENCES account (id)
) STRICT;

CREATE INDEX account_by_person ON account (person_id);

CREATE TABLE link (
    account_id INTEGER NOT NULL, other_id INTEGER NOT NULL, basis TEXT NOT NULL,
    confidence REAL NOT NULL, withdrawn INTEGER NOT NULL,
    PRIMARY KEY (account_id, other_id, basis),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (other_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

CREATE INDEX link_by_other ON link (other_id);

CREATE TABLE account_tag (
    account_id INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (account_id, tag),
    FOREIGN KEY (account_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE decision (
    id INTEGER NOT NULL, word TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (id)
) STRICT;

CREATE TABLE interaction (
    id INTEGER NOT NULL, source_id INTEGER NOT NULL, kind_id INTEGER NOT NULL, at INTEGER,
    precision_id INTEGER NOT NULL, revision INTEGER NOT NULL, sender_id INTEGER NOT NULL,
    recipient_id INTEGER, audience INTEGER NOT NULL, thread INTEGER, parent INTEGER,
    places INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (source_id) REFERENCES source (id),
    FOREIGN KEY (kind_id) REFERENCES kind (id),
    FOREIGN KEY (precision_id) REFERENCES precision (id),
    FOREIGN KEY (sender_id) REFERENCES account (id),
    FOREIGN KEY (recipient_id) REFERENCES account (id)
) STRICT;

CREATE TABLE participant (
    interaction_id INTEGER NOT NULL, account_id INTEGER NOT NULL, role INTEGER NOT NULL,
    PRIMARY KEY (interaction_id, account_id),
    FOREIGN KEY (interaction_id) REFERENCES interaction (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE contact (
    day INTEGER NOT NULL, sender_id INTEGER NOT NULL, recipient_id INTEGER NOT NULL,
    kind_id INTEGER NOT NULL, source_id INTEGER NOT NULL, audience INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    PRIMARY KEY (day, sender_id, recipient_id, kind_id, source_id, audience),
    FOREIGN KEY (sender_id) REFERENCES account (id),
    FOREIGN KEY (recipient_id) REFERENCES account (id),
    FOREIGN KEY (kind_id) REFERENCES kind (id),
    FOREIGN KEY (source_id) REFERENCES source (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE expense (
    interaction_id INTEGER NOT NULL, amount REAL NOT NULL, currency TEXT NOT NULL,
    PRIMARY KEY (interaction_id), FOREIGN KEY (interaction_id) REFERENCES interaction (id)
) STRICT;

CREATE TABLE interaction_tag (
    interaction_id INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (interaction_id, tag),
    FOREIGN KEY (interaction_id) REFERENCES interaction (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE declared_tie (
    source_id INTEGER NOT NULL, kind TEXT NOT NULL, account_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL, since_day INTEGER,
    PRIMARY KEY (source_id, kind, account_id, other_id),
    FOREIGN KEY (source_id) REFERENCES source (id),
    FOREIGN KEY (account_id) REFERENCES account (id),
    FOREIGN KEY (other_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE cursor (
    source TEXT NOT NULL, stream TEXT NOT NULL, cursor TEXT NOT NULL,
    PRIMARY KEY (source, stream)
) WITHOUT ROWID, STRICT;

CREATE TABLE problem (
    id INTEGER NOT NULL, source TEXT NOT NULL, export TEXT NOT NULL, place TEXT NOT NULL,
    code TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (id), UNIQUE (source, export, place, code)
) STRICT;

CREATE TABLE snapshot (
    id INTEGER NOT NULL, day INTEGER NOT NULL, ego_id INTEGER NOT NULL, version TEXT NOT NULL,
    parameters TEXT NOT NULL,
    PRIMARY KEY (id), UNIQUE (day, ego_id), FOREIGN KEY (ego_id) REFERENCES account (id)
) STRICT;

CREATE TABLE score (
    snapshot_id INTEGER NOT NULL, account_id INTEGER NOT NULL, name TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (snapshot_id, account_id, name),
    FOREIGN KEY (snapshot_id) REFERENCES snapshot (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE output (
    path TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (path)
) WITHOUT ROWID, STRICT;

CREATE TABLE forgotten (hash BLOB NOT NULL, PRIMARY KEY (hash)) WITHOUT ROWID, STRICT;

CREATE VIEW reached AS
SELECT interaction.id AS interaction_id, interaction.recipient_id AS account_id, 1 AS role
FROM interaction WHERE interaction.recipient_id IS NOT NULL
UNION ALL
SELECT participant.interaction_id, participant.account_id, participant.role FROM participant
"""

_ROWS = """
INSERT INTO setting SELECT name, value FROM v1_setting;
INSERT INTO source SELECT id, name FROM v1_source;
INSERT INTO place SELECT row_number() OVER (ORDER BY id), id, 'before version 2', NULL
    FROM v1_source;
INSERT INTO kind SELECT id, word FROM v1_kind;
INSERT INTO precision SELECT id, word FROM v1_precision;
INSERT INTO account
    SELECT id, source, handle, name, organisation, nature, owner, muted, person_id FROM v1_account;
INSERT INTO link SELECT account_id, other_id, basis, 1.0, withdrawn FROM v1_link;
INSERT INTO account_tag SELECT account_id, tag FROM v1_account_tag;

CREATE TEMP TABLE salt AS
    SELECT scope.id AS scope_id, scope.source_id, salt_of(source.name || '|' || scope.name) AS salt,
        1 << min(place.id, 62) - 1 AS places
    FROM v1_scope AS scope
    JOIN v1_source AS source ON source.id = scope.source_id
    JOIN place ON place.source_id = scope.source_id;
CREATE UNIQUE INDEX temp.salt_by_scope ON salt (scope_id);
CREATE TEMP VIEW act AS
    SELECT (key | salt) - (key & salt) AS id, act.id AS number, salt.source_id, kind_id, at,
        precision_id, sender_id, audience, thread, (parent | salt) - (parent & salt) AS parent,
        places
    FROM v1_interaction AS act CROSS JOIN salt USING (scope_id);
CREATE TEMP VIEW company AS
    SELECT interaction_id AS number, count(*) AS size, min(account_id) AS account_id,
        max(role) AS role
    FROM v1_participant GROUP BY interaction_id;

INSERT INTO interaction
    SELECT act.id, source_id, kind_id, at, precision_id, 0,
        CASE company.role WHEN 3 THEN company.account_id ELSE sender_id END,
        CASE WHEN company.size = 1 AND company.role = 1 THEN company.account_id END,
        audience, thread, parent, places
    FROM company CROSS JOIN act USING (number) ORDER BY act.id;
INSERT INTO participant
    SELECT act.id, member.account_id, member.role
    FROM company CROSS JOIN act USING (number)
    CROSS JOIN v1_participant AS member ON member.interaction_id = number
    WHERE company.size > 1 OR company.role <> 1
    ORDER BY 1, 2;
INSERT INTO expense SELECT act.id, amount, currency
    FROM v1_expense JOIN act ON act.number = interaction_id;
INSERT INTO interaction_tag SELECT act.id, tag
    FROM v1_interaction_tag JOIN act ON act.number = interaction_id;

INSERT INTO contact
    SELECT (at - (at % 86400 + 86400) % 86400) / 86400, one, other, kind_id, source_id, audience,
        count(*)
    FROM (
        SELECT at, sender_id AS one, recipient_id AS other, kind_id, source_id, audience
            FROM interaction WHERE recipient_id IS NOT NULL
        UNION ALL
        SELECT at, sender_id, account_id, kind_id, source_id, audience
            FROM participant CROSS JOIN interaction ON id = interaction_id WHERE role <> 3
        UNION ALL
        SELECT at, one.account_id, other.account_id, kind_id, source_id, audience
            FROM participant AS one CROSS JOIN participant AS other USING (interaction_id)
            CROSS JOIN interaction ON id = interaction_id WHERE one.role = 3
    )
    WHERE at IS NOT NULL AND one <> other
    GROUP BY 1, one, other, kind_id, source_id, audience;

INSERT INTO declared_tie
    SELECT source_id, kind, account_id, other_id, since_day FROM v1_declared_tie;
INSERT INTO cursor SELECT source, stream, cursor FROM v1_cursor;
INSERT INTO problem SELECT id, source, export, place, code, detail FROM v1_problem;
INSERT INTO snapshot SELECT id, day, ego_id, version, parameters FROM v1_snapshot;
INSERT INTO score SELECT snapshot_id, account_id, name, value FROM v1_score;
INSERT INTO forgotten SELECT hash FROM v1_forgotten;

DROP VIEW temp.act;
DROP VIEW temp.company;
DROP TABLE temp.salt
"""


def migrate(connection: sqlite3.Connection) -> None:
    """Lay a file of version 1 out as version 2, within the connection's transaction."""
    connection.create_function("salt_of", 1, _salt_of, deterministic=True)
    connection.execute("DROP INDEX account_by_person")
    for name in _EARLIER:
        connection.execute(f"ALTER TABLE {name} RENAME TO v1_{name}")
    for statement in f"{_LAYOUT};{_ROWS}".split(";"):
        connection.execute(statement)
    for name in reversed(_EARLIER):
        connection.execute(f"DROP TABLE v1_{name}")


def _salt_of(space: str) -> int:
    data = space.encode("utf-8", "surrogatepass")
    digest = blake2b(data, digest_size=8, person=b"space").digest()
    return int.from_bytes(digest, "big", signed=True)
