"""What a graph must keep of all that was told, worked out a second time and without a database.

Everything told is held as it came, each thing once, so that order, pieces and repetition cannot
matter here; what follows from it is made anew whenever it is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from math import fsum
from typing import Any

from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Nature,
    Precision,
    Problem,
    Record,
)
from tests.graph.facts import Facts, Row, grouped
from tests.graph.law import EPOCH, Joined, is_shared, join, participants, withdraws

_TIMED = (Precision.INSTANT, Precision.LOCAL)


class Model:
    """All that was told and decided; ``facts`` is what follows from it.

    Who is one person is told before anything is decided about people.
    """

    def __init__(self, persons: Iterable[Iterable[Account]]) -> None:
        self.persons = [set(accounts) for accounts in persons]
        self.muted: set[Account] = set()
        self.forgotten: set[Account] = set()
        self.cursors: dict[tuple[str, str], Any] = {}
        self.decisions: list[tuple[set[Account], Callable[[], None]]] = []
        """Which accounts each decision changed, and what undoes it."""
        self._tags: set[tuple[Account, str]] = set()
        self._acts: dict[Row, set[Interaction]] = defaultdict(set)
        self._seen: set[AccountSeen] = set()
        self._ties: set[DeclaredTie] = set()
        self._problems: set[Row] = set()

    # --- in -----------------------------------------------------------------------------------

    def add(self, records: Iterable[Record], *, source: str, export: str) -> None:
        for record in records:
            match record:
                case Interaction():
                    known = (record.source, record.scope, record.external_id)
                    self._acts[known].add(record)
                case AccountSeen():
                    self._seen.add(record)
                case DeclaredTie():
                    self._ties.add(record)
                case Problem():
                    self._problems.add((source, export, record.where, record.code, record.detail))
                case Checkpoint():
                    self.cursors[record.source, record.stream] = record.cursor

    def person(self, account: Account) -> set[Account]:
        """The accounts of an account's person; none where they are forgotten."""
        return next((each for each in self.persons if account in each), set())

    def merge(self, one: Account, other: Account) -> None:
        first, second = self.person(one), self.person(other)
        self._regroup([first | second])

    def split(self, account: Account) -> None:
        self._regroup([self.person(account) - {account}, {account}])

    def _regroup(self, persons: list[set[Account]]) -> None:
        touched = set().union(*persons)
        before = [each for each in self.persons if each & touched]
        kept = [each for each in self.persons if not each & touched]
        self.persons = kept + persons
        self.decisions.append((touched, lambda: self._put_back(before)))

    def _put_back(self, persons: list[set[Account]]) -> None:
        touched = set().union(*persons)
        self.persons = [each for each in self.persons if not each & touched] + persons

    def mute(self, account: Account, *, muted: bool) -> None:
        person = self.person(account)
        changed = person - self.muted if muted else person & self.muted
        self.muted ^= changed
        if changed:
            self.decisions.append(
                (changed, lambda: self.muted.symmetric_difference_update(changed))
            )

    def tag(self, account: Account, word: str) -> None:
        stands_for_them = min(self.person(account), key=str)
        told = (stands_for_them, word)
        if told not in self._tags:
            self._tags.add(told)
            self.decisions.append(({stands_for_them}, lambda: self._tags.remove(told)))

    def undo(self) -> None:
        _, put_back = self.decisions.pop()
        put_back()

    def forget(self, account: Account) -> None:
        gone = self.person(account)
        self.forgotten |= gone
        self.persons.remove(gone)
        self.decisions = [each for each in self.decisions if not each[0] & gone]

    # --- out ----------------------------------------------------------------------------------

    def acts(self) -> list[Joined]:
        """Every act that is kept, as its tellings without the forgotten tell it."""
        known = ([self._without(each) for each in tellings] for tellings in self._acts.values())
        told = ([telling for telling in tellings if telling] for tellings in known)
        return [join(tellings) for tellings in told if tellings]

    def _without(self, telling: Interaction) -> Interaction | None:
        """A telling without the forgotten; ``None`` where that tells of nobody."""
        if withdraws(telling):
            return replace(telling, sender=ME, recipients=(), copied=(), audience=0)
        listed = participants(telling) - {telling.sender}
        present = sorted(participants(telling) - self.forgotten, key=str)
        sender = telling.sender
        if sender in self.forgotten:
            if not is_shared(telling) or not present:
                return None
            sender = present[0]  # a meeting has no real sender
        others = tuple(account for account in present if account != sender)
        # Whom an act reached does not change: the forgotten count on.
        audience = max(telling.audience, len(listed))
        held = replace(telling, sender=sender, recipients=others, copied=(), audience=audience)
        return held if others else None

    def facts(self) -> Facts:
        key = {
            account: min(map(str, accounts)) for accounts in self.persons for account in accounts
        }
        acts = self.acts()
        dated = [act for act in acts if act.leading.at is not None]
        return Facts(
            people=sorted(self._described(accounts, acts) for accounts in self.persons),
            contacts=_contacts(dated, key),
            conversations=_conversations(dated, key, self.person(ME)),
            expenses=_expenses(dated, key),
            declared=self._declared(key),
            problems=sorted(self._problems),
            acts=Counter(act.leading.source for act in acts if act.others),
        )

    def _described(self, accounts: set[Account], acts: Collection[Joined]) -> Row:
        seen = [record for record in self._seen if record.account in accounts]
        names = {
            _longest(record.name for record in seen if record.account == account)
            for account in accounts
        }
        full = [name for name in names if " " in name or not name.isascii()]
        key = min(map(str, accounts))
        tags = {word for account, word in self._tags if account in accounts}
        for act in acts:
            if accounts & act.present:
                tags |= act.tags
        natures = sorted(_nature(account, seen) for account in accounts)
        aside = "" if Nature.PERSON in natures else str(natures[0])
        return (
            tuple(sorted(map(str, accounts))),
            _longest(full) or _longest(names) or key,
            _longest(record.organisation for record in seen),
            "muted" if accounts & self.muted else aside,
            tuple(sorted(tags)),
            ME in accounts,
        )

    def _declared(self, key: dict[Account, str]) -> list[Row]:
        since: dict[Row, set[date | None]] = defaultdict(set)
        for tie in self._ties:
            if not {tie.account, tie.other} & self.forgotten:
                since[tie.account, tie.other, tie.kind, tie.source].add(tie.since)
        return sorted(
            (key[one], key[other], kind is DeclaredKind.FOLLOWS, _earliest(days), source)
            for (one, other, kind, source), days in since.items()
            if key[one] != key[other]
        )


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=lambda text: (len(text), text), default="")


