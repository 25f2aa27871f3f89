"""The config file: read once, checked once, handed on as plain values."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_config_path, user_data_path

from roc.errors import ConfigError
from roc.graph.records import Account
from roc.reports.words import LANGUAGES
from roc.scoring.parameters import ScoringParameters


@dataclass(frozen=True, slots=True)
class Me:
    """Who the graph's owner is."""

    name: str = ""
    """What reports call you."""

    accounts: tuple[str, ...] = ()
    """Every account that is you, as "source:handle": "email:you@example.org",
    "linkedin:your-slug", "x:12345". Exports that name their owner add to them by themselves."""

    team: tuple[str, ...] = ()
    """Whom you work with: "acme.example" for everyone with mail there, or an account. They are
    kept, and in no score."""


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """Where things rest."""

    file: str = ""
    """The graph file; empty for one place per user, which `roc init` prints."""

    journal: str = ""
    """The file to which `roc log` adds its lines; empty for journal.txt beside the graph file."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where a team's graph rests, and for how long acts are kept."""

    url: str = field(default="", repr=False)  # a password may stand in it
    """A PostgreSQL database in the place of the graph file, as
    "postgresql+psycopg://ana@db.example.org/graph"; empty for the file."""

    keep_years: float = 0.0
    """Acts older than so many years are removed whenever something is collected; 0 keeps all."""

    def __post_init__(self) -> None:
        if not 0 <= self.keep_years <= 1000:  # so that nan is refused too
            raise ValueError("store.keep_years should be from 0 to 1000")


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """How live sources are read."""

    max_wait_seconds: float = 60.0
    """How long to wait when a source asks to; beyond it, what is there is kept and roc ends."""

    max_cost: float = 5.0
    """Dollars that one run may spend at sources that charge for reading."""

    tone: bool = False
    """Whether the tone of messages is kept: their length, language and warmth, thanks and
    congratulations. Never their text. Turned off, it goes with the next `roc collect`."""

    def __post_init__(self) -> None:
        for item in fields(self):
            if not getattr(self, item.name) >= 0:  # so that nan is refused too
                raise ValueError(f"collect.{item.name} should be 0 or more")


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Days on which a week may start, in the order in which `datetime.date.weekday` counts them."""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Where and how reports are written."""

    folder: str = ""
    """Where reports are written; empty for the folder in which roc is called."""

    cadences: tuple[str, ...] = ()
    """With whom you want to be in touch how often, by tag, as "client 4w" or "friend 3m"; of one
    person: `roc people cadence`."""

    language: str = "en"
    """What reports speak: "en" or "de"."""

    week_starts: str = "monday"
    """The first day of a week in the calendar of the weekly report."""

    time_zone: str = "UTC"
    """Where you are, as "Europe/Berlin": whose today a report is for, and when letters say they
    were sent. The days of acts are those of UTC."""

    def __post_init__(self) -> None:
        self.cadence_days()
        for name, told, known in (
            ("language", self.language, tuple(LANGUAGES)),
            ("week_starts", self.week_starts, WEEKDAYS),
        ):
            if told not in known:
                raise ValueError(f"report.{name}: {told!r} should be one of {', '.join(known)}")
        self.zone()

    def zone(self) -> ZoneInfo:
        """Where the owner is.

        Raises:
            ValueError: nobody knows such a place.
        """
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"report.time_zone: {self.time_zone!r} should be as 'Europe/Berlin'"
            ) from error

    def cadence_days(self) -> dict[str, int]:
        """Days between contacts that are wanted, by tag.

        Raises:
            ValueError: one is not written as a tag and a length of time.
        """
        days = {}
        for told in self.cadences:
            tag, _, length = told.strip().rpartition(" ")
            if not tag or (number := days_of(length)) is None:
                raise ValueError(f"report.cadences: {told!r} should be as 'client 4w'")
            days[tag.lstrip("#")] = number
        return days


_HOURS = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_PLAN = re.compile(r"(\d{4}-Q[1-4]) (\d{1,12}(?:\.\d{1,2})?)(?: ([A-Z]{3}))?")


