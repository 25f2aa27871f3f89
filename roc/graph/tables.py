"""How the graph rests in a database: every table and column, with what it means.

Integer keys throughout. Days are whole UTC days since 1970-01-01, moments whole seconds since
then. ``contact`` is derived from ``interaction`` and ``participant`` and kept beside them, so that
scoring never reads every act; ``Graph.contacts_agree`` tells whether the two do. Tables without
row ids lie in the order of their key, with no second copy in an index.
"""

import json
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA_VERSION = 4

MAX_AUDIENCE = 2**31 - 1
"""Larger ones are no audience, and would not fit beside a count of acts in 64 bits."""

LONGEST_TEXT = 800
"""Bytes: a server looks up keys of three such texts, and none that are much longer."""

metadata = MetaData()

_WHOLE: Any = BigInteger().with_variant(Integer, "sqlite")  # STRICT tables know INTEGER alone
_NUMBER: Any = Double().with_variant(REAL, "sqlite")
_TRUTH: Any = Boolean().with_variant(Integer, "sqlite")
_TEXT: Any = Text().with_variant(Text(collation="C"), "postgresql")  # one order on every server


def storable(text: str) -> str:
    r"""Text as databases take it: half a surrogate pair, which is no character, is spelt out.

    Such halves come from file names and from JSON; different ones stay different. So is a NUL,
    at which some databases end a text. Longer ones than ``LONGEST_TEXT`` bytes are cut, and end in
    a hash of the whole.

    Example:
        >>> storable("caf\udce9")
        'caf\\udce9'
    """
    if "\0" in text:
        text = text.replace("\0", "\\x00")
    if text.isascii() and len(text) <= LONGEST_TEXT:
        return text
    written = text.encode("utf-8", "backslashreplace")
    if len(written) > LONGEST_TEXT:
        mark = blake2b(written, digest_size=16).hexdigest()
        written = written[: LONGEST_TEXT - len(mark)] + mark.encode()
    return written.decode(errors="ignore")  # the cut may go through a character


