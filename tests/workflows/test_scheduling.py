"""Runs by themselves: what is written is what each system reads, and is shown first."""

import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from roc.workflows.scheduling import Every, Plan, Schedule, Way, remove, schedule, write
from tests.shell import Shell


def plan(folder: Path, every: Every = Every.WEEK) -> Plan:
    return Plan(folder / "my config.toml", folder / 'a "b" 100% $HOME', every, 7, 5)


def planned(way: Way, folder: Path, every: Every = Every.WEEK) -> Schedule:
    return schedule(way, plan(folder, every), folder)


def commands(folder: Path) -> list[list[str]]:
    return [list(words) for words in plan(folder).commands()]


def test_the_two_commands_collect_and_report(tmp_path: Path) -> None:
    collect, report = commands(tmp_path)
    assert collect[:4] == [sys.executable, "-m", "roc", "collect"]
    assert report[3:] == [
        "report",
        "--config",
        str(tmp_path / "my config.toml"),
        "--out",
        str(tmp_path / 'a "b" 100% $HOME'),
    ]


@pytest.mark.parametrize("every", Every)
def test_systemd_itself_understands_its_units(tmp_path: Path, every: Every) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not on this system")
    found = planned(Way.SYSTEMD, tmp_path, every)
    write(found)
    units = [str(file) for file, _ in found.files]
    told = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units],
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    ours = [line for line in told.stderr.splitlines() if "roc." in line]
    assert ours == []
    when = next(line for line in found.files[1][1].splitlines() if line.startswith("OnCalendar="))
    said = subprocess.run(
        ["systemd-analyze", "calendar", when.partition("=")[2]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr


def test_systemd_goes_on_to_the_report_when_a_source_fails(tmp_path: Path) -> None:
    (_, service), _ = planned(Way.SYSTEMD, tmp_path).files
    collect, report = [line for line in service.splitlines() if line.startswith("ExecStart=")]
    assert collect.startswith("ExecStart=-")
    assert '100%% $$HOME"' in report
    assert r"a \"b\" " in report


@pytest.mark.parametrize(
    ("every", "when"),
    [
        (Every.WEEK, {"Weekday": 1, "Hour": 7, "Minute": 5}),
        (Every.DAY, {"Hour": 7, "Minute": 5}),
    ],
)
def test_launchd_reads_its_agent(tmp_path: Path, every: Every, when: dict[str, int]) -> None:
    ((_, told),) = planned(Way.LAUNCHD, tmp_path, every).files
    agent = plistlib.loads(told.encode())
    assert agent["StartCalendarInterval"] == when
    shell, flag, command = agent["ProgramArguments"]
    assert (shell, flag) == ("/bin/sh", "-c")
    assert [shlex.split(each) for each in command.split("; ")] == commands(tmp_path)


def test_the_task_scheduler_reads_its_task(tmp_path: Path) -> None:
    ((_, told),) = planned(Way.WINDOWS, tmp_path).files
    task = ElementTree.fromstring(told)
    names = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    run = [each.text for each in task.findall(".//t:Exec/t:Command", names)]
    assert run == [sys.executable, sys.executable]
    arguments = [each.text or "" for each in task.findall(".//t:Exec/t:Arguments", names)]
    assert arguments == [subprocess.list2cmdline(words[1:]) for words in commands(tmp_path)]
    assert task.find(".//t:DaysOfWeek/t:Monday", names) is not None


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A crontab of the tests' own, kept by a program that does what cron's does."""
    kept = tmp_path / "crontab.txt"
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat {shlex.quote(str(kept))}; '
        f"else cat > {shlex.quote(str(kept))}; fi\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no cron")
def test_the_crontab_keeps_what_was_in_it(crontab: Path, tmp_path: Path) -> None:
    crontab.write_text("0 4 * * * backup\n", encoding="utf-8")
    weekly, daily = planned(Way.CRON, tmp_path), planned(Way.CRON, tmp_path, Every.DAY)
    write(weekly)
    write(daily)
    lines = crontab.read_text(encoding="utf-8").splitlines()
    assert lines == ["0 4 * * * backup", daily.line]
    remove(daily)
    assert crontab.read_text(encoding="utf-8") == "0 4 * * * backup\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no cron")
def test_what_cron_would_run_are_the_two_commands(tmp_path: Path) -> None:
    """In a crontab a percent sign stands for a new line unless it is escaped."""
    line = planned(Way.CRON, tmp_path).line
    minute, hour, _, _, day, command = line.split(maxsplit=5)
    assert (minute, hour, day) == ("5", "7", "1")
    as_run = command.replace("\\%", "%").replace(sys.executable, "echo")
    said = subprocess.run(["/bin/sh", "-c", as_run], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == [" ".join(words[1:]) for words in commands(tmp_path)]


def test_the_command_shows_and_asks_before_it_writes(
    roc: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roc("init")
    (tmp_path / "no").write_text("n\n", encoding="utf-8")
    with (tmp_path / "no").open(encoding="utf-8") as typed:
        monkeypatch.setattr("sys.stdin", typed)
        ran = roc.run("schedule", "--with", "systemd")
    assert ran.status == 1
    assert "OnCalendar=Mon *-*-* 07:30:00" in ran.stdout
    assert not (tmp_path / ".config/systemd").exists()
    said = roc("schedule", "--with", "systemd", "--every", "day", "--at", "6:15", "--yes")
    assert "roc collects and reports every day" in said
    timer = tmp_path / ".config/systemd/user/roc.timer"
    assert "OnCalendar=*-*-* 06:15:00" in timer.read_text(encoding="utf-8")
    roc("schedule", "--with", "systemd", "--remove")
    assert not timer.exists()


@pytest.mark.parametrize(
    "words", [("--at", "25:00"), ("--at", "7"), ("--every", "hour"), ("--with", "at")]
)
def test_what_cannot_be_scheduled_is_refused(roc: Shell, words: tuple[str, ...]) -> None:
    roc("init")
    assert roc.refused("schedule", *words, status=2)


def test_without_a_config_there_is_nothing_to_schedule(roc: Shell) -> None:
    assert "roc init" in roc.refused("schedule", status=2)
