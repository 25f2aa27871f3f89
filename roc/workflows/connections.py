"""Connections: which live sources the owner is signed in to, and with what."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from roc.collectors.base import LiveSettings
from roc.collectors.registry import live_sources
from roc.config import Config
from roc.errors import ConfigError, SignInFailed
from roc.workflows import tokens
from roc.workflows.files import write_whole

ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Connection:
    """One way to one source; a person may have several, such as two mailboxes.

    Args:
        name: what the owner calls it; the source's name unless they say otherwise.
        source: which collector asks.
        address: where the source is; empty for the real one.
        user: the name one signs in with; empty where the token says whose it is.
        account: whose it is, as the source said when it was made.
        expires: when the token ends, as ISO 8601 in UTC; empty where nobody knows.
        kept_in: where the token is: ``keyring``, ``file`` or ``environment``.
        key: under which the token is kept.
        client: the owner's own client at the source, where they signed in through one.
    """

    name: str
    source: str
    address: str = ""
    user: str = ""
    account: str = ""
    expires: str = ""
    kept_in: str = ENVIRONMENT
    key: str = ""
    client: str = ""

    def stream(self, stream: str) -> str:
        """Under which name the graph keeps a stream's cursor."""
        return stream if self.name == self.source else f"{self.name}/{stream}"


def connections(config: Config) -> tuple[Connection, ...]:
    """All connections, sorted by name: those that were made, and those the environment tells of.

    Raises:
        ConfigError: the list is damaged.
    """
    made = {connection.name: connection for connection in _kept(config)}
    for source in live_sources():
        if _said(source, "TOKEN") and source not in made:
            made[source] = Connection(source, source)
    return tuple(made[name] for name in sorted(made))


def connection(config: Config, name: str) -> Connection:
    """The connection of a name; a live source that nobody signed in to is one without a token.

    Raises:
        ConfigError: there is none.
    """
    for found in connections(config):
        if found.name == name:
            return found
    if name in live_sources():
        return Connection(name, name)
    raise ConfigError(
        f"Nothing is connected under the name {name!r}.", hint="roc connect lists what is."
    )


def keep(config: Config, made: Connection) -> None:
    """Add a connection, or put it in the place of the one of its name.

    Raises:
        UnwritableGraph: the list cannot be written.
    """
    others = [other for other in _kept(config) if other.name != made.name]
    _write(config, [*others, made])


def drop(config: Config, gone: Connection) -> None:
    """Take a connection out of the list.

    Raises:
        UnwritableGraph: the list cannot be written.
    """
    _write(config, [other for other in _kept(config) if other.name != gone.name])


def secret(config: Config, used: Connection) -> tokens.Secret:
    """The token of a connection; the environment has the last word.

    Raises:
        SignInFailed: there is none.
        ConfigError: it cannot be got at.
    """
    if token := _said(used.name, "TOKEN"):
        return tokens.Secret(token)
    if used.kept_in == ENVIRONMENT:
        raise SignInFailed(
            f"There is no token for {used.name}.",
            hint=f"sign in with: roc connect {used.source}",
        )
    return tokens.find(config.tokens_file, used.key, used.kept_in)


def address(used: Connection) -> str:
    """Where a connection leads; empty for the source's real address."""
    return _said(used.name, "BASE") or used.address


def live_settings(config: Config, used: Connection, now: datetime) -> LiveSettings:
    """What a collector is told for a run over a connection.

    Raises:
        SignInFailed: there is no token.
        ConfigError: it cannot be got at.
    """
    return LiveSettings(
        token=secret(config, used).token,
        now=now,
        base_url=address(used),
        user=_said(used.name, "USER") or used.user,
        max_cost=config.collect.max_cost,
    )


def _said(name: str, what: str) -> str:
    """What the environment says of a connection, as in ``ROC_X_TOKEN``."""
    return os.environ.get(f"ROC_{name.upper().replace('-', '_')}_{what}", "")


def _kept(config: Config) -> list[Connection]:
    file = config.connections_file
    try:
        told: Any = json.loads(file.read_bytes())
        return [Connection(**each) for each in told]
    except (FileNotFoundError, NotADirectoryError):  # the graph itself tells of a wrong place
        return []
    except (OSError, TypeError, ValueError):
        raise ConfigError(
            f"{file} cannot be read.", hint="delete it, and connect your sources anew."
        ) from None


def _write(config: Config, made: Iterable[Connection]) -> None:
    listed = [asdict(each) for each in sorted(made, key=lambda each: each.name)]
    write_whole(
        config.connections_file,
        json.dumps(listed, indent=1).encode(),
        hint="choose a folder that you may write to for the graph.",
    )
