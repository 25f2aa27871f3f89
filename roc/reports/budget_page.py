"""The Connection Budget in words and figures, in the order in which it is read."""

import math

import numpy as np

from roc.reports import return_charts, text
from roc.reports.budget import BudgetReport, Format
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
from roc.reports.evenings import Evening, Read, Standing
from roc.reports.parts import counted_footer
from roc.reports.spending import Quarter
from roc.reports.words import heads, later, say
from roc.scoring.budget import DEEPENING_POWER, READ_DAYS, Difference
from roc.scoring.gatherings import Effect

_STANDING: dict[Standing, str] = {
    Standing.TOO_EARLY: later("too early"),
    Standing.TOO_FEW: later("too few to say"),
    Standing.TOO_MANY: later("too many to compare"),
}


def page(report: BudgetReport) -> Document:
    """The Connection Budget as a page.

    Args:
        report: as built by `roc.reports.budget.build`.
    """
    sections = [_numbers(report)]
    if report.evenings:
        sections += [_gatherings(report.evenings), _formats(report), _followed(report)]
    if report.quarters:
        sections += [_quarters(report.quarters)]
    return Document(
        title=say("Your Connection Budget"),
        subtitle=say("As of {as_of}", as_of=text.long_date(report.as_of)),
        origin="",
        lead=sentences(report),
        sections=(*sections, _limits()),
        footer=counted_footer(),
    )


def sentences(report: BudgetReport) -> tuple[str, ...]:
    """The budget in a few plain sentences.

    Args:
        report: as built.
    """
    if not report.total and report.tag:
        return (say("No gathering has the tag or format {tag} so far.", tag=report.tag),)
    if not report.total and report.ahead:
        return (
            say("No gathering took place so far; {ahead} ahead.", ahead=text.count(report.ahead)),
        )
    if not report.total:
        return (
            say(
                'No gathering is known yet. Write one down: roc log "2026-03-05 me -> ana, ben '
                'dinner cost 420 EUR"'
            ),
        )
    gatherings = text.sentence(text.counted(report.total, "gathering"))
    took = say("{gatherings} took place so far.", gatherings=gatherings)
    if report.spent:
        costs = text.sums(report.spent)
        took = say(
            "{gatherings} took place so far; {costs} was spent.", gatherings=gatherings, costs=costs
        )
    return (took, _found(report.pool.effect), *_tie_cost(report))


def _found(found: Effect) -> str:
    if math.isnan(found.chance):
        return say("Too few pairs of guests are strangers, or it is too early, to say what came.")
    told = say(
        "After {days} days {formed} of {pairs} who had never been in touch wrote each other both "
        "ways; {expected} would have anyway: {excess} more (90 %: {low} to {high}).",
        days=text.count(READ_DAYS),
        formed=text.count(found.formed),
        pairs=text.counted(found.eligible, "pair"),
        expected=text.decimal(found.expected),
        excess=text.decimal(found.excess),
        low=text.decimal(found.low),
        high=text.decimal(found.high),
    )
    if found.low > 0:
        return told
    return f"{told} {say('That may be chance.')}"


def _tie_cost(report: BudgetReport) -> tuple[str, ...]:
    """What a tie cost, where there are ties beyond chance; else a price would be a fancy."""
    currencies = [currency for currency, _ in report.spent]
    if math.isnan(report.cost_per_tie) or report.pool.effect.low <= 0 or len(currencies) != 1:
        return ()
    cost, low, high = (
        text.money(amount, currencies[0], 0)
        for amount in (report.cost_per_tie, *report.cost_between)
    )
    told = say(
        "At the {gatherings} that can be read a new tie cost {cost} (90 %: {low} to {high}).",
        gatherings=text.counted(report.pool.gatherings, "gathering"),
        cost=cost,
        low=low,
        high=high,
    )
    return (told,)


