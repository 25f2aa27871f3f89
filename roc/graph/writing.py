"""The way in: batches of records become rows, each batch and its cursor in one transaction.

Rows are written in bulk below the ORM, as columns. What is known already is joined with what is
told of it anew (``roc.graph.keeping``), so reading twice adds nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import isfinite
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select, tuple_

from roc.graph import tables
from roc.graph.acts import Acts
from roc.graph.aging import young
from roc.graph.databases.dialects import NOTHING, insert
from roc.graph.forgetting import forget_told_anew
from roc.graph.identity import basis_told_by
from roc.graph.keeping import Keeping
from roc.graph.links import hold_one
from roc.graph.numbering import Numbers
from roc.graph.outcomes import keep_outcomes
from roc.graph.people import claim_owners, describe, own
from roc.graph.places import place_name, place_of
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Interaction,
    Interactions,
    Outcome,
    Problem,
    Record,
)
from roc.graph.retention import unsettle
from roc.graph.tables import storable
from roc.graph.told import act_id, acts_in_bulk, acts_told
from roc.graph.tones import keep_tones

_FIRST_DAY = date(1970, 1, 1)


@dataclass(slots=True)
class Tally:
    """What became of the records handed over.

    A telling that only withdraws an act is counted where it corrects one, and nowhere else.

    Args:
        new: acts that were not known before.
        known: tellings of acts that were, or that were told before in the same reading.
        corrected: known acts of which more, or something else that is newer, was told.
        left_out: acts that reach nobody but their sender, or nobody who may be kept.
        too_old: acts and outcomes from before the day since which they are kept, or undated.
        accounts: accounts seen for the first time.
        described: how often a source said who an account is.
        ties: declared ties that were not known before.
        outcomes: outcomes that were not known before.
        outcomes_changed: known outcomes of which more, or something newer, was told.
        problems: rows that could not be used, by code.
    """

    new: int = 0
    known: int = 0
    corrected: int = 0
    left_out: int = 0
    too_old: int = 0
    accounts: int = 0
    described: int = 0
    ties: int = 0
    outcomes: int = 0
    outcomes_changed: int = 0
    problems: dict[str, int] = field(default_factory=dict)


class Writer:
    """Writes the batches of one export or stream.

    Args:
        source: where the records come from, for problems.
        export: name of the file or stream, for problems.
        tally: counts what became of the records.
        read_at: the moment of reading, seconds since 1970; ``None`` where it does not matter.
        oldest_day: UTC day before which no act is kept; ``None`` where all are.
    """

    _connection: Connection
    _export: str
    _place: int

    def __init__(
        self,
        source: str,
        export: str,
        tally: Tally,
        read_at: int | None = None,
        oldest_day: int | None = None,
    ) -> None:
        self._source = source
        self._told_export = export
        self._read_at = read_at
        self._oldest_day = oldest_day
        self._numbers = Numbers()
        self.tally = tally

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """Write a batch within the connection's transaction."""
        sorted_out: dict[type, list[Any]] = defaultdict(list)
        for record in records:
            sorted_out[type(record)].append(record)
        self._begin(connection)
        self._write_accounts_seen(self._fit(sorted_out[AccountSeen]))
        interactions, bulks = self._young(sorted_out[Interaction], sorted_out[Interactions])
        self._write_interactions(interactions)
        for acts in bulks:
            self._keep(acts_in_bulk(acts, self._numbers, self._place), len(acts))
        self._write_declared_ties(sorted_out[DeclaredTie])
        self._write_outcomes(sorted_out[Outcome])
        self._write_problems(sorted_out[Problem])
        self._write_cursors(sorted_out[Checkpoint])

    def own(self, connection: Connection, accounts: Sequence[Account]) -> None:
        """Take accounts as the owner's."""
        self._numbers.begin(connection)
        own(connection, sorted(self._numbers.accounts(accounts).values()))

    def _begin(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers.begin(connection)
        source = self._numbers.source(self._source)
        fit = self._numbers.forgotten.file_name
        self._export = fit(self._told_export)
        # A hidden name is one of a place: it must not lose its numbers.
        self._place = place_of(
            connection, source, fit(place_name(self._told_export)), self._read_at
        )

    def _fit(self, seen: Sequence[AccountSeen]) -> Sequence[AccountSeen]:
        """What is told of accounts, without the forgotten; names are seen to by ``describe``."""
        if not seen or not self._numbers.forgotten:
            return seen
        forget_told_anew(self._connection, seen)
        self._numbers.begin(self._connection)
        known = self._numbers.forgotten
        return [replace(one, organisation=known.text(one.organisation)) for one in seen]

    def _young(
        self, interactions: Sequence[Interaction], bulks: Sequence[Interactions]
    ) -> tuple[Sequence[Interaction], Sequence[Interactions]]:
        """The acts that are not too old to be kept, one by one and in columns."""
        if self._oldest_day is None:
            return interactions, bulks
        one_by_one, in_columns = young(self._connection, self._oldest_day, interactions, bulks)
        left = len(one_by_one) + sum(map(len, in_columns))
        self.tally.too_old += len(interactions) + sum(map(len, bulks)) - left
        return one_by_one, in_columns

    def _count_new_accounts(self) -> int:
        new, self._numbers.new_accounts = self._numbers.new_accounts, 0
        self.tally.accounts += new
        return new

    def _write_accounts_seen(self, seen: Sequence[AccountSeen]) -> None:
        if not seen:
            return
        numbers = self._numbers.accounts(
            account for record in seen for account in (record.account, *record.same_as)
        )
        if self._count_new_accounts():
            unsettle(self._connection)
        self.tally.described += len(seen)
        claim_owners(self._connection, numbers, seen)
        describe(self._connection, numbers, seen, self._numbers.forgotten.person_name)
        basis = basis_told_by(self._source)
        links = [
            (numbers[record.account], numbers[other], basis)
            for record in seen
            for other in record.same_as
            if record.account in numbers and other in numbers
        ]
        hold_one(self._connection, links)

    def _write_interactions(self, interactions: Sequence[Interaction]) -> None:
        if not interactions:
            return
        told, behind = acts_told(interactions, self._numbers, self._place)
        self._keep(told, len(interactions))
        self._write_extras(behind)

    def _keep(self, acts: Acts, told: int) -> None:
        new_accounts = self._count_new_accounts()
        self.tally.left_out += told - len(acts)
        loose = bool(new_accounts) and told > len(acts)
        if len(acts):
            kept = Keeping(self._connection, self._numbers.key).keep(acts)
            self.tally.new += kept.new
            self.tally.known += kept.known
            self.tally.corrected += kept.corrected
            loose |= bool(kept.corrected or (new_accounts and kept.known))
            loose |= bool(np.any(acts.at == NOTHING))
        if loose:
            unsettle(self._connection)

    def _write_extras(self, interactions: Sequence[Interaction]) -> None:
        """What is told of few acts: the owner's words, united, and costs, the largest of each."""
        rich = [(act_id(one), one) for one in interactions if one.tags or one.cost is not None]
        self._write_problems(
            [
                Problem(_day(one), "bad_cost", "a cost that is no amount was left out")
                for _, one in rich
                if one.cost is not None and not _is_amount(one.cost)
            ]
        )
        tags = [
            {"interaction_id": number, "tag": tag}
            for number, one in rich
            for tag in sorted({storable(tag) for tag in one.tags})
            if not self._numbers.forgotten.is_tag(tag)
        ]
        if tags:
            unite = insert(self._connection, tables.interaction_tag).on_conflict_do_nothing()
            self._connection.execute(unite, tags)
        costs = sorted(
            (number, one.cost, storable(one.currency))
            for number, one in rich
            if one.cost is not None and _is_amount(one.cost)
        )
        if costs:
            self._write_costs(costs)
        keep_tones(self._connection, interactions)

    def _write_costs(self, costs: Sequence[tuple[int, float, str]]) -> None:
        columns = tables.expense.c
        new = insert(self._connection, tables.expense)
        larger = new.on_conflict_do_update(
            index_elements=[columns.interaction_id],
            set_={"amount": new.excluded.amount, "currency": new.excluded.currency},
            where=tuple_(new.excluded.amount, new.excluded.currency)
            > tuple_(columns.amount, columns.currency),
        )
        names = ("interaction_id", "amount", "currency")
        self._connection.execute(larger, [dict(zip(names, row, strict=True)) for row in costs])

    def _write_declared_ties(self, ties: Sequence[DeclaredTie]) -> None:
        if not ties:
            return
        numbers = self._numbers.accounts(a for tie in ties for a in (tie.account, tie.other))
        if self._count_new_accounts():
            unsettle(self._connection)  # one may be of a tie with oneself, which is none
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
            columns = tables.declared_tie.c
            new = insert(self._connection, tables.declared_tie)
            day, other = columns.since_day, new.excluded.since_day
            earlier = new.on_conflict_do_update(
                index_elements=["source_id", "kind", "account_id", "other_id"],
                set_={"since_day": other},
                where=other.is_not(None) & (day.is_(None) | (other < day)),
            )
            names = ("source_id", "kind", "account_id", "other_id", "since_day")
            self._connection.execute(earlier, [dict(zip(names, row, strict=True)) for row in rows])
        self.tally.ties += self._declared_ties() - before

    def _write_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        if not outcomes:
            return
        kept, problems = keep_outcomes(self._connection, self._numbers, outcomes, self._oldest_day)
        self.tally.outcomes += kept.new
        self.tally.outcomes_changed += kept.changed
        self.tally.too_old += kept.too_old
        if self._count_new_accounts() or kept.changed:
            unsettle(self._connection)
        self._write_problems(problems)

    def _declared_ties(self) -> int:
        counted = select(func.count()).select_from(tables.declared_tie)
        return int(self._connection.execute(counted).scalar_one())

    def _write_problems(self, problems: Sequence[Problem]) -> None:
        rows = []
        for problem in problems:
            self.tally.problems[problem.code] = self.tally.problems.get(problem.code, 0) + 1
            rows.append(
                {
                    "source": self._source,
                    "export": storable(self._export),
                    "place": storable(self._numbers.forgotten.file_name(problem.where)),
                    "code": problem.code,
                    "detail": storable(problem.detail),
                }
            )
        if rows:
            self._connection.execute(
                insert(self._connection, tables.problem).on_conflict_do_nothing(), rows
            )

    def _write_cursors(self, checkpoints: Sequence[Checkpoint]) -> None:
        for checkpoint in checkpoints:
            statement = insert(self._connection, tables.cursor).values(
                source=checkpoint.source,
                stream=checkpoint.stream,
                cursor=self._numbers.forgotten.without(dict(checkpoint.cursor), checkpoint.source),
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
