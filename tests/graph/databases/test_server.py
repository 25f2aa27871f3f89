"""What is peculiar to a graph on a PostgreSQL server; all else runs on both kinds of store."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from roc.errors import ConfigError, GraphError, NewerGraph, RocError, UnwritableGraph
from roc.graph.records import Account, AccountSeen, Checkpoint, Record
from roc.graph.store import Graph
from tests.conftest import records
from tests.postgresql import OWNER, PASSWORD, Server, fresh_url, server
from tests.stores import needs_postgresql

pytestmark = needs_postgresql

LETTER = "2026-01-01 me -> ana message"


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_url() as found:
        yield found


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


def letters(count: int) -> list[Record]:
    return records("\n".join(f"2026-01-02 me -> p{n} message" for n in range(count)))


def add(graph: Graph, told: list[Record]) -> int:
    return graph.add(told, source="journal", export="x").new


@contextmanager
def told_plainly(what: str) -> Iterator[None]:
    """An error of ours says so, and the password stands nowhere in it."""
    with pytest.raises(RocError, match=what) as refused:
        yield
    chain: BaseException | None = refused.value
    while chain is not None:
        assert PASSWORD not in f"{chain} {chain!r} {getattr(chain, 'hint', '')}"
        chain = chain.__cause__ or chain.__context__
    assert refused.value.hint


# --- opening ------------------------------------------------------------------------------------


def test_an_empty_database_becomes_a_graph() -> None:
    with server().database() as name:
        for _ in range(2):
            with Graph(server().url(name)) as graph:
                assert graph.kept_contacts() == []


def test_two_who_open_an_empty_database_at_once_both_find_a_graph() -> None:
    with server().database() as name:
        both = threading.Barrier(2)
        opened: list[Graph] = []

        def open_it() -> None:
            both.wait()
            opened.append(Graph(server().url(name)))

        at_once(open_it, open_it)
        assert len(opened) == 2
        for graph in opened:
            assert graph.contacts_agree()
            graph.close()


def test_a_schema_can_hold_a_graph_of_its_own(url: str) -> None:
    server().run("CREATE SCHEMA team", database=name_of(url))
    with Graph(url) as graph, Graph(f"{url}?options=-csearch_path%3Dteam") as team:
        add(team, records(LETTER))
        assert (len(graph.kept_contacts()), len(team.kept_contacts())) == (0, 1)
    server().run("DROP SCHEMA team CASCADE", database=name_of(url))


@pytest.mark.parametrize(
    "layout",
    ["CREATE TABLE theirs (x int)", "CREATE TABLE setting (name text, value text)"],
)
def test_another_programs_database_is_refused_and_left_alone(layout: str) -> None:
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with server().database() as name:
        server().run(layout, database=name)
        with told_plainly("not a graph of ours"):
            Graph(server().url(name))
        assert len(server().run(tables, database=name)) == 1


def test_a_graph_of_a_newer_version_is_refused(url: str) -> None:
    newer = "UPDATE setting SET value = '99' WHERE name = 'schema_version'"
    server().run(newer, database=name_of(url))
    with pytest.raises(NewerGraph, match="newer version"):
        Graph(url)


def test_a_database_that_does_not_hold_every_script_is_refused() -> None:
    how = "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc"
    with server().database(how) as name, told_plainly("does not hold text in UTF-8"):
        Graph(server().url(name))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ((PASSWORD, "pepper"), "refuses that user or password"),
        ((OWNER + ":", "nobody:"), "refuses that user or password"),
        ((f":{PASSWORD}@", "@"), "asks for a password"),
        (("/graph", "/nothing"), "does not exist"),
        (("127.0.0.1", "127.0.0.1:1,127.0.0.1"), "cannot be told|not the address"),
    ],
)
def test_what_stands_in_the_way_to_the_server_is_told(
    url: str, change: tuple[str, str], what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with told_plainly(what):
        Graph(url.replace(*change))


def test_a_server_that_is_not_there_is_told(url: str) -> None:
    with told_plainly("cannot be reached"):
        Graph(url.replace(str(server().port), "1"))


@pytest.mark.parametrize(
    "text",
    [
        f"mysql://{OWNER}:{PASSWORD}@127.0.0.1/graph",
        f"postgresql+psycopg://{OWNER}:{PASSWORD}@127.0.0.1",
        f"postgresql+psycopg://{OWNER}:{PASSWORD}@127.0.0.1:port/graph",
        f"postgresql+psycopg://{OWNER}:p@{PASSWORD}@127.0.0.1/graph",
        f"postgresql+psycopg://{OWNER}@127.0.0.1/graph?password={PASSWORD}",
        f"{PASSWORD}",
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_repeating_it(text: str) -> None:
    with told_plainly(r"\[store\] url"):
        Graph(text)


def test_without_the_driver_the_way_to_get_it_is_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match="psycopg") as refused:
        Graph(url)
    assert refused.value.hint == "pip install 'return-on-connections[postgresql]'"


def test_the_file_needs_no_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with Graph(tmp_path / "me.graph") as graph:
        assert add(graph, records(LETTER)) == 1


def test_the_place_is_shown_without_the_password(url: str) -> None:
    with Graph(f"{url}?sslmode=disable") as graph:
        assert graph.where == url.replace(f":{PASSWORD}", "")
        with pytest.raises(GraphError, match="is on a server"):
            _ = graph.path


# --- rights -------------------------------------------------------------------------------------


def test_who_may_only_read_reads_and_is_told_that_they_may_not_write(url: str) -> None:
    run, database = server().run, name_of(url)
    run(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'", database=database)
    try:
        with Graph(url) as graph:
            add(graph, records(LETTER))
        reader = url.replace(f"{OWNER}:", "reader:")
        with told_plainly("may not be changed by you|not a graph of ours"):
            Graph(reader)
        run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=database)
        with Graph(reader) as graph:
            assert len(graph.kept_contacts()) == 1
            with told_plainly("may not be changed by you"):
                add(graph, records("2026-01-02 me -> ben message"))
    finally:
        run("DROP OWNED BY reader", database=database)
        run("DROP ROLE reader")


def test_who_may_write_but_does_not_own_the_tables_leaves_their_files_as_they_are(
    url: str,
) -> None:
    run, database = server().run, name_of(url)
    run(f"CREATE ROLE writer LOGIN PASSWORD '{PASSWORD}'", database=database)
    try:
        with Graph(url) as graph:
            add(graph, records("2026-01-01 me -> zenobia message"))
        run(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer",
            database=database,
        )
        run("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO writer", database=database)
        with Graph(url.replace(f"{OWNER}:", "writer:")) as graph:
            assert add(graph, records("2026-01-02 me -> zenobia, ben message")) == 1
            assert not graph.forget("zenobia")
    finally:
        run("DROP OWNED BY writer", database=database)
        run("DROP ROLE writer")


# --- forgetting ---------------------------------------------------------------------------------


def forgettable(graph: Graph) -> None:
    told = records("2026-01-01 me -> zenobia, ben message\n2026-01-02 zenobia -> me reply")
    add(graph, [*told, AccountSeen(Account("journal", "zenobia"), name="Zenobia Quux")])


def test_the_forgotten_leave_no_trace_in_the_tables_files(url: str) -> None:
    with Graph(url) as graph:
        forgettable(graph)
        assert b"zenobia" in server().files(name_of(url))
        assert graph.forget("zenobia")
    written = server().files(name_of(url)).lower()
    assert b"zenobia" not in written
    assert b"quux" not in written


def test_forgetting_while_another_reads_says_that_traces_remain(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roc.graph.databases.server.WAIT_FOR_LOCK_SECONDS", 0.1)
    with Graph(url) as graph, Graph(url) as hasty:
        forgettable(graph)
        with graph.read() as reader:
            assert not hasty.forget("zenobia")
            assert len(reader.people) == 3
        with graph.read() as reader:
            assert "journal:zenobia" not in reader.people.keys


# --- several at once ----------------------------------------------------------------------------


def at_once(*work: object) -> None:
    """Run functions at the same time; the first failure is raised."""
    failures: list[BaseException] = []

    def guarded(one: object) -> None:
        try:
            one()  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_two_who_write_at_once_lose_and_double_nothing(url: str) -> None:
    told = records("\n".join(f"2026-01-02 me -> p{n % 50} message" for n in range(200)))

    def paged(stream: str, told: list[Record]) -> Iterator[Record]:
        for start in range(0, len(told), 40):
            yield from told[start : start + 40]
            yield Checkpoint("journal", stream, {"end": start + 40})

    def write(stream: str, told: list[Record]) -> None:
        with Graph(url) as graph:
            graph.add(paged(stream, told), source="journal", export=stream)

    at_once(lambda: write("forwards", told), lambda: write("backwards", told[::-1]))
    with Graph(url) as graph:
        assert [row[6] for row in graph.kept_contacts()] == [4] * 50
        assert graph.contacts_agree()
        assert graph.cursor("journal", "forwards") == graph.cursor("journal", "backwards")


def test_whoever_waits_too_long_for_another_writer_is_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roc.graph.databases.server.WAIT_FOR_LOCK_SECONDS", 0.1)
    with Graph(url) as second, psycopg.connect(url.replace("+psycopg", "")) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(7499619, hashtext('public'))")
        with pytest.raises(UnwritableGraph, match="in use by another roc"):
            add(second, records(LETTER))
        assert second.kept_contacts() == []  # readers do not wait


def test_who_reads_sees_one_moment_whatever_others_write(url: str) -> None:
    with Graph(url) as graph, Graph(url) as other, graph.read() as reader:
        add(other, records(LETTER))
        assert len(reader.contacts()) == 0
    with Graph(url) as graph, graph.read() as reader:
        assert len(reader.contacts()) == 1


# --- in the middle of it ------------------------------------------------------------------------

_KILLED = """
import os, signal, sys
from roc.graph.records import Checkpoint
from roc.graph.store import Graph
from tests.graph.databases.test_server import letters

