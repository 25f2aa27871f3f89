"""How the graph rests in a database: every table and column, with what it means.

Integer keys throughout. Days are whole UTC days since 1970-01-01, moments whole seconds since
then. ``contact`` is derived from ``interaction`` and ``participant`` and kept beside them, so that
scoring never reads every act; ``Graph.contacts_agree`` tells whether the two do. Tables without
row ids lie in the order of their key, with no second copy in an index.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import BigInteger

SCHEMA_VERSION = 1

MAX_AUDIENCE = 2**31 - 1
"""Larger ones are no audience, and would not fit beside a count of acts in 64 bits."""

metadata = MetaData()

_BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in INTEGER columns


def storable(text: str) -> str:
    r"""Text as databases take it: half a surrogate pair, which is no character, is spelt out.

    Such halves come from file names and from JSON; different ones stay different.

    Example:
        >>> storable("caf\udce9")
        'caf\\udce9'
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _key(name: str, target: str, *, comment: str, nullable: bool = False) -> Column[int]:
    return Column(name, _BIG, ForeignKey(target), nullable=nullable, comment=comment)


setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True, comment="what is set"),
    Column("value", Text, nullable=False, comment="its value"),
    comment="facts about the file itself: schema version, the salt of forgotten accounts",
)

source = Table(
    "source",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("name", String, nullable=False, unique=True, comment="linkedin, email, journal …"),
    comment="where records come from",
)

scope = Table(
    "scope",
    metadata,
    Column("id", _BIG, primary_key=True),
    _key("source_id", "source.id", comment="the source"),
    Column("name", String, nullable=False, comment="empty where its ids are unique everywhere"),
    UniqueConstraint("source_id", "name"),
    comment="the spaces within which a source's external ids are unique",
)

kind = Table(
    "kind",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("word", String, nullable=False, unique=True, comment="message, meeting, reaction …"),
    comment="what an act is",
)

precision = Table(
    "precision",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("word", String, nullable=False, unique=True, comment="instant, local, day …"),
    comment="how well the moment of an act is known",
)

account = Table(
    "account",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("source", String, nullable=False, comment="where the identity lives"),
    Column("handle", String, nullable=False, comment="its most stable identifier there"),
    Column("name", String, nullable=False, default="", comment="what people read, or empty"),
    Column("organisation", String, nullable=False, default="", comment="employer, or empty"),
    Column("nature", String, nullable=False, default="person", comment="person, list, bot …"),
    Column("owner", Boolean, nullable=False, default=False, comment="the graph's owner's own"),
    Column("muted", Boolean, nullable=False, default=False, comment="left out at owner's wish"),
    Column("person_id", _BIG, nullable=False, comment="the account that stands for the person"),
    UniqueConstraint("source", "handle"),
    comment="identities of people at sources; accounts with one person_id are one person",
)

link = Table(
    "link",
    metadata,
    _key("account_id", "account.id", comment="one account"),
    _key("other_id", "account.id", comment="another account of the same person"),
    Column("basis", String, nullable=False, comment="why they are held to be one"),
    Column("withdrawn", Boolean, nullable=False, default=False, comment="undone by the owner"),
    UniqueConstraint("account_id", "other_id", "basis"),
    comment="why accounts are one person; persons are computed from links that stand",
)

account_tag = Table(
    "account_tag",
    metadata,
    _key("account_id", "account.id", comment="whose"),
    Column("tag", String, nullable=False, comment="the owner's word"),
    UniqueConstraint("account_id", "tag"),
    comment="the owner's words for people",
)

interaction = Table(
    "interaction",
    metadata,
    Column("id", _BIG, primary_key=True),
    _key("scope_id", "scope.id", comment="where it was recorded"),
    Column("key", BigInteger, nullable=False, comment="64-bit hash of the external id"),
    Column("kind_id", SmallInteger, nullable=False, comment="what it is"),
    Column("at", BigInteger, comment="when; null where the source does not tell"),
    Column("precision_id", SmallInteger, nullable=False, comment="how well that is known"),
    _key("sender_id", "account.id", comment="who acted, or one of those present"),
    Column("audience", Integer, nullable=False, comment="how many it reached beside the sender"),
    Column("thread", BigInteger, comment="64-bit hash of the conversation's id, or null"),
    Column("parent", BigInteger, comment="key of the act it answers, or null"),
    UniqueConstraint("scope_id", "key"),
    comment="dated acts between people",
)

