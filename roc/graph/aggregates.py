"""What passed in each dyad, as selects: the one definition for every engine.

The aggregates are facts (audiences and counts of whole days), never weights or decayed sums: whole
numbers add up to the same bits in any order and on any engine, and a changed setting leaves them
right. Weights and decay are applied by ``roc.scoring``.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Select,
    SelectBase,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from roc.graph.records import FORMATS, SHARED_KINDS, Kind
from roc.graph.tables import (
    account_tag,
    contact,
    expense,
    interaction,
    interaction_tag,
    kind,
    participant,
    precision,
    tone,
)

RECIPIENT, COPIED, PRESENT = 1, 2, 3
"""Roles of participants, strongest first among those of directed acts."""

DAY_SECONDS = 86_400

CONTACT_COLUMNS = ("day", "sender_id", "recipient_id", "kind_id", "source_id", "audience", "acts")

_BITS_32 = 2**32
_BITS_16 = 2**16


def day_of(at: ColumnElement[int]) -> ColumnElement[int]:
    """The UTC day of a moment; rounds down before 1970 too, where division alone rounds up."""
    within = (at % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS
    return cast((at - within) // DAY_SECONDS, BigInteger)


def reached(acts: SelectBase | None = None) -> CompoundSelect[Any]:
    """Whom each act reached, wherever that is kept: ``interaction_id``, ``account_id``, ``role``.

    In a meeting or call the sender is among those present.

    Args:
        acts: selects the ids of a few acts, so that not all of them are read; ``None`` for all.
    """
    inline = select(
        interaction.c.id.label("interaction_id"),
        interaction.c.recipient_id.label("account_id"),
        literal(RECIPIENT).label("role"),
    ).where(interaction.c.recipient_id.is_not(None))
    aside = select(participant.c.interaction_id, participant.c.account_id, participant.c.role)
    if acts is not None:
        inline = inline.where(interaction.c.id.in_(acts))
        aside = aside.where(participant.c.interaction_id.in_(acts))
    return union_all(inline, aside)


def contacts_from_acts() -> Select[Any]:
    """Who reached whom on which day, counted from the acts themselves.

    A directed act goes from its sender to each participant; in a meeting or call everyone present
    (the sender is a participant too) reaches everyone else.
    """
    one, other = participant.alias("one"), participant.alias("other")
    shared = (
        select(one.c.interaction_id, one.c.account_id, other.c.account_id.label("recipient_id"))
        .join(other, one.c.interaction_id == other.c.interaction_id)
        .where(one.c.role == PRESENT)
        .where(one.c.account_id != other.c.account_id)
    )
    inline = select(interaction.c.id, interaction.c.sender_id, interaction.c.recipient_id).where(
        interaction.c.recipient_id.is_not(None)
    )
    directed = (
        select(interaction.c.id, interaction.c.sender_id, participant.c.account_id)
        .join(participant, participant.c.interaction_id == interaction.c.id)
        .where(participant.c.role != PRESENT)
        .where(participant.c.account_id != interaction.c.sender_id)
    )
    pairs = union_all(shared, inline, directed).subquery("pairs")
    interaction_id, sender_id, recipient_id = pairs.c
    day = day_of(interaction.c.at)
    keys = (
        day,
        sender_id,
        recipient_id,
        interaction.c.kind_id,
        interaction.c.source_id,
        interaction.c.audience,
    )
    return (
        select(
            day.label("day"),
            sender_id.label("sender_id"),
            recipient_id.label("recipient_id"),
            interaction.c.kind_id,
            interaction.c.source_id,
            interaction.c.audience,
            func.count().label("acts"),
        )
        .join(interaction, interaction.c.id == interaction_id)
        .where(interaction.c.at.is_not(None))
        .group_by(*keys)
    )


def packed_contacts(last_day: int | None) -> Select[tuple[int, int, int]]:
    """Kept contact rows as three whole numbers a row, which leave the database twice as fast.

    (sender · 2³² + recipient, day · 2³² + kind · 2¹⁶ + source, audience · 2³² + acts)
    """
    rows = select(
        contact.c.sender_id * _BITS_32 + contact.c.recipient_id,
        contact.c.day * _BITS_32 + contact.c.kind_id * _BITS_16 + contact.c.source_id,
        contact.c.audience * _BITS_32 + contact.c.acts,
    )
    return rows if last_day is None else rows.where(contact.c.day <= last_day)


def _sides(to: Any, by_ego: ColumnElement[bool]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Of an act between some accounts and another: the other, and 1 where one of them acted."""
    other = case((by_ego, to.c.account_id), else_=interaction.c.sender_id)
    return other, case((by_ego, 1), else_=0)


def exchanges(accounts: list[int], last_day: int) -> Select[Any]:
    """Directed acts between some accounts and others whose moment is known to the second or so.

    Columns: the other's account, 1 where one of ``accounts`` acted, ``at``, ``audience``,
    ``kind_id``, ``source_id``, ``thread`` (0 where there is none).
    """
    to = reached().subquery("reached")
    by_ego = interaction.c.sender_id.in_(accounts)
    return (
        select(
            *_sides(to, by_ego),
            interaction.c.at,
            interaction.c.audience,
            interaction.c.kind_id,
            interaction.c.source_id,
            func.coalesce(interaction.c.thread, 0),
        )
        .select_from(interaction)
        .join(to, to.c.interaction_id == interaction.c.id)
        .join(precision, precision.c.id == interaction.c.precision_id)
        .where(
            and_(
                to.c.role != PRESENT,
                precision.c.word.in_(("instant", "local")),
                interaction.c.at < (last_day + 1) * DAY_SECONDS,
                or_(by_ego, to.c.account_id.in_(accounts)),
            )
        )
    )


