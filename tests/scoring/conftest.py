"""What many tests of scores begin with."""

import pytest

from roc.scoring.parameters import ScoringParameters


@pytest.fixture
def parameters() -> ScoringParameters:
    """The numbers as they ship."""
    return ScoringParameters()
