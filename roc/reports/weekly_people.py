"""The parts of the weekly page that name people to turn to: owed, to do, growing cold, in view."""

import math

from roc.reports import text
from roc.reports.budget_page import evening_name, reading_words
from roc.reports.cold import Cold
from roc.reports.document import Block, Bullets, Paragraph, Section, Table
from roc.reports.evenings import Evening
from roc.reports.favours import Favour
from roc.reports.steps import Reason, Step
from roc.reports.wanted import InView
from roc.reports.weekly import OwedList, WeeklyReport
from roc.reports.words import heads, later, say

_FROM_YOU: dict[str, str] = {
    "recommendation": later("from you: a recommendation"),
    "introduction": later("from you: an introduction"),
    "referral": later("from you: a referral"),
}

_FOR_YOU: dict[str, str] = {
    "recommendation": later("for you: a recommendation"),
    "introduction": later("for you: an introduction"),
    "referral": later("for you: a referral"),
}

_A_FAVOUR: dict[str, str] = {
    "recommendation": later("a recommendation"),
    "introduction": later("an introduction"),
    "referral": later("a referral"),
}


def owed_section(report: WeeklyReport) -> Section:
    """Whose turn waits, on either side."""
    blocks = [
        *_owed_blocks(
            report.owed_by_you, say("They wait for you"), say("Nobody waits for an answer.")
        ),
        *_owed_blocks(report.owed_to_you, say("You wait for them"), say("You wait for nobody.")),
    ]
    return Section(say("Owed, both ways"), tuple(blocks))


def _owed_blocks(owed: OwedList, caption: str, none: str) -> tuple[Block, ...]:
    if not owed.turns:
        return (Paragraph(none),)
    rows = tuple(
        (
            turn.who.name,
            text.span(turn.days),
            text.source_name(turn.channel) or text.none(),
            text.decimal(turn.strength, 0),
        )
        for turn in owed.turns
    )
    rest = text.shown_of(len(rows), owed.total)
    head = heads("Who", "For", "Where", "Strength")
    return (Table(f"{caption}{rest}", head, rows, numeric=frozenset({3})),)


def steps_section(report: WeeklyReport) -> Section:
    """Whom to turn to, and why."""
    title = say("What you could do next")
    if not report.steps:
        return Section(title, (Paragraph(say("Nothing this week.")),))
    blocks: list[Block] = [Bullets(tuple(map(_step, report.steps)))]
    if report.also_due:
        names = text.joined([who.name for who in report.also_due])
        blocks.append(
            Paragraph(text.ended(say("Longer ago than you wanted, too: {names}", names=names)))
        )
    return Section(title, tuple(blocks))


def _step(step: Step) -> str:
    where = f" ({text.source_name(step.channel)})" if step.channel else ""
    return f"{step.who.name}: {_why(step)}{where}."


def _why(step: Step) -> str:
    match step.reason:
        case Reason.CADENCE:
            wish = text.span(step.gap_days)
            return say(
                "last contact {days}; you wanted it every {wish}",
                days=text.ago(step.days),
                wish=wish,
            )
        case Reason.REPLY:
            return say("wrote last, {days}; a short answer is enough", days=text.ago(step.days))
        case Reason.THANK:
            return say(
                "sent you {favour} {days}; say thank you",
                favour=say(_A_FAVOUR[step.favour]),
                days=text.ago(step.days),
            )
        case Reason.RECONNECT:
            return say(
                "last contact {days}{usual}; strength {strength}",
                days=text.ago(step.days),
                usual=usual(step.gap_days),
                strength=text.decimal(step.strength, 0),
            )
        case Reason.FOLLOW_UP:
            return say(
                "new: you first answered each other {days}; a second time helps",
                days=text.ago(step.days),
            )
        case Reason.INVEST:
            gain = text.decimal(step.points, 2)
            return say(
                "one more day together is among what adds most to your score, about {gain} points",
                gain=gain,
            )


def usual(gap_days: float) -> str:
    """How often there is contact otherwise; empty where that is not known."""
    return "" if math.isnan(gap_days) else say("; usually every {span}", span=text.span(gap_days))


def cold_section(clients: tuple[Cold, ...]) -> Section:
    """Clients who grow quiet by their own rhythm."""
    rows = tuple(
        (
            one.who.name,
            _going(one),
            text.decimal(one.strength, 0),
            text.ago(one.silence_days) + usual(one.gap_days),
            text.sums(one.worth),
            text.count(one.open),
        )
        for one in clients
    )
    head = heads("Who", "How", "Strength", "Last contact", "Bought", "Open")
    caption = say(
        "Clients, of two years or with something open, who grow quiet by their own rhythm"
    )
    table = Table(caption, head, rows, numeric=frozenset({2, 5}), spare=frozenset({2}))
    return Section(say("Clients who grow cold"), (table,))


def _going(one: Cold) -> str:
    state = say(one.state)
    if not one.only:
        return state
    return say("{state}; nobody else there has a live tie with you", state=state)


def readings_section(evenings: tuple[Evening, ...]) -> Section:
    """Gatherings that are to be read this week."""
    rows = tuple(
        (
            evening_name(one),
            text.count(one.came),
            text.counted(one.read[0].days, "day"),
            reading_words(one.read[0]),
        )
        for one in evenings
    )
    head = heads("Gathering", "Guests", "After", "New ties beyond")
    caption = say("New two-way ties among those who came, beyond what would have formed anyway")
    table = Table(caption, head, rows, numeric=frozenset({1}))
    return Section(say("Gatherings to read"), (table,))


def favours_section(favours: tuple[Favour, ...]) -> Section:
    """Who brought whom, and who was thanked."""
    rows = tuple(
        (
            favour.who.name,
            say((_FROM_YOU if favour.by_ego else _FOR_YOU)[favour.kind]),
            ", ".join(who.name for who in favour.others) or say("nobody named"),
            text.long_date(favour.day),
            say("yes") if favour.thanked else say("not yet") if not favour.by_ego else "",
        )
        for favour in favours
    )
    head = heads("Who", "What", "With whom", "When", "Thanked")
    table = Table(say("Who brought whom, over the last quarter"), head, rows, spare=frozenset({2}))
    return Section(say("Introductions and referrals"), (table,))


def in_view_section(kept: tuple[InView, ...]) -> Section:
    """People whom the owner keeps in view."""
    rows = tuple(
        (
            one.who.name,
            text.decimal(one.strength, 0),
            say(one.state),
            text.none() if math.isnan(one.silence_days) else text.ago(one.silence_days),
            ""
            if math.isnan(one.cadence_days)
            else say("every {span}", span=text.span(one.cadence_days)),
        )
        for one in kept
    )
    head = heads("Who", "Strength", "State", "Last contact", "You want")
    table = Table(say("People you keep in view"), head, rows, numeric=frozenset({1}))
    return Section(say("Kept in view"), (table,))
