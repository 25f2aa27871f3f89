"""What to do next: the acts from which most is to be expected, none of them asking too much.

Nobody is named twice. Whoever still owes an answer is not asked again, and whoever was in touch
within their usual rhythm is left in peace.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Floats
from roc.scoring.measures import TieMeasures


@dataclass(frozen=True, slots=True)
class NextAct:
    """One act worth doing.

    Args:
        place: whose it is, a place in the measures.
        answers: whether it answers something that waits; else it is a word of one's own accord.
        chance: that something comes back, 0 to 1.
        points: that the RoC score is expected to gain.
    """

    place: int
    answers: bool
    chance: float
    points: float


def next_acts(ties: TieMeasures, limit: int) -> list[NextAct]:
    """The acts from which the RoC score is expected to gain most, the most first.

    The gain to expect is that of a two-way day, by the chance of an answer, and that of a day put
    in for nothing, by the chance of none.

    Args:
        ties: ego's ties as measured.
        limit: how many at most.
    """
    chance = answer_chance(ties)
    gain = chance * np.nan_to_num(ties.lever) + (1.0 - chance) * in_vain(ties)
    owed = ~np.isnan(ties.owed_by_ego_days)
    asked = ~np.isnan(ties.owed_to_ego_days)
    worth = (owed | (_is_due(ties) & ~asked)) & ~ties.one_way & (gain > 0)
    order = np.lexsort((ties.alter, ~owed, -gain))
    return [
        NextAct(place, bool(owed[place]), float(chance[place]), float(gain[place]))
        for place in order[worth[order]][:limit].tolist()
    ]


def answer_chance(ties: TieMeasures) -> Floats:
    """Chance that somebody answers: between how often they did and the chance that they are there.

    Whoever always answered, and fell silent long ago, may not answer this time.

    Returns:
        √(reply rate · chance alive), shape ``(m,)``, 0 to 1; the chance alive where nobody was ever
        asked, and 0 where nothing ever passed: of a first letter nothing is known.
    """
    alive = np.nan_to_num(ties.alive)
    asked = np.where(np.isnan(ties.reply_rate), alive, ties.reply_rate)
    chance: Floats = np.sqrt(asked * alive)
    return chance


def in_vain(ties: TieMeasures) -> Floats:
    """Points the RoC score gains from a day put into each tie that comes to nothing: mostly a loss.

    Returns:
        Shape ``(m,)``; 0 where nothing was put in yet, for then there is no score to lose.
    """
    put_in = np.nan_to_num(ties.invested)
    back = np.nan_to_num(ties.returned)
    total = float(put_in.sum())
    if total <= 0:
        return np.zeros(len(put_in))
    came_back = float((put_in * back).sum())
    then: Floats = 100.0 * (came_back + back) / (total + 1.0)
    return then - 100.0 * came_back / total


def _is_due(ties: TieMeasures) -> Bools:
    """Who has been silent for longer than is usual between the two."""
    due: Bools = np.nan_to_num(ties.silence_days) > np.nan_to_num(ties.gap_days, nan=np.inf)
    return due
