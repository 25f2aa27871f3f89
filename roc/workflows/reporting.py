"""Reporting: pages for people, built from what was measured and written where the owner wants."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from roc.config import WEEKDAYS, Config, load
from roc.errors import UnknownPerson, UnwritableGraph
from roc.reports import audit as audit_report
from roc.reports import audit_page, project, project_page, weekly, weekly_page
from roc.reports.document import Document
from roc.reports.project_card import card
from roc.reports.setting import as_html, as_json, as_markdown
from roc.reports.sharing import hidden
from roc.reports.tables import csv_text, workbook
from roc.reports.words import speaking
from roc.workflows.collecting import Collected, Progress, collect_export, opened, told_nobody
from roc.workflows.measuring import (
    keep_snapshot,
    person_number,
    viewed,
    viewed_with_return,
    weeks_before,
)
from roc.workflows.outputs import write_outputs
from roc.workflows.paper import as_pdf
from roc.workflows.run_log import failing

_SHARED = "-shared"


@dataclass(frozen=True, slots=True)
class Written:
    """A report and the files that it was written into.

    Args:
        json: the report's numbers as JSON text, the same as in the file.
        files: the files, the page first.
        sentences: what the report says in short.
        page: the report in words and figures.
        quiet: nothing moved.
    """

    json: str
    files: tuple[Path, ...]
    sentences: tuple[str, ...]
    page: Document
    quiet: bool = False


_Asked = ParamSpec("_Asked")


def in_owners_language(
    written: Callable[Concatenate[Config, _Asked], Written],
) -> Callable[Concatenate[Config, _Asked], Written]:
    """What a report says is in the language that the config names."""

    @wraps(written)
    def spoken(config: Config, /, *args: _Asked.args, **options: _Asked.kwargs) -> Written:
        with speaking(config.report.language):
            return written(config, *args, **options)

    return spoken


@dataclass(frozen=True, slots=True)
class Shown:
    """What `roc demo` made.

    Args:
        folder: where everything is.
        config: the config with which to look further.
        day: the last day on which anything has happened.
        collected: what was read from each export.
        merged: pairs of accounts that were held to be one person, as their owner would tell.
        report: the finished report.
    """

    folder: Path
    config: Path
    day: date
    collected: tuple[Collected, ...]
    merged: int
    report: Written


@in_owners_language
def report(
    config: Config,
    *,
    as_of: date,
    ego: str = "",
    folder: Path | None = None,
    shared: bool = False,
    pdf: bool = False,
) -> Written:
    """Write the weekly connection-health report, and keep the scores as a snapshot.

    Args:
        config: the settings.
        as_of: the last day of the week it is for.
        ego: whose report it is; empty for the owner's.
        folder: where to write; ``None`` for the config's, or the current one.
        shared: nobody can be found in it: pseudonyms, and no acts, houses, sign-ins, gatherings or
            deals.
        pdf: on paper, too.
    """
    with viewed_with_return(config, as_of=as_of, ego=ego) as (graph, view, came_back):
        earlier = weeks_before(view, weekly.HISTORY_WEEKS)
        people = hidden(view.people, view.measures) if shared else view.people
        built = weekly.build(
            people,
            view.contacts,
            view.exchanges,
            view.measures,
            earlier[-1] if earlier else None,
            view.parameters,
            tones=view.tones,
            care=view.care,
            gatherings=None if shared else came_back.gatherings,
            outcomes=None if shared else came_back.outcomes,
            cadences=config.report.cadence_days(),
            history=[measures.network for measures in earlier],
            week_starts=WEEKDAYS.index(config.report.week_starts),
            problems=sum(source.problems for source in view.sources),
            undated=sum(source.undated for source in view.sources),
            failing=() if shared else failing(config, as_of),
        )
        keep_snapshot(graph, view)
    if shared:
        built = replace(built, behind=())
    name = f"report-{as_of}{_SHARED if shared else ''}"
    written = write(config, folder, name, weekly_page.page(built), as_json(built), pdf=pdf)
    return replace(written, quiet=built.quiet)


@in_owners_language
def audit(
    config: Config,
    *,
    as_of: date,
    ego: str = "",
    folder: Path | None = None,
    shared: bool = False,
    pdf: bool = False,
) -> Written:
    """Write the audit of the whole network, with all ties beside it as a table and a workbook.

    Args:
        config: the settings.
        as_of: the day it is for.
        ego: whose network; empty for the owner's.
        folder: where to write; ``None`` for the config's, or the current one.
        shared: nobody can be found in it, and there is no table of ties.
        pdf: on paper, too.
    """
    with viewed(config, as_of=as_of, ego=ego) as (_, view):
        people = hidden(view.people, view.measures) if shared else view.people
        built = audit_report.build(
            people,
            view.contacts,
            view.declared,
            view.measures,
            view.parameters,
            problems=sum(source.problems for source in view.sources),
            undated=sum(source.undated for source in view.sources),
            failing=() if shared else failing(config, as_of),
        )
    name = f"audit-{as_of}{_SHARED if shared else ''}"
    extra: dict[str, bytes] = {}
    if shared:
        built = replace(built, behind=())
    else:
        ties = audit_report.ties_table(people, view.measures)
        extra[f"{name}-ties.csv"] = csv_text(*ties).encode("utf-8", "backslashreplace")
        extra[f"{name}.xlsx"] = workbook(audit_report.sheets(built, ties), as_of)
    return write(config, folder, name, audit_page.page(built), as_json(built), extra, pdf=pdf)


@in_owners_language
def project_summary(
    config: Config,
    *,
    start: date,
    end: date,
    as_of: date,
    tag: str = "",
    names: Sequence[str] = (),
    title: str = "",
    named: bool = False,
    shown: Sequence[str] = (),
    evidence: bool = False,
    pdf: bool = False,
    ego: str = "",
    folder: Path | None = None,
) -> Written:
    """Write "did your project make friends?" for a window and some or all people.

    Args:
        config: the settings.
        start: the project's first day.
        end: its last day.
        as_of: the last day that counts.
        tag: only people with this tag, or in acts with it.
        names: only these people.
        title: what the owner calls the project.
        named: show all names instead of P1, P2, …
        shown: those who agreed to be named.
        evidence: write what is behind the counts, too: a table that names everybody.
        pdf: on paper, too.
        ego: whose project; empty for the owner's.
        folder: where to write; ``None`` for the config's, or the current one.

    Raises:
        UnknownPerson: nobody has the tag, or nobody answers to a name.
    """
    with viewed(config, as_of=as_of, ego=ego) as (graph, view):
        members: set[int] | None = None
        if tag or names:
            members = set(project.tagged(view.people, tag)) if tag else set()
            members |= {person_number(graph, view.people, name) for name in names}
            if not members:
                raise UnknownPerson(f"Nobody is tagged {tag!r}.", hint="see: roc people tag")
        built = project.build(
            view.people,
            view.contacts,
            view.parameters,
            start=start,
            end=end,
            as_of=as_of,
            members=members,
            title=title,
            named=named,
            shown=[person_number(graph, view.people, name) for name in shown],
            exchanges=view.exchanges,
        )
        lines = project.evidence_of(view.people, view.contacts, built, members) if evidence else ""
    name = f"project-{start}-{end}"
    extra = {f"{name}.png": card(built)}
    if evidence:
        extra[f"{name}-evidence.csv"] = lines.encode("utf-8", "backslashreplace")
    return write(config, folder, name, project_page.page(built), as_json(built), extra, pdf=pdf)


def demo(
    folder: Path, *, as_of: date | None = None, told: Callable[[Progress], None] = told_nobody
) -> Shown:
    """Invent a network, write it as real export files, collect them, score and report.

    Args:
        folder: where to put everything; the graph of an earlier run there is replaced.
        as_of: the last day on which anything has happened; ``None`` for the usual one.
        told: called now and then with how far collecting is.

    Raises:
        UnwritableGraph: the folder cannot be written, or holds somebody's own files.
    """
    from roc.demo import LAST_DAY, write

    if any(folder.glob("*")) and not (folder / "config.toml").exists():
        raise UnwritableGraph(
            f"{folder} holds files that are not the invented network's.",
            hint="name a new folder: roc demo --folder demo",
        )
    day = as_of or LAST_DAY
    made = write(folder, last_day=day)
    for path in folder.glob("me.graph*"):
        path.unlink()
    config = load(made.config)
    collected = tuple(collect_export(config, path, told=told) for path in made.exports)
    merged = _merge(config, made.same_people)
    written = report(config, as_of=day, folder=folder)
    return Shown(folder, made.config, day, collected, merged, written)


def _merge(config: Config, pairs: Sequence[tuple[str, str]]) -> int:
    """Merge pairs of accounts; how many there were. Who never wrote has no account to merge."""
    merged = 0
    with opened(config) as graph:
        for one, other in pairs:
            with suppress(UnknownPerson):
                graph.merge(one, other)
                merged += 1
    return merged


def write(
    config: Config,
    folder: Path | None,
    name: str,
    page: Document,
    json: str,
    extra: dict[str, bytes] | None = None,
    *,
    pdf: bool = False,
) -> Written:
    """Write a report's files."""
    folder = folder or Path(config.report.folder or ".")
    contents = {
        f"{name}.html": as_html(page),
        f"{name}.md": as_markdown(page),
        f"{name}.json": json,
    }
    hint = "name a folder that you may write to, with --out FOLDER."
    written = {
        folder / file: content.encode("utf-8", "backslashreplace")
        for file, content in contents.items()
    }
    if pdf:
        written[folder / f"{name}.pdf"] = as_pdf(page)
    written |= {folder / file: content for file, content in (extra or {}).items()}
    write_outputs(config, written, hint=hint)
    return Written(json, tuple(written), page.lead, page)
