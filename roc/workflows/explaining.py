"""Explaining: why one tie has the scores it has, to the last day."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.config import Config
from roc.errors import UnknownPerson
from roc.graph.frames import KINDS
from roc.graph.records import Kind
from roc.reports.text import counted, decimal, span
from roc.reports.text import day as date_of
from roc.reports.text import hours as hours_told
from roc.scoring.explain import SILENCE_DAYS, Explanation, explanation
from roc.scoring.tone import Warmth, warmth
from roc.workflows.measuring import TieRow, View, person_number, tie_row, viewed

_SHOWN_DAYS = 10


@dataclass(frozen=True, slots=True)
class TurnRow:
    """How the two take turns; ``nan`` where there is nothing to judge by."""

    reply_rate: float
    own_reply_rate: float
    reply_hours: float
    own_reply_hours: float
    initiated_share: float
    owed_by_ego_days: float
    owed_to_ego_days: float


@dataclass(frozen=True, slots=True)
class ToneRow:
    """How one side writes to the other; ``nan`` where too few messages are judged.

    Args:
        messages: how many are known by their tone.
        judged: how many of them are in a language that is judged.
        warmth: mean of these, -1 to 1.
        change: the last quarter less the year before.
        changed: whether the change is beyond chance.
        thanks: how often they thanked the other, as far as sources tell or texts were read.
        congratulations: the same of good wishes.
    """

    messages: int
    judged: int
    warmth: float
    change: float
    changed: bool
    thanks: int
    congratulations: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One tie with everything behind it.

    Args:
        day: the day it is for.
        tie: its scores.
        turns: how the two take turns.
        tone: how the alter writes to ego.
        own_tone: how ego writes to the alter.
        accounts: all accounts of the person.
        shipped_alive: the chance alive before the owner's own past corrects it.
        reasons: parts, days and what would change them.
    """

    day: date
    tie: TieRow
    turns: TurnRow
    tone: ToneRow
    own_tone: ToneRow
    accounts: tuple[str, ...]
    shipped_alive: float
    reasons: Explanation


def explain(config: Config, words: str, *, as_of: date, ego: str = "") -> Explained:
    """Why the tie with a person has the scores it has.

    Args:
        config: the settings.
        words: a name, a part of one, or an account.
        as_of: the day the numbers are for.
        ego: whose tie; empty for the owner's.

    Raises:
        UnknownPerson: nobody, or more than one, answers to ``words``, or ego has no tie with them.
    """
    with viewed(config, as_of=as_of, ego=ego) as (graph, view):
        alter = person_number(graph, view.people, words)
        ties = view.measures.ties
        places = np.flatnonzero(ties.alter == alter)
        if not len(places):
            raise UnknownPerson(
                f"Nothing has passed between you and {view.people.names[alter]} yet.",
                hint="collect a source that holds it, or write it down with roc log.",
            )
        place = int(places[0])
        told = warmth(view.tones, view.day, view.parameters)
        return Explained(
            day=as_of,
            tie=tie_row(view.people, ties, place),
            turns=TurnRow(
                **{name: float(getattr(ties, name)[place]) for name in TurnRow.__dataclass_fields__}
            ),
            tone=_tone(view, told, alter, by_ego=False),
            own_tone=_tone(view, told, alter, by_ego=True),
            accounts=view.people.accounts[alter],
            shipped_alive=_uncorrected(float(ties.alive[place]), float(ties.corrected[place])),
            reasons=explanation(view.contacts, view.measures, alter, view.parameters),
        )


def _tone(view: View, told: Warmth, alter: int, *, by_ego: bool) -> ToneRow:
    contacts, ego = view.contacts, view.people.ego
    sender, recipient = (ego, alter) if by_ego else (alter, ego)
    theirs = (contacts.sender == sender) & (contacts.recipient == recipient)

    def acts(kind: Kind) -> int:
        return int(contacts.acts[theirs & (contacts.kind == KINDS.index(kind))].sum())

    rows, side = np.flatnonzero(told.alter == alter), int(not by_ego)
    at = (int(rows[0]), side) if len(rows) else None
    return ToneRow(
        messages=int(told.messages[at]) if at else 0,
        judged=int(told.judged[at]) if at else 0,
        warmth=float(told.mean[at]) if at else math.nan,
        change=float(told.change[at]) if at else math.nan,
        changed=bool(told.changed[at]) if at else False,
        thanks=acts(Kind.THANKS),
        congratulations=acts(Kind.CONGRATULATION),
    )


