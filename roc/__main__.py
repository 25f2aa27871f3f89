"""Lets ``python -m roc`` start the command line."""

from roc.cli import main

if __name__ == "__main__":
    main()
