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
_NO = frozenset({"false", "no", "0", "n", "f"})


def is_yes(told: str) -> bool:
    """Whether a cell says yes."""
    return told.strip().casefold() in _YES


def _is_no(told: str) -> bool:
    return told.strip().casefold() in _NO


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
    if status is not OutcomeStatus.OPEN:
        return status
    won, lost = cells.get("is_won", ""), cells.get("is_lost", "")
    if is_yes(lost):
        return OutcomeStatus.LOST
    if is_yes(cells.get("is_closed", "")):  # where nothing says how it ended, it is not known
        if _is_no(won):
            return OutcomeStatus.LOST
        if _is_no(lost):
            return OutcomeStatus.WON
    return status
