"""Runs that nobody has to think of: collect and report, by whatever the system has for that.

What is to be written is made first, as text, so that it can be shown before anything happens.
"""

import plistlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

from roc.errors import ConfigError, UnwritableGraph
from roc.workflows.files import write_whole

_HINT = "choose another way with --with."
_MARK = "# roc: collect and report"
_LABEL = "org.return-on-connections.roc"


class Way(StrEnum):
    """What starts programs at set times."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    WINDOWS = "windows"
    CRON = "cron"


class Every(StrEnum):
    """How often: each day, or each Monday."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to run, and when.

    Args:
        config: the config file.
        folder: where reports are written.
        every: how often.
        hour: of the owner's clock, 0 to 23.
        minute: 0 to 59.
        mail: whether the report is sent as a letter, too.
    """

    config: Path
    folder: Path
    every: Every
    hour: int
    minute: int
    mail: bool = False

    def commands(self) -> tuple[tuple[str, ...], ...]:
        """The two commands; the report is written whether or not all could be collected."""
        roc = (sys.executable, "-m", "roc")
        config = ("--config", str(self.config))
        letter = ("--mail",) if self.mail else ()
        return (
            (*roc, "collect", *config),
            (*roc, "report", *config, "--out", str(self.folder), *letter),
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to be written, and what the owner types to switch it on and off.

    Args:
        files: each file and its text; none where a program keeps the schedule itself.
        line: the line for the crontab, where that is the way.
        on: commands that switch it on; empty where writing does.
        off: commands that switch it off.
    """

    files: tuple[tuple[Path, str], ...]
    line: str
    on: tuple[str, ...]
    off: tuple[str, ...]


def usual_way() -> Way:
    """What this system has: launchd, the Task Scheduler, systemd or cron."""
    if sys.platform == "darwin":
        return Way.LAUNCHD
    if sys.platform == "win32":
        return Way.WINDOWS
    return Way.SYSTEMD if shutil.which("systemctl") else Way.CRON


def schedule(way: Way, plan: Plan, home: Path) -> Schedule:
    """What a plan is in the words of a system; nothing is written yet."""
    return {
        Way.SYSTEMD: _systemd,
        Way.LAUNCHD: _launchd,
        Way.WINDOWS: _windows,
        Way.CRON: _cron,
    }[way](plan, home)


def write(planned: Schedule) -> None:
    """Write what was planned, in the place of what an earlier plan wrote.

    Raises:
        UnwritableGraph: a file, or the crontab, cannot be written.
        ConfigError: there is no cron here.
    """
    for file, told in planned.files:
        write_whole(file, told.encode(), hint=_HINT)
    if planned.line:
        _change_crontab([planned.line])


def remove(planned: Schedule) -> None:
    """Remove what a plan wrote; nothing happens where it never did.

    Raises:
        UnwritableGraph: a file, or the crontab, cannot be changed.
        ConfigError: there is no cron here.
    """
    for file, _ in planned.files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise UnwritableGraph(
                f"Cannot remove {file}: {error.strerror or error}.", hint="delete it by hand."
            ) from error
    if planned.line:
        _change_crontab([])


def _systemd(plan: Plan, home: Path) -> Schedule:
    folder = home / ".config" / "systemd" / "user"
    # The dash: that a source could not be asked is no reason to go without the report.
    collect, report = (" ".join(map(_systemd_word, words)) for words in plan.commands())
    service = (
        "[Unit]\nDescription=Return on Connections: collect and report\n\n"
        f"[Service]\nType=oneshot\nExecStart=-{collect}\nExecStart={report}\n"
    )
    day = "Mon " if plan.every is Every.WEEK else ""
    timer = (
        "[Unit]\nDescription=Return on Connections: when to collect and report\n\n"
        f"[Timer]\nOnCalendar={day}*-*-* {plan.hour:02}:{plan.minute:02}:00\n"
        # What fell into the machine's sleep is caught up on.
        "Persistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    return Schedule(
        ((folder / "roc.service", service), (folder / "roc.timer", timer)),
        "",
        ("systemctl --user daemon-reload", "systemctl --user enable --now roc.timer"),
        ("systemctl --user disable --now roc.timer", "systemctl --user daemon-reload"),
    )


def _systemd_word(word: str) -> str:
    """A word as systemd reads it back: it knows %, $, quotes and backslashes."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _launchd(plan: Plan, home: Path) -> Schedule:
    file = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    when = {"Hour": plan.hour, "Minute": plan.minute}
    told = {
        "Label": _LABEL,
        "ProgramArguments": ["/bin/sh", "-c", _in_a_shell(plan)],
        "StartCalendarInterval": {"Weekday": 1, **when} if plan.every is Every.WEEK else when,
    }
    return Schedule(
        ((file, plistlib.dumps(told).decode()),),
        "",
        (f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(file))}",),
        (f"launchctl bootout gui/$(id -u)/{_LABEL}",),
    )


def _windows(plan: Plan, home: Path) -> Schedule:
    file = home / "AppData" / "Roaming" / "roc" / "roc-task.xml"
    often = (
        "<ScheduleByWeek><DaysOfWeek><Monday/></DaysOfWeek><WeeksInterval>1</WeeksInterval>"
        "</ScheduleByWeek>"
        if plan.every is Every.WEEK
        else "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    )
    actions = "".join(
        f"<Exec><Command>{escape(words[0])}</Command>"
        f"<Arguments>{escape(subprocess.list2cmdline(words[1:]))}</Arguments></Exec>"
        for words in plan.commands()
    )
    told = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
        "<Triggers><CalendarTrigger>"
        # Any Monday of the past: it says at what time of the day.
        f"<StartBoundary>2026-01-05T{plan.hour:02}:{plan.minute:02}:00</StartBoundary>{often}"
        "</CalendarTrigger></Triggers>"
        "<Settings><StartWhenAvailable>true</StartWhenAvailable></Settings>"
        f"<Actions>{actions}</Actions></Task>\n"
    )
    return Schedule(
        ((file, told),),
        "",
        (f'schtasks /Create /TN roc /XML "{file}" /F',),
        ("schtasks /Delete /TN roc /F",),
    )


def _cron(plan: Plan, home: Path) -> Schedule:
    day = "1" if plan.every is Every.WEEK else "*"
    # In a crontab a percent sign ends the command.
    command = _in_a_shell(plan).replace("%", "\\%")
    return Schedule((), f"{plan.minute} {plan.hour} * * {day} {command} {_MARK}", (), ())


def _in_a_shell(plan: Plan) -> str:
    return "; ".join(map(shlex.join, plan.commands()))


def _change_crontab(lines: Sequence[str]) -> None:
    """The owner's crontab without what an earlier plan wrote there, and with some lines more."""
    program = shutil.which("crontab")
    if program is None:
        raise ConfigError("There is no cron on this system.", hint=_HINT)
    listed = subprocess.run([program, "-l"], capture_output=True, text=True, check=False)
    kept = [line for line in listed.stdout.splitlines() if not line.endswith(_MARK)]
    told = "".join(f"{line}\n" for line in [*kept, *lines])
    done = subprocess.run([program, "-"], input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnwritableGraph("The crontab cannot be written.", hint=_HINT)
