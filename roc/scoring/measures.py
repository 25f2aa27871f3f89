"""What scoring hands on: every tie of ego measured at a moment, and the network they make."""

from dataclasses import dataclass

from roc.graph.frames import Bools, Floats, Ints

STATES: tuple[str, ...] = ("none", "active", "steady", "cooling", "dormant")
"""A tie's state is its place here; *none* where nothing ever passed."""


@dataclass(frozen=True, slots=True, eq=False)
class TieMeasures:
    """Ego's ties, one row per alter, sorted by person number; ``nan`` is "undefined", never 0.

    All columns have shape ``(m,)`` unless said. Alters are everyone who is not set aside and
    with whom something passed, or who is connected to ego by a declared tie.

    Args:
        alter: person number.
        strength: tie strength on 0 to 100; nan where nothing passed.
        strength_low: lower end of its 90 % interval.
        strength_high: upper end.
        strength_parts: shape ``(m, 4)``: what each half-life adds to ``strength``, summing to it.
        alive: chance of two-way contact in the next 30 days, 0 to 1.
        corrected: what ego's own past adds to its log odds; 0 where nothing was learned.
        state: place in ``STATES``.
        fading: 1 where strength fell by the fading share within a quarter, else 0.
        silence_days: days since the last contact either way.
        gap_days: the tie's own mean gap between days of contact; nan below two days.
        first_day: UTC day of the first contact; -1 where nothing passed.
        last_day: UTC day of the last contact; -1 where nothing passed.
        given_days: days on which ego reached the alter.
        received_days: days on which the alter reached ego.
        given: decayed given acts (half-life of reciprocity).
        received: decayed received acts.
        one_way: whether all that is known of the tie is from sources that tell ego's side alone:
            nobody can say whether it is one-sided.
        balance: 2√(ab)/(a+b), 0 one-sided to 1 even; of what could be heard both ways.
        give_get: ln((given+1)/(received+1)); above 0 ego gives more; nan where one_way.
        reply_rate: share of ego's turns that the alter answered, 0 to 1.
        own_reply_rate: share of the alter's turns that ego answered.
        reply_hours: the alter's median time to answer.
        own_reply_hours: ego's.
        initiated_share: share of conversations that ego began.
        owed_by_ego_days: age of the alter's last turn that waits for ego; nan where none does.
        owed_to_ego_days: age of ego's last turn that waits for the alter.
        trust: T of the alter in ego, -1 to 1; 0 where there is no signal.
        known: ln(1 + received at the longest half-life): the alter's part of who knows ego.
        known_and_trusted: known · (1 + trust)/2: the alter's part of K.
        returned: r = alive · (1 + trust)/2 · value.
        invested: x = ego's decayed outbound days plus cost; without those of which nobody could
            have been heard to answer.
        connection_roc: returned / (1 + invested).
        lever: points the network RoC score would gain from one more two-way day now.
        attention_share: this tie's part of all that passed between ego and everyone, sums to 1.
    """

    alter: Ints
    strength: Floats
    strength_low: Floats
    strength_high: Floats
    strength_parts: Floats
    alive: Floats
    corrected: Floats
    state: Ints
    fading: Ints
    silence_days: Floats
    gap_days: Floats
    first_day: Ints
    last_day: Ints
    given_days: Ints
    received_days: Ints
    given: Floats
    received: Floats
    one_way: Bools
    balance: Floats
    give_get: Floats
    reply_rate: Floats
    own_reply_rate: Floats
    reply_hours: Floats
    own_reply_hours: Floats
    initiated_share: Floats
    owed_by_ego_days: Floats
    owed_to_ego_days: Floats
    trust: Floats
    known: Floats
    known_and_trusted: Floats
    returned: Floats
    invested: Floats
    connection_roc: Floats
    lever: Floats
    attention_share: Floats

    def __len__(self) -> int:
        return len(self.alter)


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """The network in single numbers; ``nan`` where undefined.

    Args:
        roc_score: of what ego put in, the share that goes where it comes back, 0 to 100.
        known_and_trusted: K, the sum of the alters' parts.
        known: the same without trust.
        two_way_ties: ties alive in both directions within the last 90 days.
        people: everyone ego has a tie with that is not *none*.
        reciprocity: Garlaschelli and Loffredo's rho over the whole graph.
        weighted_reciprocity: Squartini's r_w over the whole graph.
        weighted_reciprocity_excess: rho_w against the null model with the same strengths.
        reply_hours: median time in which alters answer ego.
        own_reply_hours: median time in which ego answers.
        attention_gini: Gini coefficient of attention over alters, 0 even to 1.
        inner_circle_share: share of attention on the five alters with most of it.
    """

    roc_score: float
    known_and_trusted: float
    known: float
    two_way_ties: int
    people: int
    reciprocity: float
    weighted_reciprocity: float
    weighted_reciprocity_excess: float
    reply_hours: float
    own_reply_hours: float
    attention_gini: float
    inner_circle_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Everything measured for one ego at one moment.

    Args:
        day: the UTC day the numbers are for, inclusive.
        ties: ego's ties.
        network: the network in single numbers.
        ego: whose ties they are, as a person number; -1 where nobody is known to be "me".
        heard_one_way: sources of which ego's own acts alone are told, in part or whole.
    """

    day: int
    ties: TieMeasures
    network: NetworkMeasures
    ego: int = -1
    heard_one_way: tuple[str, ...] = ()
