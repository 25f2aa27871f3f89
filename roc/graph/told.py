"""What collectors tell, as acts in numbers: who took part, whom it reached, and by which id."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from math import floor

import numpy as np

from roc.graph.acts import Acts, only_recipient
from roc.graph.aggregates import COPIED, PRESENT, RECIPIENT
from roc.graph.databases.dialects import NOTHING
from roc.graph.frames import KINDS, Ints
from roc.graph.numbering import Numbers
from roc.graph.records import SHARED_KINDS, Account, Interaction, Interactions, Precision
from roc.graph.tables import MAX_AUDIENCE

KIND_IDS = {kind: number for number, kind in enumerate(KINDS)}
PRECISION_IDS = {precision: number for number, precision in enumerate(Precision)}
_SHARED_IDS = frozenset(KIND_IDS[kind] for kind in SHARED_KINDS)


def acts_told(
    interactions: Sequence[Interaction], numbers: Numbers, places: int
) -> tuple[Acts, list[Interaction]]:
    """What interactions tell; those that reach nobody who may be kept are left out.

    Args:
        interactions: as a collector yields them.
        numbers: gives accounts and sources their numbers.
        places: where they were read, as a bit.

    Returns:
        The acts, and the interaction behind each.
    """
    account = numbers.accounts_of(interactions)
    spaces = {(act.source, act.scope) for act in interactions}
    salts = {space: salt_of(*space) for space in spaces}
    sources = {name: numbers.source(name) for name in sorted({source for source, _ in spaces})}
    members: list[tuple[int, int, int]] = []
    told: list[tuple[Interaction, _Who]] = []
    for interaction in interactions:
        who = _who(interaction, account)
        if who is None:
            continue
        if who[2]:
            members += [(len(told), *member) for member in who[2]]
        told.append((interaction, who))
    acts = [act for act, _ in told]
    salt = _column(salts[act.source, act.scope] for act in acts)
    columns = Acts(
        id=_hashes([act.external_id for act in acts]) ^ salt,
        source=_column(sources[act.source] for act in acts),
        kind=_column(KIND_IDS[act.kind] for act in acts),
        at=_column(NOTHING if act.at is None else floor(act.at.timestamp()) for act in acts),
        precision=_column(PRECISION_IDS[act.precision] for act in acts),
        revision=_column(act.revision for act in acts),
        sender=_column(numbers.me if sender is None else sender for _, (sender, *_) in told),
        recipient=_column(NOTHING if who[1] is None else who[1] for _, who in told),
        audience=_column(who[3] for _, who in told),
        thread=_threads(acts),
        parent=_parents(acts, salt),
        places=np.full(len(acts), places, dtype=np.int64),
        member_act=_column(member[0] for member in members),
        member=_column(member[1] for member in members),
        member_role=_column(member[2] for member in members),
    )
    return columns, acts


def acts_in_bulk(told: Interactions, numbers: Numbers, places: int) -> Acts:
    """What acts in columns tell; those that reach nobody who may be kept are left out.

    Args:
        told: as a collector yields them.
        numbers: gives accounts and the source their numbers.
        places: where they were read, as a bit.

    Raises:
        ValueError: the kind is shared by all present, so that nobody is its recipient.
    """
    if told.kind in SHARED_KINDS:
        raise ValueError(f"a {told.kind} has no sender and recipient: yield it as an Interaction")
    known = numbers.accounts(told.accounts)
    number = _column(known.get(account, NOTHING) for account in told.accounts)
    sender, recipient = number[told.sender], number[told.recipient]
    kept = np.flatnonzero((sender != recipient) & (sender != NOTHING) & (recipient != NOTHING))

    def all_alike(value: int) -> Ints:
        return np.full(len(kept), value, dtype=np.int64)

    return Acts(
        id=act_ids(told)[kept],
        source=all_alike(numbers.source(told.source)),
        kind=all_alike(KIND_IDS[told.kind]),
        at=told.at[kept],
        precision=all_alike(PRECISION_IDS[told.precision]),
        revision=all_alike(0),
        sender=sender[kept],
        recipient=recipient[kept],
        audience=all_alike(1),
        thread=all_alike(NOTHING),
        parent=all_alike(NOTHING),
        places=all_alike(places),
        member_act=_column(()),
        member=_column(()),
        member_role=_column(()),
    )


def _threads(acts: Sequence[Interaction]) -> Ints:
    """Numbers of the conversations, each hashed once."""
    named = [(act.source, act.scope, act.thread) if act.thread else None for act in acts]
    known = {name: hashed("|".join(name)) for name in set(named) if name}
    return _column(NOTHING if name is None else known[name] for name in named)


def _parents(acts: Sequence[Interaction], salt: Ints) -> Ints:
    """Ids of the acts that are answered."""
    answers = np.array([bool(act.parent) for act in acts], dtype=np.bool_)
    parent = np.full(len(acts), NOTHING, dtype=np.int64)
    parent[answers] = _hashes([act.parent for act in acts if act.parent]) ^ salt[answers]
    return parent


def act_id(interaction: Interaction) -> int:
    """The number by which an act is known in every graph."""
    return hashed(interaction.external_id) ^ salt_of(interaction.source, interaction.scope)


def act_ids(told: Interactions) -> Ints:
    """The same of acts in columns, shape ``(n,)``."""
    return _hashes(told.external_ids) ^ salt_of(told.source, "")


def hashed(text: str) -> int:
    """A 64-bit number for an id of any length, the same on every machine.

    Two different ids share a number once in 2^64 pairs; among ten million acts the chance that any
    two do is about 3 in a million.
    """
    return int.from_bytes(_digest(text), "big", signed=True)


def salt_of(source: str, scope: str) -> int:
    """What is crossed with the number of an external id, so that it counts within its space alone.

    It is hashed in a manner of its own: no external id has the number of a space, by which two
    acts of two sources could be taken for one.
    """
    return int.from_bytes(_digest(f"{source}|{scope}", b"space"), "big", signed=True)


def _digest(text: str, manner: bytes = b"") -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8, person=manner).digest()


_Who = tuple[int | None, int | None, Sequence[tuple[int, int]], int]
"""Sender, the only recipient, all participants where there is not one alone, and the audience."""


def _who(interaction: Interaction, account: dict[Account, int | None]) -> _Who | None:
    """Who took part; ``None`` where the act is to be left out.

    The forgotten count as audience, whom an act reached does not change, and are nowhere else.
    """
    sender, kind = account[interaction.sender], KIND_IDS[interaction.kind]
    recipients, copied = interaction.recipients, interaction.copied
    if len(recipients) == 1 and not copied and kind not in _SHARED_IDS:
        only = account[recipients[0]]
        if sender is not None and only is not None and only != sender:
            return sender, only, (), min(max(interaction.audience, 1), MAX_AUDIENCE)
    roles: dict[Account, int] = dict.fromkeys(copied, COPIED)
    roles.update(dict.fromkeys(recipients, RECIPIENT))
    roles.pop(interaction.sender, None)
    audience = min(max(interaction.audience, len(roles)), MAX_AUDIENCE)
    if kind in _SHARED_IDS:
        present = sorted({number for who in roles if (number := account[who]) is not None})
        if sender is not None and sender not in present:
            present = sorted([*present, sender])
        if len(present) > 1:
            return present[0], None, [(number, PRESENT) for number in present], audience
    elif sender is not None:
        reached = sorted(
            (number, role) for who, role in roles.items() if (number := account[who]) is not None
        )
        if reached:
            only = only_recipient(reached)
            return sender, only, () if only is not None else reached, audience
    # Nobody is left whom it reached: a later edition says so of an act that did reach somebody.
    return (None, None, (), 0) if interaction.revision and not roles else None


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _hashes(texts: Sequence[str]) -> Ints:
    """``hashed`` of many texts."""
    return np.frombuffer(b"".join(map(_digest, texts)), dtype=">i8").astype(np.int64)
