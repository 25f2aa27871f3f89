"""Interactions as rows: who took part in which role, and whom that reached on which day."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from roc.graph.aggregates import COPIED, DAY_SECONDS, PRESENT, RECIPIENT
from roc.graph.frames import KINDS
from roc.graph.numbering import Numbers
from roc.graph.records import SHARED_KINDS, Interaction, Precision
from roc.graph.tables import MAX_AUDIENCE

KIND_IDS = {kind: number for number, kind in enumerate(KINDS)}
PRECISION_IDS = {precision: number for number, precision in enumerate(Precision)}
_SHARED_IDS = frozenset(KIND_IDS[kind] for kind in SHARED_KINDS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

ACT_COLUMNS = (
    "id",
    "scope_id",
    "key",
    "kind_id",
    "at",
    "precision_id",
    "sender_id",
    "audience",
    "thread",
    "parent",
)

ActRow = tuple[int, int, int, int, int | None, int, int, int, int | None, int | None]
"""A row of ``interaction`` in the order of ``ACT_COLUMNS``: bare tuples, as there are millions."""

Act = tuple[ActRow, int, Sequence[tuple[int, int]]]
"""An interaction in numbers: its row, its source and its participants as (account, role)."""

ContactKey = tuple[int, int, int, int, int]
"""Sender, recipient, day, kind, source."""


def hashed(text: str) -> int:
    """A 64-bit key for an id of any length, the same on every machine.

    Two different ids share a key once in 2^64 pairs; among ten million acts of one scope the
    chance that any two do is about 3 in a million.
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def act(number: int, interaction: Interaction, numbers: Numbers) -> Act | None:
    """An interaction in numbers; ``None`` where it reaches nobody who may be kept."""
    sender = numbers.account(interaction.sender)
    kind = KIND_IDS[interaction.kind]
    shared = kind in _SHARED_IDS
    participants = _participants(interaction, sender, shared, numbers)
    others = len(participants) - shared
    if shared and sender is None and participants:
        sender = participants[0][0]  # a meeting has no real sender: any who were there will do
    if sender is None or others < 1:
        return None
    scope, source = numbers.scope(interaction.source, interaction.scope)
    at, thread, parent = interaction.at, interaction.thread, interaction.parent
    row = (
        number,
        scope,
        hashed(interaction.external_id),
        kind,
        None if at is None else (at - _EPOCH) // _SECOND,
        PRECISION_IDS[interaction.precision],
        sender,
        min(max(interaction.audience, others), MAX_AUDIENCE),
        hashed(f"{interaction.source}|{interaction.scope}|{thread}") if thread else None,
        hashed(parent) if parent else None,
    )
    return row, source, participants


def contact_counts(acts: Iterable[Act]) -> dict[ContactKey, tuple[int, int]]:
    """Who was reached on which day: the smallest audience, and how many acts."""
    counts: dict[ContactKey, tuple[int, int]] = {}
    for (_, _, _, kind, at, _, sender, audience, _, _), source, participants in acts:
        if at is None:
            continue
        day = at // DAY_SECONDS
        for one, other in _reached(sender, participants):
            key = (one, other, day, kind, source)
            before = counts.get(key)
            if before is None:
                counts[key] = (audience, 1)
            else:
                counts[key] = (min(before[0], audience), before[1] + 1)
    return counts


def _participants(
    interaction: Interaction, sender: int | None, shared: bool, numbers: Numbers
) -> Sequence[tuple[int, int]]:
    """Each account once, in its strongest role; the sender only where all are alike present."""
    role = PRESENT if shared else RECIPIENT
    if not shared and not interaction.copied and len(interaction.recipients) == 1:
        only = numbers.account(interaction.recipients[0])
        return () if only is None or only == sender else ((only, role),)
    roles: dict[int | None, int] = {}
    for account in interaction.copied:
        roles[numbers.account(account)] = PRESENT if shared else COPIED
    for account in interaction.recipients:
        roles[numbers.account(account)] = role
    roles.pop(sender, None)
    if shared:
        roles[sender] = PRESENT
    return sorted((number, role) for number, role in roles.items() if number is not None)


def _reached(sender: int, participants: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Ordered pairs of who reached whom in one act."""
    if participants[0][1] == PRESENT:
        present = [account for account, _ in participants]
        return [(one, other) for one in present for other in present if one != other]
    return [(sender, account) for account, _ in participants]