def _numbers(report: BudgetReport) -> Section:
    pool = report.pool
    tiles = [
        Tile(say("Gatherings"), text.count(report.total), _ahead(report.ahead)),
        *(Tile(say("Spent"), text.money(*one[::-1])) for one in report.spent),
        Tile(
            say("New two-way ties beyond what would have formed"),
            text.decimal(pool.effect.excess),
            _interval(pool.effect.low, pool.effect.high),
        ),
        Tile(
            say("Days more with guests you knew"),
            text.none() if math.isnan(pool.deepened) else text.signed(pool.deepened),
            _interval(pool.deepened_low, pool.deepened_high),
        ),
    ]
    if not math.isnan(report.hours):
        tiles.append(Tile(say("Hours put in"), text.brief(report.hours), _in_ten_hours(report)))
    least, most = (text.percent(share) for share in DEEPENING_POWER)
    remark = say(
        "Days of contact with you in {days} days after less before, a guest, beside guests of "
        "placebo groups. A deepening is hard to see: with ten guests it is found {least} to "
        "{most} of the time.",
        days=text.count(READ_DAYS),
        least=least,
        most=most,
    )
    return Section(say("In numbers"), (Tiles(tuple(tiles)), Paragraph(remark, quiet=True)))


def _in_ten_hours(report: BudgetReport) -> str:
    if math.isnan(report.ties_per_ten_hours):
        return ""
    return say("{ties} new ties in ten hours", ties=text.decimal(report.ties_per_ten_hours))


def _ahead(ahead: int) -> str:
    return say("{ahead} ahead", ahead=text.count(ahead)) if ahead else ""


def _interval(low: float, high: float) -> str:
    if math.isnan(low):
        return ""
    return say("90 %: {low} to {high}", low=text.decimal(low), high=text.decimal(high))


def _between(of: Effect) -> str:
    return say("{low} to {high}", low=text.decimal(of.low), high=text.decimal(of.high))


def _gatherings(evenings: tuple[Evening, ...]) -> Section:
    rows = tuple(
        (
            evening_name(one),
            _came(one),
            text.none() if math.isnan(one.cost) else text.money(one.cost, one.currency),
            *(reading_words(read) for read in one.read),
        )
        for one in evenings
    )
    after = [say("After {days} days", days=text.count(read.days)) for read in evenings[0].read]
    caption = say("New two-way ties beyond what would have formed anyway, latest gathering first")
    table = Table(
        caption,
        (*heads("Gathering", "Guests", "Cost"), *after),
        rows,
        numeric=frozenset({1, 2}),
        spare=frozenset({3, 6}),
    )
    blocks: list[Block] = [table]
    told = [(one, effect) for one in evenings if (effect := _longest(one)) is not None]
    if told:
        figure = return_charts.intervals(
            [_short_name(one) for one, _ in told],
            np.array([effect.excess for _, effect in told]),
            np.array([effect.low for _, effect in told]),
            np.array([effect.high for _, effect in told]),
            title=say("What each gathering gave, at its last reading"),
            unit=say("new ties beyond what would have formed"),
        )
        blocks.append(Picture(figure))
    return Section(say("Gatherings"), tuple(blocks))


def _came(one: Evening) -> str:
    if not one.invited:
        return text.count(one.came)
    return say("{shown} of {total}", shown=text.count(one.came), total=text.count(one.invited))


def _longest(one: Evening) -> Effect | None:
    """What the last reading up to 90 days that tells something tells."""
    told = [
        read.effect
        for read in one.read
        if read.standing is Standing.TOLD and read.days <= READ_DAYS
    ]
    return told[-1] if told else None


def evening_name(one: Evening) -> str:
    """What a gathering is called: its day, how it was held, and the owner's words for it."""
    words = [say(one.format)] if one.format else []
    return " ".join([text.long_date(one.day), *words, *(f"#{tag}" for tag in one.tags)])


def _short_name(one: Evening) -> str:
    word = say(one.format) if one.format else next(iter(one.tags), "")
    return f"{word} {one.day.isoformat()}".strip()


