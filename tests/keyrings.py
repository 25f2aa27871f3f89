"""A keyring of the tests' own: a backend as any other, that keeps its entries in a folder."""

import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class InFolder(KeyringBackend):
    """Keeps entries in the folder that ``TEST_KEYRING`` names; a file ``locked`` there locks it."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        entry = self._entry(service, username)
        return entry.read_text(encoding="utf-8") if entry.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._entry(service, username).write_text(password, encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        entry = self._entry(service, username)
        if not entry.exists():
            raise PasswordDeleteError
        entry.unlink()

    def _entry(self, service: str, username: str) -> Path:
        folder = Path(os.environ["TEST_KEYRING"])
        if (folder / "locked").exists():
            raise KeyringLocked
        return folder / f"{service}-{username}"
