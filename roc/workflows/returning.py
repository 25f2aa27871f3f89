"""The return: what gatherings cost and what came after them, and what came of people."""

from datetime import date
from pathlib import Path

from roc.config import Config
from roc.reports import budget, budget_page, outcomes, outcomes_page
from roc.reports.setting import as_json
from roc.reports.spending import Plan
from roc.reports.words import speaking
from roc.reports.years import quarter_ends
from roc.workflows.measuring import measured_on, viewed
from roc.workflows.reporting import Written, write


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
    with speaking(config.report.language), viewed(config, as_of=as_of, ego=ego) as (_, view):
        built = budget.build(
            view.people,
            view.contacts,
            view.gatherings,
            view.outcomes,
            view.day,
            view.parameters,
            plans=[Plan(*plan) for plan in config.budget.plans()],
            hours=config.budget.hours_of(),
            tag=tag,
        )
        page = budget_page.page(built)
        return write(config, folder, f"budget-{as_of}", page, as_json(built), pdf=pdf)


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
    with speaking(config.report.language), viewed(config, as_of=as_of, ego=ego) as (_, view):
        built = outcomes.build(
            view.people,
            view.contacts,
            view.gatherings,
            view.outcomes,
            [*measured_on(view, quarter_ends(view.day)[:-1]), view.measures],
            view.parameters,
        )
        page = outcomes_page.page(built)
        return write(config, folder, f"outcomes-{as_of}", page, as_json(built), pdf=pdf)
