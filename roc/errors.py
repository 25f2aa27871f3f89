"""Every error raised on purpose, drawn as a tree; each says what happened and what to do.

RocError
├── ConfigError            the settings cannot be used
├── CollectError           a source or an export could not be read
│   ├── UnknownExport      no collector recognises the file
│   ├── BrokenExport       the file is damaged, hostile, or mostly unreadable
│   ├── TwoOwners          the export belongs to somebody else than the ones before it
│   ├── SignInFailed       the source refused the token
│   ├── PermissionMissing  the token lacks a scope or a product
│   ├── QuotaExhausted     the source wants money, or the cost cap is reached
│   ├── RateLimited        the source asks to come back later
│   └── SourceUnavailable  the source, or the way to it, is down
├── GraphError             the graph file cannot be used
│   ├── NewerGraph         it was written by a newer version
│   └── UnwritableGraph    the disk, the folder or a lock is in the way
├── MailFailed             a letter could not be sent
├── NotPrinted             a page could not be put on paper
├── NoEgo                  nobody is known to be "me"
├── UnknownPerson          no person, or more than one, answers to that name
└── NothingToUndo          no decision about people is left to be undone
"""

from datetime import datetime


class RocError(Exception):
    """Something went wrong that its reader can do something about.

    Args:
        message: what happened, one line.
        hint: what to do, one line.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(RocError):
    """The settings cannot be used."""

    exit_code = 2


class CollectError(RocError):
    """A source or an export could not be read."""


class UnknownExport(CollectError):
    """No collector recognises the file."""


class BrokenExport(CollectError):
    """The file is damaged, hostile, or mostly unreadable."""


class TwoOwners(CollectError):
    """The export belongs to somebody else than the ones before it."""


class SignInFailed(CollectError):
    """The source refused the token: missing, wrong, expired or revoked."""


class PermissionMissing(CollectError):
    """The token lacks a scope or a product; the source's other streams may still work."""


class QuotaExhausted(CollectError):
    """The source wants money, or the run's cost cap is reached."""

    exit_code = 75


class RateLimited(CollectError):
    """The source asks to come back later.

    Args:
        message: what happened.
        resume_at: when to come back, aware UTC; ``None`` where the source did not say.
        hint: what to do.
    """

    exit_code = 75

    def __init__(self, message: str, *, resume_at: datetime | None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.resume_at = resume_at


class SourceUnavailable(CollectError):
    """The source, or the way to it, is down: 5xx, time-outs, cut connections.

    Args:
        message: what happened.
        may_pass: whether it may be over in a minute.
        hint: what to do.
    """

    exit_code = 75

    def __init__(self, message: str, *, may_pass: bool = False, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.may_pass = may_pass


class GraphError(RocError):
    """The graph file cannot be used."""


class NewerGraph(GraphError):
    """It was written by a newer version."""


class UnwritableGraph(GraphError):
    """The disk, the folder or a lock is in the way."""


class MailFailed(RocError):
    """A letter could not be sent."""


class NotPrinted(RocError):
    """A page could not be put on paper."""


class NoEgo(RocError):
    """Nobody is known to be "me"."""


class UnknownPerson(RocError):
    """No person, or more than one, answers to that name."""


class NothingToUndo(RocError):
    """No decision about people is left to be undone."""
