"""What came of people in words and figures, in the order in which it is read."""

import math

from roc.graph.records import OutcomeKind
from roc.reports import return_charts, text
from roc.reports.brought import Brought, Credit
from roc.reports.course import Course, course_chart
from roc.reports.document import (
    Block,
    Document,
    Paragraph,
    Picture,
    Section,
    Table,
    Tile,
    Tiles,
)
from roc.reports.outcomes import (
    ALL_NAME,
    MIDDLING_NAME,
    STRONG_NAME,
    WEAK_NAME,
    OutcomesReport,
    Rate,
    Timing,
)
from roc.reports.parts import counted_footer, returns_section
from roc.reports.spells import Spells
from roc.reports.words import heads, later, say
from roc.reports.years import QuarterEnd
from roc.scoring.survival import LEAST_EVENTS, LEAST_SPELLS, STRONG, WEAK, Hazard

LISTED = 20
"""No list is longer; the counts are complete."""

_KINDS: dict[OutcomeKind, str] = {
    OutcomeKind.DEAL: later("deals"),
    OutcomeKind.RENEWAL: later("renewals"),
    OutcomeKind.CHURN: later("clients who left"),
    OutcomeKind.REFERRAL: later("referrals received"),
    OutcomeKind.INTRODUCTION: later("introductions received"),
    OutcomeKind.RECOMMENDATION: later("recommendations received"),
}

_GROUPS: dict[str, str] = {
    WEAK_NAME: later("under {weak}"),
    MIDDLING_NAME: later("{weak} to {strong}"),
    STRONG_NAME: later("{strong} and more"),
    ALL_NAME: later("all"),
}

_CAME: dict[str, str] = {
    "conversation": later("came to a conversation"),
    "presentation": later("came to a presentation"),
    "nothing": later("came to nothing"),
}


def page(report: OutcomesReport) -> Document:
    """What came of people as a page.

    Args:
        report: as built by `roc.reports.outcomes.build`.
    """
    return Document(
        title=say("What came of your connections"),
        subtitle=say("As of {as_of}", as_of=text.long_date(report.as_of)),
        origin="",
        lead=sentences(report),
        sections=(
            _numbers(report),
            _cycle(report.cycle),
            _stay(report.stay),
            _rates(report.rates),
            _credit(report.credit),
            _compounds(report.quarters),
            returns_section(report.returns),
            _limits(),
        ),
        footer=counted_footer(),
    )


def sentences(report: OutcomesReport) -> tuple[str, ...]:
    """What came of people in a few plain sentences.

    Args:
        report: as built.
    """
    if not report.counts:
        return (
            say(
                "No outcome is known yet: collect an export of your CRM, or a table of deals with "
                "roc collect."
            ),
        )
    won = sum(count.won for count in report.counts if count.kind is OutcomeKind.DEAL)
    first = say("{deals} won so far.", deals=text.sentence(text.counted(won, "deal")))
    if report.won:
        first = say(
            "{deals} won so far; deals and renewals are worth {worth}.",
            deals=text.sentence(text.counted(won, "deal")),
            worth=text.sums(report.won),
        )
    found = report.credit
    brought = say(
        "A road of introductions leads to {some} of {all} won deals and renewals.",
        some=text.count(found.outcomes),
        all=text.count(found.outcomes + found.alone),
    )
    return (first, _faster(report.cycle.hazard), brought)


def _faster(of: Hazard) -> str:
    if math.isnan(of.ratio):
        return say(
            "Too few deals are won to say whether strong ties close faster: {events} of at least "
            "{least}.",
            events=text.count(of.events),
            least=text.count(LEAST_EVENTS),
        )
    told = _ratio(of)
    return say(
        "With a tie of strength {strong} a month before, deals close {ratio} as fast as with one "
        "of {weak} (90 %: {low} to {high}).",
        strong=text.decimal(STRONG, 0),
        weak=text.decimal(WEAK, 0),
        **told,
    )


