"""What must be true of whatever a collector makes of whatever it is given."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from roc.collectors.base import Options
from roc.collectors.registry import collector, recognises
from roc.errors import RocError
from roc.graph.records import (
    Account,
    AccountSeen,
    DeclaredTie,
    Interaction,
    Interactions,
    Precision,
    Problem,
    Record,
)
from tests.collectors.reading import one_by_one
from tests.fuzzing.exports import Files, InMemory

_CODE = re.compile(r"[a-z][a-z0-9_]{1,30}")
_LONGEST_DETAIL = 300
_MOST_SECONDS = 2**62


def kept(source: str, files: Files) -> int:
    """Read files as a source's export; how many records came of it.

    Raises:
        AssertionError: a record is not as records are.
        Exception: anything that is not one of our own errors.
    """
    export = InMemory(files)
    count = 0
    with suppress(RocError):
        recognises(source, export)
    with suppress(RocError):
        resembles = getattr(collector(source), "resembles", None)
        assert resembles is None or isinstance(resembles(export), str)
    with suppress(RocError):
        for record in collector(source).collect(export, Options(owner_name="Ana")):
            count += 1
            _check(record)
    return count


def _check(record: Record) -> None:
    for each in _each(record):
        match each:
            case Interaction():
                _check_act(each)
            case AccountSeen():
                assert isinstance(each.name, str)
                _check_accounts(each.account, *each.same_as)
            case DeclaredTie():
                _check_accounts(each.account, each.other)
            case Problem():
                assert _CODE.fullmatch(each.code), each.code
                assert len(each.detail) <= _LONGEST_DETAIL


def _each(record: Record) -> Iterator[Record]:
    if isinstance(record, Interactions):
        yield from one_by_one(record)
    else:
        yield record


def _check_act(act: Interaction) -> None:
    assert (act.at is None) == (act.precision is Precision.UNKNOWN)
    if act.at is not None:
        assert act.at.utcoffset() == timedelta(0)
        assert abs(act.at.timestamp()) < _MOST_SECONDS
    assert isinstance(act.external_id, str)
    assert act.external_id
    assert isinstance(act.thread, str)
    assert isinstance(act.parent, str)
    assert isinstance(act.audience, int)
    assert act.audience >= 0
    assert 0 <= act.revision < 2**63
    _check_accounts(act.sender, *act.recipients, *act.copied)


def _check_accounts(*accounts: Account) -> None:
    for account in accounts:
        assert isinstance(account, Account)
        assert isinstance(account.source, str)
        assert isinstance(account.handle, str)
        assert account.source
        assert account.handle
