"""The weekly report in words and figures, in the order in which it is read."""

import math
from dataclasses import replace

import numpy as np

from roc.reports import charts, text
from roc.reports.course import course_chart
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
from roc.reports.drawing import Drawing
from roc.reports.linking import with_links
from roc.reports.moves import COOLER, WARMER, Move
from roc.reports.neighbourhood_page import neighbourhood_section
from roc.reports.parts import (
    basis_section,
    doubts_section,
    footer,
    origin,
    returns_section,
    trusters_section,
)
from roc.reports.steps import Reason, Step
from roc.reports.tones import Tone
from roc.reports.weekly import Number, Rhythm, Unit, WeeklyReport
from roc.reports.weekly_people import (
    cold_section,
    favours_section,
    in_view_section,
    owed_section,
    readings_section,
    steps_section,
    usual,
)
from roc.reports.words import heads, later, say
from roc.scoring import change


def page(report: WeeklyReport) -> Document:
    """The weekly report as a page.

    A week in which nothing moved makes a short page: the numbers, what to do, the doubts.

    Args:
        report: as built by `roc.reports.weekly.build`.
    """
    sections = [_numbers(report.numbers)]
    if not report.quiet:
        sections += [_moves(report)]
    sections += [owed_section(report), steps_section(report)]
    if report.in_view:
        sections += [in_view_section(report.in_view)]
    if report.cold:
        sections += [cold_section(report.cold)]
    if report.readings:
        sections += [readings_section(report.readings)]
    if report.favours and not report.quiet:
        sections += [favours_section(report.favours)]
    if not report.quiet:
        sections += [
            trusters_section(report.trusters, report.known_and_trusted, report.known),
            _returns(report),
            _flows(report),
        ]
    if report.tone.turned or (report.tone.messages and not report.quiet):
        sections += [_tone(report.tone)]
    if report.neighbourhood and not report.quiet:
        sections += [neighbourhood_section(report.neighbourhood)]
    sections += [doubts_section(report.doubts), basis_section(report.basis)]
    dates = say(
        "{first} to {last}",
        first=text.long_date(report.week_start),
        last=text.long_date(report.basis.as_of),
    )
    return Document(
        title=say("Your connections this week"),
        subtitle=dates,
        origin=origin(report.basis),
        lead=sentences(report),
        sections=with_links(sections, report.behind),
        footer=footer(report.basis),
    )


def sentences(report: WeeklyReport) -> tuple[str, str, str]:
    """The week in three plain sentences: what deepened, what is fading, what needs an action.

    Args:
        report: as built.
    """
    moves = report.moves
    if moves is None:
        return (
            say("This is the first report, so there is no earlier week to compare with."),
            _fading_first(report),
            _action(report.steps),
        )
    if not moves:
        return (
            say("Nothing moved this week."),
            say("No tie changed its band and none went quiet."),
            _action(report.steps),
        )
    warmer = [move.who.name for move in moves if move.what in WARMER]
    cooler = [move.who.name for move in moves if move.what in COOLER]
    return (
        text.ended(say("Deepened: {warmer}", warmer=_some(warmer)))
        if warmer
        else say("No tie deepened this week."),
        text.ended(say("Quieter: {cooler}", cooler=_some(cooler)))
        if cooler
        else say("No tie became quieter."),
        _action(report.steps),
    )


def _some(names: list[str], limit: int = 3) -> str:
    rest = len(names) - limit
    return text.joined(
        [*names[:limit], say("{rest} more", rest=text.count(rest))] if rest > 0 else names
    )


def _fading_first(report: WeeklyReport) -> str:
    quiet = [step.who.name for step in report.steps if step.reason is Reason.RECONNECT]
    if not quiet:
        return say("No strong tie is quieter than its own rhythm.")
    return text.ended(say("Quieter than their own rhythm: {quiet}", quiet=_some(quiet)))


def _action(steps: tuple[Step, ...]) -> str:
    if not steps:
        return say("Nothing asks for anything from you.")
    return text.ended(
        say("If you do one thing, {this}", this=say(_DO[steps[0].reason], who=steps[0].who.name))
    )


_DO: dict[Reason, str] = {
    Reason.CADENCE: later("be in touch with {who}"),
    Reason.REPLY: later("answer {who}"),
    Reason.THANK: later("thank {who}"),
    Reason.RECONNECT: later("get back in touch with {who}"),
    Reason.FOLLOW_UP: later("follow up with {who}"),
    Reason.INVEST: later("make time for {who}"),
}


