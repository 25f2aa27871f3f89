"""The commands that write pages and files: report, audit, project, export and demo."""

import shutil
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import (
    AsOfOption,
    ConfigOption,
    EgoOption,
    GraphOption,
    JsonOption,
    day,
    named_day,
    now,
    settings,
)
from roc.cli.printing import answer, as_it_is, as_json, progress, remark

if TYPE_CHECKING:
    from roc.config import Config, ProjectSettings
    from roc.workflows.reporting import Written

OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write; here if left out.")
]


class Format(StrEnum):
    """Formats in which the graph can be handed on."""

    CSV = "csv"
    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"


ShareOption = Annotated[
    bool,
    typer.Option("--share", help="Make it one to hand on: nobody in it can be found."),
]


PdfOption = Annotated[
    bool, typer.Option("--pdf", help="On paper, too: printed by the browser that is installed.")
]


def report(
    out: OutOption = None,
    share: ShareOption = False,
    pdf: PdfOption = False,
    mail: Annotated[
        bool, typer.Option("--mail", help="Send it as a letter, as [mail] in the config says.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the letter instead of sending it.")
    ] = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write the weekly connection-health report: one page, and its Markdown and JSON twins."""
    from roc.workflows import reporting

    chosen = settings(config, graph)
    written = reporting.report(
        chosen, as_of=day(as_of, chosen), ego=ego, folder=out, shared=share, pdf=pdf
    )
    if not dry_run:
        _tell(written, json)
    if mail or dry_run:
        _mail(chosen, written, dry_run)


def _mail(config: "Config", written: "Written", dry_run: bool) -> None:
    from roc.workflows import mailing

    if written.quiet and not dry_run and not config.mail.quiet_weeks:
        remark("Nothing moved, so no letter was sent: [mail] quiet_weeks in the config.")
        return
    letter = mailing.letter(config, written.page, now().astimezone(config.report.zone()))
    if dry_run:
        as_it_is(letter.as_bytes().decode("utf-8"))
        return
    mailing.send(config, letter)
    remark(f"Sent to {', '.join(config.mail.to)}.")


def audit(
    out: OutOption = None,
    share: ShareOption = False,
    pdf: PdfOption = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write the audit of the whole network, with a workbook and a CSV table of all ties."""
    from roc.workflows import reporting

    chosen = settings(config, graph)
    _tell(
        reporting.audit(
            chosen, as_of=day(as_of, chosen), ego=ego, folder=out, shared=share, pdf=pdf
        ),
        json,
    )


def project(
    start: Annotated[
        str, typer.Argument(metavar="START", help="First day, as 2026-01-01; or a project's name.")
    ],
    end: Annotated[str, typer.Argument(metavar="[END]", help="Last day.")] = "",
    tag: Annotated[
        str, typer.Option(metavar="TAG", help="Only people with this tag, or in acts with it.")
    ] = "",
    person: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON", help="Only these people; may be given often."),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TITLE", help="What you call the project.")] = "",
    named: Annotated[
        bool, typer.Option("--named", help="Show all names; they are hidden otherwise.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON", help="Show the name of somebody who agreed; often."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Write what is behind it, too; it names everybody.")
    ] = False,
    out: OutOption = None,
    pdf: PdfOption = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Did your project make friends? A page to hand on, with names hidden."""
    from roc.errors import ConfigError
    from roc.workflows import reporting

    chosen = settings(config, graph)
    told = _told_project(chosen, start, end)
    first, last, as_of_day = named_day(told.start), named_day(told.end), day(as_of, chosen)
    if not first <= last or first > as_of_day:
        raise ConfigError(
            "A project starts before it ends, and not in the future.",
            hint="give its first and its last day: roc project 2026-01-01 2026-06-30",
        )
    written = reporting.project_summary(
        chosen,
        start=first,
        end=last,
        as_of=as_of_day,
        tag=tag or told.tag,
        names=person or told.people,
        title=title or told.title,
        named=named,
        shown=name or told.names,
        evidence=evidence,
        pdf=pdf,
        ego=ego,
        folder=out,
    )
    _tell(written, json)


def _told_project(config: "Config", start: str, end: str) -> "ProjectSettings":
    """A project by its two days, or by its name in the config."""
    from roc.config import ProjectSettings
    from roc.errors import ConfigError

    if end:
        return ProjectSettings(str(named_day(start)), str(named_day(end)))
    if start not in config.projects:
        known = ", ".join(config.projects) or "none yet"
        raise ConfigError(
            f"There is no project {start!r} in the config.",
            hint=f"known: {known}; or give its first and its last day.",
        )
    found = config.projects[start]
    return replace(found, title=found.title or start)


def budget(
    tag: Annotated[
        str, typer.Option(metavar="TAG", help="Only gatherings with this tag or format.")
    ] = "",
    out: OutOption = None,
    pdf: PdfOption = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """What your dinners, offsites and conversations cost, and what came after them."""
    from roc.workflows import returning

    chosen = settings(config, graph)
    written = returning.budget_report(
        chosen, as_of=day(as_of, chosen), tag=tag, ego=ego, folder=out, pdf=pdf
    )
    _tell(written, json)


def outcomes(
    out: OutOption = None,
    pdf: PdfOption = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """What came of people: deals and how long they took, clients who stayed, who brought them."""
    from roc.workflows import returning

    chosen = settings(config, graph)
    written = returning.outcomes_report(
        chosen, as_of=day(as_of, chosen), ego=ego, folder=out, pdf=pdf
    )
    _tell(written, json)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write.")],
    format: Annotated[
        Format | None,
        typer.Option("--format", help="In which format; told by the file's ending if left out."),
    ] = None,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Hand the measured graph on: everyone, every tie and its scores."""
    from roc.errors import ConfigError
    from roc.workflows import exporting

    named = format or file.suffix.removeprefix(".").lower()
    if named not in list(Format):
        endings = ", ".join(f".{known}" for known in Format)
        raise ConfigError(
            f"Which format should {file.name} have?",
            hint=f"end it in {endings}, or say it with --format.",
        )
    chosen = settings(config, graph)
    done = exporting.export(chosen, file, format=str(named), as_of=day(as_of, chosen), ego=ego)
    if json:
        as_json(done)
    else:
        answer(f"{done.file}: {done.people} people, {done.ties} ties")


def demo(
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where to put everything.")] = Path(
        "demo"
    ),
    as_of: AsOfOption = "",
    json: JsonOption = False,
) -> None:
    """Invent a network, collect its export files, score it and write the report."""
    from roc.workflows import reporting

    with progress() as told:
        shown = reporting.demo(folder, as_of=named_day(as_of) if as_of else None, told=told)
    if json:
        as_json({"folder": shown.folder, "collected": shown.collected, "files": shown.report.files})
        return
    for collected in shown.collected:
        what = "outcomes" if collected.outcomes else "acts"
        many = collected.outcomes or collected.new
        answer(f"collected  {collected.source:9} {many:5} {what} from {collected.export}")
    answer(f"merged     {shown.merged} pairs of accounts, as you would with roc people merge")
    for sentence in shown.report.sentences:
        answer(f"  {sentence}")
    for file in shown.report.files:
        answer(f"report     {file.resolve()}")
    answer(f"look on    {_program()} who --config {shown.config} --as-of {shown.day}")


def _program() -> str:
    """How this very program can be called again."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "roc" and shutil.which("roc") is None else "roc"


def _tell(written: "Written", json: bool) -> None:
    if json:
        as_it_is(written.json.rstrip() + "\n")
        return
    for sentence in written.sentences:
        answer(sentence)
    for file in written.files:
        answer(str(file))
