"""Keeping: making the graph and its config, and looking after people."""

import os
from dataclasses import dataclass
from pathlib import Path

from roc.config import Config, account, days_of, load
from roc.errors import ConfigError, RocError
from roc.graph.frames import People
from roc.graph.identity import mentioned
from roc.graph.records import CareWord
from roc.workflows.collecting import opened


@dataclass(frozen=True, slots=True)
class Kept:
    """Where things rest.

    Args:
        config: the config file.
        graph: the graph file.
        journal: the journal's file.
    """

    config: Path
    graph: Path
    journal: Path


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the graph.

    Args:
        person: their key.
        name: what people read.
        organisation: where they work, as far as told.
        accounts: all their accounts.
        set_aside: why they are left out of scores, in a word; empty where they are not.
        tags: the owner's words for them.
    """

    person: str
    name: str
    organisation: str
    accounts: tuple[str, ...]
    set_aside: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two people who may be one.

    Args:
        one: the one.
        other: the other.
        confidence: about the share of such suggestions that are right, from 0 to 1.
        basis: what mainly speaks for it.
        reasons: what speaks for and against it, in short sentences.
    """

    one: PersonRow
    other: PersonRow
    confidence: float
    basis: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision that was undone.

    Args:
        decision: what it was: merge, split, mute, take in, tag.
        accounts: whom it was about.
    """

    decision: str
    accounts: tuple[str, ...]


def init(config_path: Path, *, name: str, accounts: tuple[str, ...], graph: str = "") -> Kept:
    """Write a first config and an empty graph.

    Raises:
        ConfigError: there is a config already, an account is not one, or it cannot be written.
    """
    for text in accounts:
        account(text)
    lines = ["[me]", f"name = {_quoted(name)}"]
    lines += [f"accounts = [{', '.join(_quoted(text) for text in accounts)}]"]
    if graph:
        lines += ["", "[graph]", f"file = {_quoted(str(Path(graph).expanduser().absolute()))}"]
    try:
        config_path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(config_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("\n".join([*lines, ""]))
    except FileExistsError as error:
        raise ConfigError(
            f"There is a config already: {config_path}.", hint="edit it, or name another file."
        ) from error
    except OSError as error:
        raise ConfigError(
            f"Cannot write the config {config_path}: {error.strerror or error}.",
            hint="name another file with --config FILE.",
        ) from error
    try:
        config = load(config_path)
        opened(config).close()
    except RocError:
        config_path.unlink()  # so that the same command can be given again
        raise
    return Kept(config_path, config.graph_file, config.journal_file)


def people(config: Config, words: str = "") -> list[PersonRow]:
    """Everyone in the graph, by name; only those whom ``words`` match where given."""
    with opened(config) as graph, graph.read() as reader:
        found = reader.people
    rows = [_person_row(found, number) for number in range(len(found)) if number != found.ego]
    matching = [
        row
        for row in rows
        if mentioned(words, (row.name, row.organisation, *row.accounts, *row.tags))
    ]
    return sorted(matching, key=lambda row: (row.name.casefold(), row.person))


def person(config: Config, words: str) -> PersonRow:
    """The one person who answers to an account, a name or a part of either.

    Raises:
        UnknownPerson: nobody does, or more than one.
    """
    with opened(config) as graph, graph.read(words) as reader:
        found = reader.people
    return _person_row(found, found.ego)


def merge(config: Config, one: str, other: str) -> None:
    """Hold two people to be one."""
    with opened(config) as graph:
        graph.merge(one, other)


def review(config: Config) -> list[Doubtful]:
    """Pairs of people who may be one, the likeliest first; nothing is merged by it."""
    with opened(config) as graph:
        found = graph.suggestions()
        with graph.read() as reader:
            people = reader.people
    number = {key: place for place, keys in enumerate(people.accounts) for key in keys}
    return [
        Doubtful(
            one=_person_row(people, number[suggestion.one]),
            other=_person_row(people, number[suggestion.other]),
            confidence=suggestion.confidence,
            basis=suggestion.basis,
            reasons=suggestion.reasons,
        )
        for suggestion in found
        if suggestion.one in number and suggestion.other in number
    ]


def accept(config: Config, doubtful: Doubtful) -> None:
    """Hold two people to be one, on the basis that was suggested."""
    from roc.graph.likeness.suggesting import Suggestion

    with opened(config) as graph:
        graph.accept(
            Suggestion(
                doubtful.one.person,
                doubtful.other.person,
                doubtful.confidence,
                doubtful.basis,
                doubtful.reasons,
            )
        )


def keep_apart(config: Config, one: str, other: str) -> None:
    """Hold two people to be different: they are not suggested again."""
    with opened(config) as graph:
        graph.keep_apart(one, other)


def split(config: Config, account_text: str) -> None:
    """Hold an account to be a person of its own."""
    with opened(config) as graph:
        graph.split(account(account_text))


def undo(config: Config) -> Undone:
    """Undo the last decision about people that is not undone.

    Raises:
        NothingToUndo: nothing is left to be undone.
    """
    with opened(config) as graph:
        word, accounts = graph.undo()
    return Undone(word, tuple(map(str, accounts)))


def mute(config: Config, words: str, *, muted: bool) -> None:
    """Leave a person out of scores and reports, or take them in again."""
    with opened(config) as graph:
        graph.mute(words, muted=muted)


def tag(config: Config, words: str, tags: list[str]) -> None:
    """Keep the owner's words for a person, written with or without the journal's ``#``.

    Raises:
        ConfigError: a tag is empty.
    """
    plain = [" ".join(text.split()).lstrip("#") for text in tags]
    if not all(plain):
        raise ConfigError("A tag is a word.", hint="for example: roc people tag ana client")
    with opened(config) as graph:
        graph.tag(words, plain)


def care(config: Config, words: str, word: CareWord, value: int | None) -> None:
    """Keep how you want to keep in touch with a person.

    Args:
        config: the settings.
        words: who.
        word: what is said.
        value: days between contacts, or the UTC day until which to say nothing; ``None`` takes
            back what was said.
    """
    with opened(config) as graph:
        graph.care(words, word, value)


def length(text: str) -> int:
    """A length of time in days.

    Raises:
        ConfigError: it is none.
    """
    days = days_of(text)
    if days is None:
        raise ConfigError(f"{text!r} is no length of time.", hint="write it as 10d, 4w, 3m or 1y.")
    return days


def _person_row(found: People, number: int) -> PersonRow:
    return PersonRow(
        person=found.keys[number],
        name=found.names[number],
        organisation=found.organisations[number],
        accounts=found.accounts[number],
        set_aside=found.aside[number],
        tags=found.tags[number],
    )


def _quoted(text: str) -> str:
    """Text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else " " for sign in escaped) + '"'
