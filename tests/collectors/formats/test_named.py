"""Names and telephone numbers as accounts."""

import pytest

from roc.collectors.formats.named import named, phone


def test_a_name_is_the_same_however_it_is_spaced_and_cased() -> None:
    assert named("signal", "Ana  LÓPEZ\u200e") == named("signal", " ana lópez")
    assert named("signal", " ") is None


@pytest.mark.parametrize(
    "text", ["", "Ana", "+", "12", "2024-03-05", "+1234567890123456", "١٢٣٤٥٦٧٨"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert phone(text) is None


def test_a_number_without_a_country_is_kept_as_it_stands() -> None:
    assert str(phone("0170 123 45 67")) == "phone:01701234567"
    assert phone("+49 (0)170 1234567") == phone("+49 170 1234567")
    assert str(phone("tel:+1-201-555-0123;ext=7")) == "phone:+12015550123"
