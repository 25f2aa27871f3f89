"""Trust from signals, and who knows and trusts you."""

from dataclasses import replace

import numpy as np
import pytest

from roc.scoring.parameters import ScoringParameters
from roc.scoring.trust import (
    Signals,
    TrustModel,
    known,
    known_and_trusted,
    signals,
    trust,
    trust_in,
    trust_model,
)
from tests.acts import floats
from tests.telling import Told, day_of, told


def said(frames: Told, day: str) -> Signals:
    return signals(frames.contacts, frames.people, day_of(day), ScoringParameters())


def model_of(frames: Told, day: str) -> TrustModel:
    return trust_model(said(frames, day), len(frames.people), ScoringParameters())


def between(frames: Told, rater: str, ratee: str, day: str) -> float:
    one, other = np.array([frames.number[rater]]), np.array([frames.number[ratee]])
    return float(trust(model_of(frames, day), one, other, ScoringParameters())[0])


def test_a_signal_half_a_year_ago_weighs_half_and_a_message_is_none() -> None:
    frames = told("""
        2026-01-01 ana -> ben recommendation
        2026-01-01 ana -> ben message
        2026-06-30 chidi -> ben complaint
        2026-07-01 dara -> ben thanks
    """)
    found = said(frames, "2026-06-30")
    assert found.value.tolist() == [0.9, -0.8]
    assert found.weight.tolist() == [0.5, 1.0]


def test_a_signal_repeated_on_a_day_counts_once_and_one_to_many_counts_less() -> None:
    frames = told("""
        2026-01-01 ana -> ben thanks audience 4
        2026-01-01 ana -> ben thanks audience 2
        2026-01-01 ana -> me thanks audience 4
    """)
    twice = np.tile(np.arange(len(frames.contacts)), 2)
    columns = ("sender", "recipient", "day", "kind", "source", "audience", "acts")
    doubled = replace(
        frames.contacts, **{name: getattr(frames.contacts, name)[twice] for name in columns}
    )
    found = signals(doubled, frames.people, day_of("2026-01-01"), ScoringParameters())
    assert found.weight.tolist() == [0.5, 0.25]


def test_people_set_aside_neither_rate_nor_are_rated() -> None:
    frames = told(
        """
        2026-01-01 ana -> ben thanks
        2026-01-01 ben -> ana thanks
    """,
        aside=("ana",),
    )
    assert len(said(frames, "2026-01-01").value) == 0


def test_biases_settle_where_each_explains_what_the_other_leaves() -> None:
    """The two equations hold at the end, whatever the ratings were."""
    random, count = np.random.default_rng(5), 30
    rating = Signals(
        rater=random.integers(0, count, 200),
        ratee=random.integers(0, count, 200),
        value=random.uniform(-1, 1, 200),
        weight=random.uniform(0.1, 1, 200),
    )
    found = trust_model(rating, count, ScoringParameters())
    rest = rating.weight * (rating.value - found.mean - found.rater_bias[rating.rater])
    weight = np.bincount(rating.ratee, rating.weight, count)
    ratee_bias = np.bincount(rating.ratee, rest, count) / (weight + found.ratee_prior)
    assert np.allclose(ratee_bias, found.ratee_bias, atol=1e-3)


def test_biases_are_believed_where_ratings_leave_little_unexplained() -> None:
    """Where everybody agrees on each ratee, the ratees' biases are drawn to nothing less."""
    random, count = np.random.default_rng(5), 400
    worth = random.uniform(-0.5, 0.5, count)
    rater, ratee = random.integers(0, count, 8_000), random.integers(0, count, 8_000)

    def prior(noise: float) -> float:
        value = np.clip(worth[ratee] + noise * random.normal(size=8_000), -1, 1)
        said = Signals(rater, ratee, value, np.ones(8_000))
        return trust_model(said, count, ScoringParameters()).ratee_prior

    assert prior(0.1) < 1.0 < 4.0 < prior(2.0)


def test_ratings_that_never_vary_teach_nothing() -> None:
    said = Signals(np.array([0, 1]), np.array([1, 0]), np.zeros(2), np.ones(2))
    found = trust_model(said, 2, ScoringParameters())
    assert (found.rater_prior, found.ratee_prior) == (8.0, 4.0)


def test_one_signal_by_hand() -> None:
    frames = told("2026-01-01 ana -> ben recommendation")
    found = model_of(frames, "2026-01-01")
    # Next to nothing can be learned from one.
    # μ = .9/(1 + 8) = .1; then v = (.8 − u)/5 and u = (.8 − v)/9, so v = .8·8/44, u = .8·4/44
    ana, ben = frames.number["ana"], frames.number["ben"]
    assert found.mean == pytest.approx(0.1)
    assert found.ratee_bias[ben] == pytest.approx(0.8 * 8 / 44, rel=1e-3)
    assert found.rater_bias[ana] == pytest.approx(0.8 * 4 / 44, rel=5e-3)
    guess = 0.1 + 0.8 * 12 / 44
    assert between(frames, "ana", "ben", "2026-01-01") == pytest.approx(
        (0.9 + guess / 4) / 1.25, rel=1e-3
    )


def test_a_pairs_own_word_wins_over_what_others_say() -> None:
    frames = told("""
        2026-01-01 ana -> me complaint
        2026-01-02 ben -> me recommendation
        2026-01-03 chidi -> me recommendation
    """)
    assert between(frames, "ana", "me", "2026-01-05") < -0.4
    assert between(frames, "ben", "me", "2026-01-05") > 0.6


def test_an_old_word_of_the_pair_gives_way_to_the_model() -> None:
    frames = told("2020-01-01 ana -> me complaint\n2025-12-31 ben -> me recommendation")
    assert between(frames, "ana", "me", "2020-01-02") < between(frames, "ana", "me", "2026-01-01")


def test_who_never_gave_a_signal_is_at_zero_however_praised_ego_is() -> None:
    frames = told("2026-01-01 ana -> me recommendation\n2026-01-01 ben -> me message")
    alters = np.array([frames.number["ana"], frames.number["ben"]])
    found = trust_in(
        model_of(frames, "2026-01-01"), alters, frames.number["me"], ScoringParameters()
    )
    assert found[0] > 0.7
    assert found[1] == 0.0


def test_without_any_signal_nobody_trusts_or_distrusts() -> None:
    frames = told("2026-01-01 ana -> ben message")
    assert between(frames, "ana", "ben", "2026-01-01") == 0.0


def test_known_and_trusted_adds_up_and_halves_where_nothing_is_said() -> None:
    parts = known_and_trusted(known(floats(np.e - 1, np.e - 1, np.e - 1)), floats(0, 1, -1))
    assert parts.tolist() == pytest.approx([0.5, 1.0, 0.0])
