"""Tokens rest in the system's keyring; where there is none, in a file for its owner's eyes."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from roc.errors import ConfigError
from roc.workflows.files import write_whole

KEYRING = "keyring"
FILE = "file"

_SERVICE = "return-on-connections"
_AGAIN = "connect again, or hand the token over in the environment (docs/sources/README.md)."


@dataclass(frozen=True, slots=True)
class Secret:
    """What nobody but the owner may see.

    Args:
        token: an access token or a password.
        refresh: with which a new token is got; empty where there is none.
        client: the secret of the owner's own client at the source; empty where there is none.
    """

    token: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    client: str = field(default="", repr=False)


def keep(file: Path, key: str, secret: Secret, *, in_file: bool = False) -> str:
    """Put a secret away.

    Args:
        file: where it goes if there is no keyring.
        key: under which it is found again.
        secret: what to keep.
        in_file: whether the owner wants the file, as for runs that nobody is signed in for.

    Returns:
        Where it is: ``KEYRING`` or ``FILE``.

    Raises:
        UnwritableGraph: the file cannot be written.
        ConfigError: the file holds something else.
    """
    told = json.dumps(asdict(secret))
    if not in_file and _in_keyring(key, told):
        return KEYRING
    _write(file, {**_read(file), key: told})
    return FILE


def find(file: Path, key: str, kept_in: str) -> Secret:
    """A secret that was put away.

    Raises:
        ConfigError: it is not there any more, or the keyring does not open.
    """
    told = from_keyring(key) if kept_in == KEYRING else _read(file).get(key)
    try:
        return Secret(**json.loads(told or ""))
    except (TypeError, ValueError):
        place = "the keyring" if kept_in == KEYRING else str(file)
        raise ConfigError(f"The token is not in {place} any more.", hint=_AGAIN) from None


def drop(file: Path, key: str, kept_in: str) -> None:
    """Remove a secret; nothing happens where it is gone already.

    Raises:
        ConfigError: the keyring does not open.
        UnwritableGraph: the file cannot be written.
    """
    if kept_in == KEYRING:
        _out_of_keyring(key)
        return
    others = {other: told for other, told in _read(file).items() if other != key}
    if others:
        _write(file, others)
    else:
        file.unlink(missing_ok=True)


def _in_keyring(key: str, told: str) -> bool:
    """Whether the system has a keyring that took it in."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_keyring().priority < 1:  # none, or one that keeps nothing safe
            return False
        keyring.set_password(_SERVICE, key, told)
    except (KeyringError, RuntimeError):  # locked, and nobody there to open it
        return False
    return True


def from_keyring(key: str) -> str | None:
    """What stands in the keyring under this service; ``None`` where nothing does.

    Raises:
        ConfigError: the keyring does not open.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, key)
    except (KeyringError, RuntimeError):
        raise ConfigError(
            "The system's keyring does not open.",
            hint="sign in to your desktop first, or connect again with --in-file.",
        ) from None


def _out_of_keyring(key: str) -> None:
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        keyring.delete_password(_SERVICE, key)
    except PasswordDeleteError:
        return
    except (KeyringError, RuntimeError):
        raise ConfigError(
            "The system's keyring does not open, and the token is still in it.",
            hint="sign in to your desktop and disconnect once more.",
        ) from None


def _read(file: Path) -> dict[str, str]:
    try:
        found: Any = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise ConfigError(f"{file} cannot be read.", hint=f"delete it and {_AGAIN}")
    return {str(key): str(told) for key, told in found.items()}


def _write(file: Path, secrets: dict[str, str]) -> None:
    content = json.dumps(secrets, indent=1, sort_keys=True).encode()
    write_whole(file, content, hint="choose a folder that you may write to for the graph.")
