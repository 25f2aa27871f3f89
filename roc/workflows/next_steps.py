"""What to do next, in words, with what speaks for it."""

from dataclasses import dataclass
from datetime import date

from roc.config import Config
from roc.scoring.next_acts import NextAct, next_acts
from roc.workflows.measuring import View, viewed


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; ``nan`` where undefined (see ``TieMeasures``).

    Args:
        person: by account.
        name: as people read it.
        answers: whether something of theirs waits for an answer.
        waits_days: for how many days it does.
        silence_days: since the last contact.
        gap_days: usual between the two.
        strength: of the tie, 0 to 100.
        chance: that something comes back, 0 to 1.
        points: that the RoC score is expected to gain.
    """

    person: str
    name: str
    answers: bool
    waits_days: float
    silence_days: float
    gap_days: float
    strength: float
    chance: float
    points: float


def steps(config: Config, *, as_of: date, ego: str = "", limit: int = 10) -> list[Step]:
    """The acts that are expected to raise the RoC score most, no two with one person.

    Args:
        config: the settings.
        as_of: the day it is for.
        ego: whose steps; empty for the owner's.
        limit: how many at most.
    """
    with viewed(config, as_of=as_of, ego=ego) as (_, view):
        return [_step(view, act) for act in next_acts(view.measures.ties, limit)]


def _step(view: View, act: NextAct) -> Step:
    ties, place = view.measures.ties, act.place
    alter = int(ties.alter[place])
    return Step(
        person=view.people.keys[alter],
        name=view.people.names[alter],
        answers=act.answers,
        waits_days=float(ties.owed_by_ego_days[place]),
        silence_days=float(ties.silence_days[place]),
        gap_days=float(ties.gap_days[place]),
        strength=float(ties.strength[place]),
        chance=act.chance,
        points=act.points,
    )