class _Json(TypeDecorator[Any]):
    """Plain JSON as text, the same bytes for the same value."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return json.dumps(value, sort_keys=True)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else json.loads(value)


def _table(name: str, *parts: Any, comment: str, by_key: bool = False) -> Table:
    """A table whose columns hold nothing but their type; ``by_key`` lays it out along its key."""
    table = Table(
        name,
        metadata,
        *parts,
        comment=comment,
        sqlite_strict=True,
        sqlite_with_rowid=not by_key,
    )
    for constraint in table.foreign_key_constraints:
        # They tell readers what belongs to what. Nobody watches over them: SQLite does not unless
        # it is told to, and a server would take seven times as long over each act.
        constraint.ddl_if(dialect="sqlite")
    return table


def _column(name: str, kind: Any, comment: str, **how: Any) -> Column[Any]:
    how.setdefault("nullable", False)
    return Column(name, kind, comment=comment, **how)


def _number(comment: str = "its number in this file") -> Column[int]:
    return Column("id", _WHOLE, primary_key=True, comment=comment)


def _to(name: str, target: str, comment: str, *, key: bool = False, null: bool = False) -> Any:
    return Column(name, _WHOLE, ForeignKey(target), primary_key=key, nullable=null, comment=comment)


setting = _table(
    "setting",
    _column("name", _TEXT, "what is set", primary_key=True),
    _column("value", _TEXT, "its value"),
    comment="facts about the file itself: schema version, the salt, what is to be erased",
)

source = _table(
    "source",
    _number(),
    _column("name", _TEXT, "linkedin, email, journal …", unique=True),
    comment="where records come from",
)

place = _table(
    "place",
    _number("its number; an act's places are bits: 1 << (id - 1), the last one shared"),
    _to("source_id", "source.id", "the collector that read it"),
    _column("name", _TEXT, "an export's name without dates and numbers, or a stream's"),
    _column("read_at", _WHOLE, "moment of the last reading, or null", nullable=True),
    UniqueConstraint("source_id", "name"),
    comment="what was read: kinds of export and streams",
)

kind = _table(
    "kind",
    _number(),
    _column("word", _TEXT, "message, meeting, reaction …", unique=True),
    comment="what an act is",
)

precision = _table(
    "precision",
    _number(),
    _column("word", _TEXT, "instant, local, day …", unique=True),
    comment="how well the moment of an act is known, best first",
)

account = _table(
    "account",
    _number(),
    _column("source", _TEXT, "where the identity lives"),
    _column("handle", _TEXT, "its most stable identifier there"),
    _column("name", _TEXT, "what people read, or empty", default=""),
    _column("organisation", _TEXT, "employer, or empty", default=""),
    _column("nature", _TEXT, "person, list, role, bot, room", default="person"),
    _column("owner", _TRUTH, "1 for the graph's owner's own", default=False),
    _column("muted", _TRUTH, "1 where left out at the owner's wish", default=False),
    _to("person_id", "account.id", "the account that stands for the person"),
    UniqueConstraint("source", "handle"),
    comment="identities of people at sources; accounts with one person_id are one person",
)

link = _table(
    "link",
    _to("account_id", "account.id", "one account", key=True),
    _to("other_id", "account.id", "another account of the same person", key=True),
    _column("basis", _TEXT, "why they are held to be one", primary_key=True),
    _column("confidence", _NUMBER, "how sure that is, from 0 to 1", default=1.0),
    _column("withdrawn", _TRUTH, "1 where the owner undid or refused it", default=False),
    comment="why accounts are one person; persons are computed from links that stand",
    by_key=True,
)

account_tag = _table(
    "account_tag",
    _to("account_id", "account.id", "whose", key=True),
    _column("tag", _TEXT, "the owner's word", primary_key=True),
    comment="the owner's words for people",
    by_key=True,
)

care = _table(
    "care",
    _to("account_id", "account.id", "about whom", key=True),
    _column("word", _TEXT, "cadence, snooze, pin", primary_key=True),
    _column("value", _WHOLE, "days between contacts; UTC day until which to be silent; 1"),
    comment="how the owner wants to keep in touch with people",
    by_key=True,
)

decision = _table(
    "decision",
    _number("in the order in which they were made"),
    _column("word", _TEXT, "merge, split, mute, accept …"),
    _column("changes", _Json, "rows of link, account and account_tag as they were, as JSON"),
    comment="what the owner decided about people, so that it can be undone",
)

interaction = _table(
    "interaction",
    Column(
        "id",
        _WHOLE,
        primary_key=True,
        autoincrement=False,
        comment="64-bit hash of source, scope and external id: the same in every file",
    ),
    _to("source_id", "source.id", "where the act was recorded"),
    _to("kind_id", "kind.id", "what it is"),
    _column("at", _WHOLE, "when; null where the source does not tell", nullable=True),
    _to("precision_id", "precision.id", "how well that is known"),
    _column("revision", _WHOLE, "which edition of the act; a later one replaces it whole"),
    _to("sender_id", "account.id", "who acted, or one of those present"),
    _to("recipient_id", "account.id", "the one it was for; null: see participant", null=True),
    _column("audience", _WHOLE, "how many it reached beside the sender; 0 for one withdrawn"),
    _column("thread", _WHOLE, "64-bit hash of the conversation's id, or null", nullable=True),
    _column("parent", _WHOLE, "id of the act it answers, or null", nullable=True),
    _column("places", _WHOLE, "which places told of it, as bits"),
    comment="dated acts between people",
)

participant = _table(
    "participant",
    _to("interaction_id", "interaction.id", "which act", key=True),
    _to("account_id", "account.id", "who took part", key=True),
    _column("role", _WHOLE, "1 recipient, 2 copied, 3 present"),
    comment="whom an act reached, beside its sender, where that is not one recipient alone",
    by_key=True,
)

contact = _table(
    "contact",
    _column("day", _WHOLE, "UTC day", primary_key=True),
    _to("sender_id", "account.id", "who reached", key=True),
    _to("recipient_id", "account.id", "whom", key=True),
    _to("kind_id", "kind.id", "by which kind of act", key=True),
    _to("source_id", "source.id", "where it was recorded", key=True),
    _column("audience", _WHOLE, "among how many reached", primary_key=True),
    _column("acts", _WHOLE, "how many such acts"),
    comment="who reached whom on which day; derived, kept in step with every act",
    by_key=True,
)

expense = _table(
    "expense",
    _to("interaction_id", "interaction.id", "which act", key=True),
    _column("amount", _NUMBER, "what the owner spent"),
    _column("currency", _TEXT, "ISO 4217, or empty"),
    comment="what acts cost the owner",
)

interaction_tag = _table(
    "interaction_tag",
    _to("interaction_id", "interaction.id", "which act", key=True),
    _column("tag", _TEXT, "the owner's word", primary_key=True),
    comment="the owner's words for acts",
    by_key=True,
)

tone = _table(
    "tone",
    _to("interaction_id", "interaction.id", "which message", key=True),
    _column("letters", _WHOLE, "how long it is"),
    _column("language", _TEXT, "ISO 639-1, or empty"),
    _column("warmth", _WHOLE, "thousandths, -1000 to 1000, or null", nullable=True),
    comment="how messages are written, where the owner asked for it; never what",
    by_key=True,
)

declared_tie = _table(
    "declared_tie",
    _to("source_id", "source.id", "who states it", key=True),
    _column("kind", _TEXT, "follows, connected", primary_key=True),
    _to("account_id", "account.id", "who follows, or is connected", key=True),
    _to("other_id", "account.id", "whom they follow, or are connected to", key=True),
    _column("since_day", _WHOLE, "UTC day, or null where not told", nullable=True),
    comment="standing relations that sources state",
    by_key=True,
)

outcome = _table(
    "outcome",
    Column(
        "id",
        _WHOLE,
        primary_key=True,
        autoincrement=False,
        comment="64-bit hash of source, scope and external id: the same in every file",
    ),
    _to("source_id", "source.id", "where it was recorded"),
    _column("kind", _TEXT, "deal, referral, renewal …"),
    _column("status", _TEXT, "open, lost, won; withdrawn where the source took it back"),
    _column("opened_day", _WHOLE, "day it began, or null where not told", nullable=True),
    _column("closed_day", _WHOLE, "day it was decided, or null", nullable=True),
    _column("value", _WHOLE, "in ten-thousandths of the currency's unit, or null", nullable=True),
    _column("currency", _TEXT, "ISO 4217, or empty"),
    _column("hours", _NUMBER, "what the owner's side spent on it, or null", nullable=True),
    _column("organisation", _TEXT, "the other side's, or empty"),
    _column("title", _TEXT, "what the source calls it, or empty"),
    _column("revision", _WHOLE, "which edition; the latest counts alone"),
    comment="what came of people: deals, referrals, renewals, clients who left",
)

outcome_person = _table(
    "outcome_person",
    _to("outcome_id", "outcome.id", "which outcome", key=True),
    _to("account_id", "account.id", "who", key=True),
    _column("role", _WHOLE, "1 main contact, 2 other contact, 3 handles it on the owner's side"),
    comment="whom an outcome is with, and who looks after it",
    by_key=True,
)

cursor = _table(
    "cursor",
    _column("source", _TEXT, "whose stream", primary_key=True),
    _column("stream", _TEXT, "which one", primary_key=True),
    _column("cursor", _Json, "where to go on, as JSON"),
    comment="how far each stream has been read; written together with the rows it covers",
    by_key=True,
)

problem = _table(
    "problem",
    _number("in the order in which they were met"),
    _column("source", _TEXT, "whose row it was"),
    _column("export", _TEXT, "name of the file or stream"),
    _column("place", _TEXT, "where in it"),
    _column("code", _TEXT, "what is wrong, in a word"),
    _column("detail", _TEXT, "what is wrong, in a sentence"),
    UniqueConstraint("source", "export", "place", "code"),
    comment="rows that could not be used",
)

snapshot = _table(
    "snapshot",
    _number(),
    _column("day", _WHOLE, "the UTC day the scores are for"),
    _to("ego_id", "account.id", "whose scores"),
    _column("version", _TEXT, "version of roc that made them"),
    _column("parameters", _Json, "the numbers they were made with, as JSON"),
    UniqueConstraint("day", "ego_id"),
    comment="all scores at one moment",
)

score = _table(
    "score",
    _to("snapshot_id", "snapshot.id", "when", key=True),
    _to("account_id", "account.id", "whose: the account that stood for the person", key=True),
    _column("name", _TEXT, "strength, alive, trust …", primary_key=True),
    _column("value", _NUMBER, "undefined scores have no row"),
    comment="one score of one person; the ego's own rows are those of the network",
    by_key=True,
)

output = _table(
    "output",
    _column("path", _TEXT, "where it was written", primary_key=True),
    _column("digest", LargeBinary, "hashes of its content and of what it replaced: so it is ours"),
    comment="files that roc wrote for people to read, so that forgetting can find them",
    by_key=True,
)

forgotten = _table(
    "forgotten",
    _column("hash", LargeBinary, "salted hash of an account, a name or a link", primary_key=True),
    comment="who asked to be forgotten, so that no import brings them back",
    by_key=True,
)

Index("account_by_person", account.c.person_id)
Index("link_by_other", link.c.other_id)
