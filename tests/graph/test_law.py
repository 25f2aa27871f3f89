"""Idempotence as a law: read in pieces, cut short, reopened, decided upon, a graph is the same.

Hypothesis invents what is told and what happens to the file; after each step the graph is what the
model of ``model.py`` says, and in the end it is what one clean reading of everything gives.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from roc.errors import BrokenExport, RateLimited
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Problem,
    Record,
)
from roc.graph.store import Graph
from tests.graph.facts import facts_of
from tests.graph.model import Model
from tests.graph.worlds import (
    LAST_DAY,
    assert_same,
    assert_same_measures,
    described,
    holding,
    natures,
    state,
    tellings,
    ties,
)
from tests.stores import fresh, needs_postgresql

ANA, BEN, ZENOBIA = (Account("x", name) for name in ("ana", "ben", "zenobia"))
ANAS, ZENOBIAS = Account("email", "ana"), Account("email", "zenobia")
OTHERS = st.sampled_from([ANA, BEN, ANAS])
ANYONE = st.sampled_from([ANA, BEN, ANAS, ZENOBIA, ZENOBIAS])
REGISTER: list[Record] = [
    AccountSeen(ANA, same_as=(ANAS,)),
    AccountSeen(ZENOBIA, same_as=(ZENOBIAS,)),
    AccountSeen(BEN),
]
PERSONS = [[ME], [ANA, ANAS], [BEN], [ZENOBIA, ZENOBIAS]]
PAGE = 3
PLACES = st.integers(0, 60)

problems = st.builds(Problem, st.sampled_from(["a:1", "a:2"]), st.just("bad_date"), st.just("no"))
follows = st.builds(
    DeclaredTie,
    st.just("x"),
    st.just(DeclaredKind.FOLLOWS),
    st.just(BEN),
    st.just(ME),
    st.sampled_from([None, date(2020, 1, 1), date(2019, 1, 1)]),
)
others = st.lists(
    st.one_of(described, described, natures, ties, follows, problems), min_size=5, max_size=15
)
told = st.lists(tellings(), min_size=8, max_size=16)

# What an export in trouble gave before is kept; of any other failure only what a checkpoint covers.
IN_TROUBLE: list[BaseException] = [
    BrokenExport("It ends in the middle.", hint="ask for it again."),
    RateLimited("Too much was asked.", hint="come back later.", resume_at=None),
]
ANY_OTHER: list[BaseException] = [KeyboardInterrupt(), ConnectionError(), MemoryError()]


class Ledger(RuleBasedStateMachine):
    """One graph and what happens to it."""

    store = "file"

    def __init__(self) -> None:
        super().__init__()
        self.place = fresh(self.store)
        self.where = self.place.__enter__()
        self.graph = Graph(self.where)
        self.model = Model(PERSONS)
        self.export: list[Record] = []
        self.posts: list[Record] = []
        self.decisions: list[Callable[[Graph], object]] = []

    @initialize(told=told, others=others, order=st.randoms(use_true_random=False))
    def tell(self, told: list[list[Interaction]], others: list[Record], order: Random) -> None:
        """An export holds each act at least once, a source's API some of the same acts again."""
        every = [telling for each in told for telling in each]
        order.shuffle(every)
        self.posts = [telling for telling in every if telling.source == "x"]
        self.export = [*(each[0] for each in told), *every[::2], *others]
        order.shuffle(self.export)
        self.read(REGISTER)

    def read(self, records: Sequence[Record]) -> None:
        for keeper in (self.graph, self.model):
            keeper.add(records, source="x", export="told")

    def decide(self, decision: Callable[[Graph], object]) -> None:
        """Decide in the graph, and in a clean one later."""
        decision(self.graph)
        self.decisions.append(decision)

    # --- reading ------------------------------------------------------------------------------

    @rule(start=PLACES, length=PLACES, order=st.randoms(use_true_random=False))
    def read_a_piece_of_the_export(self, start: int, length: int, order: Random) -> None:
        piece = self.export[start : start + length]
        piece += piece[::3]
        order.shuffle(piece)
        self.read(piece)

    @rule()
    def read_again_who_is_who(self) -> None:
        self.read(REGISTER)

    @rule(cut=PLACES, failure=st.sampled_from(IN_TROUBLE))
    def read_an_export_that_breaks_off(self, cut: int, failure: BaseException) -> None:
        with pytest.raises(type(failure)):
            self.graph.add(_failing(self.export[:cut], failure), source="x", export="told")
        self.model.add(self.export[:cut], source="x", export="told")

    @rule(cut=PLACES, failure=st.sampled_from(ANY_OTHER))
    def stop_reading_an_export(self, cut: int, failure: BaseException) -> None:
        with pytest.raises(type(failure)):
            self.graph.add(_failing(self.export[:cut], failure), source="x", export="told")

    @rule(pages=st.integers(1, 4))
    def pull_some_pages(self, pages: int) -> None:
        self.read(self.pages()[: pages * (PAGE + 1)])

    @rule(cut=PLACES, failure=st.sampled_from([*IN_TROUBLE, *ANY_OTHER]))
    def pull_until_it_fails(self, cut: int, failure: BaseException) -> None:
        brought = self.pages()[:cut]
        with pytest.raises(type(failure)):
            self.graph.add(_failing(brought, failure), source="x", export="told")
        if failure in ANY_OTHER:
            while brought and not isinstance(brought[-1], Checkpoint):
                brought.pop()
        self.model.add(brought, source="x", export="told")

    def pages(self) -> list[Record]:
        """What the API has to tell since the cursor."""
        first = self.graph.cursor("x", "posts").get("next", 0)
        pull: list[Record] = []
        for start in range(first, len(self.posts), PAGE):
            pull += self.posts[start : start + PAGE]
            pull.append(Checkpoint("x", "posts", {"next": start + PAGE}))
        return pull

    @rule()
    def reopen(self) -> None:
        self.graph.close()
        self.graph = Graph(self.where)

    # --- deciding -----------------------------------------------------------------------------

    @rule(one=st.sampled_from([ME, ANA, BEN]), other=OTHERS)
    def merge(self, one: Account, other: Account) -> None:
        if other not in self.model.person(one):
            self.decide(lambda graph: graph.merge(str(one), str(other)))
            self.model.merge(one, other)

    @rule(account=ANYONE)
    def split(self, account: Account) -> None:
        if len(self.model.person(account)) > 1:
            self.decide(lambda graph: graph.split(account))
            self.model.split(account)

    @rule(account=ANYONE, muted=st.booleans())
    def mute(self, account: Account, muted: bool) -> None:
        person = self.model.person(account)
        if person and ME not in person:
            self.decide(lambda graph: graph.mute(str(account), muted=muted))
            self.model.mute(account, muted=muted)

    @rule(account=ANYONE, word=st.sampled_from(["friend", "q1"]))
    def tag(self, account: Account, word: str) -> None:
        if self.model.person(account):
            self.decide(lambda graph: graph.tag(str(account), [word]))
            self.model.tag(account, word)

    @precondition(lambda self: self.model.decisions)
    @rule()
    def undo(self) -> None:
        self.decide(lambda graph: graph.undo())
        self.model.undo()

    @precondition(lambda self: self.decisions)
    @rule(account=st.sampled_from([ZENOBIA, ZENOBIAS]))
    def forget(self, account: Account) -> None:
        if self.model.person(account):
            self.decide(lambda graph: graph.forget(str(account)))
            self.model.forget(account)

    # --- what holds after each step -----------------------------------------------------------

    @invariant()
    def the_store_is_sound(self) -> None:
        assert self.graph.damage() == []
        assert self.graph.contacts_agree()

    @invariant()
    def the_graph_says_what_the_model_says(self) -> None:
        assert facts_of(self.graph, LAST_DAY) == self.model.facts()

    @invariant()
    def a_cursor_is_where_its_rows_are(self) -> None:
        told = self.model.cursors.get(("x", "posts"), {})
        assert self.graph.cursor("x", "posts") == told

    def teardown(self) -> None:
        """All readings completed, the graph is what one reading in one go gives, read once more.

        Once more, since of somebody forgotten it is only then that all names are told.
        """
        everything = [*self.export, *self.posts]
        try:
            self.read(everything)
            with holding([*REGISTER, *everything]) as clean:
                for decision in self.decisions:
                    decision(clean)
                clean.add([*REGISTER, *everything], source="x", export="told")
                at_once, by_and_by = state(clean), state(self.graph)
            assert_same(at_once, by_and_by)
            assert_same_measures(at_once, by_and_by)
        finally:
            self.graph.close()
            self.place.__exit__(None, None, None)


def _failing(records: Sequence[Record], failure: BaseException) -> Iterator[Record]:
    yield from records
    raise failure


class LedgerOnServer(Ledger):
    """The same on a server, fewer times."""

    store = "server"


def _times(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=16,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )


TestLedger = Ledger.TestCase
TestLedger.settings = _times(10)
TestLedgerOnServer = needs_postgresql(LedgerOnServer.TestCase)
TestLedgerOnServer.settings = _times(3)
