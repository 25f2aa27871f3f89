"""The way in: batches of records become rows, each batch and its cursor in one transaction.

Rows are written in bulk below the ORM. An act whose external id is known in its scope is left as
it is; only acts that are new change the kept contacts, so reading twice adds nothing.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from roc.graph import tables
from roc.graph.acts import ACT_COLUMNS, Act, act, contact_counts
from roc.graph.forgetting import without
from roc.graph.identity import basis_told_by
from roc.graph.numbering import Numbers
from roc.graph.people import add_links, claim_owners, describe, own, refresh_persons
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Interaction,
    Problem,
    Record,
)
from roc.graph.tables import storable

_FIRST_DAY = date(1970, 1, 1)


@dataclass(slots=True)
class Tally:
    """What became of the records handed over.

    Args:
        new: acts that were not known before.
        known: acts that were.
        left_out: acts that reach nobody but their sender, or nobody who may be kept.
        accounts: accounts seen for the first time.
        described: how often a source said who an account is.
        ties: declared ties that were not known before.
        problems: rows that could not be used, by code.
    """

    new: int = 0
    known: int = 0
    left_out: int = 0
    accounts: int = 0
    described: int = 0
    ties: int = 0
    problems: dict[str, int] = field(default_factory=dict)


class Writer:
    """Writes the batches of one export or stream.

    Args:
        source: where the records come from, for problems.
        export: name of the file or stream, for problems.
        tally: counts what became of the records.
    """

    _connection: Connection

    def __init__(self, source: str, export: str, tally: Tally) -> None:
        self._source = source
        self._export = export
        self._numbers = Numbers()
        self.tally = tally

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """Write a batch within the connection's transaction."""
        sorted_out: dict[type, list[Any]] = defaultdict(list)
        for record in records:
            sorted_out[type(record)].append(record)
        self._begin(connection)
        self._write_accounts_seen(sorted_out[AccountSeen])
        self._write_interactions(sorted_out[Interaction])
        self._write_declared_ties(sorted_out[DeclaredTie])
        self._write_problems(sorted_out[Problem])
        self._write_cursors(sorted_out[Checkpoint])

    def own(self, connection: Connection, accounts: Sequence[Account]) -> None:
        """Take accounts as the owner's."""
        self._begin(connection)
        numbers = self._numbers.accounts(accounts)
        self._write_new_accounts()
        own(connection, sorted(numbers.values()))
        refresh_persons(connection)

    def _begin(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers.begin(connection)

    def _write_new_accounts(self) -> None:
        self.tally.accounts += self._numbers.write_new_accounts()

    def _write_accounts_seen(self, seen: Sequence[AccountSeen]) -> None:
        if not seen:
            return
        numbers = self._numbers.accounts(
            account for record in seen for account in (record.account, *record.same_as)
        )
        self._write_new_accounts()
        self.tally.described += len(seen)
        claim_owners(self._connection, numbers, seen)
        describe(self._connection, numbers, seen)
        basis = basis_told_by(self._source)
        links = [
            (numbers[record.account], numbers[other], basis)
            for record in seen
            for other in record.same_as
            if record.account in numbers and other in numbers
        ]
        add_links(self._connection, links)
        if links or any(record.owner for record in seen):
            refresh_persons(self._connection)

    def _write_interactions(self, interactions: Sequence[Interaction]) -> None:
        if not interactions:
            return
        first = self._newest_act() + 1
        numbered = {
            number: found
            for number, interaction in enumerate(interactions, start=first)
            if (found := act(number, interaction, self._numbers)) is not None
        }
        self._write_new_accounts()
        self.tally.left_out += len(interactions) - len(numbered)
        if not numbered:
            return
        written = self._connection.exec_driver_sql(
            f"INSERT INTO interaction ({', '.join(ACT_COLUMNS)})"
            f" VALUES ({', '.join('?' * len(ACT_COLUMNS))})"
            " ON CONFLICT (scope_id, key) DO NOTHING",
            [row for row, _, _ in numbered.values()],
        ).rowcount
        new = list(numbered) if written == len(numbered) else self._acts_from(first)
        self.tally.new += len(new)
        self.tally.known += len(numbered) - len(new)
        fresh = [numbered[number] for number in new]
        self._write_participants(fresh)
        self._write_contacts(fresh)
        self._write_extras(
            {
                number: interaction
                for number in new
                if (interaction := interactions[number - first]).tags
                or interaction.cost is not None
            }
        )

    def _newest_act(self) -> int:
        newest = self._connection.exec_driver_sql("SELECT max(id) FROM interaction").scalar()
        return int(newest or 0)

    def _acts_from(self, number: int) -> list[int]:
        rows = self._connection.exec_driver_sql(
            "SELECT id FROM interaction WHERE id >= ? ORDER BY id", (number,)
        )
        return list(rows.scalars())

    def _write_participants(self, acts: Sequence[Act]) -> None:
        rows = [
            (row[0], account, role)
            for row, _, participants in acts
            for account, role in participants
        ]
        if rows:
            self._connection.exec_driver_sql(
                "INSERT INTO participant (interaction_id, account_id, role) VALUES (?, ?, ?)", rows
            )

    def _write_contacts(self, acts: Sequence[Act]) -> None:
        counts = contact_counts(acts)
        if counts:
            self._connection.exec_driver_sql(
                "INSERT INTO contact (sender_id, recipient_id, day, kind_id, source_id, audience,"
                " acts) VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (sender_id, recipient_id, day, kind_id, source_id) DO UPDATE SET"
                " audience = min(audience, excluded.audience), acts = acts + excluded.acts",
                [(*key, *counts[key]) for key in sorted(counts)],
            )

    def _write_extras(self, interactions: dict[int, Interaction]) -> None:
        tags = [
            {"interaction_id": number, "tag": tag}
            for number, interaction in interactions.items()
            for tag in sorted({storable(tag) for tag in interaction.tags})
        ]
        costs = [
            {
                "interaction_id": number,
                "amount": interaction.cost,
                "currency": storable(interaction.currency),
            }
            for number, interaction in interactions.items()
            if interaction.cost is not None and _is_amount(interaction.cost)
        ]
        self._write_problems(
            [
                Problem(_day(interaction), "bad_cost", "a cost that is no amount was left out")
                for interaction in interactions.values()
                if interaction.cost is not None and not _is_amount(interaction.cost)
            ]
        )
        if tags:
            self._connection.execute(insert(tables.interaction_tag), tags)
        if costs:
            self._connection.execute(insert(tables.expense), costs)

    def _write_declared_ties(self, ties: Sequence[DeclaredTie]) -> None:
        if not ties:
            return
        numbers = self._numbers.accounts(a for tie in ties for a in (tie.account, tie.other))
        self._write_new_accounts()
        rows = [
            (
                self._numbers.source(tie.source),
                tie.kind.value,
                numbers[tie.account],
                numbers[tie.other],
                None if tie.since is None else (tie.since - _FIRST_DAY).days,
            )
            for tie in ties
            if tie.account in numbers and tie.other in numbers and tie.account != tie.other
        ]
        before = self._declared_ties()
        if rows:
            # The earliest day told wins, so that the order of reading is no matter.
            self._connection.exec_driver_sql(
                "INSERT INTO declared_tie (source_id, kind, account_id, other_id, since_day)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET since_day ="
                " coalesce(min(since_day, excluded.since_day), since_day, excluded.since_day)",
                rows,
            )
        self.tally.ties += self._declared_ties() - before

    def _declared_ties(self) -> int:
        counted = self._connection.exec_driver_sql("SELECT count(*) FROM declared_tie")
        return int(counted.scalar_one())

    def _write_problems(self, problems: Sequence[Problem]) -> None:
        rows = []
        for problem in problems:
            self.tally.problems[problem.code] = self.tally.problems.get(problem.code, 0) + 1
            rows.append(
                {
                    "source": self._source,
                    "export": storable(self._export),
                    "place": storable(problem.where),
                    "code": problem.code,
                    "detail": storable(problem.detail),
                }
            )
        if rows:
            self._connection.execute(sqlite_insert(tables.problem).on_conflict_do_nothing(), rows)

    def _write_cursors(self, checkpoints: Sequence[Checkpoint]) -> None:
        for checkpoint in checkpoints:
            cursor = json.loads(json.dumps(dict(checkpoint.cursor)))
            statement = sqlite_insert(tables.cursor).values(
                source=checkpoint.source,
                stream=checkpoint.stream,
                cursor=without(cursor, checkpoint.source, self._numbers.forgotten),
            )
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["source", "stream"],
                    set_={"cursor": statement.excluded.cursor},
                )
            )


def _is_amount(cost: float) -> bool:
    return isfinite(cost) and cost >= 0


def _day(interaction: Interaction) -> str:
    at = interaction.at
    return "an act without a date" if at is None else f"an act of {at.date()}"
