"""Return on connections."""

import numpy as np
import pytest

from roc.scoring.returns import connection_roc, lever, returned, roc_score
from tests.acts import floats


def test_what_comes_back_is_undefined_where_nothing_passed() -> None:
    found = returned(floats(0.5, np.nan), floats(0.0, 0.0), floats(1.0, 1.0))
    assert found[0] == 0.25
    assert np.isnan(found[1])
    assert np.isnan(connection_roc(found, floats(1.0, 0.0))[1])
    assert connection_roc(found, floats(1.0, 0.0))[0] == 0.125


def test_the_score_counts_each_return_by_what_was_put_in() -> None:
    assert roc_score(floats(0.9, 0.1, np.nan), floats(1.0, 3.0, 0.0)) == pytest.approx(30.0)
    assert np.isnan(roc_score(floats(0.9), floats(0.0)))
    assert np.isnan(roc_score(floats(), floats()))


def test_the_lever_is_the_difference_between_two_scores() -> None:
    back, invested, then = floats(0.9, 0.1, np.nan), floats(1.0, 3.0, 0.0), floats(0.95, 0.4, 0.2)
    found = lever(back, invested, then)
    for alter in range(3):
        back_after, invested_after = back.copy(), invested.copy()
        back_after[alter] = then[alter]
        invested_after[alter] += 1.0
        gain = roc_score(back_after, invested_after) - roc_score(back, invested)
        assert found[alter] == pytest.approx(gain)


def test_where_nothing_was_put_in_the_lever_counts_from_zero() -> None:
    assert lever(floats(np.nan), floats(0.0), floats(0.3)).tolist() == [pytest.approx(30.0)]