def _uncorrected(alive: float, corrected: float) -> float:
    """A chance without what was added to its log odds; itself where nothing was."""
    if not corrected or not 0.0 < alive < 1.0:
        return alive
    return 1.0 / (1.0 + math.exp(corrected) * (1.0 - alive) / alive)


def lines(told: Explained) -> Iterator[str]:
    """The explanation as lines to read."""
    tie, reasons = told.tie, told.reasons
    yield f"{tie.name} ({', '.join(told.accounts)}), as of {told.day}"
    if math.isnan(tie.strength):
        yield "strength        none: nothing has passed between you"
        return
    yield (
        f"strength        {tie.strength:.0f} of 100 (90 %: {tie.strength_low:.0f} to "
        f"{tie.strength_high:.0f}), {tie.state}{', fading' if tie.fading else ''}"
    )
    for half_life, part, given, received in zip(
        reasons.half_lives_days, reasons.parts, reasons.given, reasons.received, strict=True
    ):
        yield (
            f"  over {half_life:3.0f} days  {part:5.1f}   you {given:6.2f}   they {received:6.2f}"
            "   faded days"
        )
    yield f"alive           {100 * tie.alive:.0f} % chance of two-way contact within 30 days"
    if told.shipped_alive != tie.alive:
        yield (
            f"                {100 * told.shipped_alive:.0f} % by the shipped constants; "
            "your own past corrects it (roc evaluate)"
        )
    yield from _diagnosis(told)
    yield (
        f"trust           {tie.trust:+.2f} (-1 to 1); their part of who knows and trusts you: "
        f"{tie.known_and_trusted:.2f}"
    )
    yield (
        f"return          {tie.returned:.2f} for an effort of {tie.invested:.2f} days: "
        f"{tie.points:.1f} points of the RoC score"
    )
    yield f"days behind it  {len(reasons.days)}, the newest first:"
    for day in reasons.days[:_SHOWN_DAYS]:
        who = "you reached them" if day.by_ego else "they reached you"
        yield (f"  {date_of(day.day)}  {who:16}  {day.kind.value:14} weighs {day.weight:.2f}")
    if len(reasons.days) > _SHOWN_DAYS:
        yield f"  … and {len(reasons.days) - _SHOWN_DAYS} more (--json tells all)"
    yield (
        f"what would change it: one more two-way day now, strength "
        f"{reasons.two_way_day.strength:.0f}, alive {100 * reasons.two_way_day.alive:.0f} %; "
        f"{SILENCE_DAYS} days of silence, {reasons.silence.strength:.0f} and "
        f"{100 * reasons.silence.alive:.0f} %"
    )


def _diagnosis(told: Explained) -> Iterator[str]:
    turns = told.turns
    if not math.isnan(told.tie.balance):
        yield f"balance         {told.tie.balance:.2f} (0 one-sided, 1 even)"
    for whose, rate, hours in (
        ("they answer", turns.reply_rate, turns.reply_hours),
        ("you answer", turns.own_reply_rate, turns.own_reply_hours),
    ):
        if not math.isnan(rate):
            within = "" if math.isnan(hours) else f", half of them within {hours_told(hours)}"
            yield f"{whose:15} {100 * rate:.0f} % of turns{within}"
    for whose, tone in (("they write", told.tone), ("you write", told.own_tone)):
        if said := tone_told(tone):
            yield f"{whose:15} {said}"
    for what, days in (
        ("you owe them", turns.owed_by_ego_days),
        ("they owe you", turns.owed_to_ego_days),
    ):
        if not math.isnan(days):
            yield f"{what:15} an answer since {span(days)}"


def tone_told(tone: ToneRow) -> str:
    """How one side writes, in words; empty where nothing is known of it."""
    said = []
    if not math.isnan(tone.warmth):
        turned = "warmer" if tone.change > 0 else "cooler"
        than = f", {turned} than the year before" if tone.changed else ""
        said.append(f"with a warmth of {decimal(tone.warmth, 2)} (-1 to 1){than}")
    elif tone.messages:
        said.append(f"{counted(tone.judged, 'message')} that can be judged: too few")
    if tone.messages > tone.judged:
        said.append(f"{tone.messages - tone.judged} of {tone.messages} not judged")
    if tone.thanks:
        said.append(counted(tone.thanks, "thank-you"))
    if tone.congratulations:
        said.append(counted(tone.congratulations, "congratulation"))
    return "; ".join(said)
