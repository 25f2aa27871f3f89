"""How messages are written: kept where the owner asks for it, and removed when they do no more."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, delete, func, select, tuple_

from roc.graph import tables
from roc.graph.databases.dialects import insert
from roc.graph.erasing import erase_later
from roc.graph.keeping import Keeping
from roc.graph.records import Interaction, Kind
from roc.graph.told import KIND_IDS, act_id

_NOTICED = [KIND_IDS[Kind.THANKS], KIND_IDS[Kind.CONGRATULATION]]
_COLDEST = -1001  # colder than any message: stands for one that is not judged


def keep_tones(connection: Connection, interactions: Sequence[Interaction]) -> None:
    """Keep how messages are written; of one that was told in two versions, the longer one's."""
    rows = [
        {
            "interaction_id": act_id(one),
            "letters": one.tone.letters,
            "language": one.tone.language,
            "warmth": None if one.tone.warmth is None else round(1000 * one.tone.warmth),
        }
        for one in interactions
        if one.tone is not None
    ]
    if not rows:
        return
    kept = tables.tone.c
    new = insert(connection, tables.tone)
    told = new.excluded
    longer = new.on_conflict_do_update(
        index_elements=[kept.interaction_id],
        set_={"letters": told.letters, "language": told.language, "warmth": told.warmth},
        where=tuple_(told.letters, told.language, func.coalesce(told.warmth, _COLDEST))
        > tuple_(kept.letters, kept.language, func.coalesce(kept.warmth, _COLDEST)),
    )
    connection.execute(longer, rows)


def remove_tones(connection: Connection) -> int:
    """Remove how messages are written, and the acts that were noticed in their texts.

    Returns:
        Of how many messages.
    """
    act, tone = tables.interaction.c, tables.tone
    if connection.execute(select(tone.c.interaction_id).limit(1)).first() is None:
        return 0  # without a look at every act: so it is for most owners, at each collecting
    noticed = (
        select(act.id)
        .where(act.kind_id.in_(_NOTICED))
        .where(act.parent.in_(select(tone.c.interaction_id)))
    )
    ids = np.array(connection.execute(noticed).scalars().all(), dtype=np.int64)
    Keeping(connection, str).remove(ids)
    gone = connection.execute(delete(tone)).rowcount
    erase_later(connection)
    return gone
