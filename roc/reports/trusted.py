"""Who knows and trusts you: a ranked list of people, each with the acts behind it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import People
from roc.graph.records import Kind
from roc.reports import text
from roc.reports.faces import Face, face
from roc.reports.words import later_counted, say
from roc.scoring.measures import Measures

_SIGNAL_WORDS: dict[Kind, tuple[str, str]] = {
    Kind.ENDORSEMENT: later_counted("endorsement", "endorsements"),
    Kind.RECOMMENDATION: later_counted("recommendation", "recommendations"),
    Kind.INTRODUCTION: later_counted("introduction", "introductions"),
    Kind.REFERRAL: later_counted("referral", "referrals"),
    Kind.THANKS: later_counted("thank-you", "thank-yous"),
    Kind.CONGRATULATION: later_counted("congratulation", "congratulations"),
}


@dataclass(frozen=True, slots=True)
class Truster:
    """One person's part in who knows and trusts ego.

    Args:
        who: the person.
        part: known · (1 + trust)/2, what the person adds to the sum K.
        known: ln(1 + decayed received days), the most the part could be.
        trust: -1 to 1; 0 without a signal.
        share: the part as a share of K; ``None`` where K is 0.
        received_days: days on which the person reached ego.
        silence_days: days since the last contact.
        signals: acts that speak for ego, how many of each kind.
    """

    who: Face
    part: float
    known: float
    trust: float
    share: float | None
    received_days: int
    silence_days: float
    signals: Mapping[str, int]


def knows_and_trusts(
    people: People, measures: Measures, signals: Mapping[int, Counter[Kind]], *, limit: int
) -> tuple[Truster, ...]:
    """The people with the largest part in who knows and trusts ego, largest first.

    Args:
        people: everyone in the graph.
        measures: the numbers of the day.
        signals: by person number, as from `roc.reports.evidence.signals`.
        limit: how many at most. People without a part are left out.
    """
    ties = measures.ties
    total = measures.network.known_and_trusted
    parts = np.nan_to_num(ties.known_and_trusted)
    order = np.argsort(-parts, kind="stable")[:limit]
    return tuple(
        Truster(
            who=face(people, number := int(ties.alter[row])),
            part=float(parts[row]),
            known=float(ties.known[row]),
            trust=float(ties.trust[row]),
            share=float(parts[row]) / total if total > 0 else None,
            received_days=int(ties.received_days[row]),
            silence_days=float(ties.silence_days[row]),
            signals={
                kind.value: many for kind, many in sorted(signals.get(number, Counter()).items())
            },
        )
        for row in order
        if parts[row] > 0
    )


def evidence_words(truster: Truster) -> str:
    """The acts behind a part, as a reader would count them.

    Example:
        >>> ana = Truster(Face("email:ana@example.org", "Ana"), 1, 2, 0, 1, 9, 3, {"referral": 2})
        >>> evidence_words(ana)
        '2 referrals, reached you on 9 days'
    """
    told = [text.counted(many, *signal_words(kind)) for kind, many in truster.signals.items()]
    told.append(say("reached you on {days}", days=text.counted(truster.received_days, "day")))
    return ", ".join(told)


def signal_words(kind: str) -> tuple[str, str]:
    """What one, and what several, of a trust signal are called."""
    return _SIGNAL_WORDS.get(Kind(kind), (kind, f"{kind}s"))
