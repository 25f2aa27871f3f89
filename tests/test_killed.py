"""Collecting, killed -9 at any moment: nothing is lost or doubled, running it again completes it.

Moments are drawn by lot, the same ones on every run: among all statements that a run gives to
SQLite, among those that lay out a new file, and right behind those that commit.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector
from roc.graph.store import Graph
from tests.collectors import fake_linkedin
from tests.collectors.fake_linkedin import TOKEN, FakeLinkedIn, connection, message
from tests.graph.facts import Facts, facts_of
from tests.killing import Ended, Order, Runs
from tests.shell import Shell

LAST_DAY = 20_600
AS_OF = ("--as-of", "2026-04-01", "--json")
BATCH = 20
LONGEST_WAIT = 1500
"""Microseconds; a statement takes tens, a commit hundreds, closing the file a few thousand."""


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with Runs() as started:
        yield started


class Lots:
    """Moments at which to kill a run, by lot."""

    def __init__(self, uninterrupted: Ended) -> None:
        self._dice = Random(2026)
        self.commits = uninterrupted.commits
        self._statements = uninterrupted.statements

    def draw(self, order: Order) -> Order:
        statement = self._dice.choice(
            [
                self._dice.randint(1, self._statements),
                self._dice.randint(1, self.commits[0]),
                self._dice.choice(self.commits),
                self._dice.choice(self.commits),
            ]
        )
        wait = self._dice.randrange(LONGEST_WAIT)
        return replace(order, statement=statement, microseconds=wait)


def killed_again_and_again(
    runs: Runs, roc: Shell, order: Order, check: Callable[[Graph], bool], kills: int
) -> None:
    """Kill runs until that many died, look at the file after each, and complete every second.

    Args:
        runs: where they run.
        roc: the command line.
        order: what is run, into ``me.graph``.
        check: looks at the graph that a killed run left; whether it holds a part of everything.
        kills: how many.
    """
    path = roc.folder / "me.graph"
    lots = Lots(completed(runs, order))
    whole, scores = facts(path), roc("score", "--graph", "me.graph", *AS_OF)
    died = laying_out = partly = 0
    while died < kills:
        _remove(path)
        for _ in range(4):
            drawn = lots.draw(order)
            ended = runs(drawn)
            died += ended.killed
            laying_out += ended.killed and drawn.statement <= lots.commits[0]
            with Graph(path) as graph:
                assert graph.damage() == []
                assert graph.contacts_agree()
                partly += check(graph)
            if not ended.killed:  # it was through before its moment came
                break
        completed(runs, order)
        assert facts(path) == whole
    assert roc("score", "--graph", "me.graph", *AS_OF) == scores
    # Kills that come too early or too late prove nothing.
    assert partly > kills / 8
    assert laying_out > kills / 16


def completed(runs: Runs, order: Order) -> Ended:
    ended = runs(order)
    assert (ended.killed, ended.status) == (False, 0)
    return ended


def facts(path: Path) -> Facts:
    with Graph(path) as graph:
        assert graph.damage() == []
        assert graph.contacts_agree()
        return facts_of(graph, LAST_DAY)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


JOURNAL = "".join(
    f"2026-0{month}-{day:02} {hour:02}:15 {line}\n"
    for month in (1, 2)
    for day in range(1, 28, 2)
    for hour, line in (
        (9, "me -> ana message"),
        (10, "ana -> me reply"),
        (11, "ben -> me, ana, chidi message"),
        (12, "me -> ben lunch #q1 cost 33.30"),
        (13, "me -> chidi, dara call"),
    )
)


def after_each_batch(folder: Path) -> list[Facts]:
    """What the graph says after each transaction of a run, from none to the last."""
    with open_export(folder / "me.journal") as export:
        told = list(collector("journal").collect(export, Options()))
    with Graph(folder / "batches.graph") as graph:
        states = [facts_of(graph, LAST_DAY)]
        for start in range(0, len(told), BATCH):
            graph.add(told[start : start + BATCH], source="journal", export="me.journal")
            states.append(facts_of(graph, LAST_DAY))
    return states


def test_an_export_killed_at_any_moment_is_kept_up_to_a_transaction(runs: Runs, roc: Shell) -> None:
    roc.write("me.journal", JOURNAL)
    states = after_each_batch(roc.folder)

    def kept_whole_batches(graph: Graph) -> bool:
        state = facts_of(graph, LAST_DAY)
        assert state in states
        return state not in (states[0], states[-1])

    order = Order(["collect", "me.journal", "--graph", "me.graph"], str(roc.folder), BATCH)
    killed_again_and_again(runs, roc, order, kept_whole_batches, kills=64)


@pytest.fixture
def town() -> Iterator[FakeLinkedIn]:
    """LinkedIn with twelve messages and six connections, on pages of two."""
    ana = ("Ana Lopez", fake_linkedin.ANA)
    others = [("Ben Osei", fake_linkedin.BEN), ("Chidi Okafor", fake_linkedin.CHIDI)]
    with FakeLinkedIn() as server:
        server.rows["CONNECTIONS"] = [
            connection("Dara", str(number), f"{fake_linkedin.BEN}-{number}", "05 Mar 2024")
            for number in range(6)
        ]
        server.rows["INBOX"] = [
            message(
                f"c{number % 2}", *pair, f"2026-03-{number // 2 + 1:02} 08:00:00 UTC", f"{number}"
            )
            for number in range(12)
            for pair in [(ana, others[number % 2]), (others[number % 2], ana)][number % 3 == 0 :][
                :1
            ]
        ]
        yield server


def test_a_pull_killed_at_any_moment_has_its_cursor_where_its_rows_are(
    runs: Runs, roc: Shell, town: FakeLinkedIn
) -> None:
    ties, messages = (len(town.rows[domain]) for domain in ("CONNECTIONS", "INBOX"))

    def rows_up_to_the_cursor(graph: Graph) -> bool:
        town.asked.clear()
        with graph.read() as reader:
            acts = [facts.acts for facts in reader.sources() if facts.source == "linkedin"]
            kept = {"connections": len(reader.declared().person), "inbox": sum(acts)}
        for stream, total in (("connections", ties), ("inbox", messages)):
            cursor = graph.cursor("linkedin", stream)
            pages = int(cursor.get("start", 0))
            covered = total if "done" in cursor else min(pages * town.page_size, total)
            assert covered <= kept[stream] <= total
            assert kept[stream] % town.page_size == 0
        return 0 < sum(kept.values()) < ties + messages

    order = Order(
        ["collect", "linkedin", "--graph", "me.graph"],
        str(roc.folder),
        BATCH,
        environment={"ROC_LINKEDIN_TOKEN": TOKEN, "ROC_LINKEDIN_BASE": town.url},
    )
    killed_again_and_again(runs, roc, order, rows_up_to_the_cursor, kills=40)
