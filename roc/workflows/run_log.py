"""The run log: what each run of ``roc collect`` over the network brought, a line each.

It tells of sources and counts, never of people, and reports take from it which sources failed.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roc.config import Config
from roc.reports.provenance import Failing
from roc.workflows.connections import connections
from roc.workflows.files import append_line, write_whole

if TYPE_CHECKING:
    from roc.workflows.asking import Asked

_MOST_LINES = 2000
_HINT = "choose a folder that you may write to for the graph."


def write(config: Config, done: "Sequence[Asked]", *, at: datetime) -> None:
    """Add a line for a run.

    Args:
        config: the settings.
        done: what became of each connection.
        at: when the run began, aware UTC.

    Raises:
        UnwritableGraph: the log cannot be written.
    """
    told = {
        "at": at.isoformat(timespec="seconds"),
        "asked": {each.connection.name: _told(each) for each in done},
    }
    append_line(config.run_log, json.dumps(told, ensure_ascii=False), name="run log", hint=_HINT)
    lines = _lines(config.run_log)
    if len(lines) > 2 * _MOST_LINES:
        kept = "".join(f"{line}\n" for line in lines[-_MOST_LINES:])
        write_whole(config.run_log, kept.encode(), hint=_HINT)


def failing(config: Config, as_of: date) -> tuple[Failing, ...]:
    """The connections whose last run up to a day failed, by name.

    Args:
        config: the settings.
        as_of: the last day that counts, UTC.
    """
    found: dict[str, Failing | None] = {}
    for line in _lines(config.run_log):
        day, asked = _read(line)
        if day is None or day > as_of:
            continue
        for name, told in asked.items():
            before = found.get(name)
            found[name] = _failing(name, told, before.since if before else day)
    if not any(found.values()):
        return ()
    alive = {each.name for each in connections(config)}
    return tuple(each for name, each in sorted(found.items()) if each and name in alive)


def _told(asked: "Asked") -> dict[str, Any]:
    told: dict[str, Any] = {
        "new": sum(each.new for each in asked.collected),
        "known": sum(each.known for each in asked.collected),
    }
    if asked.failures:
        first = asked.failures[0]
        told |= {"failure": type(first).__name__, "message": first.message, "hint": first.hint}
    return told


def _failing(name: str, told: object, since: date) -> Failing | None:
    if not isinstance(told, Mapping) or "failure" not in told:
        return None
    return Failing(name, since, str(told.get("message", "")), str(told.get("hint", "")))


def _read(line: str) -> tuple[date | None, Mapping[str, object]]:
    """A line's day and what it tells of each connection; nothing where it is damaged."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        told = json.loads(line)
        return datetime.fromisoformat(told["at"]).date(), dict(told["asked"].items())
    return None, {}


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