def _ratio(of: Hazard) -> dict[str, str]:
    return {
        "ratio": say("{number} times", number=text.brief(of.ratio, 2)),
        "low": text.brief(of.low, 2),
        "high": text.brief(of.high, 2),
    }


def _numbers(report: OutcomesReport) -> Section:
    rows = tuple(
        (say(_KINDS[one.kind]), *map(text.count, (one.open, one.won, one.lost)))
        for one in report.counts
    )
    if not rows:
        return Section(say("In numbers"), (Paragraph(say("None.")),))
    tiles = [Tile(say("Won"), text.money(*one[::-1])) for one in report.won]
    if not math.isnan(report.hours):
        tiles.append(Tile(say("Hours put in, as far as told"), text.brief(report.hours)))
    table = Table(
        say("Outcomes by kind"),
        heads("What", "Open", "Won", "Lost"),
        rows,
        numeric=frozenset({1, 2, 3}),
    )
    return Section(say("In numbers"), (Tiles(tuple(tiles)), table) if tiles else (table,))


def _cycle(timing: Timing) -> Section:
    title = say("How long a deal takes")
    told = say(
        "From the day a deal began to the day it was won; one that was lost, or is open, counts "
        "up to then. Strength is that of the strongest tie with somebody of theirs, a month before."
    )
    figure = say("Deals that are not won yet")
    return Section(title, (Paragraph(told), *_timed(timing, figure, _faster(timing.hazard))))


def _stay(timing: Timing) -> Section:
    title = say("How long clients stay")
    told = say(
        "From the first deal of a client, an organisation or somebody who is of none, to the day "
        "they left or did not renew."
    )
    of = timing.hazard
    if math.isnan(of.ratio):
        word = say(
            "Too few clients have left to say more: {events} of at least {least}.",
            events=text.count(of.events),
            least=text.count(LEAST_EVENTS),
        )
    else:
        word = say(
            "With a tie of strength {strong} a month before, clients leave {ratio} as fast as with "
            "one of {weak} (90 %: {low} to {high}).",
            strong=text.decimal(STRONG, 0),
            weak=text.decimal(WEAK, 0),
            **_ratio(of),
        )
    return Section(
        title, (Paragraph(told), *_timed(timing, say("Clients who are still there"), word))
    )


def _timed(timing: Timing, figure: str, word: str) -> tuple[Block, ...]:
    drawn = [
        (_group(name), found)
        for name, found in timing.curves
        if found.spells >= LEAST_SPELLS and (name != ALL_NAME or not _several(timing))
    ]
    rows = tuple(
        (
            _group(name),
            text.count(found.spells),
            text.count(found.events),
            text.none() if math.isnan(found.median) else text.span(found.median),
        )
        for name, found in timing.curves
        if found.spells
    )
    blocks: list[Block] = []
    if rows:
        head = heads("Strength before", "How many", "Ended", "Half have ended after")
        blocks.append(Table(figure, head, rows, numeric=frozenset({1, 2})))
    if drawn:
        blocks.append(Picture(return_charts.curves(drawn, title=figure)))
    blocks.append(Paragraph(word))
    if timing.hazard.proportional < 0.05:
        blocks.append(
            Paragraph(
                say(
                    "The difference is not the same early and late (p = {p}): read the curves "
                    "rather than the ratio.",
                    p=text.decimal(timing.hazard.proportional, 3),
                )
            )
        )
    return (*blocks, *_unused(timing.spells))


def _several(timing: Timing) -> bool:
    return (
        sum(found.spells >= LEAST_SPELLS for name, found in timing.curves if name != ALL_NAME) > 1
    )


def _group(name: str) -> str:
    return say(_GROUPS[name], weak=text.decimal(WEAK, 0), strong=text.decimal(STRONG, 0))