participant = Table(
    "participant",
    metadata,
    Column("interaction_id", _BIG, ForeignKey("interaction.id"), primary_key=True),
    Column("account_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("role", SmallInteger, nullable=False, comment="1 recipient, 2 copied, 3 present"),
    comment="whom an act reached, beside its sender",
    sqlite_with_rowid=False,
)

contact = Table(
    "contact",
    metadata,
    Column("sender_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("recipient_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("day", Integer, primary_key=True, comment="UTC day"),
    Column("kind_id", SmallInteger, primary_key=True, comment="kind of act"),
    Column("source_id", SmallInteger, primary_key=True, comment="where it was recorded"),
    Column("audience", Integer, nullable=False, comment="the smallest audience of that day"),
    Column("acts", Integer, nullable=False, comment="how many acts"),
    comment="who reached whom on which day; derived, kept in step with every act",
    sqlite_with_rowid=False,
)

expense = Table(
    "expense",
    metadata,
    Column("interaction_id", _BIG, ForeignKey("interaction.id"), primary_key=True),
    Column("amount", Float, nullable=False, comment="what the owner spent"),
    Column("currency", String, nullable=False, comment="ISO 4217, or empty"),
    comment="what acts cost the owner",
)

interaction_tag = Table(
    "interaction_tag",
    metadata,
    _key("interaction_id", "interaction.id", comment="which act"),
    Column("tag", String, nullable=False, comment="the owner's word"),
    UniqueConstraint("interaction_id", "tag"),
    comment="the owner's words for acts",
)

declared_tie = Table(
    "declared_tie",
    metadata,
    Column("source_id", _BIG, ForeignKey("source.id"), primary_key=True),
    Column("kind", String, primary_key=True, comment="follows, connected"),
    Column("account_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("other_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("since_day", Integer, comment="UTC day, or null where the source does not tell"),
    comment="standing relations that sources state",
    sqlite_with_rowid=False,
)

cursor = Table(
    "cursor",
    metadata,
    Column("source", String, primary_key=True),
    Column("stream", String, primary_key=True),
    Column("cursor", JSON, nullable=False, comment="where to go on"),
    comment="how far each stream has been read; written together with the rows it covers",
)

problem = Table(
    "problem",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("source", String, nullable=False),
    Column("export", String, nullable=False, comment="name of the file or stream"),
    Column("place", String, nullable=False, comment="where in it"),
    Column("code", String, nullable=False, comment="what is wrong, in a word"),
    Column("detail", String, nullable=False, comment="what is wrong, in a sentence"),
    UniqueConstraint("source", "export", "place", "code"),
    comment="rows that could not be used",
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("day", Integer, nullable=False, comment="the UTC day the scores are for"),
    _key("ego_id", "account.id", comment="whose scores"),
    Column("version", String, nullable=False, comment="version that made them"),
    Column("parameters", JSON, nullable=False, comment="the numbers they were made with"),
    UniqueConstraint("day", "ego_id"),
    comment="all scores at one moment",
)

score = Table(
    "score",
    metadata,
    Column("snapshot_id", _BIG, ForeignKey("snapshot.id"), primary_key=True),
    Column("account_id", _BIG, ForeignKey("account.id"), primary_key=True),
    Column("name", String, primary_key=True, comment="strength, alive, trust …"),
    Column("value", Float, nullable=False, comment="undefined scores have no row"),
    comment="one score of one person; the ego's own rows are those of the network",
    sqlite_with_rowid=False,
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("hash", LargeBinary, primary_key=True, comment="salted hash of source and handle"),
    comment="accounts that asked to be forgotten, so that no import brings them back",
    sqlite_with_rowid=False,
)

Index("account_by_person", account.c.person_id)
