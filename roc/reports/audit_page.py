"""The audit in words and figures, in the order in which it is read."""

import math

import numpy as np

from roc.reports import charts, text
from roc.reports.audit import (
    EVEN,
    MISSED,
    STRONG,
    Attention,
    AuditReport,
    Group,
    GroupOfTies,
    TieLine,
)
from roc.reports.breakdown import FollowCount, Segment
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
from roc.reports.neighbourhood_page import neighbourhood_section
from roc.reports.parts import (
    basis_section,
    doubts_section,
    footer,
    origin,
    returns_section,
    trusters_section,
)
from roc.reports.words import heads, later, say, say_counted

_GROUP_WORDS: dict[Group, str] = {
    Group.STRONG: later("Two-way and strong"),
    Group.LIGHT: later("Two-way and light"),
    Group.GIVING: later("Giving without return"),
    Group.RECEIVING: later("Receiving without giving"),
    Group.SILENT: later("Silent"),
}

_GROUP_CAPTIONS: dict[Group, str] = {
    Group.STRONG: later("Two-way and strong: the strongest"),
    Group.LIGHT: later("Two-way and light: the nearest to strong"),
    Group.GIVING: later("Giving without return: where most of your effort goes"),
    Group.RECEIVING: later("Receiving without giving: who gives most"),
    Group.SILENT: later("Silent: the strongest once"),
}


def page(report: AuditReport) -> Document:
    """The audit as a page.

    Args:
        report: as built by `roc.reports.audit.build`.
    """
    sections = (
        _numbers(report),
        _groups(report),
        _risk(report.at_risk),
        _attention(report),
        neighbourhood_section(report.neighbourhood),
        trusters_section(report.trusters, report.known_and_trusted, report.known),
        returns_section(report.returns),
        _follows(report.follows),
        _sources(report),
        _organisations(report.organisations),
        *((_tags(report.tags),) if report.tags else ()),
        doubts_section(report.doubts),
        basis_section(report.basis),
    )
    return Document(
        title=say("An audit of your connections"),
        subtitle=say("As of {as_of}", as_of=text.long_date(report.basis.as_of)),
        origin=origin(report.basis),
        lead=sentences(report),
        sections=with_links(sections, report.behind),
        footer=footer(report.basis),
    )


def sentences(report: AuditReport) -> tuple[str, ...]:
    """The audit in a few plain sentences.

    Args:
        report: as built.
    """
    groups = {group.group: group for group in report.groups}
    strong, giving = groups[Group.STRONG], groups[Group.GIVING]
    ties = sum(group.ties for group in report.groups)
    told = [
        say_counted(
            strong.ties,
            "{ties} of {all} is two-way and strong.",
            "{ties} of {all} are two-way and strong.",
            ties=text.sentence(text.counted(strong.ties, "tie")),
            all=text.count(ties),
        )
    ]
    if not math.isnan(giving.effort):
        told.append(
            say(
                "{share} of your effort goes where little comes back.",
                share=text.sentence(text.percent(giving.effort)),
            )
        )
    if report.at_risk:
        names = [line.who.name for line in report.at_risk[:3]]
        told.append(text.ended(say("Cooling or gone quiet: {names}", names=text.joined(names))))
    return tuple(told)


def _numbers(report: AuditReport) -> Section:
    tiles = (
        Tile(say("People with a tie"), text.count(report.people)),
        Tile(
            say("Active two-way ties"), text.count(report.two_way_ties), say("in the last 90 days")
        ),
        Tile(say("Of all that passed, returned"), text.percent(report.reciprocity)),
        Tile(
            say("They answer you within"), text.hours(report.reply_hours), say("half of the time")
        ),
        Tile(
            say("You answer them within"),
            text.hours(report.own_reply_hours),
            say("half of the time"),
        ),
        Tile(
            say("Attention on the five who get most"), text.percent(report.attention.inner_circle)
        ),
    )
    return Section(say("In numbers"), (Tiles(tiles),))


def _groups(report: AuditReport) -> Section:
    rows = tuple(
        (
            say(_GROUP_WORDS[group.group]),
            text.count(group.ties),
            text.percent(group.attention),
            text.percent(group.effort),
        )
        for group in report.groups
    )
    blocks: list[Block] = [
        Paragraph(
            say(
                "Strong means a strength of {strong} or more; two-way means a balance of "
                "{even} or more: neither side acts more than four times as much as the "
                "other. Groups carry no verdict: a one-sided tie may be a teacher, a "
                "client or a child.",
                strong=text.decimal(STRONG, 0),
                even=text.brief(EVEN),
            )
            + _untied(report.untied)
        ),
        Table(
            say("Ties by strength and balance"),
            heads("Group", "Ties", "Attention", "Your effort"),
            rows,
            numeric=frozenset({1, 2, 3}),
        ),
    ]
    if report.strengths:
        strengths, balances = np.array(report.strengths), np.array(report.balances)
        silent = sum(group.ties for group in report.groups if group.group is Group.SILENT)
        figure = charts.tie_map(strengths, balances, silent=silent, strong=STRONG, even=EVEN)
        blocks.append(Picture(figure))
    blocks += [_group_table(group) for group in report.groups if group.first]
    return Section(say("Strength and balance"), tuple(blocks))


def _untied(people: int) -> str:
    if not people:
        return ""
    more = text.counted(people, "more person", "more people")
    told = say(
        "With {more} that sources name nothing ever passed; no group counts them.", more=more
    )
    return f" {told}"


def _group_table(group: GroupOfTies) -> Table:
    rest = text.shown_of(len(group.first), group.ties)
    return _tie_table(f"{say(_GROUP_CAPTIONS[group.group])}{rest}", group.first)


