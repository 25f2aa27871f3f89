"""Who is in a Slack workspace: their ids, names and mail addresses, and which are programs.

An account is ``slack:U024BE7LH``. Slack promises that an id is unique together with its team, and
gives ids out from one row for all teams, so that the id alone is enough. It is the same in every
workspace that a shared channel reaches, and it is told in exports of all ages; the team is not.
"""

import re
from functools import lru_cache

from roc.collectors.formats.addresses import is_address, tidy
from roc.collectors.formats.json_values import Item, item, word
from roc.graph.records import Account, AccountSeen, Nature

SOURCE = "slack"

SLACKBOT = Account(SOURCE, "USLACKBOT")
"""Who speaks for Slack itself."""

_ID = re.compile(r"[UW][A-Z0-9]{1,39}")


@lru_cache(65536)
def account(told: str) -> Account | None:
    """The account of a user's id; ``None`` where it is none, as for the ids of programs (B…)."""
    return Account(SOURCE, told) if _ID.fullmatch(told) else None


def user_seen(told: Item) -> AccountSeen | None:
    """What the list of users says of one; ``None`` where it tells no id.

    In an organisation with several workspaces somebody may have one id in the workspace and
    another in the organisation. Telephone numbers are left alone: an office shares one.
    """
    who = account(word(told, "id"))
    if who is None:
        return None
    profile = item(told, "profile")
    address = word(profile, "email").lower()
    beyond = account(word(item(told, "enterprise_user"), "id"))
    same_as = (
        *([Account("email", address)] if is_address(address) else []),
        *([beyond] if beyond not in (None, who) else []),
    )
    is_program = who == SLACKBOT or told.get("is_bot") is True
    return AccountSeen(
        who,
        name=_name(profile) or _name(told),
        nature=Nature.BOT if is_program else Nature.PERSON,
        same_as=same_as,
    )


class People:
    """Everyone met so far, and what stands behind them."""

    def __init__(self) -> None:
        self._natures: dict[Account, Nature] = {}

    def new(self, seen: AccountSeen) -> bool:
        """Whether somebody was not met before; they are now."""
        if seen.account in self._natures:
            return False
        self._natures[seen.account] = seen.nature
        return True

    def is_program(self, who: Account, *, by_app: bool = False) -> bool:
        """Whether an account is known to be a program's.

        Args:
            who: the account.
            by_app: what it did was done through an app. Apps act for people, too, but for
                people that the list of users knows.
        """
        nature = self._natures.get(who)
        return who == SLACKBOT or nature is Nature.BOT or (nature is None and by_app)

    def stranger(self, who: Account, message: Item) -> AccountSeen | None:
        """Somebody of another workspace, in a shared channel: their messages tell who they are."""
        name = _name(item(message, "user_profile"))
        seen = AccountSeen(who, name)
        return seen if name and self.new(seen) else None


def _name(told: Item) -> str:
    return tidy(word(told, "real_name", "display_name", "name"))