def reading_words(read: Read) -> str:
    """A reading in a few words: how many ties beyond, and the interval; or why there is none."""
    if read.standing is not Standing.TOLD or read.effect is None:
        return say(_STANDING[read.standing])
    return say(
        "{excess} ({low} to {high})",
        excess=text.signed(read.effect.excess),
        low=text.decimal(read.effect.low),
        high=text.decimal(read.effect.high),
    )


def _formats(report: BudgetReport) -> Section:
    rows = [_format(one) for one in report.formats]
    rows += [
        _format(Format(name, pool.gatherings, pool))
        for name, pool in (
            (later("conversations, together"), report.conversations),
            (later("presentations, together"), report.presentations),
        )
        if pool.gatherings
    ]
    head = heads("Format", "Gatherings", "Can be read", "New ties beyond", "90 %", "Cost of a tie")
    caption = say("By how they were held, after {days} days", days=text.count(READ_DAYS))
    blocks: list[Block] = [Table(caption, head, tuple(rows), numeric=frozenset({1, 2, 3, 5}))]
    blocks.append(Paragraph(_difference(report.difference)))
    return Section(say("Formats compared"), tuple(blocks))


def _format(one: Format) -> tuple[str, ...]:
    pool = one.pool
    return (
        say(one.name) if one.name else say("not said"),
        text.count(one.gatherings),
        text.count(pool.gatherings),
        text.decimal(pool.effect.excess),
        text.none() if math.isnan(pool.effect.low) else _between(pool.effect),
        text.decimal(pool.cost_per_tie, 0) if pool.effect.low > 0 else text.none(),
    )


def _difference(found: Difference | None) -> str:
    if found is None:
        return say(
            "Conversations cannot be held against presentations yet: of one or the other nothing "
            "can be read."
        )
    told = say(
        "A conversation gave {more} new ties more than a presentation (90 %: {low} to {high}).",
        more=text.decimal(found.more),
        low=text.decimal(found.low),
        high=text.decimal(found.high),
    )
    if found.low <= 0 <= found.high:
        return f"{told} {say('That may be chance.')}"
    return told


def _followed(report: BudgetReport) -> Section:
    rows = tuple(
        (
            evening_name(one),
            ", ".join(who.name for who in one.guests) + _more(one.came - len(one.guests)),
            *map(
                text.count,
                (
                    one.followed.meetings,
                    one.followed.favours,
                    one.followed.deals,
                    one.followed.won,
                ),
            ),
            text.sums(one.followed.worth),
        )
        for one in report.evenings
    )
    head = heads(
        "Gathering", "Guests", "Met again, days", "Favours", "Deals begun", "Won by now", "Worth"
    )
    caption = say("With guests, within half a year after")
    told = say(
        "These are counts: what came after is not thereby what came of it. Favours are "
        "introductions, referrals and recommendations."
    )
    table = Table(caption, head, rows, numeric=frozenset(range(2, 7)), spare=frozenset({1}))
    return Section(say("What came after"), (Paragraph(told), table))


def _more(people: int) -> str:
    return f" {say('and {rest} more', rest=text.count(people))}" if people > 0 else ""


def _quarters(quarters: tuple[Quarter, ...]) -> Section:
    rows = tuple(
        (
            one.name,
            text.none() if math.isnan(one.planned) else text.money(one.planned, one.currency),
            text.money(one.spent, one.currency),
            text.money(one.ahead, one.currency),
            text.count(one.gatherings),
        )
        for one in quarters
    )
    head = heads("Quarter", "Planned", "Spent", "Ahead", "Gatherings")
    caption = say("Planned and spent, meetings of two among them")
    table = Table(caption, head, rows, numeric=frozenset(range(1, 5)))
    return Section(say("Money"), (table,))


def _limits() -> Section:
    told = say(
        "New ties are held against groups of others, as many, as busy and as near to each other; "
        "what else set your guests apart this cannot know. Meetings of more than two count for "
        "nothing here. In your own data ties between others are seen only where you were copied "
        "or present."
    )
    return Section(say("What this does not say"), (Paragraph(told),))
