"""Names in any script are taken apart into words that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.graph.likeness.names import (
    LONGEST,
    MOST_WORDS,
    folded,
    segmented,
    words_of_handle,
    words_of_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana López", "LOPEZ, ana"),
        ("Łukasz Żółć", "Lukasz Zolc"),
        ("Søren Ærø", "Soren Aero"),
        ("Emre Yıldız", "EMRE YILDIZ"),
        ("Семён Королёв", "Королев Семен"),
        ("Ξένια Παππά", "ξενια παππα"),
        ("محمّد الأحمد", "محمد الاحمد"),
        ("علی", "علي"),  # a Persian and an Arabic keyboard
        ("张伟", "伟 张"),
        ("박 재", "박재"),
        ("ﾀﾅｶ ﾊﾅ", "タナカ　ハナ"),  # half width and full width
        ("Nguyễn Thị Hạnh", "Nguyen Thi Hanh"),
        ("Liam O’Brien", "Liam O'Brien"),
        ("Yann Le Goff", "Yann Legoff"),
        ("Ana da Silva", "Ana Silva"),
        ("Jean-Luc Picard", "Jean Luc Picard"),
        ("Dr. Grace Mensah, Ph.D. (she/her)", "Grace Mensah"),
        ("Ana\u200b López 🎉", "Ana López"),
    ],
)
def test_ways_to_write_one_name_come_to_the_same_words(one: str, other: str) -> None:
    assert sorted(words_of_name(one)) == sorted(words_of_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张伟", "张丽"),
        ("김민준", "김민수"),
        ("がく", "かく"),  # marks of kana are no accents
        ("कमल", "कमला"),  # nor are vowel signs of Devanagari
        ("Ana López", "Ana Lima"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert set(words_of_name(one)) != set(words_of_name(other))


def test_a_name_in_two_scripts_is_both() -> None:
    assert words_of_name("Wei Zhang 张伟") == ("伟张", "wei", "zhang")


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        ("ana.lopez@example.org", ("ana", "lopez")),
        ("ana_lopez82", ("ana", "lopez")),
        ("ana-lopez-4b2a91", ("ana", "lopez")),
        ("@Ana.Lopez", ("ana", "lopez")),
        ("name:ana lópez", ("ana", "lopez")),
        ("ana+news@example.org", ("ana",)),
        ("700000014", ()),
        ("", ()),
    ],
)
def test_a_handle_is_read_as_the_names_in_it(handle: str, words: tuple[str, ...]) -> None:
    assert words_of_handle(handle) == words


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("analopez", ("ana", "lopez")),
        ("alopez", ("a", "lopez")),
        ("lopeza", ("lopez", "a")),
        ("lopez", ("lopez",)),
        ("darkwolf", ("darkwolf",)),
        ("a" * 1000, ("a" * 1000,)),
    ],
)
def test_names_that_run_together_are_told_by_names_that_are_known(
    word: str, names: tuple[str, ...]
) -> None:
    assert segmented(word, {"ana", "lopez"}) == names


@given(st.text(max_size=400))
def test_any_text_comes_to_few_and_short_words_whatever_its_case(text: str) -> None:
    words = words_of_name(text)
    assert len(words) <= MOST_WORDS
    assert len(set(words)) == len(words)
    assert all(0 < len(word) <= LONGEST for word in words)
    assert folded(folded(text)) == folded(text)
