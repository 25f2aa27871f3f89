"""Who is meant by a profile's address or, where LinkedIn gives none, by a name."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from roc.collectors.formats.addresses import is_address
from roc.graph.records import Account, AccountSeen, Nature

SOURCE = "linkedin"
UNKNOWN_MEMBER = "LinkedIn Member"
"""What LinkedIn calls people who left it."""

Watch = Callable[[str, str, str, str], None]

_MOST = 2**16  # answers that are remembered
_LONGEST = 2**12  # characters of a question whose answer is

_PROFILE = re.compile(r"linkedin\.com/(in|company|school|showcase)/([^/?#,;\s]+)", re.I)


Found = TypeVar("Found")


def _remembered(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Asked again and again for the same few; not all that a trap asks for fits into memory."""
    cached = lru_cache(_MOST)(function)

    @wraps(function)
    def answer(text: str) -> Found:
        return cached(text) if len(text) <= _LONGEST else function(text)

    return answer


@_remembered
def profiles(urls: str) -> tuple[Account, ...]:
    """The accounts behind one or several profile addresses joined by commas.

    The handle is the lower-cased slug after ``/in/``; scheme, country and query do not matter.

    Example:
        >>> [str(found) for found in profiles("https://de.linkedin.com/in/Ana-Lopez?a=b")]
        ['linkedin:ana-lopez']
    """
    found = []
    for kind, slug in _PROFILE.findall(urls):
        handle = unicodedata.normalize("NFC", unquote(slug)).lower()
        found.append(handle if kind.lower() == "in" else f"{kind.lower()}/{handle}")
    return tuple(Account(SOURCE, handle) for handle in dict.fromkeys(found))


@_remembered
def named(name: str) -> Account:
    """The account of somebody of whom only the name is told.

    Namesakes share it: that is all the source says.
    """
    return Account(SOURCE, f"name:{unicodedata.normalize('NFKC', tidy(name)).casefold()}")


