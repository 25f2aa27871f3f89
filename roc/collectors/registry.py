"""Finds collectors by name and by what they recognise; nothing to register."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import roc.collectors
from roc.collectors.archive import Export
from roc.errors import UnknownExport
from roc.graph.records import Kind

_OTHERS = "archive base finding formats http limits oauth parts registry searching tone"
_NOT_SOURCES = frozenset(_OTHERS.split())


@cache
def sources() -> tuple[str, ...]:
    """Names of all sources, sorted."""
    found = (module.name for module in pkgutil.iter_modules(roc.collectors.__path__))
    return tuple(sorted(name for name in found if name not in _NOT_SOURCES))


def collector(source: str) -> ModuleType:
    """The module that reads a source.

    Raises:
        UnknownExport: there is no such source.
    """
    if source not in sources():
        raise UnknownExport(
            f"There is no source called {source!r}.",
            hint=f"it is a path, or one of: {', '.join(sources())}.",
        )
    return import_module(f"roc.collectors.{source}")


@cache
def live_sources() -> tuple[str, ...]:
    """Names of the sources that can be asked over the network, sorted."""
    return tuple(
        source
        for source in sources()
        if hasattr(collector(source), "__path__") and find_spec(f"roc.collectors.{source}.api")
    )


def live(source: str) -> ModuleType:
    """The module that asks a live source; importing it brings the source's library with it.

    Raises:
        UnknownExport: there is no such source, or it is read from exports alone.
    """
    collector(source)
    if source not in live_sources():
        raise UnknownExport(
            f"{source} is read from its exports.", hint=f"name one: roc collect {source} PATH"
        )
    return import_module(f"roc.collectors.{source}.api")


def recognises(source: str, export: Export) -> bool:
    """Whether a source takes the export for its own."""
    judge = getattr(collector(source), "recognises", None)
    return bool(judge and judge(export))


def one_way() -> frozenset[tuple[str, Kind]]:
    """Sources, and the kinds of acts of which their exports tell the owner's side alone."""
    return frozenset(
        (source, kind) for source in sources() for kind in getattr(collector(source), "ONE_WAY", ())
    )
