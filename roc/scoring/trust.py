"""Who knows and trusts you: trust from signals, and the sum over everyone who reaches you.

A trust signal is an act that says what its sender thinks of a recipient: a recommendation, a
referral, a complaint. Some people praise everyone and some people are praised by everyone; a
model with a bias per rater and per ratee takes both out before it speaks of a pair.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Contacts, Floats, Ints, People
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters

_SWEEPS = 12
"""Turns of the two biases until they settle; after twelve nothing moves by 1e-4 on rating data."""

_PEOPLE_BEFORE = 200.0  # flat from 20 to 1,000 on two rating networks
_LEAST = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Who said what about whom, shape ``(s,)``.

    Args:
        rater: person number of who acted.
        ratee: person number of whom the act is about.
        value: what it says, -1 to 1.
        weight: how much of it is left, above 0 and at most 1.
    """

    rater: Ints
    ratee: Ints
    value: Floats
    weight: Floats


@dataclass(frozen=True, slots=True, eq=False)
class TrustModel:
    """What signals tell about raters, ratees and pairs.

    Args:
        mean: μ, the mean signal, drawn to 0 where there are few.
        rater_bias: u, how much more each person praises than others do, shape ``(n,)``.
        ratee_bias: v, how much more each person is praised than others are, shape ``(n,)``.
        rater_weight: how much each person has signalled at all, shape ``(n,)``.
        rater_prior: how strongly raters' biases are drawn to 0, as learned.
        ratee_prior: the same of ratees'.
        pair: rater · n + ratee of each pair with signals, rising, shape ``(p,)``.
        pair_value: the pair's signals, weighted and summed.
        pair_weight: the weights, summed.
    """

    mean: float
    rater_bias: Floats
    ratee_bias: Floats
    rater_weight: Floats
    rater_prior: float
    ratee_prior: float
    pair: Ints
    pair_value: Floats
    pair_weight: Floats


def signals(contacts: Contacts, people: People, day: int, parameters: ScoringParameters) -> Signals:
    """The trust signals among contacts, faded to a day.

    The same kind of act between the same two on one day counts once. A signal to many people
    says less about each: it counts 1/audience, as everywhere.

    Args:
        contacts: who reached whom on which day.
        people: everyone the contacts refer to; those set aside neither rate nor are rated.
        day: UTC day, inclusive.
        parameters: what each kind says, how signals fade, and the audience exponent.
    """
    says = np.array([float(parameters.trust_signals.get(kind, 0.0)) for kind in KINDS])
    speaks = np.array([kind in parameters.trust_signals for kind in KINDS])
    rows = np.flatnonzero(speaks[contacts.kind] & (contacts.day <= day))
    aside = people.set_aside[contacts.sender[rows]] | people.set_aside[contacts.recipient[rows]]
    rows = rows[~aside]
    columns = (contacts.sender, contacts.recipient, contacts.day, contacts.kind, contacts.audience)
    sender, recipient, when, kind, audience = (column[rows] for column in columns)
    order = np.lexsort((audience, kind, when, recipient, sender))
    act = np.stack([sender, recipient, when, kind])[:, order]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (act[:, 1:] != act[:, :-1]).any(axis=0)
    act, audience = act[:, new], audience[order][new]
    weight = np.exp2((act[2] - day) / parameters.trust_half_life_days)
    weight *= np.power(audience, -parameters.audience_exponent, dtype=np.float64)
    left = weight > 0  # what is older than floating point can tell is gone
    return Signals(act[0][left], act[1][left], says[act[3]][left], weight[left])


