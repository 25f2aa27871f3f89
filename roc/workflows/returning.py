"""The return: what gatherings cost and what came after them, and what came of people."""

from datetime import date
from pathlib import Path

from roc.config import Config
from roc.reports import budget, budget_page, outcomes, outcomes_page
from roc.reports.setting import as_json
from roc.reports.spending import Plan
from roc.reports.years import quarter_ends
from roc.workflows.measuring import measured_on, viewed_with_return
from roc.workflows.reporting import Written, in_owners_language, write


@in_owners_language
def budget_report(
    config: Config,
    *,
    as_of: date,
    tag: str = "",
    ego: str = "",
    folder: Path | None = None,
    pdf: bool = False,
) -> Written:
    """Write the page of the Connection Budget.

    Args:
        config: the settings.
        as_of: the last day that counts; what comes later is ahead.
        tag: only gatherings with this tag or format; empty for all.
        ego: whose budget; empty for the owner's.
        folder: where to write; ``None`` for the config's, or the current one.
        pdf: on paper, too.
    """
    with viewed_with_return(config, as_of=as_of, ego=ego) as (_, view, came_back):
        built = budget.build(
            view.people,
            view.contacts,
            came_back.gatherings,
            came_back.outcomes,
            view.day,
            view.parameters,
            plans=[Plan(*plan) for plan in config.budget.plans()],
            hours=config.budget.hours_of(),
            tag=tag,
        )
    page = budget_page.page(built)
    return write(config, folder, f"budget-{as_of}", page, as_json(built), pdf=pdf)


@in_owners_language
def outcomes_report(
    config: Config,
    *,
    as_of: date,
    ego: str = "",
    folder: Path | None = None,
    pdf: bool = False,
) -> Written:
    """Write the page of what came of people: deals, clients who stay, who brought them.

    Args:
        config: the settings.
        as_of: the last day that counts.
        ego: whose outcomes; empty for the owner's.
        folder: where to write; ``None`` for the config's, or the current one.
        pdf: on paper, too.
    """
    with viewed_with_return(config, as_of=as_of, ego=ego) as (_, view, came_back):
        built = outcomes.build(
            view.people,
            view.contacts,
            came_back.gatherings,
            came_back.outcomes,
            [*measured_on(view, quarter_ends(view.day)[:-1]), view.measures],
            view.parameters,
        )
    page = outcomes_page.page(built)
    return write(config, folder, f"outcomes-{as_of}", page, as_json(built), pdf=pdf)
