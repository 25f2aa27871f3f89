"""Forgetting: somebody goes from the graph, and what else names them is found and told."""

from dataclasses import dataclass
from pathlib import Path

from roc.config import Config
from roc.workflows.collecting import opened
from roc.workflows.keeping import PersonRow, people, person
from roc.workflows.outputs import Traces, delete_outputs, drop_notes, traces


@dataclass(frozen=True, slots=True)
class Found:
    """Who is to be forgotten, and what else names them.

    Args:
        person: the person.
        namesakes: accounts of others who are called the same; they stay.
        traces: files that name the person.
    """

    person: PersonRow
    namesakes: tuple[str, ...]
    traces: Traces


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of somebody who was to be forgotten.

    Args:
        overwritten: whether nothing of them is left in the graph file; otherwise `roc doctor`, or
            whatever collects next, finishes it.
        deleted: files written by roc that named them, and are gone.
    """

    overwritten: bool
    deleted: tuple[Path, ...]


def find(config: Config, words: str) -> Found:
    """Who answers to some words, and what names them.

    Raises:
        UnknownPerson: nobody answers, or more than one.
    """
    row = person(config, words)
    namesakes = [
        account
        for other in people(config, row.name)
        if other.person != row.person and other.name.casefold() == row.name.casefold()
        for account in other.accounts
    ]
    with opened(config) as graph:
        named = traces(config, graph, _words(row))
    return Found(row, tuple(namesakes), named)


def forget(config: Config, found: Found, *, outputs: bool = False) -> Forgotten:
    """Remove a person for good; no reading brings them back.

    Args:
        config: the settings.
        found: whom, and what names them.
        outputs: whether files that roc wrote and that name them are deleted, too.

    Raises:
        UnknownPerson: it is the owner.
    """
    with opened(config) as graph:
        graph.forget(found.person.person)
        deleted = delete_outputs(graph, found.traces.outputs) if outputs else ()
        drop_notes(graph, _words(found.person))
        return Forgotten(graph.finish_erasing(), deleted)


def _words(row: PersonRow) -> tuple[str, ...]:
    return (row.name, *row.accounts)
