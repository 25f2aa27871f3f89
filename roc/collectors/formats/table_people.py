"""The people in a table's cells: accounts of the table's own source, or of mail."""

import re
from typing import Any

from roc.collectors.formats.addresses import is_address, nature, tidy
from roc.graph.records import Account, AccountSeen, Nature

_MAX_HANDLE = 300  # characters; anything longer is not what somebody is known by
_UNSEEN = re.compile("[\x00-\x1f\x7f\ufffd]")


def plain(cell: Any) -> str:
    """A cell as text: a whole number without a decimal point, nothing as an empty text."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return "" if cell != cell else str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace").strip()
    return str(cell) if isinstance(cell, int) else ""


class People:
    """Makes each account once and gathers what is to be told about it.

    The same account is always the same object.

    Args:
        source: where handles live that are not mail addresses.

    ``news`` holds what was learnt since it was last told.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[str, Account | None] = {}
        self._made: dict[Account, Account] = {}
        self._seen: set[AccountSeen] = set()
        self.news: list[AccountSeen] = []

    def account(self, cell: Any) -> Account | None:
        """Whose account a cell names; ``None`` where it is empty or unreadable."""
        text = cell if isinstance(cell, str) else plain(cell)
        if text not in self._known:
            self._known[text] = self._readable(text.strip())
        return self._known[text]

    def call(self, account: Account, cell: Any) -> None:
        """Take note of the name that a cell gives to an account."""
        name = tidy(plain(cell))
        if name:
            self._tell(AccountSeen(account, name, nature=_nature(account)))

    def told(self) -> list[AccountSeen]:
        """What was learnt since this was last asked."""
        news, self.news = self.news, []
        return news

    def _readable(self, handle: str) -> Account | None:
        if not handle or len(handle) > _MAX_HANDLE or _UNSEEN.search(handle):
            return None
        is_mail = is_address(handle)
        account = Account("email", handle.lower()) if is_mail else Account(self._source, handle)
        if account not in self._made and _nature(account) is not Nature.PERSON:
            self._tell(AccountSeen(account, nature=_nature(account)))
        return self._made.setdefault(account, account)

    def _tell(self, seen: AccountSeen) -> None:
        if seen not in self._seen:
            self._seen.add(seen)
            self.news.append(seen)


def _nature(account: Account) -> Nature:
    return nature(account.handle) if account.source == "email" else Nature.PERSON
