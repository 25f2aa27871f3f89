"""Which accounts may be one person: suggested with reasons, decided by the owner alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roc.graph.likeness.blocking import ALWAYS, LARGEST_BLOCK, PAIRS_PER_SPELLING, candidates
from roc.graph.likeness.spellings import spellings
from roc.graph.likeness.suggesting import CUT, Accounts, Company, Suggestion, suggestions
from roc.graph.records import Nature

NOBODY = Company(*(np.empty(0, dtype=np.int64) for _ in range(3)))

Row = tuple[str, str] | tuple[str, str, str]


def accounts(*rows: Row, persons: Sequence[int] | None = None) -> Accounts:
    """Accounts from ``source:handle``, a name and perhaps an organisation."""
    keys = [row[0].split(":", 1) for row in rows]
    ids = np.arange(len(rows), dtype=np.int64)
    return Accounts(
        ids,
        ids if persons is None else np.array(persons, dtype=np.int64),
        [source for source, _ in keys],
        [handle for _, handle in keys],
        [row[1] for row in rows],
        [row[2] if len(row) == 3 else "" for row in rows],
        [Nature.PERSON] * len(rows),
    )


def in_contact(*pairs: tuple[int, int]) -> Company:
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Company(columns[:, 0], columns[:, 1], np.ones(len(pairs), dtype=np.int64))


def confidence(*rows: Row, company: Company = NOBODY) -> float:
    """How likely the first two accounts are one person."""
    keys = sorted(row[0] for row in rows[:2])
    for found in suggestions(accounts(*rows), company, least=0.0):
        if [found.one, found.other] == keys:
            return found.confidence
    return 0.0


@pytest.mark.parametrize(
    ("one", "other", "basis"),
    [
        (("linkedin:1", "Ana López"), ("x:2", "lopez ana"), "same name"),
        (("linkedin:1", "张伟"), ("x:2", "伟 张"), "same name"),
        (("linkedin:1", "محمّد الأحمد"), ("x:2", "محمد الاحمد"), "same name"),
        (("linkedin:1", "Ana López García"), ("x:2", "Ana López"), "shorter name"),
        (("linkedin:1", "Benjamin Okafor"), ("x:2", "Ben Okafor"), "similar names"),
        (("linkedin:1", "Ana Fernandez"), ("x:2", "Ana Fernandes"), "similar names"),
        (("linkedin:1", "Ana López"), ("x:2", "A. López"), "initials"),
        (("linkedin:1", "Ana López"), ("x:ana_lopez", ""), "handle like the name"),
        (("linkedin:1", "Ana López"), ("x:2", "analopez"), "same name"),
        (("linkedin:1", "Ana López"), ("email:ana.lopez@example.org", ""), "handle like the name"),
        (("linkedin:1", "Ana López"), ("email:alopez@example.org", ""), "handle like the name"),
        (("github:darkwolf", ""), ("x:darkwolf", ""), "same handle"),
        (("signal:+34600111222", ""), ("whatsapp:+34600111222", ""), "same handle"),
    ],
)
def test_two_accounts_are_suggested_by_what_they_are_called(
    one: Row, other: Row, basis: str
) -> None:
    (found,) = suggestions(accounts(one, other), NOBODY)
    assert {found.one, found.other} == {one[0], other[0]}
    assert found.basis == basis
    assert CUT <= found.confidence < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("linkedin:1", "张伟"), ("x:2", "张丽")),
        (("linkedin:1", "김민준"), ("x:2", "김민수")),
        (("linkedin:1", "Ana López"), ("x:2", "Ana García")),
        (("linkedin:1", "Ana"), ("x:2", "Ada")),
        (("linkedin:1", ""), ("x:1", "")),
        (("linkedin:12345", ""), ("x:12345", "")),
        (("linkedin:1", "John Smith", "Acme"), ("linkedin:2", "John Smith", "Okafor Foods")),
    ],
)
def test_two_accounts_are_not_suggested_for_too_little(one: Row, other: Row) -> None:
    assert suggestions(accounts(one, other), NOBODY) == ()


def test_a_common_name_says_less_than_a_rare_one() -> None:
    rare = confidence(("linkedin:1", "Ana López"), ("email:a@b.example", "A. López"))
    crowd = [(f"x:{number}", f"Chidi{number} López") for number in range(50)]
    assert confidence(("linkedin:1", "Ana López"), ("email:a@b.example", "A. López"), *crowd) < rare


def test_a_name_that_fits_two_lowers_both() -> None:
    one, other, rival = ("linkedin:1", "Ana López"), ("x:2", "Ana López"), ("x:3", "Ana López")
    alone = confidence(one, other)
    assert confidence(one, other, rival) < 0.8 * alone
    assert confidence(one, rival, other) == confidence(one, other, rival)
    (reason,) = {found.reasons[-1] for found in suggestions(accounts(one, other, rival), NOBODY)}
    assert reason == "but somebody else fits about as well"


def test_the_organisation_tells_which_namesake_it_is() -> None:
    told = accounts(
        ("email:ana@acmefoods.example", "Ana López"),
        ("linkedin:1", "Ana López", "Acme Foods"),
        ("linkedin:2", "Ana López", "Okafor Capital"),
    )
    first = suggestions(told, NOBODY)[0]
    assert (first.one, first.other) == ("email:ana@acmefoods.example", "linkedin:1")
    assert first.reasons == ("the same name", "the same organisation")


def test_contacts_in_common_speak_for_one_person_unless_everyone_has_them() -> None:
    ana = (("linkedin:1", "Ana López"), ("email:a@b.example", "A. López"))
    others = [(f"x:{number}", f"Ben {number}") for number in range(100)]
    everyone_knows_the_first = [(number, 2) for number in range(102) if number != 2]
    with_hub = confidence(*ana, *others, company=in_contact(*everyone_knows_the_first))
    with_friends = confidence(
        *ana,
        *others,
        company=in_contact(*everyone_knows_the_first, (0, 3), (3, 1), (0, 4), (1, 4)),
    )
    assert with_hub == pytest.approx(confidence(*ana, *others), abs=0.02)
    assert with_friends > with_hub + 0.05


def test_whoever_wrote_to_each_other_is_rarely_one() -> None:
    ana = (("linkedin:1", "Ana López"), ("email:a@b.example", "A. López"))
    assert confidence(*ana, company=in_contact((0, 1))) < 0.2 * confidence(*ana)


def test_two_accounts_at_one_source_are_rarely_one_person() -> None:
    across = confidence(("linkedin:1", "Ana López"), ("x:2", "Ana López"))
    within = confidence(("linkedin:1", "Ana López"), ("linkedin:2", "Ana López"))
    mail = confidence(("email:a@b.example", "Ana López"), ("email:a@c.example", "Ana López"))
    assert within < mail <= across


def test_only_people_are_suggested() -> None:
    told = accounts(("linkedin:1", "Ana López"), ("x:2", "Ana López"))
    assert len(suggestions(told, NOBODY)) == 1
    for nature in set(Nature) - {Nature.PERSON}:
        assert suggestions(replace(told, nature=[Nature.PERSON, nature]), NOBODY) == ()


def test_people_of_several_accounts_are_suggested_once_under_their_smallest_accounts() -> None:
    told = accounts(
        ("linkedin:1", "Ana López"),
        ("email:ana@example.org", "Ana López"),
        ("x:1", "Ana López"),
        ("journal:ana-lopez", ""),
        persons=(0, 0, 2, 2),
    )
    (found,) = suggestions(told, NOBODY)
    assert (found.one, found.other) == ("email:ana@example.org", "journal:ana-lopez")


def test_an_empty_graph_has_nothing_to_suggest() -> None:
    assert suggestions(accounts(), NOBODY) == ()
    assert suggestions(accounts(("x:1", "Ana López")), NOBODY) == ()


def test_contacts_and_decisions_about_unknown_accounts_are_no_matter() -> None:
    told = accounts(("linkedin:1", "Ana López"), ("x:2", "Ana López"))
    assert suggestions(told, in_contact((0, 99), (98, 1)), [(0, 99)]) == suggestions(told, NOBODY)


# --- whatever the graph is ----------------------------------------------------------------------

NAMES = ["Ana López", "Ana Lopez", "A. López", "López", "Ben Okafor", "张伟", "伟 张", "", "ana"]
HANDLES = [
    "ana.lopez@example.org",
    "ana",
    "alopez",
    "ben",
    "7",
    "analopez",
    "ben.okafor@acme.example",
]


bounded = settings(max_examples=60, deadline=None)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Accounts, Company]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["email", "x", "linkedin"]), st.sampled_from(HANDLES)),
            unique=True,
            min_size=2,
            max_size=12,
        )
    )
    size = len(keys)
    several = st.lists(st.integers(0, size - 1), min_size=size, max_size=size)
    told = Accounts(
        np.array(draw(st.permutations(range(size))), dtype=np.int64),
        np.array(draw(several), dtype=np.int64),
        [source for source, _ in keys],
        [handle for _, handle in keys],
        draw(st.lists(st.sampled_from(NAMES), min_size=size, max_size=size)),
        draw(st.lists(st.sampled_from(["", "Acme", "Acme Foods"]), min_size=size, max_size=size)),
        draw(
            st.lists(
                st.sampled_from([Nature.PERSON] * 5 + [Nature.BOT]), min_size=size, max_size=size
            )
        ),
    )
    pairs = draw(st.lists(st.tuples(*[st.integers(0, size - 1)] * 2), max_size=20))
    return told, in_contact(*pairs)


def shuffled(told: Accounts, company: Company, order: Random) -> tuple[Accounts, Company]:
    """The same graph, its rows in another order and its accounts under other numbers."""
    rows, pairs = list(range(len(told.id))), list(range(len(company.one)))
    order.shuffle(rows)
    order.shuffle(pairs)
    return (
        Accounts(
            told.id[rows] * 3 + 7,
            told.person[rows] * 5 + 1,
            [told.source[row] for row in rows],
            [told.handle[row] for row in rows],
            [told.name[row] for row in rows],
            [told.organisation[row] for row in rows],
            [told.nature[row] for row in rows],
        ),
        Company(company.other[pairs] * 3 + 7, company.one[pairs] * 3 + 7, company.days[pairs]),
    )


def persons(told: Accounts) -> dict[str, int]:
    keys = zip(told.source, told.handle, told.person.tolist(), strict=True)
    return {f"{source}:{handle}": person for source, handle, person in keys}


@bounded
@given(graph=graphs(), order=st.randoms(use_true_random=False))
def test_order_and_numbers_are_no_matter(graph: tuple[Accounts, Company], order: Random) -> None:
    assert suggestions(*graph, least=0.0) == suggestions(*shuffled(*graph, order), least=0.0)


@bounded
@given(graph=graphs())
def test_nobody_is_suggested_to_be_themselves_and_no_two_people_twice(
    graph: tuple[Accounts, Company],
) -> None:
    person = persons(graph[0])
    found = suggestions(*graph, least=0.0)
    pairs = [frozenset((person[item.one], person[item.other])) for item in found]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)
    assert all(item.one < item.other and 0 <= item.confidence < 1 for item in found)
    order = [(-item.confidence, item.one, item.other) for item in found]
    assert order == sorted(order)


@bounded
@given(graph=graphs(), every=st.integers(1, 3))
def test_what_was_decided_is_not_suggested_again(
    graph: tuple[Accounts, Company], every: int
) -> None:
    told, company = graph
    number = dict(zip(persons(told), told.id.tolist(), strict=True))
    decided = [
        (number[item.other], number[item.one])
        for item in suggestions(told, company, least=0.0)[::every]
    ]
    person = persons(told)
    by_id = {identity: person[key] for key, identity in number.items()}
    gone = {frozenset((by_id[one], by_id[other])) for one, other in decided}
    left = suggestions(told, company, decided, least=0.0)
    assert not gone & {frozenset((person[item.one], person[item.other])) for item in left}


# --- whatever is done to it ---------------------------------------------------------------------


def candidate_pairs(names: Sequence[str]) -> int:
    spelt = spellings(names, [str(number) for number in range(len(names))])
    one, _ = candidates(spelt, np.full((len(spelt), 2), -1, dtype=np.int64))
    return len(one)


def test_a_name_that_all_have_brings_nobody_together() -> None:
    assert (
        candidate_pairs(["John Smith"] * LARGEST_BLOCK) == LARGEST_BLOCK * (LARGEST_BLOCK - 1) / 2
    )
    assert candidate_pairs(["John Smith"] * (LARGEST_BLOCK + 1)) == 0


def test_pairs_are_bounded_however_many_names_overlap() -> None:
    """Four words to a name and some fifty names to a word, which would make 400,000 pairs."""
    words = ["".join(letters) for letters in product("abcde", repeat=4)][:290]
    rng = Random(1)
    names = [" ".join(rng.sample(words, 4)) for _ in range(4000)]
    assert ALWAYS < candidate_pairs(names) <= PAIRS_PER_SPELLING * len(names)


def test_a_name_of_a_million_letters_is_cut() -> None:
    told = accounts(
        ("x:1", "a" * 1_000_000), ("linkedin:2", "张" * 1_000_000), ("x:3", "\u0301" * 999)
    )
    assert suggestions(told, NOBODY) == ()


def test_a_suggestion_reads_well() -> None:
    told = accounts(("linkedin:1", "Ana López", "Acme"), ("email:ana@acme.example", "López, Ana"))
    assert suggestions(told, NOBODY) == (
        Suggestion(
            "email:ana@acme.example",
            "linkedin:1",
            0.99,
            "same name",
            ("the same name", "the same organisation"),
        ),
    )
