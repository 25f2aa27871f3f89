"""What a message in a chat is an act of."""

from datetime import UTC, datetime

from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act, reaction_act
from roc.graph.records import Account, Interaction, Kind, Precision
from tests.collectors.lines import line

ANA, BEN, CHIDI = (Account("slack", name) for name in ("ana", "ben", "chidi"))
CROWD = tuple(Account("slack", str(number)) for number in range(MAX_MEMBERS))
AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def act(members: tuple[Account, ...], **told: object) -> str:
    message = ChatMessage("slack", "1", AT, ANA, members, **told)  # type: ignore[arg-type]
    found = message_act(message)
    return line(found).split(" slack:ana -> ")[1] if found else ""


def test_in_a_small_chat_a_message_reaches_everybody() -> None:
    assert act((ANA, BEN, CHIDI)) == "slack:ben, slack:chidi message [|1]"


def test_an_answer_is_a_reply_and_the_others_are_copied() -> None:
    told = act((ANA, BEN, CHIDI), answers=BEN, parent="0")
    assert told == "slack:ben reply cc slack:chidi answers 0 [|1]"


def test_answering_oneself_is_a_plain_message() -> None:
    assert act((ANA, BEN), answers=ANA, parent="0") == "slack:ben message [|1]"


def test_in_a_crowd_only_those_named_or_answered_are_reached() -> None:
    assert act((ANA, *CROWD)) == ""
    assert act((ANA, *CROWD), mentions=(BEN,)) == f"slack:ben mention audience {MAX_MEMBERS} [|1]"
    assert act((ANA, BEN), size=900) == ""
    assert act((ANA, BEN), size=900, answers=BEN).startswith("slack:ben reply audience 899")


def test_whoever_is_named_in_a_private_chat_without_being_in_it_is_not_reached() -> None:
    told = act((ANA, BEN), mentions=(CHIDI,), private=True)
    assert told == "slack:ben message [|1]"
    both = act((ANA, BEN, CHIDI), mentions=(CHIDI,), private=True)
    assert both == "slack:chidi message cc slack:ben [|1]"
    assert act((ANA, BEN), mentions=(CHIDI,)) == "slack:chidi message cc slack:ben [|1]"
    unlisted = act((), mentions=(CHIDI,), private=True)
    assert unlisted == "slack:chidi message [|1]"


def test_nobody_is_reached_by_what_they_write_themselves() -> None:
    assert act((ANA,)) == ""
    assert act((ANA,), mentions=(ANA,)) == ""


def test_a_mark_without_a_moment_has_the_messages_as_a_proxy() -> None:
    message = ChatMessage("slack", "1", AT, ANA, (ANA, BEN))
    mark = reaction_act(message, BEN)
    assert isinstance(mark, Interaction)
    assert (mark.kind, mark.at, mark.precision) == (Kind.REACTION, AT, Precision.PROXY)
    assert reaction_act(message, ANA) is None
