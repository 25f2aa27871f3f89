"""What is peculiar to Bluesky: a binary repository, its tree of keys, and clocks of many makers."""

import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.bluesky import car as cars
from roc.collectors.bluesky import collect, export, tree
from roc.collectors.bluesky.acts import account, key_time, moment
from roc.collectors.bluesky.dag_cbor import Link, NotDagCbor, decoded
from roc.errors import BrokenExport
from roc.graph.records import Account, DeclaredTie, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.making_cars import (
    ANA,
    BEN,
    CHIDI,
    LIKE,
    POST,
    SAMPLE,
    block,
    car,
    encoded,
    naming,
    on,
    post,
    repository,
    sample,
    showing,
)
from tests.collectors.reading import acts

read = partial(reading.read, "bluesky")
recognised = partial(reading.recognised, "bluesky")

KEY = "3kmwnslxshs2l"  # made on 2024-03-05


def written(folder: Path, data: bytes) -> Path:
    path = folder / "repo.car"
    path.write_bytes(data)
    return path


def told(path: Path) -> tuple[list[Record], str]:
    """What is read of a file before it fails, and the failure."""
    with open_export(path) as export:
        return read_until_it_fails(collect(export, Options()))


def test_the_sample_is_what_its_maker_makes() -> None:
    assert SAMPLE.read_bytes() == sample()


def test_a_value_is_read_as_it_was_written() -> None:
    value = {"a": [0, 23, 24, 255, 65536, 2**63, -1, -500, 1.5, None, True, "ö", b"\xff"]}
    assert decoded(encoded(value)) == value
    assert decoded(encoded(Link(b"\x01q"))) == Link(b"\x01q")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xa1",
        b"\x01\x01",  # two values
        b"\x9f\x01\xff",  # a list without end
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",  # a list of more than there is
        b"\x7b\x7f\xff\xff\xff\xff\xff\xff\xff",  # a text of more than there is
        b"\x62\xff\xfe",  # no text
        b"\xa1\x01\x02",  # a key that is a number
        b"\xc1\x01",  # a tag of CBOR
        b"\xd8\x2a\x01",  # a link that is a number
        b"\xd8\x2a" * 500 + b"\x41\x00",  # links in links
        b"\xf9\x3c\x00",  # half a float
        b"\xf7",  # undefined
        b"\x81" * 100_000,  # too deep
        b"\xa1" * 100_000,
    ],
)
def test_what_is_no_value_is_refused(data: bytes) -> None:
    with pytest.raises(NotDagCbor):
        decoded(data)


@pytest.mark.parametrize(
    ("created", "key", "expected"),
    [
        ("2024-03-05T14:02:11.123456789Z", KEY, "2024-03-05 14:02:11"),
        ("2024-03-05T14:02:11+02:00", KEY, "2024-03-05 12:02:11"),
        ("2014-03-05T14:02:11Z", KEY, "2014-03-05 14:02:11"),  # brought over from elsewhere
        ("2024-03-09T14:02:11Z", KEY, "2024-03-05 07:39:27"),  # a clock that is ahead
        ("0000-01-01T00:00:00Z", KEY, "2024-03-05 07:39:27"),
        ("-000001-12-31T23:00:00.000Z", KEY, "2024-03-05 07:39:27"),
        ("1970-01-01T00:00:00Z", KEY, "2024-03-05 07:39:27"),
        ("2024-03-05T14:02:11", KEY, "2024-03-05 07:39:27"),  # no zone
        ("", KEY, "2024-03-05 07:39:27"),
        ("", "self", None),
        ("", "2222222222222", None),  # a key of 1970
        ("", "zzzzzzzzzzzzz", None),
        ("2031-03-05T14:02:11Z", "self", "2031-03-05 14:02:11"),
    ],
)
def test_a_key_is_believed_where_a_record_cannot_be(
    created: str, key: str, expected: str | None
) -> None:
    at = moment(created, key)
    assert (f"{at:%Y-%m-%d %H:%M:%S}" if at else None) == expected


def test_a_key_of_another_form_tells_no_moment() -> None:
    assert key_time("first-post") is None
    assert key_time(KEY.upper()) is None


def test_an_account_is_an_identifier_and_never_a_handle() -> None:
    assert account(ANA) == Account("bluesky", ANA)
    assert account("ana.example.org") is None
    assert account("did:plc:" + "a" * 5000) is None


def test_a_record_kept_under_two_keys_is_two_acts(tmp_path: Path) -> None:
    like = on(LIKE, BEN, "3k1")
    path = written(tmp_path, repository({f"{LIKE}/one": like, f"{LIKE}/two": like}))
    ids = [act.external_id for act in acts(read(path))]
    assert ids == [f"at://{ANA}/{LIKE}/one", f"at://{ANA}/{LIKE}/two"]


def test_a_block_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    like = on(LIKE, BEN, "3k1")
    twice = block(encoded(like))
    path = written(tmp_path, repository({f"{LIKE}/one": like}, more=[twice, twice]))
    assert len(acts(read(path))) == 1
    assert not [record for record in read(path) if isinstance(record, Problem)]


def test_a_record_that_the_tree_does_not_keep_is_a_problem(tmp_path: Path) -> None:
    stray = block(encoded(on(LIKE, CHIDI, "3k1")))
    path = written(tmp_path, repository({f"{LIKE}/one": on(LIKE, BEN, "3k1")}, more=[stray]))
    problems = [record.code for record in read(path) if isinstance(record, Problem)]
    assert problems == ["no_key"]