def told():
    yield from letters(50)
    yield Checkpoint("journal", "page", {"page": 1})
    yield from letters(400)

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

from roc.graph import keeping
graph = Graph(sys.argv[1])
write_contacts = keeping.Keeping._write_contacts
calls = []
def in_the_middle(self, rows):
    calls.append(1)
    if len(calls) > 1:
        kill()  # acts are written, their contact days are not
    write_contacts(self, rows)
keeping.Keeping._write_contacts = in_the_middle
graph.add(told(), source="journal", export="x")
"""


def test_a_client_killed_in_mid_batch_leaves_nothing_half_written(url: str) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, url], check=False)
    assert ended.returncode == -9
    with Graph(url) as graph:
        assert len(graph.kept_contacts()) == 50
        assert graph.contacts_agree()
        assert add(graph, letters(400)) == 350
        assert graph.contacts_agree()


def test_a_server_that_stops_in_mid_collect_leaves_nothing_half_written(url: str) -> None:
    def told(server: Server) -> Iterator[Record]:
        yield from letters(50)
        yield Checkpoint("journal", "page", {"page": 1})
        server.crash()
        yield from letters(400)

    try:
        with Graph(url) as graph, told_plainly("went away|cannot be reached"):
            graph.add(told(server()), source="journal", export="x")
    finally:
        server().start()
    with Graph(url) as graph:
        assert len(graph.kept_contacts()) == 50
        assert graph.contacts_agree()
        assert add(graph, letters(400)) == 350


_TROUBLE = """
CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'it is full' USING ERRCODE = '{}'; END $$;
CREATE TRIGGER trouble BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION trouble();
"""


@pytest.mark.parametrize("table", ["interaction", "contact"])
@pytest.mark.parametrize(
    ("state", "what"), [("53100", "disk is full"), ("57P01", "went away"), ("25006", "read-only")]
)
def test_what_the_server_cannot_do_is_told_and_nothing_is_half_written(
    url: str, table: str, state: str, what: str
) -> None:
    run, database = server().run, name_of(url)
    with Graph(url) as graph:
        add(graph, records(LETTER))
        run(_TROUBLE.format(state, table), database=database)
        with told_plainly(what):
            add(graph, letters(100))
        run("DROP FUNCTION trouble CASCADE", database=database)
        assert len(graph.kept_contacts()) == 1
        assert graph.contacts_agree()
        assert add(graph, letters(100)) == 100


def test_a_connection_cut_between_two_pages_is_made_anew(url: str) -> None:
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'roc'"
        f" AND datname = '{name_of(url)}'"
    )

    def told() -> Iterator[Record]:
        yield from letters(50)
        yield Checkpoint("journal", "page", {"page": 1})
        assert server().run(cut)
        yield from letters(400)

    with Graph(url) as graph:
        graph.add(told(), source="journal", export="x")
        assert len(graph.kept_contacts()) == 400


# --- numbers ------------------------------------------------------------------------------------


def test_places_are_not_used_up_by_batches_that_failed(url: str) -> None:
    """There are bits for sixty-two; a server's own numbering would leave a gap each time."""
    with Graph(url) as graph:
        server().run(_TROUBLE.format("53100", "interaction"), database=name_of(url))
        for _ in range(3):
            with pytest.raises(UnwritableGraph):
                add(graph, records(LETTER))
        server().run("DROP FUNCTION trouble CASCADE", database=name_of(url))
        add(graph, records(LETTER))
    assert server().run("SELECT id FROM place", database=name_of(url)) == [(1,)]


