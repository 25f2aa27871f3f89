"""Forgetting: somebody goes from the graph, and what else names them is found and told."""

from dataclasses import dataclass, field
from pathlib import Path

from roc.config import Config
from roc.workflows.collecting import opened
from roc.workflows.keeping import PersonRow, people
from roc.workflows.outputs import Traces, delete_outputs, named_in_paths, traces


@dataclass(frozen=True, slots=True)
class Found:
    """Who is to be forgotten, and what else names them.

    Args:
        person: the person.
        others: who goes with them, as an account of theirs is one of the person's, spelt
            differently.
        namesakes: accounts of others who are called the same; they stay.
        words: all their names and accounts, by which files were looked through.
        traces: files that name the person.
    """

    person: PersonRow
    others: tuple[PersonRow, ...]
    namesakes: tuple[str, ...]
    words: frozenset[str] = field(repr=False)
    traces: Traces


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of somebody who was to be forgotten.

    Args:
        overwritten: whether nothing of them is left in the graph's bytes; otherwise `roc doctor`,
            or whatever collects next, finishes it.
        deleted: files written by roc that named them, and are gone.
    """

    overwritten: bool
    deleted: tuple[Path, ...]


def find(config: Config, words: str) -> Found:
    """Who answers to some words, who goes with them, and what names them.

    Raises:
        UnknownPerson: nobody answers, or more than one, or the owner.
    """
    with opened(config) as graph:
        going = graph.going(words)
        known = {row.person: row for row in people(config)}
        rows = [known[key] for key in going]
        wanted = {name for names in going.values() for name in names}
        wanted.update(*((row.name, *row.accounts) for row in rows))
        named = traces(config, graph, wanted)
    called = {row.name.casefold() for row in rows}
    namesakes = [
        account
        for key, row in known.items()
        if key not in going and row.name.casefold() in called
        for account in row.accounts
    ]
    return Found(rows[0], tuple(rows[1:]), tuple(namesakes), frozenset(wanted), named)


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
        # Files first: who is gone cannot be looked for again if this is cut short.
        deleted = delete_outputs(graph, found.traces.outputs) if outputs else ()
        gone = {*map(str, deleted), *named_in_paths(graph, found.words)}
        return Forgotten(graph.forget(found.person.person, gone), deleted)
