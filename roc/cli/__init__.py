"""Reads arguments, calls one workflow, prints, exits; the only reader of the clock."""

import sys


def main() -> None:
    """Run the command line; errors raised on purpose end in two plain lines."""
    from roc.cli.commands import app
    from roc.errors import RocError

    try:
        app(standalone_mode=True)
    except RocError as error:
        sys.stderr.write(f"roc: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"     {error.hint}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("roc: interrupted; what was finished is kept.\n")
        sys.stderr.write("     run the same command again to go on.\n")
        sys.exit(130)
