"""The words in which CRMs say what an outcome is and how it stands."""

from collections.abc import Mapping

from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import OutcomeKind, OutcomeStatus

KINDS: Mapping[str, OutcomeKind] = {
    **{kind.value: kind for kind in OutcomeKind},
    "sale": OutcomeKind.DEAL,
    "order": OutcomeKind.DEAL,
    "intro": OutcomeKind.INTRODUCTION,
    "cancellation": OutcomeKind.CHURN,
    "testimonial": OutcomeKind.RECOMMENDATION,
}
"""Every word that is understood in a table of one's own."""

_STATUSES = {
    "open": OutcomeStatus.OPEN,
    "won": OutcomeStatus.WON,
    "closed won": OutcomeStatus.WON,
    "closedwon": OutcomeStatus.WON,
    "lost": OutcomeStatus.LOST,
    "closed lost": OutcomeStatus.LOST,
    "closedlost": OutcomeStatus.LOST,
    "deleted": OutcomeStatus.WITHDRAWN,
    "withdrawn": OutcomeStatus.WITHDRAWN,
}
_YES = frozenset({"true", "yes", "1", "y", "t"})


def is_yes(told: str) -> bool:
    """Whether a cell says yes."""
    return told.strip().casefold() in _YES


def kind_of_deal(told: str) -> OutcomeKind:
    """What a CRM's deal is, by what it calls its type: a renewal where it says so."""
    return OutcomeKind.RENEWAL if "renew" in told.casefold() else OutcomeKind.DEAL


def status_of(told: str) -> OutcomeStatus:
    """How an outcome stands, said in so many words.

    Raises:
        Unusable: it is no such word.
    """
    status = _STATUSES.get(" ".join(told.split()).casefold())
    if status is None:
        raise Unusable("unknown_status", "a status is open, won or lost")
    return status


def stage_status(cells: Mapping[str, str]) -> OutcomeStatus:
    """How a deal stands, by what it says of being won or closed, or by the usual stages.

    A stage of one's own tells nothing: such a deal is open unless another column says otherwise.
    """
    if is_yes(cells.get("is_won", "")):
        return OutcomeStatus.WON
    stage = " ".join(cells.get("stage", "").split()).casefold()
    # HubSpot writes the pipeline behind the stage: "Closed won (Sales Pipeline)"
    status = _STATUSES.get(stage.partition(" (")[0], OutcomeStatus.OPEN)
    says_won = "is_won" in cells and cells["is_won"] != ""
    closed = is_yes(cells.get("is_lost", "")) or is_yes(cells.get("is_closed", ""))
    if closed and status is OutcomeStatus.OPEN:
        # Closed, and not won where it would say so: lost. Where nothing says so, it is not known.
        return OutcomeStatus.LOST if says_won or "is_lost" in cells else OutcomeStatus.OPEN
    return status
