"""The nouns that travel from collectors to store to reports: frozen records, free of SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # collectors that hand over no columns need no numpy
    from numpy import int64
    from numpy.typing import NDArray

    Ints = NDArray[int64]


class Kind(StrEnum):
    """What an act is; each word stands for the sentence beside it."""

    MESSAGE = "message"  # sender writes to recipients: mail, direct message, letter
    REPLY = "reply"  # sender answers something a recipient wrote
    MENTION = "mention"  # sender names recipients in public
    COMMENT = "comment"  # sender comments on what a recipient published
    REACTION = "reaction"  # sender marks what a recipient published: like, emoji
    REPOST = "repost"  # sender passes on what a recipient published
    QUOTE = "quote"  # sender passes it on with words of their own
    INVITATION = "invitation"  # sender asks a recipient to connect
    MEETING = "meeting"  # all who are present meet; nobody is only sender or recipient
    CALL = "call"  # all who are present talk over a wire
    ENDORSEMENT = "endorsement"  # sender confirms a skill of a recipient
    RECOMMENDATION = "recommendation"  # sender recommends a recipient in writing
    INTRODUCTION = "introduction"  # sender brings recipients together
    REFERRAL = "referral"  # sender brings business or a job to a recipient
    THANKS = "thanks"  # sender thanks a recipient
    DECLINE = "decline"  # sender declines what a recipient asked
    COMPLAINT = "complaint"  # sender complains to or about a recipient
    CONGRATULATION = "congratulation"  # sender wishes a recipient well for something


SHARED_KINDS = frozenset({Kind.MEETING, Kind.CALL})
"""Kinds in which everyone present reaches everyone else."""

CONVERSATIONS = (
    *("breakfast", "lunch", "dinner", "coffee", "tea", "drinks", "walk", "visit"),
    *("offsite", "workshop", "roundtable", "check-in", "virtual"),
)
"""Formats of gatherings in which people talk with each other."""

PRESENTATIONS = ("party", "conference", "gala", "keynote", "presentation", "webinar")
"""Formats in which most listen, or one is among many."""

FORMATS = (*CONVERSATIONS, *PRESENTATIONS)
"""How a gathering is held; each is a tag of the act, and no tag of the people in it."""


class Precision(StrEnum):
    """How well the moment of an act is known."""

    INSTANT = "instant"  # a true instant
    LOCAL = "local"  # a wall clock whose zone the source does not tell; read as UTC
    DAY = "day"  # a date without a time
    PROXY = "proxy"  # the time of something else, such as the liked post's own
    UNKNOWN = "unknown"  # the source gives no time at all


class Nature(StrEnum):
    """What stands behind an account."""

    PERSON = "person"  # a human being, as far as is known
    LIST = "list"  # a mailing list, newsletter or other bulk sender
    ROLE = "role"  # an office rather than a person: info@, support@
    BOT = "bot"  # a program
    ROOM = "room"  # a meeting room or other resource


class DeclaredKind(StrEnum):
    """Which standing relation a source states."""

    FOLLOWS = "follows"  # one side follows the other
    CONNECTED = "connected"  # both sides agreed to be connected


class OutcomeKind(StrEnum):
    """What came of people; each word stands for the sentence beside it."""

    DEAL = "deal"  # people buy, or think about buying, from the owner's side
    RENEWAL = "renewal"  # a client decides whether to stay on
    CHURN = "churn"  # a client leaves; its status is always lost
    REFERRAL = "referral"  # people send business or a job
    INTRODUCTION = "introduction"  # people bring the owner's side together with somebody
    RECOMMENDATION = "recommendation"  # people recommend the owner's side to others


class OutcomeStatus(StrEnum):
    """How an outcome stands, the least final first."""

    OPEN = "open"  # not decided yet
    LOST = "lost"  # it did not come about, or the client left
    WON = "won"  # it came about
    WITHDRAWN = "withdrawn"  # the source took it back: it was deleted there


class CareWord(StrEnum):
    """How the owner wants to keep in touch; each word stands for the sentence beside it."""

    CADENCE = "cadence"  # be in touch every so many days
    SNOOZE = "snooze"  # say nothing about it until a day
    PIN = "pin"  # tell how it stands in every report


class Account(NamedTuple):
    """One identity of a person at one source, such as ``email:ana@example.org``.

    A tuple, unlike the other records: accounts are looked up for every act, and a tuple is hashed
    and compared in a fifth of the time.

    ``source`` is where the identity lives, which need not be where it was seen: an attendee in
    a calendar is an ``email`` account. ``handle`` is the most stable identifier the source
    gives: a lower-cased address, a ``/in/`` slug, a numeric id.
    """

    source: str
    handle: str

    def __str__(self) -> str:
        return f"{self.source}:{self.handle}"


ME = Account("me", "me")
"""The graph's owner where a source does not name them: the journal's ``me``."""


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """What a source says about an account.

    Args:
        account: the account described.
        name: the name people read, or empty.
        owner: the source says that this account belongs to whoever exported the data.
        nature: what stands behind the account.
        organisation: where the source says the person works, or empty.
        same_as: other accounts that the source states to be the same person.
    """

    account: Account
    name: str = ""
    owner: bool = False
    nature: Nature = Nature.PERSON
    organisation: str = ""
    same_as: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Tone:
    """How a message is written: what is kept of its text, where the owner asked for it.

    Args:
        letters: how many it has.
        language: ISO 639-1, or empty where it is not to be told.
        warmth: of its words, -1 (hostile) to 1 (warm); ``None`` in a language that is not judged.
    """

    letters: int
    language: str = ""
    warmth: float | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """One dated act between people.

    ``(source, scope, external_id)`` is unique: an act read twice, from an export and from an
    API, is kept once. ``scope`` is the space in which ``external_id`` is unique; empty where
    the source's ids are unique everywhere (a Message-ID, a post id).

    Args:
        source: where the act was recorded.
        external_id: the source's own id, or a hash of what identifies the act; never a row number.
        kind: what the act is.
        at: aware UTC; midnight for ``Precision.DAY``; ``None`` only for ``Precision.UNKNOWN``.
        sender: who acted; one of those present for a meeting or call.
        recipients: whom the act addressed; everyone else present for a meeting or call.
        copied: who received it without being addressed (cc).
        precision: how well ``at`` is known.
        scope: see above.
        thread: id of the conversation it belongs to, within source and scope.
        parent: external id of the act it answers.
        audience: how many people the act reached besides its sender, where that is more than
            the accounts listed; 0 means "the accounts listed".
        tags: the owner's words for it, such as ``q1``.
        cost: what the owner spent on it, in ``currency``; ``None`` where nothing is known.
        currency: ISO 4217 code, or empty where none is told.
        revision: which edition of the act this is: a later one replaces an earlier one whole, as
            when a meeting is moved. One that reaches nobody withdraws the act.
        text: its beginning, where a collector has it at hand; read for its tone, and never kept.
        tone: how it is written, where the owner asked for that.
    """

    source: str
    external_id: str
    kind: Kind
    at: datetime | None
    sender: Account
    recipients: tuple[Account, ...]
    copied: tuple[Account, ...] = ()
    precision: Precision = Precision.INSTANT
    scope: str = ""
    thread: str = ""
    parent: str = ""
    audience: int = 0
    tags: tuple[str, ...] = ()
    cost: float | None = None
    currency: str = ""
    revision: int = 0
    text: str = field(default="", repr=False, compare=False)
    tone: Tone | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Interactions:
    """Many acts as columns: what a table of millions of rows is best handed over as.

    Each is from one sender to one recipient, and all are alike in the rest. What is told of an act
    is the same, and it is kept the same, as if it came as an ``Interaction``.

    Args:
        source: where the acts were recorded.
        kind: what each of them is.
        precision: how well their moments are known; ``UNKNOWN`` is not among them.
        accounts: everyone who takes part, each once.
        external_ids: the acts' own ids, as for an ``Interaction``.
        at: seconds since 1970-01-01 UTC, whole, shape ``(n,)``.
        sender: places in ``accounts``, shape ``(n,)``.
        recipient: the same; where it is the sender, the act is left out.
    """

    source: str
    kind: Kind
    precision: Precision
    accounts: tuple[Account, ...]
    external_ids: Sequence[str] = field(repr=False)
    at: "Ints" = field(repr=False)
    sender: "Ints" = field(repr=False)
    recipient: "Ints" = field(repr=False)

    def __len__(self) -> int:
        return len(self.external_ids)


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """A standing relation that a source states: ``account`` follows, or is connected to, ``other``.

    ``since`` is the day it began, where the source tells.
    """

    source: str
    kind: DeclaredKind
    account: Account
    other: Account
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of people: a deal, a referral, a renewal, a client who left.

    ``(source, scope, external_id)`` is unique, as for acts. What is told of one outcome more than
    once is joined, in whatever order it is read (docs/decisions/0018).

    Args:
        source: where it was recorded.
        external_id: the source's own id, or a hash of what identifies it; never a row number.
        kind: what it is.
        status: how it stands.
        people: on the other side, whom it is with or from; nobody where the source names none.
        primary: the one of them whom the source calls the main contact.
        handled_by: who looks after it on the owner's side.
        opened: the day it began, as the source writes it; its zone is not told.
        closed: the day it was decided; ``None`` while it is open, and for an expected day.
        value: in units of ``currency``, exact; parts finer than a ten-thousandth are rounded.
        currency: ISO 4217 code, or empty where none is told.
        hours: what the owner's side spent on it, where that is told.
        organisation: the other side's, or empty.
        title: what the source calls it; goes with anyone of its people who is forgotten.
        scope: the space in which ``external_id`` is unique.
        revision: which edition it is, as seconds of its last change: the latest counts alone.
    """

    source: str
    external_id: str
    kind: OutcomeKind
    status: OutcomeStatus
    people: tuple[Account, ...] = ()
    primary: Account | None = None
    handled_by: Account | None = None
    opened: date | None = None
    closed: date | None = None
    value: Decimal | None = None
    currency: str = ""
    hours: float | None = None
    organisation: str = ""
    title: str = field(default="", repr=False)
    scope: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be used: a value among the records, so that reading goes on.

    Args:
        where: the place, as ``messages.csv:4`` or ``mentions, page 3, item 7``.
        code: a short stable word such as ``bad_date``; problems are counted by it.
        detail: what is wrong, without message text, names or tokens.
    """

    where: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a stream has been read; yielded *after* the records it covers.

    The store commits those records and the cursor in one transaction.

    Args:
        source: the source the stream belongs to.
        stream: which stream, such as ``mentions``.
        cursor: plain JSON with which the stream can be resumed.
    """

    source: str
    stream: str
    cursor: Mapping[str, Any] = field(default_factory=dict)


Record = Interaction | Interactions | AccountSeen | DeclaredTie | Outcome | Problem | Checkpoint
"""Whatever a collector yields."""
