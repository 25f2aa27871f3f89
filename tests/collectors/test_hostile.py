"""Whatever becomes of an export, its collector raises none but our own errors."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roc.collectors.registry import collector, sources
from tests.fuzzing.corpus import remembered
from tests.fuzzing.exports import sample_files, targets
from tests.fuzzing.mutations import mutated
from tests.fuzzing.promises import kept

READERS = [name for name in sources() if hasattr(collector(name), "collect")]


@pytest.mark.parametrize("source", READERS)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_a_sample_changed_at_random_is_read_or_refused(source: str, seed: int) -> None:
    random = Random(seed)
    _, files, name = random.choice(targets(source))
    kept(source, files | {name: mutated(files[name], random)})


@pytest.mark.parametrize("source", READERS)
def test_what_was_found_to_be_hard_stays_solved(source: str) -> None:
    for files in remembered(source):
        kept(source, files)


@pytest.mark.parametrize("source", READERS)
def test_every_sample_gives_records(source: str) -> None:
    for files in sample_files(source).values():
        assert kept(source, files)