@_remembered
def split_names(names: str) -> tuple[str, ...]:
    """Names joined by commas, one by one; titles stay with the name before them.

    Example:
        >>> split_names("Jane Doe, Ph.D., Ben Adler, MBA, Chidi Eze")
        ('Jane Doe, Ph.D.', 'Ben Adler, MBA', 'Chidi Eze')
    """
    found: list[list[str]] = []
    for piece in filter(None, (piece.strip() for piece in names.split(","))):
        if found and _is_title(piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return tuple(map(", ".join, found))


def tidy(name: str) -> str:
    """A name with single spaces."""
    return " ".join(name.split())


def address(text: str) -> tuple[Account, ...]:
    """The mail account of an address, or nothing where it is none."""
    text = text.strip()
    return (Account("email", text.lower()),) if is_address(text) else ()


def _is_title(piece: str) -> bool:
    """Whether it is rather ``Ph.D.``, ``MBA`` or ``Jr.`` than a name."""
    capitals = sum(letter.isupper() for letter in piece)
    return " " not in piece and ("." in piece or capitals > 1)


def _bare(name: str) -> str:
    """A name without its titles, fit to compare."""
    alone = split_names(name)
    return named(name.split(",")[0] if len(alone) == 1 else name).handle


class Talk(NamedTuple):
    """Who takes part in a message.

    ``sender`` is ``None`` where neither a profile nor a name is told; ``others`` are whom the
    message reached but its sender; ``has_recipients`` tells whether anybody was named as one.
    """

    sender: Account | None
    others: tuple[Account, ...]
    has_recipients: bool


def _nobody_watches(url: str, name: str, urls: str, names: str) -> None:
    pass


class People:
    """Everyone met in one export: each told once, and names tied to profiles at the end.

    Args:
        watch: is told profile and name of the sender, then of the recipients, of messages, at
            least once each.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or _nobody_watches
        self._told: set[AccountSeen] = set()
        self._news: list[AccountSeen] = []
        self._one: dict[tuple[str, str, str, tuple[Account, ...]], Account] = {}
        self._several: dict[tuple[str, str], tuple[Account, ...]] = {}
        self._talks: dict[tuple[str, str, str, str], Talk] = {}
        self._bearers: dict[str, set[Account]] = {}
        self._without_profile: dict[Account, str] = {}

    def account(
        self, url: str, name: str, *, organisation: str = "", addresses: tuple[Account, ...] = ()
    ) -> Account | None:
        """The account of one person; ``None`` where neither a profile nor a name is told."""
        key = (url, name, organisation, addresses)
        known = self._one.get(key)
        if known is None:
            known = next(iter(profiles(url)), None)
            if known is None and name.strip() and name != UNKNOWN_MEMBER:
                known = named(name)
            if known is not None:
                if len(self._one) < _MOST and len(url) + len(name) + len(organisation) <= _LONGEST:
                    self._one[key] = known
                self._note(known, name, organisation, addresses)
        return known

    def accounts(self, urls: str, names: str) -> tuple[Account, ...]:
        """The accounts of several people: by their profiles, else by their names.

        Names belong to profiles only where there are as many of the one as of the other.
        """
        known = self._several.get((urls, names))
        if known is None:
            found = profiles(urls)
            alone = len(found) == 1 and UNKNOWN_MEMBER not in names
            split = (names,) if alone else split_names(names)
            split = tuple(name for name in split if name != UNKNOWN_MEMBER)
            known = found or tuple(dict.fromkeys(map(named, split)))
            split = split if len(split) == len(known) else ("",) * len(known)
            for account, name in zip(known, split, strict=True):
                self._note(account, name)
            if len(self._several) < _MOST and len(urls) + len(names) <= _LONGEST:
                self._several[urls, names] = known
        return known

    def talk(self, conversation: str, url: str, name: str, urls: str, names: str) -> Talk:
        """Who wrote a message and whom it reached; whoever left LinkedIn is a stranger there.

        Args:
            conversation: its id.
            url: the sender's profile.
            name: the sender's name.
            urls: the recipients' profiles.
            names: the recipients' names.
        """
        key = url, name, urls, names
        known = self._talks.get(key)
        if known:
            return known
        self._watch(url, name, urls, names)
        sender, recipients = self.account(url, name), self.accounts(urls, names)
        sender_left = name == UNKNOWN_MEMBER and not url
        one_left = UNKNOWN_MEMBER in split_names(names)
        if sender_left or one_left:
            stranger = self.stranger(conversation)
            sender = stranger if sender_left else sender
            recipients = (*recipients, stranger) if one_left else recipients
        others = tuple(who for who in recipients if who != sender)
        talk = Talk(sender, others, bool(recipients))
        is_short = sum(map(len, key)) <= _LONGEST
        if not (sender_left or one_left) and is_short and len(self._talks) < _MOST:
            self._talks[key] = talk
        return talk

    def stranger(self, conversation: str) -> Account:
        """The account of somebody who left LinkedIn, known by one conversation only."""
        account = Account(SOURCE, f"conversation:{conversation}")
        self.tell(AccountSeen(account, name=UNKNOWN_MEMBER))
        return account

    def tell(self, seen: AccountSeen) -> None:
        """Keep what is said about an account for ``news``, unless it was said before."""
        if seen not in self._told:
            self._told.add(seen)
            self._news.append(seen)

    @property
    def has_news(self) -> bool:
        """Whether anything was told since the last call of ``news``."""
        return bool(self._news)

    def news(self) -> list[AccountSeen]:
        """What was told since the last call."""
        news, self._news = self._news, []
        return news

    def bearers(self, name: str) -> frozenset[Account]:
        """The profiles that bore a name so far, with or without titles."""
        return frozenset(self._bearers.get(_bare(name), ()))

    def same_people(self) -> Iterator[AccountSeen]:
        """Names met without a profile, where exactly one profile of the export bears the name."""
        for account, name in sorted(self._without_profile.items(), key=str):
            bearers = self.bearers(name)
            if len(bearers) == 1:
                yield AccountSeen(account, same_as=tuple(bearers))

    def _note(
        self,
        account: Account,
        name: str,
        organisation: str = "",
        addresses: tuple[Account, ...] = (),
    ) -> None:
        name = tidy(name)
        page = account.handle.startswith(("company/", "school/", "showcase/"))
        nature = Nature.ROLE if page else Nature.PERSON
        if name or organisation or addresses or page:
            self.tell(AccountSeen(account, name, False, nature, tidy(organisation), addresses))
        if account.handle.startswith("name:"):
            self._without_profile[account] = name
        elif name:
            self._bearers.setdefault(_bare(name), set()).add(account)
