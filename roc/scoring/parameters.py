"""Every number of the scores that an owner may tune, with its unit, its default and its reason."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from roc.graph.records import Kind

KIND_WEIGHTS: Mapping[Kind, float] = MappingProxyType(
    {
        Kind.MESSAGE: 1.0,
        Kind.REPLY: 1.0,
        Kind.MENTION: 0.5,
        Kind.COMMENT: 0.7,
        Kind.REACTION: 0.2,
        Kind.REPOST: 0.4,
        Kind.QUOTE: 0.6,
        Kind.INVITATION: 0.3,
        Kind.MEETING: 6.0,
        Kind.CALL: 3.0,
        Kind.ENDORSEMENT: 0.5,
        Kind.RECOMMENDATION: 2.0,
        Kind.INTRODUCTION: 2.0,
        Kind.REFERRAL: 2.0,
        Kind.THANKS: 1.0,
        Kind.DECLINE: 0.3,
        Kind.COMPLAINT: 0.3,
        Kind.CONGRATULATION: 1.0,
    }
)

TRUST_SIGNALS: Mapping[Kind, float] = MappingProxyType(
    {
        Kind.ENDORSEMENT: 0.3,
        Kind.RECOMMENDATION: 0.9,
        Kind.INTRODUCTION: 0.7,
        Kind.REFERRAL: 0.9,
        Kind.THANKS: 0.4,
        Kind.DECLINE: -0.3,
        Kind.COMPLAINT: -0.8,
        Kind.CONGRATULATION: 0.2,
    }
)

CLOSING_KINDS: frozenset[Kind] = frozenset(
    {
        Kind.REACTION,
        Kind.REPOST,
        Kind.ENDORSEMENT,
        Kind.THANKS,
        Kind.DECLINE,
        Kind.CONGRATULATION,
    }
)
"""Kinds that may answer but ask for no answer: nobody owes a reply to a like."""


@dataclass(frozen=True, slots=True)
class ScoringParameters:
    """The numbers of the scores; each stands here and nowhere else.

    Raises:
        ValueError: a number is not finite or out of the range its meaning allows.
    """

    kind_weights: Mapping[Kind, float] = field(default_factory=lambda: KIND_WEIGHTS)
    """How much a day with an act of each kind counts, in days of an ordinary message. A meeting
    counts 6: with it a talk a quarter for years outweighs one week of mail, as people say it does,
    and the twelve golden relationships fall into their order.
    A kind that is not named, or counts 0, is no contact."""

    audience_exponent: float = 1.0
    """A group act counts 1/audience to this power: 1 shares it out evenly, 0 ignores the group."""

    half_lives_days: tuple[float, ...] = (2.0, 14.0, 90.0, 480.0)
    """Half-lives over which acts fade; four spread widely make tuning to a channel unnecessary
    (measured: within .002 average precision of tuned ones)."""

    one_sided_share: float = 0.02
    """Epsilon: what one-sided contact adds to tie strength beside the geometric mean. Small, so
    that a newsletter stays nothing; above 0, so that a first letter is more than none."""

    strength_half_scale: float = 6.0
    """The raw strength shown as 50 of 100: about a weekly two-way tie of a few months."""

    reciprocity_half_life_days: float = 90.0
    """Half-life of given and received in the reciprocity diagnosis and in effort: a quarter."""

    reply_within_days: float = 30.0
    """A turn not answered within this many days counts as unanswered."""

    turn_audience: int = 3
    """An act that reached more people than this is no turn: it asks nobody in particular, and
    whoever is silent owes nothing. Three is a talk among four."""

    conversation_gap_days: float = 1.0
    """Silence after which an act that is no reply begins a new conversation: a night's sleep."""

    owed_within_days: float = 60.0
    """A turn that waited longer is not owed any more: an answer would be a fresh start."""

    tone_least_messages: int = 5
    """Fewer messages than this say nothing about how warmly somebody writes."""

    trust_signals: Mapping[Kind, float] = field(default_factory=lambda: TRUST_SIGNALS)
    """What each kind of act says about trust, from -1 to 1; kinds not named say nothing."""

    trust_half_life_days: float = 180.0
    """Half-life of a trust signal (measured best on two rating networks, flat from 60 to 180)."""

    trust_rater_prior: float = 8.0
    """Signals by a rater that weigh as much as the belief that raters are alike (measured)."""

    trust_ratee_prior: float = 4.0
    """Signals about a ratee that weigh as much as the belief that ratees are alike (measured)."""

    trust_pair_prior: float = 0.25
    """Signals within a pair that weigh as much as the model: a fresh one wins four to one, one
    of two years ago (four half-lives) is down to a fifth."""

    alive_intercept: float = -3.56
    """Log odds of two-way contact within 30 days at raw strength 0 (fitted by
    ``benchmarks/calibration.py``, like the next)."""

    alive_strength: float = 0.72
    """What a unit of raw strength adds to those log odds while there is no silence."""

    alive_half_ratio: float = 8.0
    """Silence beyond the steady ratio, in expected gaps, after which strength speaks half as loudly
    for the chance alive. While a tie is active its silence says nothing (measured)."""

    expected_gap_days: float = 14.0
    """The gap a tie is thought to have before its own are known; it counts as one gap beside
    the tie's own, so that two mails on one weekend do not make a daily rhythm. A fortnight
    foretells better than a month or a quarter (measured)."""

    steady_ratio: float = 2.0
    """Silence divided by the expected gap from which a tie is steady instead of active."""

    cooling_ratio: float = 4.0
    """Silence divided by the tie's own mean gap from which it is cooling: the chance of contact
    is then about half (measured on seven data sets)."""

    dormant_ratio: float = 8.0
    """The same ratio from which a tie is dormant (measured; also Navarro and others 2017)."""

    shortest_gap_days: float = 4.0
    """Gaps are taken as no shorter than this, so that a weekend does not cool a daily tie."""

    fading_share: float = 0.3
    """A tie is fading when its strength fell by this share within a quarter."""

    fading_window_days: int = 91
    """The quarter over which fading is judged: thirteen weeks, so that weekdays match."""

    interval_share: float = 0.9
    """How much of the doubt the shown intervals cover."""

    cost_per_day: float = 50.0
    """How much money is as much effort as one day of reaching out, in the owner's currency."""

    def __post_init__(self) -> None:
        for name in _POSITIVE:
            _check(name, getattr(self, name), above=0.0)
        for name in _AT_LEAST_ZERO:
            _check(name, getattr(self, name), least=0.0)
        for name in ("alive_intercept", "alive_strength"):
            _check(name, getattr(self, name))
        for name in ("fading_share", "interval_share"):
            _check(name, getattr(self, name), above=0.0, below=1.0)
        for kind, weight in self.kind_weights.items():
            _check(f"kind_weights.{kind}", weight, least=0.0)
        for kind, signal in self.trust_signals.items():
            _check(f"trust_signals.{kind}", signal, least=-1.0, most=1.0)
        if not self.half_lives_days:
            raise ValueError("half_lives_days names no half-life")
        for half_life in self.half_lives_days:
            _check("half_lives_days", half_life, above=0.0)
        if not self.steady_ratio <= self.cooling_ratio <= self.dormant_ratio:
            raise ValueError("steady_ratio, cooling_ratio and dormant_ratio must not fall")

    def plain(self) -> dict[str, Any]:
        """The numbers by name, as plain JSON: what a snapshot and a report keep of them."""
        # A mapping proxy cannot be copied by `asdict`, so mappings are laid open first.
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: {str(key): weight for key, weight in value.items()}
            if isinstance(value, Mapping)
            else value
            for name, value in values.items()
        }


_POSITIVE = (
    "strength_half_scale",
    "reciprocity_half_life_days",
    "reply_within_days",
    "turn_audience",
    "tone_least_messages",
    "trust_half_life_days",
    "trust_rater_prior",
    "trust_ratee_prior",
    "alive_half_ratio",
    "expected_gap_days",
    "steady_ratio",
    "shortest_gap_days",
    "fading_window_days",
    "cost_per_day",
)
_AT_LEAST_ZERO = (
    "audience_exponent",
    "one_sided_share",
    "conversation_gap_days",
    "owed_within_days",
    "trust_pair_prior",
)


def _check(
    name: str,
    value: float,
    *,
    above: float = -math.inf,
    least: float = -math.inf,
    most: float = math.inf,
    below: float = math.inf,
) -> None:
    if not (math.isfinite(value) and above < value < below and least <= value <= most):
        raise ValueError(f"{name} cannot be {value}")