@dataclass(frozen=True, slots=True)
class BudgetSettings:
    """What you mean to spend on gatherings."""

    planned: tuple[str, ...] = ()
    """By quarter, as "2026-Q1 1500 EUR": `roc budget` holds it beside what was spent."""

    hours: tuple[str, ...] = ()
    """What a gathering takes of you, by format or tag, as "dinner 3" or "offsite 16"."""

    def __post_init__(self) -> None:
        self.plans()
        self.hours_of()

    def hours_of(self) -> dict[str, float]:
        """Hours that a gathering takes, by format or tag.

        Raises:
            ValueError: one is not written as a word and a number.
        """
        hours = {}
        for told in self.hours:
            word, _, number = told.strip().rpartition(" ")
            if not word or not _HOURS.fullmatch(number):
                raise ValueError(f"budget.hours: {told!r} should be as 'dinner 3'")
            hours[word.lstrip("#")] = float(number)
        return hours

    def plans(self) -> list[tuple[str, float, str]]:
        """Quarter, amount and currency of each plan.

        Raises:
            ValueError: one is not written as a quarter and an amount.
        """
        plans = []
        for told in self.planned:
            found = _PLAN.fullmatch(told.strip())
            if found is None:
                raise ValueError(f"budget.planned: {told!r} should be as '2026-Q1 1500 EUR'")
            plans.append((found[1], float(found[2]), found[3] or ""))
        return plans


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """A project of which `roc project NAME` tells whether it made friends."""

    start: str = ""
    """Its first day, as "2026-02-01"."""

    end: str = ""
    """Its last day."""

    title: str = ""
    """What you call it; empty for its name here."""

    tag: str = ""
    """Only people with this tag, or in acts with it; empty for everyone."""

    people: tuple[str, ...] = ()
    """Only these people, by account or name."""

    names: tuple[str, ...] = ()
    """Those who agreed to be named."""

    def __post_init__(self) -> None:
        for name, told in (("start", self.start), ("end", self.end)):
            try:
                date.fromisoformat(told)
            except ValueError as error:
                raise ValueError(f"projects: {name} {told!r} should be as '2026-02-01'") from error


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How `roc report --mail` sends letters.

    The password is asked of ROC_MAIL_PASSWORD in the environment, or of the keyring.
    """

    host: str = ""
    """Your provider's server for outgoing mail, as smtp.example.org."""

    port: int = 465
    """465 speaks TLS from the first byte; any other begins it with STARTTLS."""

    user: str = ""
    """The name you sign in with, mostly your mail address; empty where nobody signs in."""

    sender: str = ""
    """The address that letters come from; empty for the user's."""

    to: tuple[str, ...] = ()
    """Who gets them; nobody else does."""

    quiet_weeks: bool = True
    """Whether a letter is sent in a week in which nothing moved, too."""

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise ValueError("mail.port should be from 1 to 65535")


_DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}