def trust_model(said: Signals, people_count: int, parameters: ScoringParameters) -> TrustModel:
    """Rater and ratee biases, each drawn to 0 where there is little to go by.

    Alternates ``v_j = Σ w(r − μ − u_i)/(Σ w + k_ratee)`` and ``u_i = Σ w(r − μ − v_j)/(Σ w +
    k_rater)``, starting from no bias. How strongly they are drawn to 0 is learned on the way: k is
    the variance that no bias explains over that of the biases, of which the shipped k is what 200
    people before these are taken to have shown.

    Args:
        said: the signals.
        people_count: how many people there are.
        parameters: the two k before there is anything to learn from; the mean is drawn to 0 with
            the raters'.

    Source: bias model of Koren (2008), KDD, with weights that fade; its variances as those of
        random effects, Dempster, Laird and Rubin (1977), J. R. Stat. Soc. B 39:1; measured against
        fairness and goodness, PageRank and EigenTrust on two rating networks
        (docs/scores/trust.md).
    """
    rater_weight = totals(said.rater, said.weight, people_count)
    ratee_weight = totals(said.ratee, said.weight, people_count)
    weighted = said.weight * said.value
    rater_prior = first_of_raters = parameters.trust_rater_prior
    ratee_prior = first_of_ratees = parameters.trust_ratee_prior
    mean = float(weighted.sum() / (said.weight.sum() + first_of_raters))
    rater_bias, ratee_bias = np.zeros(people_count), np.zeros(people_count)
    for _ in range(_SWEEPS):
        rest = said.weight * (said.value - mean - rater_bias[said.rater])
        ratee_bias = totals(said.ratee, rest, people_count) / (ratee_weight + ratee_prior)
        rest = said.weight * (said.value - mean - ratee_bias[said.ratee])
        rater_bias = totals(said.rater, rest, people_count) / (rater_weight + rater_prior)
        left = said.value - mean - rater_bias[said.rater] - ratee_bias[said.ratee]
        noise = float((said.weight * left**2).sum() / max(said.weight.sum(), _LEAST))
        rater_prior = _learned(rater_bias, rater_weight, noise, rater_prior, first_of_raters)
        ratee_prior = _learned(ratee_bias, ratee_weight, noise, ratee_prior, first_of_ratees)
    pair, place = np.unique(said.rater * people_count + said.ratee, return_inverse=True)
    return TrustModel(
        mean=mean,
        rater_bias=rater_bias,
        ratee_bias=ratee_bias,
        rater_weight=rater_weight,
        rater_prior=rater_prior,
        ratee_prior=ratee_prior,
        pair=pair,
        pair_value=totals(place, weighted, len(pair)),
        pair_weight=totals(place, said.weight, len(pair)),
    )


def _learned(bias: Floats, weight: Floats, noise: float, prior: float, first: float) -> float:
    """How strongly biases are drawn to 0, from how much they and the signals vary."""
    if noise < _LEAST:  # nothing varies: nothing can be learned from it
        return prior
    there = weight > 0
    spread = (bias[there] ** 2 + noise / (weight[there] + prior)).sum()
    spread += _PEOPLE_BEFORE * noise / first
    return float(noise * (_PEOPLE_BEFORE + there.sum()) / spread)


def trust(model: TrustModel, rater: Ints, ratee: Ints, parameters: ScoringParameters) -> Floats:
    """Trust of raters in ratees: what the pair itself says, and the model where that is old.

    ``T = (Σ w r + k·M)/(Σ w + k)`` over the pair's own signals, with the model's M = μ + u + v.

    Args:
        model: what signals tell.
        rater: person numbers, shape ``(m,)``.
        ratee: person numbers, same shape.
        parameters: k, ``trust_pair_prior``.

    Returns:
        Shape ``(m,)``, -1 to 1; the model's guess for pairs without signals of their own.
    """
    guess = np.clip(model.mean + model.rater_bias[rater] + model.ratee_bias[ratee], -1.0, 1.0)
    if not len(model.pair):
        return guess
    code = rater * len(model.rater_bias) + ratee
    place = np.minimum(np.searchsorted(model.pair, code), len(model.pair) - 1)
    own = model.pair[place] == code
    value = np.where(own, model.pair_value[place], 0.0)
    weight = np.where(own, model.pair_weight[place], 0.0)
    prior = parameters.trust_pair_prior
    blended = value + prior * guess
    np.divide(blended, weight + prior, out=blended, where=weight + prior > 0)
    return np.where(own, np.clip(blended, -1.0, 1.0), guess)


def trust_in(model: TrustModel, alters: Ints, ego: int, parameters: ScoringParameters) -> Floats:
    """Trust of each alter in ego; 0 for an alter who never gave anybody a signal.

    A guess about somebody who never speaks would hand ego's good name to every newsletter.

    Args:
        model: what signals tell.
        alters: person numbers, shape ``(m,)``.
        ego: person number.
        parameters: see ``trust``.
    """
    found = trust(model, alters, np.full(len(alters), ego, dtype=np.int64), parameters)
    return np.where(model.rater_weight[alters] > 0, found, 0.0)


def known(received: Floats) -> Floats:
    """An alter's part of who knows ego: ln(1 + received).

    Args:
        received: acts from each alter faded at the longest half-life, shape ``(m,)``.

    Returns:
        Shape ``(m,)``, at least 0. The logarithm counts people rather than mail.

    Example:
        >>> known(np.array([0.0, 1.0, 99.0])).round(2)
        array([0.  , 0.69, 4.61])
    """
    part: Floats = np.log1p(received)
    return part


def known_and_trusted(knows: Floats, trusts: Floats) -> Floats:
    """An alter's part of K: known · (1 + T)/2.

    Args:
        knows: each alter's part of who knows ego, at least 0.
        trusts: each alter's trust in ego, -1 to 1.

    Returns:
        Shape ``(m,)``; half of ``knows`` where nothing is said, none where trust is -1.
    """
    return knows * (1.0 + trusts) / 2.0