def _unused(found: Spells) -> tuple[Block, ...]:
    told = [
        say(message, number=text.count(number))
        for message, number in (
            (later("{number} ended before they began"), found.backwards),
            (later("{number} are with nobody who is known"), found.without_people),
            (later("of {number} no beginning is told"), found.without_beginning),
        )
        if number
    ]
    if not told:
        return ()
    return (Paragraph(say("Left out: {what}.", what=text.joined(told)), quiet=True),)


def _rates(rates: tuple[Rate, ...]) -> Section:
    title = say("Deals and gatherings")
    if not any(rate.decided for rate in rates):
        return Section(title, (Paragraph(say("No deal is decided yet.")),))
    rows = tuple(
        (
            say(_CAME[rate.name]),
            text.count(rate.won),
            text.count(rate.decided),
            text.percent(rate.won / rate.decided) if rate.decided else text.none(),
            say("{low} to {high}", low=text.percent(rate.low), high=text.percent(rate.high))
            if rate.decided
            else text.none(),
        )
        for rate in rates
    )
    head = heads("In the half year before", "Won", "Decided", "Share", "90 %")
    caption = say("Decided deals, by what somebody of theirs came to")
    told = say("You chose whom to invite: this is no experiment.")
    table = Table(caption, head, rows, numeric=frozenset({1, 2, 3}))
    return Section(title, (table, Paragraph(told, quiet=True)))


def _credit(found: Credit) -> Section:
    title = say("Who brought it")
    if not found.brought:
        told = say(
            "No introduction or referral in your data leads to a deal or renewal that was won."
        )
        return Section(title, (Paragraph(told),))
    rows = tuple(map(_brought, found.brought[:LISTED]))
    rest = text.shown_of(len(rows), len(found.brought))
    head = heads("Who", "Outcomes", "Share", "By position", "Worth", "Thanked")
    caption = say("Shares of won deals and renewals; of each they make 1 together")
    told = say(
        "A road is who introduced whom, down to whoever the deal is with. Each on it gets what "
        "adding them brings, on average over all orders (Shapley); by position, the first and the "
        "last of a road get two fifths each."
    )
    table = Table(
        f"{caption}{rest}", head, rows, numeric=frozenset({1, 2, 3}), spare=frozenset({3})
    )
    return Section(title, (table, Paragraph(told, quiet=True)))


def _brought(one: Brought) -> tuple[str, ...]:
    return (
        one.who.name,
        text.count(one.outcomes),
        text.decimal(one.credit, 2),
        text.decimal(one.by_position, 2),
        text.sums(one.value),
        say("yes") if one.thanked else say("not yet"),
    )


def _compounds(quarters: tuple[QuarterEnd, ...]) -> Section:
    rows = tuple(
        (
            text.long_date(one.last),
            text.decimal(one.score),
            text.count(one.two_way_ties),
            text.decimal(one.known_and_trusted),
            text.count(one.gatherings),
            text.sums(one.spent),
            text.count(one.won),
            text.sums(one.worth),
        )
        for one in quarters[::-1]
    )
    head = heads(
        *("Quarter up to", "Score", "Two-way ties", "Known and trusted"),
        *("Gatherings", "Spent", "Won", "Worth"),
    )
    caption = say("Quarter by quarter, the latest first; scores are those of its last day")
    numbers, spare = frozenset(range(1, 8)), frozenset({3, 4, 6})
    blocks: list[Block] = [Table(caption, head, rows, numeric=numbers, spare=spare)]
    course = Course(
        days=tuple(one.last for one in quarters),
        scores=tuple(one.score for one in quarters),
        gatherings=(),
    )
    if sum(not math.isnan(score) for score in course.scores) > 1:
        blocks.append(Picture(course_chart(course)))
    return Section(say("Does it compound?"), tuple(blocks))


def _limits() -> Section:
    told = say(
        "All this is association. Strong ties are not handed out by lot: whoever you know well may "
        "buy, stay or refer for reasons of their own. Strength is that of a month before, so that "
        "a deal does not cause its own letters. Only what your sources recorded is counted."
    )
    return Section(say("What this does not say"), (Paragraph(told),))
