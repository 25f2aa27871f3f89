"""Texts whose bytes were taken for signs are put right, and no others."""

import pytest

from roc.collectors.formats.meta_text import is_nobody, label, repaired


@pytest.mark.parametrize("text", ["Ana", "Ana López", "Zoë ❤", "Łukasz", "éa", "", "山田"])
def test_what_is_in_order_stays_and_what_is_not_is_repaired(text: str) -> None:
    broken = text.encode().decode("latin-1")
    assert repaired(broken) == text
    assert repaired(text) == text


def test_halves_of_signs_do_not_get_further() -> None:
    repaired("Ana \ud83d").encode()


def test_a_label_is_one_line_and_no_novel() -> None:
    assert label({"name": " Ana\n\0 L\u00c3\u00b3pez "}, "name") == "Ana López"
    assert label({"name": "x" * 5000}, "name") == ""
    assert label({"name": ["Ana"]}, "name") == ""


def test_those_who_left_have_one_name_in_each_language() -> None:
    assert is_nobody("facebook", "Facebook-Nutzer")
    assert is_nobody("instagram", "Usuario de Instagram")
    assert not is_nobody("facebook", "Ana")