def _tie_table(caption: str, lines: tuple[TieLine, ...]) -> Table:
    rows = tuple(
        (
            line.who.name,
            text.decimal(line.strength, 0),
            text.decimal(line.balance, 2),
            text.count(line.given_days),
            text.count(line.received_days),
            text.ago(line.silence_days),
        )
        for line in lines
    )
    head = heads("Who", "Strength", "Balance", "Days you", "Days they", "Last contact")
    return Table(caption, head, rows, numeric=frozenset({1, 2, 3, 4}), spare=frozenset({2}))


def _risk(lines: tuple[TieLine, ...]) -> Section:
    title = say("Cooling or gone quiet")
    if not lines:
        return Section(title, (Paragraph(say("No two-way tie is cooling, fading or missed.")),))
    rows = tuple(
        (
            line.who.name,
            text.decimal(line.strength, 0),
            text.decimal(line.balance, 2),
            _state(line),
            text.ago(line.silence_days),
        )
        for line in lines
    )
    table = Table(
        say(
            "Two-way ties that cool, fade, or went quiet at a strength of {missed} or more",
            missed=text.decimal(MISSED, 0),
        ),
        heads("Who", "Strength", "Balance", "State", "Last contact"),
        rows,
        numeric=frozenset({1, 2}),
        spare=frozenset({2}),
    )
    return Section(title, (table,))


def _state(line: TieLine) -> str:
    told = {"cooling": [say("cooling")], "dormant": [say("gone quiet")]}.get(line.state, [])
    return text.joined([*told, say("fading")] if line.fading else told)


def _attention(report: AuditReport) -> Section:
    attention = report.attention
    if not attention.people_share:
        return Section(say("Attention"), (Paragraph(say("None: nothing has passed.")),))
    giving = next(group for group in report.groups if group.group is Group.GIVING)
    levers = [lever.who.name for lever in report.returns.levers]
    blocks: list[Block] = [Picture(_curve(attention))]
    if giving.ties and not math.isnan(giving.effort):
        blocks.append(
            Paragraph(
                say(
                    "Little comes back for {share} of your effort: it goes to {ties} in which "
                    "you give and they do not.",
                    share=text.percent(giving.effort),
                    ties=text.counted(giving.ties, "tie"),
                )
            )
        )
    if levers:
        blocks.append(
            Paragraph(
                text.ended(say("A day would do most with {names}", names=text.joined(levers)))
            )
        )
    return Section(say("Attention"), tuple(blocks))


def _curve(attention: Attention) -> Drawing:
    return charts.lorenz(
        np.array(attention.people_share), np.array(attention.attention_share), gini=attention.gini
    )


def _follows(follows: tuple[FollowCount, ...]) -> Section:
    title = say("Who follows back")
    if not follows:
        return Section(title, (Paragraph(say("None: no source states who follows whom.")),))
    rows = tuple(
        (
            text.source_name(line.source),
            *map(text.count, (line.mutual, line.fans, line.not_back, line.connected)),
            text.count(line.mutual_silent),
        )
        for line in follows
    )
    head = heads("Source", "Mutual", "They only", "You only", "Connected", "Of these silent")
    caption = say(
        "Follows and connections by source; silent: mutual or connected, but nothing passes"
    )
    return Section(title, (Table(caption, head, rows, numeric=frozenset(range(1, 6))),))


def _sources(report: AuditReport) -> Section:
    title = say("By source")
    if not report.sources:
        return Section(title, (Paragraph(say("None: nothing has passed.")),))
    rows = tuple(
        (
            text.source_name(line.source),
            *map(text.count, (line.people, line.two_way, line.only_here, line.acts)),
            text.long_date(line.last),
        )
        for line in report.sources
    )
    head = heads("Source", "People", "Two-way there", "Only there", "Acts with you", "Last act")
    blocks: list[Block] = [
        Table(say("What each source carries"), head, rows, numeric=frozenset({1, 2, 3, 4}))
    ]
    if report.flows:
        figure = charts.source_flows(
            [text.source_name(flow.source) for flow in report.flows],
            np.array([flow.given for flow in report.flows]),
            np.array([flow.received for flow in report.flows]),
        )
        blocks.append(Picture(figure))
    return Section(title, tuple(blocks))


def _organisations(organisations: tuple[Segment, ...]) -> Section:
    title = say("By organisation")
    if not organisations:
        return Section(title, (Paragraph(say("None: no source says who works where.")),))
    head = heads(
        "Organisation", "People", "Live two-way", "Strong", "Strongest", "Attention", "Remark"
    )
    remarks = [say("one live tie only") if line.single_threaded else "" for line in organisations]
    rows = tuple((*_segment(line), told) for line, told in zip(organisations, remarks, strict=True))
    caption = say("Organisations with most people")
    return Section(title, (Table(caption, head, rows, numeric=_SEGMENT_NUMBERS),))


def _tags(tags: tuple[Segment, ...]) -> Section:
    head = heads("Tag", "People", "Live two-way", "Strong", "Strongest", "Attention")
    rows = tuple(map(_segment, tags))
    caption = say("Your own tags; who bears two counts in both")
    return Section(say("By tag"), (Table(caption, head, rows, numeric=_SEGMENT_NUMBERS),))


_SEGMENT_NUMBERS = frozenset(range(1, 6))


def _segment(line: Segment) -> tuple[str, ...]:
    return (
        line.name,
        *map(text.count, (line.people, line.live, line.strong)),
        text.decimal(line.strongest, 0),
        text.percent(line.attention),
    )
