"""What the owner says of a table: which column means what, and how it writes amounts and days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roc.collectors.crm.amounts import currency
from roc.collectors.crm.layouts import ROLES, folded
from roc.collectors.crm.words import KINDS
from roc.collectors.formats.tolerance import Unusable
from roc.errors import ConfigError
from roc.graph.records import OutcomeKind

_DECIMALS = {"point": ".", "comma": ","}
_ORDERS = ("day-first", "month-first")
_LIKE_A_NAME = re.compile(r"[A-Za-z][\w .:()?-]{0,60}")
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner says of tables.

    Args:
        columns: by role, the name of the column, folded.
        kind: what all rows are, or ``None``.
        currency: of all amounts that name none, or empty.
        decimal: the sign before decimals, or empty.
        order: ``day-first`` or ``month-first``, or empty.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kind: OutcomeKind | None = None
    currency: str = ""
    decimal: str = ""
    order: str = ""

    def places(self, header: Sequence[str], *, as_written: Sequence[str]) -> dict[str, int]:
        """Where the columns stand that were mapped.

        Raises:
            ConfigError: one of them does not exist.
        """
        missing = sorted(name for name in self.columns.values() if name not in header)
        if missing:
            raise ConfigError(f"There is no column {missing[0]!r}.", hint=listed(as_written))
        return {role: header.index(name) for role, name in self.columns.items()}


def told(mapped: Mapping[str, str], headers: Sequence[Sequence[str]]) -> Told:
    """What ``--map`` says.

    Args:
        mapped: as the owner wrote it, ``{"value": "Deal Value", "decimal": "comma"}``.
        headers: the columns of the tables that it is about, folded.

    Raises:
        ConfigError: there is nothing of that name to map.
    """
    columns: dict[str, str] = {}
    for role, name in mapped.items():
        [plain] = folded([name])
        is_column = any(plain in header for header in headers)
        if role in ROLES and (is_column or role not in ("kind", "currency")):
            columns[role] = plain
        elif role not in (*ROLES, "decimal", "dates"):
            raise ConfigError(
                f"An outcome has no {role!r} to map.",
                hint=f"what can be mapped: {', '.join(ROLES)}, decimal, dates.",
            )
    kind = "" if "kind" in columns else mapped.get("kind", "")
    if kind and kind.casefold() not in KINDS:
        raise ConfigError(
            f"There is neither a column nor a kind {kind!r}.",
            hint=f"kinds are: {', '.join(OutcomeKind)}.",
        )
    decimal, order = mapped.get("decimal", ""), mapped.get("dates", "")
    if decimal and decimal not in _DECIMALS:
        raise ConfigError("Decimals follow a point or a comma.", hint="--map decimal=comma")
    if order and order not in _ORDERS:
        raise ConfigError("Days are day-first or month-first.", hint="--map dates=day-first")
    return Told(
        columns,
        KINDS.get(kind.casefold()),
        "" if "currency" in columns else _currency(mapped.get("currency", "")),
        _DECIMALS.get(decimal, ""),
        order,
    )


def _currency(told: str) -> str:
    try:
        return currency(told)
    except Unusable as reason:
        raise ConfigError(
            f"There is neither a column nor a currency {told!r}.", hint="--map currency=EUR"
        ) from reason


def listed(header: Sequence[str]) -> str:
    """The columns, for a hint."""
    # A table without a header has somebody's data in its first line; that is not shown.
    if not header or not all(_LIKE_A_NAME.fullmatch(name) for name in header):
        return "the first line does not look like names of columns."
    more = " …" if len(header) > _SHOWN else ""
    return f"the columns are: {', '.join(header[:_SHOWN])}{more}."
