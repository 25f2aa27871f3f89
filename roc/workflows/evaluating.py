"""Letting the scores compete on the owner's own past, and going by whatever won."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from roc.config import Config
from roc.errors import ConfigError
from roc.reports.text import day as date_of
from roc.reports.text import day_number
from roc.scoring.evaluation import OWN_PAST, REFITTED, RIVALS, Evaluation, Rival, evaluate
from roc.scoring.own_past import OwnPast
from roc.scoring.parameters import ScoringParameters
from roc.workflows.collecting import opened
from roc.workflows.files import write_whole

_AGAIN = "let it compete anew: roc evaluate; or forget it: roc evaluate --drop"


@dataclass(frozen=True, slots=True)
class Competed:
    """What came of a competition, as it is shown and kept.

    Args:
        as_of: up to which day the past was looked at.
        moments: days at which the rivals were judged.
        horizon_days: how far ahead each time.
        taught: ties at the moments that teach; ``evaluation.LEAST_PAIRS`` are needed.
        pairs: ties judged, over all moments.
        happened: how many of them were in touch both ways.
        rivals: how well each foretold; empty where there is too little history.
        winner: which one scores go by from now on.
    """

    as_of: date
    moments: tuple[date, ...]
    horizon_days: int
    taught: int
    pairs: int
    happened: int
    rivals: tuple[Rival, ...]
    winner: str


def compete(config: Config, *, as_of: date, ego: str = "") -> Competed:
    """Let the chance alive compete on ego's own past.

    Where ego is the owner the winner is kept, and gone by from now on.

    Raises:
        NoEgo: nothing in the graph is the owner's.
        UnknownPerson: nobody answers to ``ego``.
        UnwritableGraph: what came of it cannot be kept.
    """
    day = day_number(as_of)
    with opened(config) as graph, graph.read(ego) as reader:
        found = evaluate(reader.contacts(day), reader.people, day, config.scoring)
    told = Competed(
        as_of=as_of,
        moments=tuple(date_of(each) for each in found.moments),
        horizon_days=found.horizon_days,
        taught=found.taught,
        pairs=found.pairs,
        happened=found.happened,
        rivals=found.rivals,
        winner=found.winner,
    )
    if found.has_enough and not ego:
        _keep(config, told, found)
    return told


def drop(config: Config) -> bool:
    """Go by the shipped constants again; whether anything else was gone by."""
    there = config.evaluation_file.exists()
    config.evaluation_file.unlink(missing_ok=True)
    return there


@dataclass(frozen=True, slots=True, eq=False)
class GoneBy:
    """What scores go by.

    Args:
        parameters: their numbers, with the constants that won.
        own_past: the correction that won; ``None`` where none did.
        compared: the comparison, as snapshots keep it; empty where there was none.
    """

    parameters: ScoringParameters
    own_past: OwnPast | None = None
    compared: Mapping[str, Any] = field(default_factory=dict)


def gone_by(config: Config, ego: str = "") -> GoneBy:
    """The numbers of the scores, with whatever won on the owner's past; the shipped for others.

    Raises:
        ConfigError: it was held with other numbers, or what was kept of it is damaged.
    """
    kept = _kept(config)
    if kept is None or ego:
        return GoneBy(config.scoring)
    if kept["parameters"] != json.loads(json.dumps(config.scoring.plain())):
        raise ConfigError(
            "The numbers of the scores are others than when they competed on your past.",
            hint=_AGAIN,
        )
    compared = {"evaluation": {name: kept[name] for name in kept if name != "parameters"}}
    if kept["winner"] == REFITTED:
        intercept, strength = float(kept["intercept"]), float(kept["strength"])
        parameters = replace(config.scoring, alive_intercept=intercept, alive_strength=strength)
        return GoneBy(parameters, compared=compared)
    own_past = OwnPast.of(kept["model"]) if kept["winner"] == OWN_PAST else None
    return GoneBy(config.scoring, own_past, compared)


def _keep(config: Config, told: Competed, found: Evaluation) -> None:
    kept = {
        "as_of": told.as_of.isoformat(),
        "moments": [each.isoformat() for each in told.moments],
        "horizon_days": told.horizon_days,
        "pairs": told.pairs,
        "happened": told.happened,
        "rivals": [asdict(rival) for rival in told.rivals],
        "winner": told.winner,
        "intercept": found.intercept,
        "strength": found.strength,
        "model": None if found.model is None else found.model.plain(),
        "parameters": config.scoring.plain(),
    }
    content = json.dumps(kept, indent=1).encode()
    write_whole(config.evaluation_file, content, hint="choose another place for the graph.")


def _kept(config: Config) -> dict[str, Any] | None:
    try:
        kept = json.loads(config.evaluation_file.read_bytes())
        _check(kept)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, AttributeError, KeyError, TypeError, ValueError):
        raise ConfigError(f"{config.evaluation_file} cannot be read.", hint=_AGAIN) from None
    return dict(kept)


def _check(kept: Mapping[str, Any]) -> None:
    """Raise one of the errors of a wrong shape where it is none of ours."""
    constants = [float(kept[name]) for name in ("intercept", "strength")]
    if not all(map(math.isfinite, constants)) or kept["winner"] not in RIVALS:
        raise ValueError(kept["winner"])
    kept["parameters"].keys()
    if kept["winner"] == OWN_PAST:
        OwnPast.of(kept["model"])