def _nature(account: Account, seen: Iterable[AccountSeen]) -> str:
    told = {record.nature for record in seen if record.account == account}
    return _longest(told - {Nature.PERSON}) or Nature.PERSON


def _earliest(days: Iterable[date | None]) -> int:
    return min(((day - EPOCH.date()).days for day in days if day), default=-1)


def _contacts(acts: Iterable[Joined], key: dict[Account, str]) -> list[Row]:
    counted = Counter(
        (one, other, act.day, act.leading.kind.value, act.leading.source, act.audience)
        for act in acts
        for one, other in act.pairs
    )
    return sorted(
        (key[one], key[other], *rest, times)
        for (one, other, *rest), times in counted.items()
        if key[one] != key[other]
    )


def _conversations(
    acts: Iterable[Joined], key: dict[Account, str], mine: set[Account]
) -> list[Row]:
    threads: dict[Row, list[Row]] = defaultdict(list)
    for act in acts:
        leading = act.leading
        if is_shared(leading) or leading.precision not in _TIMED:
            continue
        thread = (leading.source, leading.scope, act.thread) if act.thread else ()
        by_ego = leading.sender in mine
        alters = act.others if by_ego else [leading.sender] * len(act.others & mine)
        threads[thread] += [
            (key[alter], by_ego, act.second, act.audience, leading.kind.value, leading.source)
            for alter in alters
            if key[alter] != key[ME]
        ]
    return grouped(threads)


def _expenses(acts: Iterable[Joined], key: dict[Account, str]) -> list[Row]:
    shares: dict[tuple[str, int], list[float]] = defaultdict(list)
    for act in acts:
        others = {key[account] for account in act.present} - {key[ME]}
        if act.cost is not None:
            for alter in others:
                shares[alter, act.day].append(act.cost / len(others))
    return sorted((alter, day, fsum(amounts)) for (alter, day), amounts in shares.items())
