"""The project summary in words: counts to hand on, and what they do not prove."""

import math

from roc.reports import text
from roc.reports.document import Block, Document, Paragraph, Section, Table, Tile, Tiles
from roc.reports.project import Later, NewTie, ProjectReport, Standing
from roc.scoring.gatherings import Effect

_TOO_EARLY = "too early"


def page(report: ProjectReport) -> Document:
    """The project summary as a page.

    Args:
        report: as built by `roc.reports.project.build`.
    """
    dates = f"{text.long_date(report.start)} to {text.long_date(report.end)}"
    return Document(
        title=f"Did {report.title or 'the project'} make friends?",
        subtitle=f"{dates}, as of {text.long_date(report.as_of)}",
        origin="",
        lead=sentences(report),
        sections=(_counts(report), _ties(report), _answers(report), _vouchers(report), _limits()),
        footer=(
            "Counted by roc from the owner's own data. "
            + ("People are named." if report.named else "Names are hidden: P1 is who came first.")
        ),
    )


def sentences(report: ProjectReport) -> tuple[str, ...]:
    """The project in plain sentences, with what may not be concluded from them.

    Args:
        report: as built.
    """
    state = "So far the owner met" if report.running else "The owner met"
    return (
        f"{state} {text.counted(report.met, 'person', 'people')} through it; "
        f"{text.counted(report.new_ties, 'tie')} with the owner and "
        f"{text.counted(report.new_ties_among, 'tie')} among the others became two-way.",
        _lasting(report.later),
        compared(report.anyway),
    )


def compared(anyway: Effect | None) -> str:
    """The new ties against those of groups like it, in a sentence.

    Args:
        anyway: as measured; ``None`` where nobody in particular was in the project.
    """
    if anyway is None:
        return (
            "These are counts. Where the people of a project are named, they are compared with "
            "what would have formed anyway."
        )
    pairs = text.counted(anyway.eligible, "pair")
    told = (
        f"Of {pairs} of them who had never been in touch, {text.count(anyway.formed)} wrote each "
        "other both ways meanwhile, meetings not counted"
    )
    if math.isnan(anyway.chance):
        return f"{told}: too few, or too few others, to say what would have formed anyway."
    return (
        f"{told}; in {text.count(anyway.groups)} groups of others, as many, as busy and as near to "
        f"each other, it was {text.decimal(anyway.expected, 1)}: "
        f"{text.decimal(anyway.excess, 1)} more than would have come anyway "
        f"(90 %: {text.decimal(anyway.low, 1)} to {text.decimal(anyway.high, 1)}; "
        f"p = {text.decimal(anyway.chance, 3)})."
    )


def _lasting(later: tuple[Later, ...]) -> str:
    known = [moment for moment in later if moment.standing is Standing.KNOWN]
    if not known:
        return "It is too early to say which of them last."
    told = [
        f"{text.count(moment.alive)} of {text.count(moment.ties)} were alive "
        f"{text.count(moment.days)} days after the end"
        for moment in known
    ]
    early = [f"{moment.days} days" for moment in later if moment.standing is not Standing.KNOWN]
    rest = f"; too early for {text.joined(early)}" if early else ""
    return f"{text.sentence(text.joined(told))}{rest}."


def _counts(report: ProjectReport) -> Section:
    whom = "everyone in the graph" if report.chosen is None else "chosen by the owner"
    chosen = "" if report.chosen is None else f" of {text.count(report.chosen)}"
    later = tuple(
        Tile(
            f"Alive {moment.days} days after",
            f"{text.count(moment.alive)} of {text.count(moment.ties)}"
            if moment.standing is Standing.KNOWN
            else _TOO_EARLY,
            "both sides acted in the 90 days before",
        )
        for moment in report.later
    )
    tiles = (
        Tile("People active in it", f"{text.count(report.active)}{chosen}", whom),
        Tile("Met through it", text.count(report.met), "first contact inside the window"),
        Tile(
            "New two-way ties",
            text.count(report.new_ties + report.new_ties_among),
            f"{text.count(report.new_ties)} with the owner, "
            f"{text.count(report.new_ties_among)} among the others",
        ),
        *later,
        Tile("Could vouch", text.count(report.could_vouch), "see the evidence below"),
    )
    return Section("In numbers", (Tiles(tiles),))


def _ties(report: ProjectReport) -> Section:
    title = "New two-way ties"
    if not report.ties:
        return Section(title, (Paragraph("None."),))
    early = [f"After {moment.days} days" for moment in report.later]
    total = report.new_ties + report.new_ties_among
    rows = tuple(map(_tie, report.ties))
    rest = text.shown_of(len(rows), total)
    head = ("Who", "With", "Two-way since", "Days in it", *early)
    caption = f"Ties whose first exchange both ways fell inside the window{rest}"
    return Section(title, (Table(caption, head, rows, numeric=frozenset({3})),))


def _tie(tie: NewTie) -> tuple[str, ...]:
    words = {True: "alive", False: "silent", None: _TOO_EARLY}
    since = text.long_date(tie.since)
    return (
        tie.one.name,
        tie.other.name,
        since,
        text.count(tie.days),
        *(words[alive] for alive in tie.alive),
    )


def _answers(report: ProjectReport) -> Section:
    title = "Who answered whom"
    if not report.answers:
        none = "None that the sources mark as answers: replies, comments, quotes."
        return Section(title, (Paragraph(none),))
    rows = tuple(
        (
            answer.answerer.name,
            answer.answered.name,
            text.count(answer.days),
            text.count(answer.returned_days),
        )
        for answer in report.answers
    )
    head = ("Who", "Answered", "On days", "The other way")
    caption = "Replies, comments and quotes inside the window, most frequent first"
    return Section(title, (Table(caption, head, rows, numeric=frozenset({2, 3})),))


def _vouchers(report: ProjectReport) -> Section:
    rule = (
        "Counted is whoever did something that speaks for the owner since the start (a "
        "recommendation, an introduction, a referral, an endorsement, thanks), or reached the "
        f"owner, and was reached, on at least {text.counted(report.vouch_days, 'day')} inside "
        "the window."
    )
    blocks: list[Block] = [Paragraph(rule)]
    if report.vouchers:
        rows = tuple(
            (
                voucher.who.name,
                text.count(voucher.signals),
                text.count(voucher.received_days),
                text.count(voucher.given_days),
            )
            for voucher in report.vouchers
        )
        head = ("Who", "Spoke for the owner", "Days they acted", "Days the owner acted")
        caption = "People who could vouch, and from what evidence"
        blocks.append(Table(caption, head, rows, numeric=frozenset({1, 2, 3})))
    else:
        blocks.append(Paragraph("None."))
    return Section("Who could vouch", tuple(blocks))


def _limits() -> Section:
    told = (
        "The comparison takes off what groups like this one form anyway; what else set these "
        "people apart it cannot know. Only what sources recorded is counted; what passed face to "
        "face and was never written down is missing."
    )
    return Section("What this does not say", (Paragraph(told),))
