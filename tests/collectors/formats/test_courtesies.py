"""Thanks and good wishes in many languages, and what only looks like them."""

import pytest

from roc.collectors.formats.courtesies import congratulations, thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "ok, thank you so much for last night",
        "We really appreciate your help.",
        "Vielen Dank für die Blumen",
        "merci beaucoup",
        "Muchas gracias por todo",
        "obrigada!",
        "grazie mille",
        "Tack så mycket",
        "mange tak",
        "dziękuję bardzo",
        "çok teşekkürler",
        "Спасибо большое",
        "ありがとうございます",
        "谢谢你",
        "감사합니다!",
        "شكرا جزيلا",
        "Thanks so much, it was great.\nBen",
    ],
)
def test_thanks_are_noticed(text: str) -> None:
    assert thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No thanks",
        "no, thank you",
        "Nein danke",
        "Thanks in advance",
        "Vielen Dank im Voraus",
        "Merci d'avance",
        "Thanks to the rain we stayed in",
        "tak, jutro",  # Polish: yes, tomorrow
        "a merciful end",
        "Please send it by six.\nThanks,\nBen",
        "Could you call?\nThank you.\nKind regards,\nAna López",
        "Bitte bis morgen.\n\nDanke!\nAna",
    ],
)
def test_what_is_said_by_form_is_no_thanks(text: str) -> None:
    assert not thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Congratulations on the new job!",
        "congrats :)",
        "Happy birthday, Ben",
        "Herzlichen Glückwunsch",
        "Félicitations !",
        "¡Felicidades!",
        "parabéns",
        "Gefeliciteerd",
        "tebrikler",
        "Поздравляю!",
        "おめでとう",
        "恭喜恭喜",
        "축하해요",
    ],
)
def test_good_wishes_are_noticed(text: str) -> None:
    assert congratulations(text)
    assert not thanks(text)


@pytest.mark.parametrize("text", ["", "congratulatory", "a happy day of birth", "merci"])
def test_other_words_are_no_wishes(text: str) -> None:
    assert not congratulations(text)