def days_of(length: str) -> int | None:
    """A length of time as ``10d``, ``4w``, ``3m`` or ``1y`` in days; ``None`` where it is none.

    Example:
        >>> days_of("2w"), days_of("3m"), days_of("soon")
        (14, 90, None)
    """
    number, unit = length[:-1], length[-1:]
    if not (number.isascii() and number.isdigit() and unit in _DAYS_OF and len(number) < 5):
        return None
    return int(number) * _DAYS_OF[unit] or None


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, at its default unless the file says otherwise."""

    me: Me = field(default_factory=Me)
    graph: GraphSettings = field(default_factory=GraphSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    collect: CollectSettings = field(default_factory=CollectSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    budget: BudgetSettings = field(default_factory=BudgetSettings)
    projects: Mapping[str, ProjectSettings] = field(default_factory=dict)
    scoring: ScoringParameters = field(default_factory=ScoringParameters)

    @property
    def graph_at(self) -> Path | str:
        """Where the graph rests: a file, or the URL of a database, which may hold a password."""
        return self.store.url or self.graph_file

    @property
    def graph_file(self) -> Path:
        """Where the graph rests if it is in a file."""
        if self.graph.file:
            return Path(self.graph.file).expanduser()
        return user_data_path("roc") / "me.graph"

    @property
    def journal_file(self) -> Path:
        """Where `roc log` writes."""
        if self.graph.journal:
            return Path(self.graph.journal).expanduser()
        return self.graph_file.with_name("journal.txt")

    def _beside_graph(self, suffix: str) -> Path:
        return self.graph_file.parent / f"{self.graph_file.stem}{suffix}"

    @property
    def connections_file(self) -> Path:
        """Where it is written which sources the owner is signed in to."""
        return self._beside_graph(".connections.json")

    @property
    def tokens_file(self) -> Path:
        """Where tokens rest on a system without a keyring."""
        return self._beside_graph(".tokens.json")

    @property
    def evaluation_file(self) -> Path:
        """What `roc evaluate` found, and what scores go by since."""
        return self._beside_graph(".evaluation.json")

    @property
    def run_log(self) -> Path:
        """Where each run of `roc collect` leaves a line."""
        return self._beside_graph(".runs.jsonl")

    @property
    def own_accounts(self) -> tuple[Account, ...]:
        """The accounts that the owner said are theirs."""
        return tuple(account(text) for text in self.me.accounts)


def default_path() -> Path:
    """Where the config is looked for when nothing else is said."""
    return user_config_path("roc") / "config.toml"


def account(text: str) -> Account:
    """An account written as ``source:handle``.

    Raises:
        ConfigError: it is not written so.
    """
    source, colon, handle = text.strip().partition(":")
    if not (source and colon and handle):
        raise ConfigError(
            f"{text!r} is not an account.", hint='write it as "email:you@example.org".'
        )
    return Account(source, handle.casefold() if source == "email" else handle)


def load(path: Path) -> Config:
    """Read a config file.

    A relative path in it is taken from the folder that the config is in.

    Raises:
        ConfigError: it cannot be read, or a setting is unknown or of the wrong type.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"Cannot read the config {path}: {error.strerror or error}.",
            hint="make one with `roc init`, or name another with --config FILE.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not text in UTF-8.", hint="save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}.", hint="see config.example.toml.") from error
    config: Config = _read(Config, table, str(path), "")
    for text in config.me.accounts:
        account(text)
    folder = path.resolve().parent
    return replace(
        config,
        graph=replace(
            config.graph,
            file=_beside(folder, config.graph.file),
            journal=_beside(folder, config.graph.journal),
        ),
        report=replace(config.report, folder=_beside(folder, config.report.folder)),
    )


def _beside(folder: Path, name: str) -> str:
    return str(folder / Path(name).expanduser()) if name else ""


def _read(shape: type, table: Mapping[str, Any], path: str, place: str) -> Any:
    """A dataclass from a TOML table, every name and type checked."""
    hints = get_type_hints(shape)
    names = {item.name: item for item in fields(shape)}
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in names:
            near = get_close_matches(name, names, n=1)
            known = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(names))}."
            raise ConfigError(f"{path}: there is no setting {place + name!r}.", hint=known)
        item = names[name]
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        values[name] = _value(hints[name], value, default, path, place + name)
    try:
        return shape(**values)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}.", hint="see config.example.toml.") from error


_WORDS = {
    str: "text in quotation marks",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list in square brackets",
}


def _value(shape: Any, value: Any, default: Any, path: str, place: str) -> Any:
    if is_dataclass(shape) and isinstance(shape, type) and isinstance(value, dict):
        return _read(shape, value, path, place + ".")
    if get_origin(shape) is tuple and isinstance(value, list):
        element = get_args(shape)[0]
        return tuple(_value(element, each, None, path, place) for each in value)
    if isinstance(value, dict) and isinstance(default, Mapping):
        return _mapping(shape, value, default, path, place)
    if shape is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(shape, type) and type(value) is shape:
        return value
    wanted = _WORDS.get(get_origin(shape) or shape, "a table")
    raise ConfigError(f"{path}: {place} should be {wanted}.", hint="see config.example.toml.")


def _mapping(
    shape: Any, table: Mapping[str, Any], default: Mapping[Any, Any], path: str, place: str
) -> dict[Any, Any]:
    """Defaults with the owner's entries laid over them; keys are free or of an enumeration."""
    key_type, value_type = get_args(shape)
    if key_type is str:
        return {
            name: _value(value_type, value, None, path, f"{place}.{name}")
            for name, value in table.items()
        }
    if not issubclass(key_type, Enum):
        raise TypeError(shape)
    known = {str(key.value): key for key in key_type}
    merged = dict(default)
    for name, value in table.items():
        if name not in known:
            raise ConfigError(
                f"{path}: there is no {place}.{name}.", hint=f"known: {', '.join(sorted(known))}."
            )
        merged[known[name]] = _value(value_type, value, None, path, f"{place}.{name}")
    return merged
