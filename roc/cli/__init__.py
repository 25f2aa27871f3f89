"""Reads arguments, calls one workflow, prints, exits; the only reader of the clock."""

import io
import sys
from typing import NoReturn

INTERRUPTED = 130
"""The exit code that shells expect of a command that Ctrl-C ended."""


def main() -> NoReturn:
    """Run the command line; errors raised on purpose end in two plain lines."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding does not know is shown all the same.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run()
    except KeyboardInterrupt:
        status = INTERRUPTED
    if status == INTERRUPTED:
        _say("interrupted; what was finished is kept.", "run the same command again to go on.")
    sys.exit(status)


def _run() -> int:
    from typer.exceptions import Abort, TyperException

    from roc.cli.commands import app
    from roc.errors import RocError

    try:
        return int(app(prog_name="roc", standalone_mode=False) or 0)
    except RocError as error:
        _say(error.message, error.hint)
        return error.exit_code
    except TyperException as error:  # wrong usage
        command = getattr(getattr(error, "ctx", None), "command_path", "roc")
        _say(error.format_message(), f"see: {command} --help")
        return error.exit_code
    except Abort:
        _say("stopped; nothing was changed.", "run it again, and answer y.")
        return 1


def _say(message: str, hint: str) -> None:
    """What happened and what to do, a line each."""
    from roc.cli.printing import remark

    remark(f"roc: {message}")
    remark(f"     {hint}")
