"""The graph: the one door to what is kept, in a file or on a server."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from math import floor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    or_,
    select,
)

from roc.errors import GraphError
from roc.graph import (
    aggregates,
    decisions,
    erasing,
    forgetting,
    inspection,
    links,
    lookup,
    outputs,
    people,
    retention,
    snapshots,
    tables,
    tones,
)
from roc.graph.batching import batches
from roc.graph.databases.copying import copy_whole
from roc.graph.databases.file import GraphFile
from roc.graph.databases.opening import in_our_words
from roc.graph.databases.server import GraphServer
from roc.graph.identity import basis_agreed_to
from roc.graph.reading import Reader
from roc.graph.records import ME, Account, CareWord, Record
from roc.graph.retention import Removed
from roc.graph.writing import Tally, Writer

if TYPE_CHECKING:
    from roc.graph.likeness.suggesting import Suggestion


class Graph:
    """People, their accounts and what passed between them, in one SQLite file or on a server.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Graph(Path(folder) / "me.graph") as graph:
        ...     graph.add([], source="journal", export="empty").new
        0
    """

    def __init__(self, where: Path | str, team: Sequence[str] = ()) -> None:
        """Open the graph, or lay out an empty one: a file is readable by its owner alone.

        The file of an earlier version is brought up to date; ``backup`` then says where it rests
        as it was before, and is ``None`` otherwise.

        Args:
            where: the path of a file, or the URL of a PostgreSQL database, as
                ``postgresql+psycopg://ana@db.example.org/graph``.
            team: whom the owner works with, by account (``email:ben@example.org``) or by the
                domain of their mail (``example.org``): kept, and set aside when it is read.

        Raises:
            ConfigError: the URL cannot be used, or the driver for it is not installed.
            NewerGraph: a newer version wrote it.
            UnwritableGraph: the folder, the file or the server is in the way.
            GraphError: it is not a graph of ours.
        """
        self._team = team
        self._kept = GraphServer(where) if isinstance(where, str) else GraphFile(where)
        self.backup = self._kept.backup

    @property
    def where(self) -> str:
        """Where it rests, for people to read: the path, or the URL without a password."""
        return self._kept.where

    @property
    def path(self) -> Path:
        """The file.

        Raises:
            GraphError: it is on a server.
        """
        if isinstance(self._kept, GraphServer):
            raise GraphError(f"{self.where} is on a server.", hint="use the server's own tools.")
        return self._kept.path

    def __enter__(self) -> "Graph":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._kept.engine.dispose()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._kept.transaction(writing=True)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._kept.transaction(writing=False)

    # --- in -----------------------------------------------------------------------------------

    def add(
        self,
        records: Iterable[Record],
        *,
        source: str,
        export: str,
        tally: Tally | None = None,
        told: Callable[[], None] = lambda: None,
        read_at: datetime | None = None,
        oldest_day: int | None = None,
    ) -> Tally:
        """Keep what a collector yields, in batches of one transaction each.

        A checkpoint ends its batch: the rows it covers and the cursor are kept together or not at
        all. If the collector fails with a ``CollectError``, what it gave before is kept; at any
        other failure, or an interrupt, the batch under way is dropped. The failure goes on, and
        reading again completes what is missing.

        Args:
            records: what a collector yields.
            source: where they come from, for problems.
            export: the file or stream, for problems.
            tally: counts on from here, and is brought up to date after each batch.
            told: called after each batch.
            read_at: the moment of reading, aware UTC, for ``places``.
            oldest_day: UTC day before which no act is kept; ``None`` where all are.

        Returns:
            What became of the records.
        """
        moment = None if read_at is None else floor(read_at.timestamp())
        writer = Writer(source, export, Tally() if tally is None else tally, moment, oldest_day)
        for batch in batches(records):
            with self._writing() as connection:
                writer.write(connection, batch)
            del batch
            told()
        return writer.tally

    def cursor(self, source: str, stream: str) -> Mapping[str, Any]:
        """Where to go on in a stream; empty where it was never read."""
        with self._reading() as connection:
            found = connection.execute(
                select(tables.cursor.c.cursor).filter_by(source=source, stream=stream)
            ).scalar_one_or_none()
        return dict(found or {})

    # --- out ----------------------------------------------------------------------------------

    @contextmanager
    def read(self, ego: str = "") -> Iterator[Reader]:
        """Frames that fit together: one moment of the file, people numbered alike."""
        with self._reading() as connection:
            yield Reader(connection, ego, self._team)

    def problems(self, limit: int = 1000) -> Sequence[Any]:
        """Rows that could not be used: ``source, export, place, code, detail``, in order."""
        columns = tables.problem.c
        rows = select(
            columns.source, columns.export, columns.place, columns.code, columns.detail
        ).order_by(columns.source, columns.export, columns.id)
        with self._reading() as connection:
            return connection.execute(rows.limit(limit)).all()

    def kept_contacts(self) -> list[tuple[Any, ...]]:
        """The kept contact days, sorted."""
        columns = [tables.contact.c[name] for name in aggregates.CONTACT_COLUMNS]
        with self._reading() as connection:
            return sorted(map(tuple, connection.execute(select(*columns))))

    def contacts_agree(self) -> bool:
        """Whether the kept contact days are those of the acts; if not, the file is damaged."""
        with self._kept.transaction(writing=False, whole=True) as connection:
            return inspection.contacts_agree(connection)

    def damage(self) -> list[str]:
        """What the database's own check finds wrong; empty where it is sound."""
        return self._kept.damage()

    def size(self) -> int:
        """Bytes that the graph takes up."""
        return self._kept.size()

    def inspect(self, day: int) -> inspection.Inspection:
        """What a look into the file finds on a UTC day."""
        with self._kept.transaction(writing=False, whole=True) as connection:
            return inspection.inspected(connection, day, self._kept.free_bytes(connection))

    def back_up(self, target: Path) -> None:
        """Copy the file to ``target``, whole or not at all, while others may go on writing.

        Raises:
            UnwritableGraph: ``target`` exists, or its folder or disk is in the way.
            GraphError: the file is damaged.
        """
        with in_our_words(target):
            copy_whole(self.path, target)

    # --- people -------------------------------------------------------------------------------

    def owners(self) -> frozenset[Account]:
        """The accounts that are the owner's."""
        columns = tables.account.c
        mine = select(columns.source, columns.handle).where(columns.owner)
        with self._reading() as connection:
            return frozenset(Account(*row) for row in connection.execute(mine))

    def has_own(self, source: str) -> bool:
        """Whether the owner took part in any act of a source, or the source holds none."""
        contact = tables.contact.c
        of_source = (
            select(contact.day)
            .join(tables.source, tables.source.c.id == contact.source_id)
            .where(tables.source.c.name == source)
        )
        with self._reading() as connection:
            mine = lookup.members(connection, lookup.owner(connection))
            own = of_source.where(or_(contact.sender_id.in_(mine), contact.recipient_id.in_(mine)))
            if connection.execute(own.limit(1)).first() is not None:
                return True
            return connection.execute(of_source.limit(1)).first() is None

    def own(self, accounts: Sequence[Account]) -> None:
        """Take accounts as the owner's."""
        with self._writing() as connection:
            Writer(ME.source, "config", Tally()).own(connection, accounts)

    def merge(self, one: str, other: str) -> None:
        """Hold two people to be one."""
        with self._writing() as connection:
            person, twin = lookup.find(connection, one), lookup.find(connection, other)
            with self._deciding(connection, "merge", person, twin):
                links.merge(connection, person, twin)

    def suggestions(self) -> "tuple[Suggestion, ...]":
        """Pairs of people who may be one, the likeliest first; nothing is merged by it."""
        from roc.graph.review import suggested  # late: it brings scipy along

        with self._reading() as connection:
            return suggested(connection)

    def accept(self, suggestion: "Suggestion") -> None:
        """Hold two people to be one, on the basis that was suggested."""
        with self._writing() as connection:
            person = lookup.find(connection, suggestion.one)
            twin = lookup.find(connection, suggestion.other)
            with self._deciding(connection, "accept", person, twin):
                links.merge(
                    connection,
                    person,
                    twin,
                    basis=basis_agreed_to(suggestion.basis),
                    confidence=suggestion.confidence,
                )

    def keep_apart(self, one: str, other: str) -> None:
        """Hold two people to be different: they are not suggested again."""
        with self._writing() as connection:
            person, twin = lookup.find(connection, one), lookup.find(connection, other)
            with self._deciding(connection, "keep apart", person, twin):
                links.keep_apart(connection, person, twin)

    def split(self, account: Account) -> None:
        """Hold an account to be a person of its own."""
        with self._writing() as connection:
            number = lookup.account_number(connection, account)
            with self._deciding(connection, "split", lookup.person_of(connection, number)):
                links.split(connection, number)

    def mute(self, words: str, *, muted: bool) -> None:
        """Leave a person out of scores and reports, or take them in again."""
        with self._writing() as connection:
            person = lookup.find(connection, words)
            with self._deciding(connection, "mute" if muted else "take in", person):
                people.mute(connection, person, muted=muted)

    def tag(self, words: str, tags: Sequence[str]) -> None:
        """Keep the owner's words for a person."""
        with self._writing() as connection:
            person = lookup.find(connection, words)
            with self._deciding(connection, "tag", person):
                people.tag(connection, person, tags)

    def care(self, words: str, word: CareWord, value: int | None) -> None:
        """Keep how the owner wants to keep in touch with a person; ``None`` takes it back."""
        with self._writing() as connection:
            person = lookup.find(connection, words)
            with self._deciding(connection, word, person):
                people.care(connection, person, word, value)

    def undo(self) -> tuple[str, tuple[Account, ...]]:
        """Undo the last decision about people that is not undone: merged, split, muted, tagged.

        Returns:
            What had been decided, and which accounts it was about.

        Raises:
            NothingToUndo: nothing is left to be undone.
        """
        with self._writing() as connection:
            word, accounts = decisions.undo(connection)
            retention.unsettle(connection)
            columns = tables.account.c
            rows = select(columns.source, columns.handle).where(columns.id.in_(accounts))
            told = sorted(Account(*row) for row in connection.execute(rows))
            return word, tuple(told)

    @contextmanager
    def _deciding(self, connection: Connection, word: str, *persons: int) -> Iterator[None]:
        accounts = [number for person in persons for number in lookup.members(connection, person)]
        with decisions.deciding(connection, word, accounts):
            yield
        retention.unsettle(connection)

    # --- removing -----------------------------------------------------------------------------

    def going(self, words: str) -> dict[str, frozenset[str]]:
        """Who goes if a person is forgotten: by key, with all names of their accounts; they first.

        Raises:
            UnknownPerson: it is the owner, or nobody answers, or more than one.
        """
        with self._reading() as connection:
            return forgetting.going(connection, lookup.find(connection, words))

    def forget(self, words: str, outputs_gone: Iterable[str] = ()) -> bool:
        """Remove a person for good, and overwrite the pages that held them.

        Args:
            words: who.
            outputs_gone: paths of files that were written, which go from memory with them.

        Returns:
            Whether they are overwritten already; see ``finish_erasing``.
        """
        with self._writing() as connection:
            forgetting.forget(connection, lookup.find(connection, words))
            outputs.drop(connection, outputs_gone)
            retention.unsettle(connection)
        return self.finish_erasing()

    def forget_tones(self) -> int:
        """Remove how messages are written, and the thanks and wishes noticed in them; how many.

        ``finish_erasing`` overwrites the pages.
        """
        with self._writing() as connection:
            return tones.remove_tones(connection)

    def keep_from(self, day: int) -> Removed:
        """Remove what is from before a UTC day; ``finish_erasing`` overwrites the pages."""
        with self._kept.transaction(writing=True, whole=True) as connection:
            return retention.keep_from(connection, day)

    def last_known_day(self, today: int) -> int | None:
        """UTC day of the newest act up to today, a few strays left aside; ``None`` of none."""
        with self._reading() as connection:
            return retention.last_known_day(connection, today)

    def silence(self, today: int, oldest_day: int) -> tuple[int, int] | None:
        """The days around a silence that a wrong clock may have leapt over; see `retention`."""
        with self._reading() as connection:
            return retention.silence(connection, today, oldest_day)

    def finish_erasing(self) -> bool:
        """Overwrite the pages of what was removed, if that is still to do.

        Returns:
            Whether nothing of it is left in the file. Where another process reads the file, or the
            disk has no room for a second copy of it, a later call has to finish.
        """
        with self._reading() as connection:
            mark = erasing.pending(connection)
        if mark is None:
            return True
        if not self._kept.overwrite_deleted():
            return False
        with self._writing() as connection:
            erasing.is_done(connection, mark)
        return True

    # --- outputs ------------------------------------------------------------------------------

    def note_outputs(self, digests: Mapping[str, bytes]) -> None:
        """Remember files written for people to read: their paths and hashes of their content."""
        with self._writing() as connection:
            outputs.note(connection, digests)

    def outputs(self) -> dict[str, bytes]:
        """The files that were written, with the hashes of what was written into each."""
        with self._reading() as connection:
            return outputs.noted(connection)

    # --- snapshots ----------------------------------------------------------------------------

    def keep_snapshot(
        self,
        *,
        day: int,
        ego_key: str,
        version: str,
        parameters: Mapping[str, Any],
        scores: Mapping[str, Mapping[str, float]],
    ) -> None:
        """Keep all scores of one moment; the same day and ego again replaces them.

        Args:
            day: the UTC day they are for.
            ego_key: whose they are.
            version: what made them.
            parameters: the numbers they were made with, plain JSON.
            scores: by person key, then by name; undefined ones left out.
        """
        with self._writing() as connection:
            snapshots.keep(
                connection,
                day=day,
                ego_key=ego_key,
                version=version,
                parameters=parameters,
                scores=scores,
            )

    def snapshots(self) -> Sequence[Any]:
        """What snapshots there are: ``day``, ``ego``, ``version``, and how many ``scores``."""
        with self._reading() as connection:
            return snapshots.kept(connection)
