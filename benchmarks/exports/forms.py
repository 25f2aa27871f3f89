"""What a format to be measured is, and the people, moments and texts of which exports are made."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from roc.graph.records import DeclaredTie, Interaction

_FIRST = datetime(2016, 1, 4, 8, 0, tzinfo=UTC)
_BETWEEN = timedelta(minutes=17)
_TEXT = "harbour letter garden paper window morning river print bread lamp field atlas"
WORDS = _TEXT.split()
_IN_A_CHAT = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """A format to be measured.

    Args:
        source: the collector that reads it.
        file: the name of the file, or of the folder.
        row: what is counted.
        write: writes an export with so many rows.
        records: what a row becomes, one of these each.
    """

    source: str
    file: str
    row: str
    write: Callable[[Path, int], None]
    records: tuple[type, ...] = (Interaction, DeclaredTie)


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    number: int

    @property
    def name(self) -> str:
        """First and last name; two thousand people have a hundred and forty-four of them."""
        return f"{WORDS[self.number % 12].title()} {WORDS[self.number // 12 % 12].title()}son"

    @property
    def full_name(self) -> str:
        """A name that nobody else has."""
        return f"{self.name} {_roman(self.number // 144)}".rstrip()

    @property
    def handle(self) -> str:
        """How they call themselves where names are short."""
        return f"{WORDS[self.number % 12]}{self.number}"

    @property
    def address(self) -> str:
        """A mail address."""
        return f"person{self.number}@example.org"


OWNER = Somebody(0)


def somebody(dice: random.Random) -> Somebody:
    """One of two thousand people, some of whom are met far more often than others."""
    return Somebody(1 + int(2000 * dice.random() ** 3))


def moment(number: int) -> datetime:
    """When the act with this number took place."""
    return _FIRST + number * _BETWEEN


def filler(dice: random.Random, length: int) -> str:
    """A text of so many signs, or a few more."""
    words: list[str] = []
    while length > 0:
        words.append(dice.choice(WORDS))
        length -= len(words[-1]) + 1
    return " ".join(words)


def talks(count: int) -> Iterator[tuple[Somebody, range]]:
    """Chats between the owner and somebody, of a thousand messages each, by their numbers."""
    for chat, first in enumerate(range(0, count, _IN_A_CHAT), 1):
        yield Somebody(chat), range(first, min(first + _IN_A_CHAT, count))


def texts(seed: int, length: int) -> Callable[[], str]:
    """A source of texts of about that length: a few hundred different ones, by chance."""
    dice = random.Random(seed)
    few = [filler(dice, dice.randrange(length // 4, 2 * length)) for _ in range(300)]
    return lambda: dice.choice(few)


def put(path: Path, value: object) -> None:
    """Write a value as a JSON file, above which there may be no folders yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file)


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