def _numbers(numbers: tuple[Number, ...]) -> Section:
    tiles = tuple(Tile(number.name, _value(number), _compared(number)) for number in numbers)
    weeks = max(number.weeks for number in numbers)
    remark = say(
        "Usually: your own median over up to {weeks} before this one.",
        weeks=text.counted(weeks, "week"),
    )
    remarks = (Paragraph(remark, quiet=True),) if weeks else ()
    return Section(say("The week in numbers"), (Tiles(tiles), *remarks))


def _value(number: Number, value: float | None = None) -> str:
    shown = number.value if value is None else value
    if number.unit is Unit.HOURS:
        return text.hours(shown)
    if number.unit is Unit.SHARE:
        return text.percent(shown)
    return text.brief(shown, 0 if value is None else 1)


def _compared(number: Number) -> str:
    told = []
    if not math.isnan(number.week_ago):
        told.append(say("a week ago {value}", value=_value(number, number.week_ago)))
    if number.weeks:
        told.append(say("usually {value}", value=_value(number, number.median)))
    return "; ".join(told) or say("no history yet")


def _moves(report: WeeklyReport) -> Section:
    moves = report.moves
    if moves is None:
        return Section(say("What moved"), (Paragraph(say("No history yet."), quiet=True),))
    rows = tuple(
        (
            move.who.name,
            say(_MOVED[move.what]),
            f"{say(move.was)} → {say(move.now)}" if move.was != move.now else say(move.now),
            _points(move),
            text.ago(move.silence_days) + usual(move.gap_days),
        )
        for move in moves
    )
    rest = text.shown_of(len(moves), report.moved)
    drawn = [move for move in moves if not math.isnan(move.strength)]
    blocks: list[Block] = [
        Table(
            say("Ties that changed their band, became two-way, or went quiet{rest}", rest=rest),
            heads("Who", "What happened", "From, to", "Strength", "Last contact"),
            rows,
            numeric=frozenset({3}),
        )
    ]
    if drawn:
        figure = charts.slope(
            [move.who.name for move in drawn],
            np.array([move.strength_before for move in drawn]),
            np.array([move.strength for move in drawn]),
        )
        blocks.append(Picture(figure))
    return Section(say("What moved"), tuple(blocks))


_MOVED: dict[change.Move, str] = {
    change.Move.TWO_WAY: later("first two-way exchange"),
    change.Move.RETURNED: later("back after a silence"),
    change.Move.WENT_QUIET: later("quieter than usual"),
    change.Move.BAND_UP: later("stronger"),
    change.Move.BAND_DOWN: later("weaker"),
    change.Move.NEW: later("first contact, one way so far"),
}


def _points(move: Move) -> str:
    return f"{text.decimal(move.strength_before, 0)} → {text.decimal(move.strength, 0)}"


def _returns(report: WeeklyReport) -> Section:
    """The score with its course, where there is one."""
    section = returns_section(report.returns)
    if sum(not math.isnan(score) for score in report.course.scores) < 2:
        return section
    return replace(section, blocks=(*section.blocks, Picture(course_chart(report.course))))


def _flows(report: WeeklyReport) -> Section:
    flows = report.flows
    if not flows:
        return Section(say("What passed"), (Paragraph(say("Nothing passed lately.")),))
    blocks: list[Block] = [
        Picture(
            charts.in_out_bars(
                [flow.who.name for flow in flows],
                np.array([flow.given for flow in flows]),
                np.array([flow.received for flow in flows]),
            )
        )
    ]
    if report.rhythm.sources:
        blocks.append(Picture(_rhythm(report.rhythm)))
    return Section(say("What passed"), tuple(blocks))


def _tone(tone: Tone) -> Section:
    judged = say(
        "Told by the words of {messages} in English, of {all} in all; "
        "the last quarter beside the year before it.",
        messages=text.counted(tone.judged, "message"),
        all=text.count(tone.messages),
    )
    if not tone.turned:
        said: Block = Paragraph(say("Nobody writes otherwise than before."))
    else:
        rows = tuple(
            (
                turned.who.name,
                say("you write") if turned.by_ego else say("they write"),
                say("warmer") if turned.change > 0 else say("cooler"),
                f"{text.decimal(turned.warmth - turned.change, 2)} → "
                f"{text.decimal(turned.warmth, 2)}",
                text.count(turned.judged),
            )
            for turned in tone.turned
        )
        head = heads("Who", "Which way", "How", "Warmth", "Messages")
        said = Table(say("Whose tone changed"), head, rows, numeric=frozenset({3, 4}))
    return Section(say("How it is written"), (said, Paragraph(judged, quiet=True)))


def _rhythm(rhythm: Rhythm) -> Drawing:
    return charts.week_map(
        [text.source_name(source) for source in rhythm.sources],
        rhythm.weeks,
        np.array(rhythm.acts, dtype=np.int64),
    )
