from roc.reports.faces import face
from tests.reports.told import people


def test_people_of_one_name_are_told_apart_by_organisation_or_else_by_key() -> None:
    who = people(
        "me",
        "Ana",
        "ana ",
        "Ben",
        "Ben",
        "Dara",
        organisations=("", "Lumen", "", "Harbour", "Harbour"),
    )
    assert [face(who, number).name for number in range(1, 6)] == [
        "Ana (Lumen)",
        "ana (email:2-ana @example.org)",
        "Ben (email:3-ben@example.org)",
        "Ben (email:4-ben@example.org)",
        "Dara",
    ]


def test_a_name_is_not_shared_with_whoever_is_set_aside() -> None:
    who = people("me", "Ana", "ANA", aside=("ANA",))
    assert face(who, 1).name == "Ana"