def test_the_graph_has_a_size_and_is_sound(url: str) -> None:
    with Graph(url) as graph:
        add(graph, letters(100))
        assert graph.damage() == []
        assert graph.size() > 100_000


# --- earlier versions ---------------------------------------------------------------------------

_AS_VERSION_2 = (
    "DROP TABLE outcome_person, outcome, tone, care;"
    "DELETE FROM kind WHERE word = 'congratulation';"
    "UPDATE setting SET value = '2' WHERE name = 'schema_version'"
)
_LAYOUT = (
    "SELECT table_name, column_name, data_type, is_nullable, collation_name"
    " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
)
_RIGHTS = (
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee = 'reader \"x' ORDER BY 1, 2"
)


def test_the_layout_of_an_earlier_version_is_brought_up_to_date(url: str) -> None:
    name = name_of(url)
    with Graph(url) as graph:
        add(graph, letters(3))
    fresh = server().run(_LAYOUT, database=name)
    server().run(_AS_VERSION_2, database=name)
    with Graph(url) as graph:
        assert server().run(_LAYOUT, database=name) == fresh
        assert len(graph.kept_contacts()) == 3
        with graph.read() as reader:
            assert len(reader.outcomes()) == 0


def test_whoever_may_read_the_acts_may_read_new_tables_and_nobody_else_makes_them(url: str) -> None:
    name = name_of(url)
    server().run(_AS_VERSION_2, database=name)
    server().run(f'CREATE ROLE "reader ""x" LOGIN PASSWORD \'{PASSWORD}\'', database=name)
    server().run('GRANT SELECT ON ALL TABLES IN SCHEMA public TO "reader ""x"', database=name)
    reader = server().url(name, user="reader%20%22x")
    try:
        with told_plainly("laid out by an earlier version"):
            Graph(reader)
        Graph(url).close()
        rights = server().run(_RIGHTS, database=name)
        new = ("outcome", "outcome_person", "tone", "care")
        assert {(table, "SELECT") for table in new} <= set(rights)
        with Graph(reader) as graph, graph.read() as read:
            assert len(read.outcomes()) == 0
    finally:
        server().run('DROP OWNED BY "reader ""x"; DROP ROLE "reader ""x"', database=name)