def tones(accounts: list[int], last_day: int) -> Select[Any]:
    """How messages between some accounts and others are written.

    Columns: the other's account, 1 where one of ``accounts`` wrote, ``at``, audience, 1 where
    warmth was judged, warmth in thousandths (0 where it was not).
    """
    to = reached().subquery("reached")
    by_ego = interaction.c.sender_id.in_(accounts)
    return (
        select(
            *_sides(to, by_ego),
            interaction.c.at,
            interaction.c.audience,
            case((tone.c.warmth.is_(None), 0), else_=1),
            func.coalesce(tone.c.warmth, 0),
        )
        .select_from(tone)
        .join(interaction, interaction.c.id == tone.c.interaction_id)
        .join(to, to.c.interaction_id == interaction.c.id)
        .where(
            and_(
                interaction.c.audience > 0,
                interaction.c.at < (last_day + 1) * DAY_SECONDS,
                or_(by_ego, to.c.account_id.in_(accounts)),
            )
        )
    )


def expenses(last_day: int) -> Select[Any]:
    """Acts that cost the owner something, a row a participant, with the act's whole cost.

    Columns: ``id`` of the act, ``sender_id``, ``account_id``, ``day``, ``amount``.
    """
    to = reached(select(expense.c.interaction_id)).subquery("reached")
    return (
        select(
            interaction.c.id,
            interaction.c.sender_id,
            to.c.account_id,
            day_of(interaction.c.at).label("day"),
            expense.c.amount,
        )
        .join(interaction, interaction.c.id == expense.c.interaction_id)
        .join(to, to.c.interaction_id == interaction.c.id)
        .where(interaction.c.at < (last_day + 1) * DAY_SECONDS)
    )


def occasions() -> CompoundSelect[Any]:
    """Ids of the acts that cost the owner something or have a format."""
    return union(
        select(expense.c.interaction_id),
        select(interaction_tag.c.interaction_id).where(interaction_tag.c.tag.in_(FORMATS)),
    )


def invitations() -> Select[Any]:
    """Invitations that have a tag, a row for each whom one reached and each tag.

    Columns: ``account_id``, ``day``, ``tag``.
    """
    tagged = select(interaction_tag.c.interaction_id)
    to = reached(tagged).subquery("reached")
    return (
        select(to.c.account_id, day_of(interaction.c.at).label("day"), interaction_tag.c.tag)
        .join(interaction, interaction.c.id == to.c.interaction_id)
        .join(kind, kind.c.id == interaction.c.kind_id)
        .join(interaction_tag, interaction_tag.c.interaction_id == interaction.c.id)
        .where(kind.c.word == Kind.INVITATION, interaction.c.audience > 0)
    )


def gatherings() -> Select[Any]:
    """Meetings and calls that cost the owner something or have a format, a row a participant.

    Columns: ``id`` of the act, ``sender_id``, ``account_id``, ``day``, ``amount``, ``currency``;
    the last two are null where nothing was spent.
    """
    to = reached(occasions()).subquery("reached")
    return (
        select(
            interaction.c.id,
            interaction.c.sender_id,
            to.c.account_id,
            day_of(interaction.c.at).label("day"),
            expense.c.amount,
            expense.c.currency,
        )
        .join(kind, kind.c.id == interaction.c.kind_id)
        .join(to, to.c.interaction_id == interaction.c.id)
        .outerjoin(expense, expense.c.interaction_id == interaction.c.id)
        .where(
            kind.c.word.in_(sorted(SHARED_KINDS)),
            interaction.c.audience > 0,
        )
    )


def tags() -> CompoundSelect[Any]:
    """The owner's words for accounts: told of them, or of acts that they took part in.

    Nobody took part in an act that was withdrawn, and nobody is a dinner.
    """
    to = reached().subquery("reached")
    of_people = interaction_tag.c.tag.not_in(FORMATS)
    acted = (
        select(interaction.c.sender_id, interaction_tag.c.tag)
        .join(interaction_tag, interaction_tag.c.interaction_id == interaction.c.id)
        .where(interaction.c.audience > 0, of_people)
    )
    was_reached = (
        select(to.c.account_id, interaction_tag.c.tag)
        .join(interaction_tag, interaction_tag.c.interaction_id == to.c.interaction_id)
        .where(of_people)
    )
    return union_all(select(account_tag.c.account_id, account_tag.c.tag), acted, was_reached)


def acts_by_source() -> Select[Any]:
    """Per source: ``source_id``, ``acts``, ``undated`` ones, ``first`` and ``last`` moment.

    Acts that were withdrawn reach nobody and do not count.
    """
    return (
        select(
            interaction.c.source_id,
            func.count().label("acts"),
            (func.count() - func.count(interaction.c.at)).label("undated"),
            func.min(interaction.c.at).label("first"),
            func.max(interaction.c.at).label("last"),
        )
        .where(interaction.c.audience > 0)
        .group_by(interaction.c.source_id)
    )
