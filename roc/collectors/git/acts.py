"""Acts between the people of a history, commit by commit."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.git.commits import Commit, Person
from roc.collectors.git.mailmap import Mailmap
from roc.collectors.git.people import Known, People, is_platform
from roc.collectors.git.roles import KINDS, Role, roles
from roc.graph.records import AccountSeen, Interaction, Precision

SOURCE = "git"
MAX_AUTHORS = 25
"""More people than this did not write one change together: somebody named a whole team."""

_Told = tuple[Interaction, tuple[Known, ...]]
_MAX_REMEMBERED = 1_000_000  # acts whose repeats are noticed here; the store drops the rest
_MAX_WAITING = 100_000  # merges whose other side has not come yet


class Acts:
    """What was done in a history.

    Args:
        mailmap: which addresses are one person.
    """

    def __init__(self, mailmap: Mailmap) -> None:
        self._people = People(mailmap)
        self._told: set[int] = set()
        self._merged: dict[str, list[Commit]] = {}

    def of(self, commit: Commit) -> Iterator[AccountSeen | Interaction]:
        """The acts that a commit is witness to, and who they are by; children come before parents.

        Raises:
            Unusable: its author or its moment cannot be told.
        """
        merges = self._merged.pop(commit.id, [])
        if commit.is_request and len(self._merged) < _MAX_WAITING:
            for parent in commit.parents[1:]:
                self._merged.setdefault(parent, []).append(commit)
        if not (merges or commit.trailers or commit.author != commit.committer):
            return
        for act, people in self._acts(_Change(commit, self._people), merges):
            number = int(act.external_id[:16], 16)
            if number not in self._told:
                if len(self._told) < _MAX_REMEMBERED:
                    self._told.add(number)
                yield from self._people.described(*people)
                yield act

    def _acts(self, change: "_Change", merges: Sequence[Commit]) -> Iterator[_Told]:
        yield from change.taken_in()
        for merge in merges:
            yield from change.merged(merge)
        yield from change.shared()
        yield from change.by_trailers()


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
        self._authored = _moment(commit.authored)
        self._committed = _moment(commit.committed)
        author = people.known(commit.author)
        if author is None:
            raise Unusable("no_author", "the author has neither a name nor an address")
        self._author = author
        self._authors = self._all_authors()

    def taken_in(self) -> Iterator[_Told]:
        """The committer's act, where it is not the author who committed."""
        commit = self._commit
        if len(commit.parents) > 1 or is_platform(commit.committer):
            return
        by = self._people.known(commit.committer)
        # Who takes it in once more, on another branch, does so at another moment.
        told = (_key(commit.committer), str(commit.committed))
        yield from self._towards_authors(Role.TAKES_IN, by, self._committed, told)

    def merged(self, merge: Commit) -> Iterator[_Told]:
        """The act of who merged a branch of which this is the last commit."""
        at = unix_moment(merge.authored)
        by = self._people.known(merge.author) if at else None
        told = (_key(merge.author), str(merge.authored))
        yield from self._towards_authors(Role.TAKES_IN, by, at, told)

    def shared(self) -> Iterator[_Told]:
        """What those who wrote it together give each other: an act of each to the others."""
        for by in self._authors if len(self._authors) > 1 else ():
            others = tuple(one for one in self._authors if one is not by)
            yield self._act(Role.SHARES, by, others, str(by.account))

    def by_trailers(self) -> Iterator[_Told]:
        """What the other trailers say, one act for each role and person."""
        committer = self._people.known(self._commit.committer)
        met: set[tuple[Role, Known]] = set()
        for trailer in self._commit.trailers:
            one = self._people.known(trailer.person)
            for role in roles(trailer.word) if one else ():
                if one is None or (role, one) in met or role is Role.SHARES:
                    continue
                met.add((role, one))
                if role is Role.IS_THANKED:
                    if not one.is_same(self._author):
                        yield self._act(role, self._author, (one,), _key(trailer.person))
                elif not (role is Role.TAKES_IN and committer and one.is_same(committer)):
                    yield from self._towards_authors(role, one, None, (_key(trailer.person),))

    def _all_authors(self) -> tuple[Known, ...]:
        found = [self._author]
        for trailer in self._commit.trailers:
            one = self._people.known(trailer.person) if Role.SHARES in roles(trailer.word) else None
            if one and not any(one.is_same(other) for other in found):
                found.append(one)
        return tuple(found) if len(found) <= MAX_AUTHORS else (self._author,)

    def _towards_authors(
        self, role: Role, by: Known | None, at: datetime | None, told: tuple[str, ...]
    ) -> Iterator[_Told]:
        if by and not any(by.is_same(author) for author in self._authors):
            yield self._act(role, by, self._authors, *told, at=at)

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


def _moment(seconds: int) -> datetime:
    at = unix_moment(seconds)
    if at is None:
        raise Unusable("bad_date", "the commit's moment is out of all bounds")
    return at


def _key(person: Person) -> str:
    return person.address or person.name
