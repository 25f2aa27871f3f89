"""A repository or bundles in an export: recognised, opened, read commit by commit."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.tolerance import Tolerance, Unusable, file_by_file
from roc.collectors.git import bundle
from roc.collectors.git.acts import Acts
from roc.collectors.git.commits import commit
from roc.collectors.git.history import History, entries, history, mailmap
from roc.collectors.git.mailmap import Mailmap
from roc.collectors.git.places import Place, check_plain, place, references, shallow
from roc.collectors.git.program import damaged, desk, feed
from roc.graph.records import Record

_TELLING = frozenset({"HEAD", ".git", ".git/HEAD"})  # bare, further working copy, working copy
_BUNDLE_SUFFIX = ".bundle"
_HEAD_BYTES = 64


def recognises(export: Export) -> bool:
    """Whether it is a working copy or a bare repository, or has a bundle in it."""
    return _place(export) is not None or any(_bundles(export))


def resembles(export: Export) -> str:
    """Of a repository in a zip, which ``git`` cannot read: what to do."""
    names = export.names()
    is_bare = "HEAD" in names and any(name.startswith("objects/") for name in names)
    if export.path.is_file() and (
        is_bare or any(f"/{name}".endswith("/.git/HEAD") for name in names)
    ):
        return "This is a git repository in an archive: unpack it, then name the folder."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who took in, vouched for, helped with and shared in whose work, newest commit first.

    Raises:
        BrokenExport: a repository is damaged, or too many of its commits cannot be read.
        CollectError: the program ``git`` is not installed.
    """
    found = _place(export)
    if found:
        yield from _records(export.path.name, _opened(found))
        return
    yield from file_by_file(_records(name, _unpacked(export, name)) for name in _bundles(export))


def _place(export: Export) -> Place | None:
    """The repository on disk, where its files are among the export's: one file beside it is not."""
    try:
        return place(export.folder) if _TELLING.intersection(export.names()) else None
    except OSError:
        return None


def _bundles(export: Export) -> Iterator[str]:
    names = export.names()
    for name in names:
        may_be = len(names) == 1 or name.lower().endswith(_BUNDLE_SUFFIX)
        if may_be and bundle.opens_bundle(head(export, name, _HEAD_BYTES)):
            yield name


@contextmanager
def _opened(found: Place) -> Iterator[History]:
    """The history of a repository on disk."""
    with desk(found.objects) as own:
        try:
            check_plain(found)
            opened = history(own, references(found))
            own.write("shallow", shallow(found))
        except OSError as error:
            raise damaged() from error
        yield opened


@contextmanager
def _unpacked(export: Export, name: str) -> Iterator[History]:
    """The history in a bundle, unpacked for the while."""
    with desk() as own:
        with export.open(name) as stream:
            unpacked = history(own, bundle.references(stream))
            if unpacked.head:
                feed(own, stream, "index-pack", "--stdin")
        yield unpacked


def _records(name: str, opened: AbstractContextManager[History]) -> Iterator[Record]:
    tolerance = Tolerance(name)
    with opened as found:
        acts = Acts(Mailmap(mailmap(found)))
        for entry in entries(found):
            try:
                yield from acts.of(commit(entry))
            except Unusable as reason:
                yield tolerance.count_bad(reason.at(f"commit {entry.id[:12]}"))
            else:
                tolerance.good += 1
    tolerance.check()
