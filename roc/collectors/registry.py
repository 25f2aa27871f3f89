"""Finds collectors by name and by what they recognise; nothing to register."""

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

import roc.collectors
from roc.collectors.archive import Export
from roc.errors import UnknownExport

_NOT_SOURCES = frozenset({"base", "registry", "archive", "http", "formats"})


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


def recognise(export: Export) -> str:
    """The source whose export this is, judged by its content.

    Raises:
        UnknownExport: no collector, or more than one, recognises it.
    """
    found = [name for name in sources() if recognises(name, export)]
    if len(found) == 1:
        return found[0]
    name = export.path.name
    if not export.size:
        raise UnknownExport(f"{name} is empty.", hint="download or save it again.")
    if found and export.path.is_dir():
        raise UnknownExport(
            f"{name} holds exports of more than one source: {', '.join(found)}.",
            hint=f"name them one by one, as roc collect {name}/…",
        )
    if found:
        raise UnknownExport(
            f"{name} may be of more than one source: {', '.join(found)}.",
            hint=f"say which it is, as roc collect {found[0]} {name}",
        )
    raise UnknownExport(
        f"No collector recognises {name}.",
        hint=f"what can be read: {', '.join(sources())}; if it is one of them, put that word "
        "before it, and see docs/sources for how to get a whole export.",
    )


def recognises(source: str, export: Export) -> bool:
    """Whether a source takes the export for its own."""
    judge = getattr(collector(source), "recognises", None)
    return bool(judge and judge(export))
