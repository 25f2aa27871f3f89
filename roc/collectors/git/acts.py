"""Acts between the people of a history, commit by commit."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.git.commits import Commit
from roc.collectors.git.mailmap import Mailmap
from roc.collectors.git.people import Known, People, is_platform
from roc.collectors.git.roles import KINDS, Role, roles
from roc.collectors.git.trailers import Person
from roc.graph.records import AccountSeen, Interaction, Precision

SOURCE = "git"
MAX_AUTHORS = 25
"""More people than this did not write one change together: somebody named a whole team."""

_Told = tuple[Interaction, tuple[Known, ...]]
_Part = tuple[Role, Known, str]  # that somebody had in a change, and their key
_MAX_REMEMBERED = 1_000_000  # acts whose repeats are noticed here; the store drops the rest
_MAX_WAITING = 100_000  # merges whose other side has not come yet
_MAX_SEEN = 2**13  # commits in which a merge looks whether its other side came before it


class _Author(NamedTuple):
    known: Known
    key: str


class Acts:
    """What was done in a history.

    Args:
        mailmap: which addresses are one person.
    """

    def __init__(self, mailmap: Mailmap) -> None:
        self._people = People(mailmap)
        self._told: set[int] = set()
        self._merged: dict[str, list[Commit]] = {}
        self._seen: OrderedDict[str, Commit] = OrderedDict()

    def of(self, commit: Commit) -> Iterator[AccountSeen | Interaction]:
        """The acts that a commit is witness to, and who they are by; children come before parents.

        Raises:
            Unusable: its author or its moment cannot be told.
        """
        self._remember(commit)
        merges = self._merged.pop(commit.id, [])
        if commit.is_update:
            for merge in merges:
                yield from self._of_merged(merge, commit.parents[0])
            return
        if commit.is_request:
            for parent in commit.parents[1:]:
                yield from self._of_merged(commit, parent)
        if merges or commit.trailers or commit.author != commit.committer:
            change = _Change(commit, self._people)
            yield from self._new(change.taken_in())
            for merge in merges:
                yield from self._new(change.merged(merge))
            yield from self._new(change.shared())
            yield from self._new(change.by_trailers())

    def _of_merged(self, merge: Commit, tip: str) -> Iterator[AccountSeen | Interaction]:
        """What a merge says of the merged branch, now or when its last piece of work comes."""
        while (seen := self._seen.get(tip)) and seen.is_update:
            tip = seen.parents[0]
        if seen:  # it came before the merge: somebody's clock was wrong
            with suppress(Unusable):  # told when it came
                yield from self._new(_Change(seen, self._people).merged(merge))
        elif len(self._merged) < _MAX_WAITING:
            self._merged.setdefault(tip, []).append(merge)

    def _remember(self, commit: Commit) -> None:
        self._seen[commit.id] = commit
        if len(self._seen) > _MAX_SEEN:
            self._seen.popitem(last=False)

    def _new(self, told: Iterable[_Told]) -> Iterator[AccountSeen | Interaction]:
        for act, people in told:
            number = int(act.external_id[:16], 16)
            if number not in self._told:
                if len(self._told) < _MAX_REMEMBERED:
                    self._told.add(number)
                yield from self._people.described(*people)
                yield act


class _Change:
    """A commit with the people in it known.

    Args:
        commit: the commit.
        people: who knows them.

    Raises:
        Unusable: its author or its moment cannot be told.
    """

    def __init__(self, commit: Commit, people: People) -> None:
        self._commit = commit
        self._people = people
        self._is_merge = len(commit.parents) > 1
        self._authored = _moment(commit.authored)
        self._committed = _moment(commit.committed)
        self._parts = [] if self._is_merge else list(_parts(commit, people))
        author = people.known(commit.author)
        if author is None:
            raise Unusable("no_author", "the author has neither a name nor an address")
        self._authors = self._all_authors(_Author(author, _key(commit.author)))

    def taken_in(self) -> Iterator[_Told]:
        """The act of who made the commit, where they are none of its authors and did not sign."""
        commit = self._commit
        hands = {commit.committer: self._committed}
        if self._has(Role.WROTE):
            hands.setdefault(commit.author, self._authored)
        for person, at in hands.items() if not self._is_merge else ():
            by = self._people.known(person)
            if by and not is_platform(person) and not self._is_signed_by(by):
                # Who takes it in once more, on another branch, does so at another moment.
                seconds = commit.committed if person == commit.committer else commit.authored
                yield from self._towards_authors(
                    Role.TAKES_IN, by, at, (_key(person), str(seconds))
                )

    def merged(self, merge: Commit) -> Iterator[_Told]:
        """What is said by a merge of the branch of which this is the last commit."""
        at = unix_moment(merge.authored)
        by = self._people.known(merge.author)
        if at and by:
            told = (_key(merge.author), str(merge.authored))
            yield from self._towards_authors(Role.TAKES_IN, by, at, told)
        of_others = (Role.VOUCHES, Role.IS_THANKED)
        yield from self._said(part for part in _parts(merge, self._people) if part[0] in of_others)

    def shared(self) -> Iterator[_Told]:
        """What those who wrote it together give each other: an act of each to the others."""
        for by in self._authors if len(self._authors) > 1 else ():
            others = tuple(one.known for one in self._authors if one is not by)
            yield self._act(Role.SHARES, by.known, others, by.key)

    def by_trailers(self) -> Iterator[_Told]:
        """What the other trailers say, one act for each role and person."""
        yield from self._said(self._parts)

    def _said(self, parts: Iterable[_Part]) -> Iterator[_Told]:
        committer = self._people.known(self._commit.committer)
        first = self._authors[0].known
        met: set[tuple[Role, Known]] = set()
        for role, one, key in parts:
            if (role, one) in met or role in (Role.SHARES, Role.WROTE):
                continue
            met.add((role, one))
            if role is Role.IS_THANKED:
                if not one.is_same(first):
                    yield self._act(role, first, (one,), key)
            else:
                did_commit = role is Role.TAKES_IN and committer and one.is_same(committer)
                at = self._committed if did_commit else None
                yield from self._towards_authors(role, one, at, (key,))

    def _has(self, role: Role) -> bool:
        return any(each is role for each, _, _ in self._parts)

    def _is_signed_by(self, one: Known) -> bool:
        return any(role is Role.TAKES_IN and one.is_same(by) for role, by, _ in self._parts)

    def _all_authors(self, of_commit: "_Author") -> tuple["_Author", ...]:
        """Who wrote it: of the commit, or whom it names instead, and who wrote with them."""
        found = [] if self._has(Role.WROTE) else [of_commit]
        for wanted in (Role.WROTE, Role.SHARES):
            for role, one, key in self._parts:
                if role is wanted and not any(one.is_same(other.known) for other in found):
                    found.append(_Author(one, key))
        return tuple(found) if len(found) <= MAX_AUTHORS else (found[0],)

    def _towards_authors(
        self, role: Role, by: Known, at: datetime | None, told: tuple[str, ...]
    ) -> Iterator[_Told]:
        authors = tuple(author.known for author in self._authors)
        if not any(by.is_same(author) for author in authors):
            yield self._act(role, by, authors, *told, at=at)

    def _act(
        self,
        role: Role,
        by: Known,
        towards: tuple[Known, ...],
        *told: str,
        at: datetime | None = None,
    ) -> _Told:
        """An act, and who takes part in it.

        It is the same in every clone, and after the change was moved to another branch: what
        identifies a change is its author, when they wrote it, and its first line.
        """
        commit = self._commit
        identity = (_key(commit.author), str(commit.authored), commit.subject)
        act = Interaction(
            source=SOURCE,
            external_id=hashed(SOURCE, *identity, role.value, *told),
            kind=KINDS[role],
            at=at or self._authored,
            sender=by.account,
            recipients=tuple(dict.fromkeys(one.account for one in towards)),
            precision=Precision.INSTANT if at else Precision.PROXY,
        )
        return act, (by, *towards)


def _parts(commit: Commit, people: People) -> Iterator[_Part]:
    """What the trailers of a commit say."""
    for trailer in commit.trailers:
        if one := people.known(trailer.person):
            yield from ((role, one, _key(trailer.person)) for role in roles(trailer.word))


def _moment(seconds: int) -> datetime:
    at = unix_moment(seconds)
    if at is None:
        raise Unusable("bad_date", "the commit's moment is out of all bounds")
    return at


def _key(person: Person) -> str:
    return person.address or person.name
