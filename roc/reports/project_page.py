"""The project summary in words: counts to hand on, and what they do not prove."""

import math

from roc.reports import text
from roc.reports.document import Block, Bullets, Document, Paragraph, Section, Table, Tile, Tiles
from roc.reports.growth import Growth
from roc.reports.project import Later, NewTie, ProjectReport, Standing
from roc.reports.words import heads, later, say
from roc.scoring.gatherings import Effect

_TOO_EARLY = later("too early")


def page(report: ProjectReport) -> Document:
    """The project summary as a page.

    Args:
        report: as built by `roc.reports.project.build`.
    """
    names = say("Names are hidden: P1 is who came first.")
    if report.named:
        names = say("People are named who are not P1, P2, …")
    return Document(
        title=say("Did {title} make friends?", title=report.title or say("the project")),
        subtitle=say(
            "{first} to {last}, as of {as_of}",
            first=text.long_date(report.start),
            last=text.long_date(report.end),
            as_of=text.long_date(report.as_of),
        ),
        origin="",
        lead=sentences(report),
        sections=(
            _counts(report),
            _ties(report),
            _growth(report.growth),
            _answers(report),
            _vouchers(report),
            _evidence(report),
            _limits(),
        ),
        footer=" ".join([say("Counted by roc from the owner's own data."), names]),
    )


def sentences(report: ProjectReport) -> tuple[str, ...]:
    """The project in plain sentences, with what may not be concluded from them.

    Args:
        report: as built.
    """
    met = later("The owner met {people} through it.")
    if report.running:
        met = later("So far the owner met {people} through it.")
    became = say(
        "{ties} with the owner and {among} among the others became two-way.",
        ties=text.sentence(text.counted(report.new_ties, "tie")),
        among=text.counted(report.new_ties_among, "tie"),
    )
    return (
        f"{say(met, people=text.counted(report.met, 'person', 'people'))} {became}",
        _lasting(report.later),
        compared(report.anyway),
    )


def compared(anyway: Effect | None) -> str:
    """The new ties against those of groups like it, in a sentence.

    Args:
        anyway: as measured; ``None`` where nobody in particular was in the project.
    """
    if anyway is None:
        return say(
            "These are counts. Where the people of a project are named, they are "
            "compared with what would have formed anyway."
        )
    pairs = text.counted(anyway.eligible, "pair")
    told = say(
        "Of {pairs} of them who had never been in touch, {formed} wrote each other both ways "
        "meanwhile, meetings not counted.",
        pairs=pairs,
        formed=text.count(anyway.formed),
    )
    if math.isnan(anyway.chance):
        few = say("Too few, or too few others, to say what would have formed anyway.")
        return f"{told} {few}"
    beside = say(
        "In {groups} groups of others, as many, as busy and as near to each other, it was "
        "{expected}: {excess} more than would have come anyway (90 %: {low} to {high}; "
        "p = {chance}).",
        groups=text.count(anyway.groups),
        expected=text.decimal(anyway.expected, 1),
        excess=text.decimal(anyway.excess, 1),
        low=text.decimal(anyway.low, 1),
        high=text.decimal(anyway.high, 1),
        chance=text.decimal(anyway.chance, 3),
    )
    return f"{told} {beside}"


def _lasting(moments: tuple[Later, ...]) -> str:
    known = [moment for moment in moments if moment.standing is Standing.KNOWN]
    if not known:
        return say("It is too early to say which of them last.")
    told = [
        say(
            "{alive} of {ties} were alive {days} days after the end",
            alive=text.count(moment.alive),
            ties=text.count(moment.ties),
            days=text.count(moment.days),
        )
        for moment in known
    ]
    early = [
        text.counted(moment.days, "day")
        for moment in moments
        if moment.standing is not Standing.KNOWN
    ]
    lasted = f"{text.sentence(text.joined(told))}."
    if not early:
        return lasted
    return f"{lasted} {say('Too early for {days}.', days=text.joined(early))}"


def _counts(report: ProjectReport) -> Section:
    whom = say("everyone in the graph") if report.chosen is None else say("chosen by the owner")
    active = text.count(report.active)
    if report.chosen is not None:
        active = _of(report.active, report.chosen)
    later_tiles = tuple(
        Tile(
            say("Alive {days} days after", days=text.count(moment.days)),
            _of(moment.alive, moment.ties)
            if moment.standing is Standing.KNOWN
            else say(_TOO_EARLY),
            say("both sides acted in the 90 days before"),
        )
        for moment in report.later
    )
    tiles = (
        Tile(say("People active in it"), active, whom),
        Tile(say("Met through it"), text.count(report.met), say("first contact inside the window")),
        Tile(
            say("New two-way ties"),
            text.count(report.new_ties + report.new_ties_among),
            say(
                "{new_ties} with the owner, {new_ties_among} among the others",
                new_ties=text.count(report.new_ties),
                new_ties_among=text.count(report.new_ties_among),
            ),
        ),
        *later_tiles,
        *_answered_within(report),
        Tile(say("Could vouch"), text.count(report.could_vouch), say("see the evidence below")),
    )
    return Section(say("In numbers"), (Tiles(tiles),))


