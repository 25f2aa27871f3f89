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
    found = [name for name in sources() if _recognises(name, export)]
    if len(found) == 1:
        return found[0]
    named = f"one of: {', '.join(found or sources())}"
    raise UnknownExport(
        f"{'More than one' if found else 'No'} collector recognises {export.path.name}.",
        hint=f"say which it is with --source ({named}), or see docs/add-a-collector.md.",
    )


def _recognises(source: str, export: Export) -> bool:
    judge = getattr(collector(source), "recognises", None)
    return bool(judge and judge(export))
