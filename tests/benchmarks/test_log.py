"""The benchmark's invented logs are shaped like real ones, and the same every time."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.log import LAST_MOMENT, Log, log, newest, read, write


@pytest.fixture(scope="module")
def acts() -> Log:
    return log(50_000)


def test_the_same_count_and_seed_give_the_same_log(acts: Log) -> None:
    again = log(50_000)
    for name in ("sender", "recipient", "at", "id"):
        assert np.array_equal(getattr(acts, name), getattr(again, name))
    assert not np.array_equal(acts.sender, log(50_000, seed=2).sender)


def test_acts_are_in_order_of_time_between_two_people_under_unique_ids(acts: Log) -> None:
    assert len(acts) == 50_000
    assert np.all(np.diff(acts.at) >= 0)
    assert acts.at[-1] < LAST_MOMENT
    assert np.all(acts.sender != acts.recipient)
    assert len(np.unique(acts.id)) == len(acts)
    assert acts.id.min() > 0


def test_a_tenth_of_the_people_do_half_of_what_is_done(acts: Log) -> None:
    counts = np.sort(np.bincount(acts.sender))[::-1]
    assert 0.35 < counts[: len(counts) // 10].sum() / counts.sum() < 0.8


def test_most_acts_are_in_pairs_that_act_both_ways(acts: Log) -> None:
    forward = acts.sender * 1_000_000 + acts.recipient
    backward = acts.recipient * 1_000_000 + acts.sender
    assert 0.5 < np.isin(forward, backward).mean() < 0.95


def test_acts_come_in_bursts(acts: Log) -> None:
    pair = np.minimum(acts.sender, acts.recipient) * 1_000_000
    pair += np.maximum(acts.sender, acts.recipient)
    order = np.lexsort((acts.at, pair))
    gaps = np.diff(acts.at[order])[np.diff(pair[order]) == 0]
    # Gaps of a steady stream have a standard deviation of about their mean.
    assert gaps.std() > 1.5 * gaps.mean()


def test_the_newest_acts_are_the_last_ones(acts: Log) -> None:
    last = newest(acts, 3)
    assert last.id.tolist() == acts.id[-3:].tolist()
    assert len(newest(last, 10)) == 3


def test_a_log_comes_back_from_its_file(acts: Log, tmp_path: Path) -> None:
    write(acts, tmp_path / "log.parquet")
    again = read(tmp_path / "log.parquet")
    assert np.array_equal(again.id, acts.id)
    assert np.array_equal(again.at, acts.at)


def test_a_log_as_csv_has_a_header_and_a_row_for_each_act(acts: Log, tmp_path: Path) -> None:
    write(acts, tmp_path / "log.csv")
    lines = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].replace('"', "") == "sender,recipient,at,id"
    assert len(lines) == 50_001
