"""The law of one act, worked out a second time: what tellings of an act come to together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from roc.graph.frames import KINDS
from roc.graph.records import SHARED_KINDS, Account, Interaction, Precision

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PRECISIONS = list(Precision)


@dataclass(frozen=True)
class Joined:
    """An act as all its tellings together tell it; withdrawn where it reaches nobody."""

    leading: Interaction
    others: frozenset[Account]
    audience: int
    thread: str
    tags: frozenset[str]
    cost: float | None

    @property
    def present(self) -> frozenset[Account]:
        """Who took part; nobody where it is withdrawn."""
        return self.others | {self.leading.sender} if self.others else frozenset()

    @property
    def pairs(self) -> list[tuple[Account, Account]]:
        """Who reached whom."""
        if not is_shared(self.leading):
            return [(self.leading.sender, other) for other in self.others]
        return [(one, other) for one in self.present for other in self.present if one != other]

    @property
    def second(self) -> int:
        assert self.leading.at is not None
        return int((self.leading.at - EPOCH).total_seconds() // 1)

    @property
    def day(self) -> int:
        return self.second // 86_400


def join(tellings: Iterable[Interaction]) -> Joined:
    """What tellings come to together (docs/decisions/0012), whatever their order."""
    told = list(tellings)
    counting = _of_one_company(_newest(told))
    leading = min(counting, key=_rank)
    others = frozenset().union(*map(participants, counting)) - {leading.sender}
    listed = [len(participants(telling) - {telling.sender}) for telling in counting]
    return Joined(
        leading=leading,
        others=others,
        audience=max(len(others), *listed, *(telling.audience for telling in counting)),
        thread=max(telling.thread for telling in counting),
        tags=frozenset().union(*(telling.tags for telling in told)),
        cost=max((telling.cost for telling in told if telling.cost is not None), default=None),
    )


def _newest(told: list[Interaction]) -> list[Interaction]:
    newest = max(telling.revision for telling in told)
    return [telling for telling in told if telling.revision == newest]


def _of_one_company(told: list[Interaction]) -> list[Interaction]:
    """Those that may be mixed: meetings, else those of one sender, else those that withdraw."""
    reaching = [telling for telling in told if not withdraws(telling)]
    shared = [telling for telling in reaching if is_shared(telling)]
    if shared or not reaching:
        return shared or told
    sender = min((telling.sender for telling in reaching), key=str)
    return [telling for telling in reaching if telling.sender == sender]


def _rank(telling: Interaction) -> tuple[int, datetime, int]:
    precision = _PRECISIONS.index(telling.precision)
    return precision, telling.at or EPOCH, KINDS.index(telling.kind)


def withdraws(telling: Interaction) -> bool:
    """Whether a telling says of an act that it did not take place after all."""
    return telling.revision > 0 and participants(telling) <= {telling.sender}


def is_shared(telling: Interaction) -> bool:
    """Whether everyone present reached everyone else."""
    return telling.kind in SHARED_KINDS


def participants(telling: Interaction) -> frozenset[Account]:
    """Whom a telling names, its sender among them where everyone is present."""
    present = {telling.sender} if is_shared(telling) else set()
    return frozenset({*telling.recipients, *telling.copied} | present)
