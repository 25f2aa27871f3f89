"""Parts that several report pages have in common, in words and figures."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from roc.reports import charts, text
from roc.reports.document import Block, Bullets, Paragraph, Picture, Section, Table
from roc.reports.provenance import Doubt, Provenance
from roc.reports.returns import Returns
from roc.reports.trusted import Truster, evidence_words
from roc.reports.words import heads, say

_BARS = 10
"""A bar chart with more names than this is read as a table."""


def trusters_section(
    trusters: tuple[Truster, ...], known_and_trusted: float, known: float
) -> Section:
    """Who knows and trusts you: the ranked list and the acts behind each place.

    Args:
        trusters: the people, largest part first.
        known_and_trusted: the sum K over everyone; nan where undefined.
        known: the same without trust.
    """
    title = say("Who knows and trusts you")
    if not trusters:
        return Section(title, (Paragraph(say("Nobody has reached you yet, as far as is known.")),))
    rows = tuple(
        (
            truster.who.name,
            text.decimal(truster.part, 2),
            text.percent(truster.share if truster.share is not None else float("nan")),
            text.signed(truster.trust, 2) if truster.trust else say("no signal"),
            evidence_words(truster),
        )
        for truster in trusters
    )
    first = trusters[:_BARS]
    figure = charts.score_bars(
        "trusters",
        [truster.who.name for truster in first],
        np.array([truster.part for truster in first]),
        np.array([truster.known for truster in first]),
        title=say("Known and trusted, within known"),
        unit=say("points"),
        limit=say("if they trusted you fully"),
    )
    return Section(
        title,
        (
            Paragraph(
                say(
                    "Together everyone makes {known_and_trusted} points, of {known} if all "
                    "of them trusted you fully. A part grows with the days on which somebody "
                    "reached you and with what they did that speaks for you; without a "
                    "signal, half of it counts.",
                    known_and_trusted=text.decimal(known_and_trusted),
                    known=text.decimal(known),
                )
            ),
            Table(
                say("People with the largest part, and the acts behind it"),
                heads("Who", "Part", "Share", "Trust", "Evidence"),
                rows,
                numeric=frozenset({1, 2, 3}),
            ),
            Picture(figure),
        ),
    )


def returns_section(returns: Returns) -> Section:
    """The RoC score, the ties that carry it, and the levers."""
    blocks: list[Block] = [Paragraph(_score(returns))]
    if returns.parts:
        blocks.append(
            Table(
                say("The ties that carry the score"),
                heads("Who", "Points", "Of your effort", "Comes back"),
                tuple(
                    (
                        part.who.name,
                        text.decimal(part.points, 2),
                        text.percent(part.share),
                        text.percent(part.returned),
                    )
                    for part in returns.parts
                ),
                numeric=frozenset({1, 2, 3}),
            )
        )
    if returns.levers:
        blocks.append(
            Table(
                say("What one more two-way day would add"),
                heads("Who", "Points", "Strength", "Last contact"),
                tuple(
                    (
                        lever.who.name,
                        text.signed(lever.points, 2),
                        text.decimal(lever.strength, 0),
                        text.ago(lever.silence_days),
                    )
                    for lever in returns.levers
                ),
                numeric=frozenset({1, 2}),
            )
        )
    return Section(say("Return on connections"), tuple(blocks))


def _score(returns: Returns) -> str:
    if np.isnan(returns.score):
        return say("The score is none: nothing was put in yet, so nothing can come back.")
    score = text.decimal(returns.score)
    before = ""
    if not np.isnan(returns.week_ago):
        before = say("A week ago it was {score}.", score=text.decimal(returns.week_ago)) + " "
    return say(
        "The score is {score} of 100: of what you put in, the part that goes where it comes "
        "back. {before}It is compared with your own past only.",
        score=score,
        before=before,
    )


def doubts_section(doubts: tuple[Doubt, ...]) -> Section:
    """What to bear in mind when reading the numbers."""
    if not doubts:
        return Section(say("Doubts"), (Paragraph(say("None that the data show.")),))
    return Section(say("Doubts"), (Bullets(tuple(doubt.text for doubt in doubts)),))


def origin(basis: Provenance) -> str:
    """Where the numbers come from, in a line for the head of a page."""
    named = text.joined([text.source_name(span.source) for span in basis.sources])
    told = [
        say(
            "From {named}: {people} and {acts} between two people.",
            named=named or say("no source yet"),
            people=text.counted(basis.people, "person", "people"),
            acts=text.counted(basis.acts, "act"),
        )
    ]
    if basis.problems:
        rows = text.sentence(text.counted(basis.problems, "row"))
        told.append(say("{rows} could not be read.", rows=rows))
    if basis.failing:
        silent = text.joined([text.source_name(each.name) for each in basis.failing])
        told.append(say("{silent} could not be asked: see Doubts.", silent=silent))
    return " ".join(told)


def basis_section(basis: Provenance) -> Section:
    """Where the numbers come from: sources, counts, settings."""
    counts = say(
        "As of {as_of}: {people}, {acts} between two people, {set_aside} set "
        "aside, {problems} that could not be read, {undated} without a date.",
        as_of=text.long_date(basis.as_of),
        people=text.counted(basis.people, "person", "people"),
        acts=text.counted(basis.acts, "act"),
        set_aside=text.counted(basis.set_aside, "person", "people"),
        problems=text.counted(basis.problems, "row"),
        undated=text.counted(basis.undated, "act"),
    )
    blocks: list[Block] = [Paragraph(counts)]
    if basis.sources:
        rows = tuple(
            (
                text.source_name(span.source),
                text.long_date(span.first),
                text.long_date(span.last),
                text.count(span.acts),
            )
            for span in basis.sources
        )
        head = heads("Source", "First act", "Last act", "Acts between two people")
        blocks.append(Table(say("What each source covers"), head, rows, numeric=frozenset({3})))
    settings = tuple(
        (name.replace("_", " "), _setting(value)) for name, value in basis.parameters.items()
    )
    blocks.append(
        Table(say("Settings of the scores"), heads("Setting", "Value"), settings, folded=True)
    )
    return Section(say("Where the numbers come from"), tuple(blocks))


def _setting(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {weight:g}" for name, weight in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{number:g}" for number in value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def footer(basis: Provenance) -> str:
    """One line about how the page came about."""
    return say(
        "Made by roc {version} from your own data, as of {day}. The same "
        "data and day give the same page. It loads nothing and sends nothing.",
        version=basis.version,
        day=basis.as_of.isoformat(),
    )


def counted_footer() -> str:
    """One line about how a page of counts came about."""
    return say(
        "Counted by roc from your own data. The same data and day give the same page. It loads "
        "nothing and sends nothing."
    )