def test_a_repository_reads_alike_in_a_zip_and_beside_pictures(tmp_path: Path) -> None:
    packed = tmp_path / "bluesky.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SAMPLE, "ana/repo.car")
        archive.writestr("ana/blobs/bafkrei1", b"\xff\xd8picture")
        archive.writestr("ana/preferences.json", "[]")
    assert recognised(packed)
    assert read(packed) == read(SAMPLE)


def test_a_repository_is_known_whatever_its_name_and_other_car_files_are_not(
    tmp_path: Path,
) -> None:
    renamed = tmp_path / "download"
    renamed.write_bytes(SAMPLE.read_bytes())
    assert recognised(renamed)
    cid, data = block(encoded({"some": "file"}))
    assert not recognised(written(tmp_path, car(cid, [(cid, data)])))


def test_a_file_cut_off_is_told_after_what_could_be_read(tmp_path: Path) -> None:
    # Keys stand at the end, so that the records before it are without theirs.
    records, failure = told(written(tmp_path, SAMPLE.read_bytes()[:-10]))
    assert failure == "repo.car is cut off or damaged."
    assert [record for record in records if isinstance(record, DeclaredTie)]


def test_a_node_or_a_commit_that_is_not_what_its_name_stands_for_tells_nothing(
    tmp_path: Path,
) -> None:
    like = on(LIKE, BEN, "3k1")
    whole = repository({f"{LIKE}/one": like})
    key = f"{LIKE}/one".encode()
    records, _ = told(written(tmp_path, whole.replace(key, key[:-3] + b"two")))
    assert [each.code for each in records if isinstance(each, Problem)] == ["no_key"]
    assert not acts(records)
    forged = whole.replace(ANA.encode(), BEN.encode())
    records, failure = told(written(tmp_path, forged))
    assert (records, failure) == ([], "repo.car does not tell whose repository it is.")


def test_a_large_block_that_is_no_record_is_not_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfolded: list[int] = []

    def watched(data: bytes) -> object:
        unfolded.append(len(data))
        return decoded(data)

    monkeypatch.setattr(export, "decoded", watched)
    of_another_app = block(encoded({"x": [{}] * 5000}))
    too_long = block(encoded({"$type": LIKE, "x": "y" * 2**20}))
    records = {f"{LIKE}/one": on(LIKE, BEN, "3k1")}
    path = written(tmp_path, repository(records, more=[of_another_app, too_long]))
    found = read(path)
    assert len(acts(found)) == 1
    assert [each.code for each in found if isinstance(each, Problem)] == ["bad_block"]
    assert max(unfolded) < 1000


def test_a_repository_of_nobody_is_refused(tmp_path: Path) -> None:
    records, failure = told(written(tmp_path, repository({}, did="somebody")))
    assert (records, failure) == ([], "repo.car does not tell whose repository it is.")


def test_a_block_beyond_reason_does_not_fill_the_memory(tmp_path: Path) -> None:
    header = encoded({"roots": [Link(b"\x01\x71")], "version": 1})
    huge = bytes([len(header)]) + header + b"\xff\xff\xff\xff\x7f" + b"cdid"
    stream = BytesIO(huge)
    cars.roots(stream, "repo.car")
    with pytest.raises(BrokenExport, match="larger than any honest one"):
        list(cars.blocks(stream, "repo.car"))
    with pytest.raises(BrokenExport, match="cut off or damaged"):
        cars.roots(BytesIO(b"\xff" * 20), "repo.car")


def test_more_records_than_can_be_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_RECORDS", 3)
    keys = tree.Keys(frozenset({LIKE}), "repo.car")
    entries = [
        {"k": f"{LIKE}/{number}".encode(), "p": 0, "v": Link(bytes([number]) * 36)}
        for number in range(4)
    ]
    with pytest.raises(BrokenExport, match="more records"):
        keys.add({"e": entries})


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {"k": b"x", "p": 9, "v": Link(b"")},
        {"k": "x", "p": 0, "v": Link(b"")},
        {"k": b"x" * 2000, "p": 0, "v": Link(b"")},
        {"k": f"{LIKE}/a b".encode(), "p": 0, "v": Link(b"")},
        {"k": f"{LIKE}/\xff".encode("latin-1"), "p": 0, "v": Link(b"")},
        {"k": f"{LIKE}/x".encode(), "p": -1, "v": Link(b"")},
        {"k": f"{LIKE}/x".encode(), "p": 0, "v": None},
    ],
)
def test_a_node_of_any_shape_tells_keys_or_nothing(entry: object) -> None:
    keys = tree.Keys(frozenset({LIKE}), "repo.car")
    keys.add({"e": [entry]})
    keys.add({"e": 7})
    keys.add(None)
    assert keys.take(b"") is None


@pytest.mark.parametrize(
    "value",
    [
        post(reply=7, embed=[], facets={"a": 1}),
        post(reply={"parent": {"uri": ["at"]}}, facets=[7, {"features": [None, {"did": 7}]}]),
        post(embed=showing("ana.example.org")),
        {"$type": LIKE, "subject": "at://x", "createdAt": 7},
        {"$type": [POST]},
        {"$type": "app.bsky.graph.follow", "subject": {"did": BEN}},
        {"$type": "app.bsky.actor.profile", "displayName": 10**9},
    ],
)
def test_a_record_of_any_shape_is_a_problem_at_most(tmp_path: Path, value: object) -> None:
    good = post(facets=naming(BEN))
    data = repository({f"{POST}/{KEY}": good, f"{LIKE}/3kmwnslaaaa2z": value})
    lines = [line(record) for record in read(written(tmp_path, data))]
    assert sum(told.startswith("act") for told in lines) == 1
