"""Every number of the scores that an owner may tune, with its unit, its default and its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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
        Kind.MEETING: 4.0,
        Kind.CALL: 3.0,
        Kind.ENDORSEMENT: 0.5,
        Kind.RECOMMENDATION: 2.0,
        Kind.INTRODUCTION: 2.0,
        Kind.REFERRAL: 2.0,
        Kind.THANKS: 1.0,
        Kind.DECLINE: 0.3,
        Kind.COMPLAINT: 0.3,
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
    }
)


@dataclass(frozen=True, slots=True)
class ScoringParameters:
    """The numbers of the scores; each stands here and nowhere else."""

    kind_weights: Mapping[Kind, float] = field(default_factory=lambda: KIND_WEIGHTS)
    """How much a day with an act of each kind counts, in days of an ordinary message. A meeting
    counts 4: with it the twelve golden relationships fall into the order that people give them."""

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

    trust_signals: Mapping[Kind, float] = field(default_factory=lambda: TRUST_SIGNALS)
    """What each kind of act says about trust, from -1 to 1; kinds not named say nothing."""

    trust_half_life_days: float = 180.0
    """Half-life of a trust signal (measured best on two rating networks, flat from 60 to 180)."""

    cooling_ratio: float = 4.0
    """Silence divided by the tie's own mean gap from which it is cooling: the chance of contact
    is then about half (measured on seven data sets)."""

    dormant_ratio: float = 8.0
    """The same ratio from which a tie is dormant (measured; also Navarro and others 2017)."""

    shortest_gap_days: float = 4.0
    """Gaps are taken as no shorter than this, so that a weekend does not cool a daily tie."""

    fading_share: float = 0.3
    """A tie is fading when its strength fell by this share within a quarter."""

    interval_share: float = 0.9
    """How much of the doubt the shown intervals cover."""

    cost_per_day: float = 50.0
    """How much money is as much effort as one day of reaching out, in the owner's currency."""
