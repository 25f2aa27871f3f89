"""Whose export it is: LinkedIn does not say so outright, but gives it away."""

from roc.collectors.formats.named import phone
from roc.collectors.linkedin.people import (
    UNKNOWN_MEMBER,
    People,
    address,
    named,
    profiles,
    split_names,
    tidy,
)
from roc.collectors.linkedin.rows import Cells
from roc.graph.records import ME, Account, AccountSeen

_ENOUGH = 1000  # people, to tell whether there are several
_LEAST_OTHERS = 2


class Owner:
    """Collects what single rows give away, the surest first.

    The profile tells the name. An invitation tells name and profile, of the inviter when it went
    out and of the invitee when it came in. Before 2023 it tells the name alone, and messages tell
    the profile: those sent from, or to nobody but, that name, as long as no namesake writes, too.
    """

    def __init__(self) -> None:
        self.name = ""
        self._profile: Account | None = None
        self._bearers: set[Account] = set()
        self._reached_at: dict[Account, None] = {}

    def see_profile(self, row: Cells) -> None:
        """The one row of Profile.csv."""
        self.name = self.name or tidy(f"{row.get('first name', '')} {row.get('last name', '')}")

    def see_address(self, row: Cells) -> None:
        """A row of Email Addresses.csv; only addresses that the owner confirmed are theirs."""
        if row.get("confirmed", "").casefold() != "no":
            self._reached_at.update(dict.fromkeys(address(row.get("email address", ""))))

    def see_phone(self, row: Cells) -> None:
        """A row of PhoneNumbers.csv."""
        if found := phone(row.get("number", "")):
            self._reached_at[found] = None

    def see_invitation(self, row: Cells) -> None:
        """A row of Invitations.csv."""
        sides = {"OUTGOING": ("inviter", "from"), "INCOMING": ("invitee", "to")}
        role, name = sides.get(row.get("direction", "").strip().upper(), ("", ""))
        self.name = self.name or tidy(row.get(name, ""))
        self._profile = next(iter(profiles(row.get(f"{role}profileurl", ""))), self._profile)

    def see_message(self, row: Cells) -> None:
        """A row of messages.csv; one between namesakes does not tell which of them is the owner."""
        sender, names = tidy(row.get("from", "")), row.get("to", "")
        recipients = {tidy(names), *map(tidy, split_names(names))}
        if self.name and not (sender == self.name and sender in recipients):
            for url, name in (
                ("sender profile url", sender),
                ("recipient profile urls", tidy(names)),
            ):
                found = profiles(row.get(url, ""))
                if name == self.name and len(found) == 1 and len(self._bearers) < _ENOUGH:
                    self._bearers.update(found)

    @property
    def profile(self) -> Account | None:
        """The owner's profile: told, or the only one that bears their name in messages."""
        alone = next(iter(self._bearers)) if len(self._bearers) == 1 else None
        return self._profile or alone

    @property
    def is_known(self) -> bool:
        """Whether the export gives away more than that it is somebody's."""
        return bool(self.name or self.profile)

    @property
    def account(self) -> Account:
        """The owner's profile, else their name, else ``ME``."""
        if self.profile:
            return self.profile
        return named(self.name) if self.name else ME

    def seen(self) -> AccountSeen:
        """What is known of the owner, as a record."""
        return AccountSeen(self.account, self.name, owner=True, same_as=tuple(self._reached_at))


class InEveryMessage:
    """The one person who is in every message is the owner: for messages.csv on its own.

    Someone is known by profile where that is told, and by name as well: before 2023 profiles of
    recipients are not. Only messages count that tell both sides, and there have to be messages
    between the owner and at least two others, or a correspondent is as good a guess.
    """

    def __init__(self) -> None:
        self._common: dict[Account, str] | None = None
        self._in_pairs: dict[Account, str] = {}

    def see(self, url: str, name: str, urls: str, names: str) -> None:
        """Who is in a message; seeing the same once more changes nothing.

        Args:
            url: the sender's profile.
            name: the sender's name.
            urls: the recipients' profiles.
            names: the recipients' names.
        """
        recipients = tuple(map(tidy, split_names(names)))
        called = {tidy(name), tidy(names), *map(tidy, split_names(name)), *recipients}
        if not (name.strip() and recipients) or UNKNOWN_MEMBER in called:
            return
        present = {named(each): each for each in called}
        sender, others = profiles(url), profiles(urls)
        present |= dict.fromkeys(others, "") | dict.fromkeys(sender, tidy(name))
        if self._common is None:
            self._common = present
        else:
            self._common = {who: name for who, name in self._common.items() if who in present}
        if (len(others) == 1 or len(recipients) == 1) and len(self._in_pairs) < _ENOUGH:
            reached = others or (named(names),)
            self._in_pairs |= dict.fromkeys(reached, tidy(names))
            self._in_pairs |= dict.fromkeys(sender or (named(name),), tidy(name))

    def owner(self, people: People) -> AccountSeen | None:
        """The owner, where one person and no more is in all messages; ``None`` otherwise."""
        common = self._common or {}
        found = {who for who in common if not _is_name(who)}
        for who, name in common.items():
            bearers = people.bearers(name) if _is_name(who) else frozenset()
            if len(bearers) > 1 and not bearers & found:
                return None
            if _is_name(who) and not bearers & found:
                found |= bearers or {who}
        if len(found) != 1:
            return None
        (owner,) = found
        others = {_one(who, name, people) for who, name in self._in_pairs.items()} - {owner}
        if len(others) < _LEAST_OTHERS:
            return None
        names = [name for who, name in common.items() if owner in (who, *people.bearers(name))]
        return AccountSeen(owner, next(filter(None, names), ""), owner=True)


def _is_name(account: Account) -> bool:
    return account.handle.startswith("name:")


def _one(who: Account, name: str, people: People) -> Account:
    """The profile behind a name, where there is one alone."""
    bearers = people.bearers(name) if _is_name(who) else frozenset()
    return next(iter(bearers)) if len(bearers) == 1 else who
