"""A browser, and the pages that it looks at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roc.config import load
from roc.reports import audit, audit_page, setting, weekly, weekly_page
from roc.scoring.parameters import ScoringParameters
from roc.workflows.reporting import audit as write_audit
from roc.workflows.reporting import demo, project_summary
from roc.workflows.returning import budget_report, outcomes_report
from tests.browser import chromium
from tests.telling import measured, told

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    '=HYPERLINK("https://example.org")',
    "\u202egnp.exe\u202c",
    "عمر فاروق",
    "נועה לוי",
    "🦄🌈✨ 王小明",
    "Wolfeschlegelsteinhausenbergerdorff" * 6,
    "a b" * 60,
    "&amp; &lt;b&gt;",
)
"""Names that people have, and names that mean harm."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports on the invented network, and two on people with odd names."""
    folder = tmp_path_factory.mktemp("pages")
    shown = demo(folder / "demo")
    config, day = load(shown.config), shown.day
    found = {"weekly": shown.report.files[0]}
    found["audit"] = write_audit(config, as_of=day, folder=folder).files[0]
    spring = project_summary(
        config, start=date(2026, 3, 1), end=date(2026, 5, 31), as_of=day, folder=folder
    )
    found["project"] = spring.files[0]
    german = replace(config, report=replace(config.report, language="de"))
    found["german"] = write_audit(german, as_of=day, folder=folder / "german").files[0]
    found["budget"] = budget_report(config, as_of=day, folder=folder).files[0]
    found["outcomes"] = outcomes_report(config, as_of=day, folder=folder).files[0]
    for name, html in odd().items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(html, encoding="utf-8")
    return found


def odd() -> dict[str, str]:
    """Reports on people with odd names."""
    day = date(2026, 3, 1)
    lines = [
        f"{day - timedelta(days=7 * week + n)} p{n} -> me message\n"
        f"{day - timedelta(days=7 * week + n)} me -> p{n} reply"
        for n in range(len(HOSTILE))
        for week in range(n, 20, 2)
    ]
    graph = told("\n".join(lines))
    names = dict(zip((f"p{n}" for n in range(len(HOSTILE))), HOSTILE, strict=True))
    people = replace(
        graph.people, names=tuple(names.get(name, name) for name in graph.people.names)
    )
    now, before = measured(graph, str(day)), measured(graph, str(day - timedelta(days=7)))
    parameters = ScoringParameters()
    week = weekly.build(people, graph.contacts, graph.exchanges, now, before, parameters)
    whole = audit.build(people, graph.contacts, graph.declared, now, parameters)
    return {
        "odd-weekly": setting.as_html(weekly_page.page(week)),
        "odd-audit": setting.as_html(audit_page.page(whole)),
    }
