"""Whose export it is: LinkedIn does not say so outright, but gives it away."""

from roc.collectors.formats.always_there import AlwaysThere
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

_MOST_SEEN, _LONGEST_SEEN = 2**16, 2**12


class Owner:
    """Collects what single rows give away, the surest first.

    The profile tells the name. An invitation tells name and profile, of the inviter when it went
    out and of the invitee when it came in. Before 2023 it tells the name alone, and a message
    tells the profile: one sent from, or to nobody but, that name.
    """

    def __init__(self) -> None:
        self.name = ""
        self.profile: Account | None = None
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
        self.profile = next(iter(profiles(row.get(f"{role}profileurl", ""))), self.profile)

    def see_message(self, row: Cells) -> None:
        """A row of messages.csv."""
        for url, name in (("sender profile url", "from"), ("recipient profile urls", "to")):
            if self.profile is None and self.name and tidy(row.get(name, "")) == self.name:
                found = profiles(row.get(url, ""))
                self.profile = found[0] if len(found) == 1 else None

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
    """The one name that is in every message is the owner's: for messages.csv on its own."""

    def __init__(self) -> None:
        self._names = AlwaysThere()
        self._seen: set[tuple[str, str]] = set()  # looking once more at the same changes nothing

    def see(self, name: str, names: str) -> None:
        """The names of a message's sender and of its recipients."""
        if (name, names) in self._seen:
            return
        if len(self._seen) < _MOST_SEEN and len(names) < _LONGEST_SEEN:
            self._seen.add((name, names))
        self._names.see({tidy(name), tidy(names), *map(tidy, split_names(names))})

    def owner(self, people: People) -> AccountSeen | None:
        """The owner, where one name and no more is in all messages, and one profile bears it."""
        name = self._names.the_one(besides=("", UNKNOWN_MEMBER))
        bearers = people.bearers(name)
        if not name or len(bearers) > 1:
            return None
        return AccountSeen(next(iter(bearers), named(name)), name, owner=True)
