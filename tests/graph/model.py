"""What a graph must keep of all that was told, worked out a second time and without a database.

Everything told is held as it came, each thing once, so that order, pieces and repetition cannot
matter here; what follows from it is made anew whenever it is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import fsum
from typing import Any, NamedTuple

from roc.graph.frames import KINDS
from roc.graph.records import (
    ME,
    SHARED_KINDS,
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
from roc.graph.store import Graph

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIMED = (Precision.INSTANT, Precision.LOCAL)
_PRECISIONS = list(Precision)
Row = tuple[Any, ...]


class Facts(NamedTuple):
    """What can be read from a graph, as sorted plain rows in which people are their keys."""

    people: list[Row]
    contacts: list[Row]
    conversations: list[Row]  # ego's exchanges, those of one thread together
    expenses: list[Row]
    declared: list[Row]
    problems: list[Row]


@dataclass(frozen=True)
class Joined:
    """An act as all its tellings together tell it."""

    leading: Interaction
    others: frozenset[Account]
    audience: int
    thread: str
    tags: frozenset[str]
    cost: float | None

    @property
    def pairs(self) -> list[tuple[Account, Account]]:
        """Who reached whom."""
        sender = self.leading.sender
        if not _shared(self.leading):
            return [(sender, other) for other in self.others]
        present = {sender, *self.others}
        return [(one, other) for one in present for other in present if one != other]

    @property
    def second(self) -> int:
        assert self.leading.at is not None
        return int((self.leading.at - _EPOCH).total_seconds() // 1)

    @property
    def day(self) -> int:
        return self.second // 86_400


def join(tellings: Iterable[Interaction]) -> Joined:
    """The law of one act."""
    told = list(tellings)
    newest = max(_revision(telling) for telling in told)
    told = [telling for telling in told if _revision(telling) == newest]
    leading = min(told, key=_rank)
    others = frozenset().union(*map(_participants, told)) - {leading.sender}
    listed = [len(_participants(telling) - {telling.sender}) for telling in told]
    costs = [telling.cost for telling in told if telling.cost is not None]
    return Joined(
        leading=leading,
        others=others,
        audience=max(len(others), *listed, *(telling.audience for telling in told)),
        thread=max(telling.thread for telling in told),
        tags=frozenset().union(*(telling.tags for telling in told)),
        cost=max(costs, default=None),
    )


def _rank(telling: Interaction) -> tuple[int, datetime, int, str]:
    precision = _PRECISIONS.index(telling.precision)
    return precision, telling.at or _EPOCH, KINDS.index(telling.kind), str(telling.sender)


def _revision(telling: Interaction) -> int:
    return int(getattr(telling, "revision", 0))


def _withdraws(telling: Interaction) -> bool:
    return _revision(telling) > 0 and not telling.recipients and not telling.copied


def _shared(telling: Interaction) -> bool:
    return telling.kind in SHARED_KINDS


def _participants(telling: Interaction) -> frozenset[Account]:
    present = {telling.sender} if _shared(telling) else set()
    return frozenset({*telling.recipients, *telling.copied} | present)


class Model:
    """All that was told and decided; ``facts`` is what follows from it.

    Who is one person is told before anything is decided about people.
    """

    def __init__(self, persons: Iterable[Iterable[Account]]) -> None:
        self.persons = [set(accounts) for accounts in persons]
        self.muted: set[Account] = set()
        self.forgotten: set[Account] = set()
        self.cursors: dict[tuple[str, str], Any] = {}
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
        both = self.person(one) | self.person(other)
        self.persons = [each for each in self.persons if not each & both] + [both]

    def split(self, account: Account) -> None:
        self.person(account).remove(account)
        self.persons.append({account})

    def mute(self, account: Account, *, muted: bool) -> None:
        if muted:
            self.muted |= self.person(account)
        else:
            self.muted -= self.person(account)

    def tag(self, account: Account, word: str) -> None:
        stands_for_them = min(self.person(account), key=str)
        self._tags.add((stands_for_them, word))

    def forget(self, account: Account) -> None:
        gone = self.person(account)
        self.forgotten |= gone
        self.persons.remove(gone)

    # --- out ----------------------------------------------------------------------------------

    def acts(self) -> list[Joined]:
        """Every act that is kept, as its tellings without the forgotten tell it."""
        known = ([self._without(each) for each in tellings] for tellings in self._acts.values())
        told = ([telling for telling in tellings if telling] for tellings in known)
        return [join(tellings) for tellings in told if tellings]

    def _without(self, telling: Interaction) -> Interaction | None:
        """A telling without the forgotten; ``None`` where that tells of nobody."""
        present = sorted(_participants(telling) - self.forgotten, key=str)
        sender = telling.sender
        if sender in self.forgotten:
            if not _shared(telling) or not present:
                return None
            sender = present[0]  # a meeting has no real sender
        others = tuple(account for account in present if account != sender)
        if not others and not _withdraws(telling):
            return None
        return replace(telling, sender=sender, recipients=others, copied=())

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
            if accounts & {act.leading.sender, *act.others}:
                tags |= act.tags
        natures = sorted(_nature(account, seen) for account in accounts)
        nature = Nature.PERSON if Nature.PERSON in natures else natures[0]
        return (
            tuple(sorted(map(str, accounts))),
            _longest(full) or _longest(names) or key,
            _longest(record.organisation for record in seen),
            nature,
            bool(accounts & self.muted) or nature != Nature.PERSON,
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
    return min(((day - _EPOCH.date()).days for day in days if day), default=-1)


def _contacts(acts: Iterable[Joined], key: dict[Account, str]) -> list[Row]:
    audiences: dict[Row, list[int]] = defaultdict(list)
    for act in acts:
        for one, other in act.pairs:
            what = act.leading.kind.value, act.leading.source
            audiences[one, other, act.day, *what].append(act.audience)
    return sorted(
        (key[one], key[other], *rest, min(told), len(told))
        for (one, other, *rest), told in audiences.items()
        if key[one] != key[other]
    )


def _conversations(
    acts: Iterable[Joined], key: dict[Account, str], mine: set[Account]
) -> list[Row]:
    threads: dict[Row, list[Row]] = defaultdict(list)
    for act in acts:
        leading = act.leading
        if _shared(leading) or leading.precision not in _TIMED:
            continue
        thread = (leading.source, leading.scope, act.thread) if act.thread else ()
        by_ego = leading.sender in mine
        alters = act.others if by_ego else [leading.sender] * len(act.others & mine)
        threads[thread] += [
            (key[alter], by_ego, act.second, act.audience, leading.kind.value, leading.source)
            for alter in alters
            if key[alter] != key[ME]
        ]
    return _grouped(threads)


def _grouped(threads: dict[Any, list[Row]]) -> list[Row]:
    return sorted((bool(thread), sorted(rows)) for thread, rows in threads.items() if rows)


def _expenses(acts: Iterable[Joined], key: dict[Account, str]) -> list[Row]:
    shares: dict[tuple[str, int], list[float]] = defaultdict(list)
    for act in acts:
        others = {key[account] for account in (act.leading.sender, *act.others)} - {key[ME]}
        if act.cost is not None and act.others:
            for alter in others:
                shares[alter, act.day].append(act.cost / len(others))
    return sorted((alter, day, fsum(amounts)) for (alter, day), amounts in shares.items())


def facts_of(graph: Graph, last_day: int) -> Facts:
    """What a graph says, in the words of the model."""
    with graph.read() as reader:
        people, contacts = reader.people, reader.contacts(last_day)
        exchanges, expenses = reader.exchanges(last_day), reader.expenses(last_day)
        declared = reader.declared()
    key = people.keys
    threads: dict[Any, list[Row]] = defaultdict(list)
    for alter, by_ego, at, audience, kind, source, thread in _rows(
        exchanges, "alter by_ego at audience kind source thread"
    ):
        word, name = KINDS[kind].value, exchanges.sources[source]
        threads[thread].append((key[alter], by_ego, at, audience, word, name))
    columns = (people.accounts, people.names, people.organisations, people.natures)
    ego = [number == people.ego for number in range(len(people))]
    return Facts(
        people=sorted(zip(*columns, people.set_aside.tolist(), people.tags, ego, strict=True)),
        contacts=sorted(
            (key[one], key[other], day, KINDS[kind].value, contacts.sources[source], *rest)
            for one, other, day, kind, source, *rest in _rows(
                contacts, "sender recipient day kind source audience acts"
            )
        ),
        conversations=_grouped(threads),
        expenses=sorted(
            (key[alter], *rest) for alter, *rest in _rows(expenses, "alter day amount")
        ),
        declared=sorted(
            (key[one], key[other], follows, day, declared.sources[source])
            for one, other, follows, day, source in _rows(
                declared, "person other follows day source"
            )
        ),
        problems=sorted(map(tuple, graph.problems())),
    )


def _rows(frame: object, names: str) -> Iterator[Row]:
    columns = [getattr(frame, name).tolist() for name in names.split()]
    return zip(*columns, strict=True)


def acts_by_source(acts: Iterable[Joined]) -> Counter[str]:
    """How many acts that reach somebody each source tells of."""
    return Counter(act.leading.source for act in acts if act.others)
