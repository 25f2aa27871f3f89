"""Who brought it: roads of introductions, and shares of what they led to."""

from fractions import Fraction

from roc.scoring.credit import Introduction, by_position, roads, shapley

ANA, BEN, CHIDI, DARA, CLIENT = range(5)


def brought(*lines: str) -> list[Introduction]:
    """Lines as ``10 ana -> client``: on day 10 Ana introduced the client."""
    number = {"ana": ANA, "ben": BEN, "chidi": CHIDI, "dara": DARA, "client": CLIENT}
    out = []
    for line in lines:
        day, by, _, of = line.split()
        out.append(Introduction(number[by], number[of], int(day)))
    return out


def test_a_road_is_who_introduced_whom_down_to_the_client() -> None:
    told = brought("10 ana -> ben", "20 ben -> client", "5 dara -> chidi")
    assert roads(told, CLIENT, day=30) == ((ANA, BEN),)


def test_what_came_after_the_deal_did_not_lead_there() -> None:
    assert roads(brought("40 ben -> client"), CLIENT, day=30) == ()


def test_whoever_was_met_after_they_introduced_was_not_on_the_road() -> None:
    told = brought("20 ben -> client", "25 ana -> ben")
    assert roads(told, CLIENT, day=30) == ((BEN,),)


def test_a_circle_of_introductions_ends() -> None:
    told = brought("10 ana -> ben", "10 ben -> ana", "20 ben -> client")
    assert roads(told, CLIENT, day=30) == ((ANA, BEN),)


def test_two_who_were_both_needed_share_alike() -> None:
    assert shapley([(ANA, BEN)]) == {ANA: Fraction(1, 2), BEN: Fraction(1, 2)}


def test_whoever_would_have_done_alone_gets_most() -> None:
    shares = shapley([(ANA, BEN), (CHIDI,)])
    assert shares[CHIDI] == Fraction(2, 3)
    assert sum(shares.values()) == 1


def test_the_order_of_rows_is_no_matter() -> None:
    told = brought("10 ana -> ben", "12 chidi -> ben", "20 ben -> client", "21 dara -> client")
    forwards, backwards = (roads(some, CLIENT, 30) for some in (told, told[::-1]))
    assert forwards == backwards
    assert shapley(forwards) == shapley(backwards)


def test_of_many_all_get_the_same_and_of_none_nobody() -> None:
    many = shapley([tuple(range(20))])
    assert set(many.values()) == {Fraction(1, 20)}
    assert shapley([]) == {}
    assert by_position([()]) == {}


def test_the_ends_of_a_long_road_get_two_fifths_each() -> None:
    shares = by_position([(ANA, BEN, CHIDI, DARA)])
    assert shares == {
        ANA: Fraction(2, 5),
        BEN: Fraction(1, 10),
        CHIDI: Fraction(1, 10),
        DARA: Fraction(2, 5),
    }