def _answered_within(report: ProjectReport) -> tuple[Tile, ...]:
    half = say("half of the time")
    told = (
        (say("The owner was answered within"), report.reply_hours),
        (say("The owner answered within"), report.own_reply_hours),
    )
    return tuple(Tile(what, text.hours(span), half) for what, span in told if not math.isnan(span))


def _of(part: int, whole: int) -> str:
    return say("{shown} of {total}", shown=text.count(part), total=text.count(whole))


def _ties(report: ProjectReport) -> Section:
    title = say("New two-way ties")
    if not report.ties:
        return Section(title, (Paragraph(say("None.")),))
    early = [say("After {days} days", days=text.count(moment.days)) for moment in report.later]
    total = report.new_ties + report.new_ties_among
    rows = tuple(map(_tie, report.ties))
    rest = text.shown_of(len(rows), total)
    head = (*heads("Who", "With", "Two-way since", "Days in it"), *early)
    caption = say("Ties whose first exchange both ways fell inside the window{rest}", rest=rest)
    return Section(title, (Table(caption, head, rows, numeric=frozenset({3})),))


def _tie(tie: NewTie) -> tuple[str, ...]:
    words = {True: say("alive"), False: say("silent"), None: say(_TOO_EARLY)}
    since = text.long_date(tie.since)
    return (
        tie.one.name,
        tie.other.name,
        since,
        text.count(tie.days),
        *(words[alive] for alive in tie.alive),
    )


def _growth(of: Growth) -> Section:
    told = [
        say(
            "Newcomers, whose first act with anybody here fell into it: {newcomers}; back in "
            "another month: {returning}; among the few who make four fifths of its days: {core}.",
            newcomers=text.count(of.newcomers),
            returning=text.count(of.returning),
            core=text.count(of.core),
        ),
        say(
            "Of the new two-way ties {moved} went on afterwards in a place where nothing of them "
            "had passed before.",
            moved=text.count(of.moved),
        ),
    ]
    if of.told_apart:
        joined = say(
            "{bridged} of {apart} joined people of different communities, as these were before.",
            bridged=text.count(of.bridged),
            apart=text.count(of.told_apart),
        )
        told.append(joined)
    return Section(say("What grew"), (Bullets(tuple(told)),))


def _evidence(report: ProjectReport) -> Section:
    told = say(
        "Behind these counts are {lines} of who reached whom on which day, in the owner's hands. "
        "Their SHA-256 digest is {digest}: what is shown later can be held beside it.",
        lines=text.counted(report.evidence.lines, "line"),
        digest=report.evidence.sha256,
    )
    return Section(say("Evidence"), (Paragraph(told),))


def _answers(report: ProjectReport) -> Section:
    title = say("Who answered whom")
    if not report.answers:
        none = say("None that the sources mark as answers: replies, comments, quotes.")
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
    head = heads("Who", "Answered", "On days", "The other way")
    caption = say("Replies, comments and quotes inside the window, most frequent first")
    return Section(title, (Table(caption, head, rows, numeric=frozenset({2, 3})),))


def _vouchers(report: ProjectReport) -> Section:
    rule = say(
        "Counted is whoever did something that speaks for the owner since the "
        "start (a recommendation, an introduction, a referral, an endorsement, "
        "thanks), or reached the owner, and was reached, on at least {days} "
        "inside the window.",
        days=text.counted(report.vouch_days, "day"),
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
        head = heads("Who", "Spoke for the owner", "Days they acted", "Days the owner acted")
        caption = say("People who could vouch, and from what evidence")
        blocks.append(Table(caption, head, rows, numeric=frozenset({1, 2, 3})))
    else:
        blocks.append(Paragraph(say("None.")))
    return Section(say("Who could vouch"), tuple(blocks))


def _limits() -> Section:
    told = say(
        "The comparison takes off what groups like this one form anyway; what "
        "else set these people apart it cannot know. Only what sources recorded "
        "is counted; what passed face to face and was never written down is "
        "missing."
    )
    return Section(say("What this does not say"), (Paragraph(told),))
