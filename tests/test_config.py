"""The config file, and the example that shows every setting."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from roc.cli import options
from roc.config import Config, ReportSettings, load
from roc.errors import ConfigError
from roc.graph.records import Kind

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_shows_every_setting_at_its_default() -> None:
    assert load(EXAMPLE) == Config()
    shown = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert shown == _plain(Config())


def test_the_example_tells_what_every_setting_means() -> None:
    words = {str(kind) for kind in Kind}
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        name, is_setting, _ = line.partition(" = ")
        if is_setting and not line.startswith("#") and name not in words:
            assert above.startswith("# "), f"{name} has no meaning above it"


def _plain(value: object) -> object:
    """Settings as TOML would tell them."""
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def test_a_setting_is_laid_over_the_default(tmp_path: Path) -> None:
    config = load(
        written(tmp_path, "[scoring]\ncost_per_day = 80\n[scoring.kind_weights]\nmeeting = 6\n")
    )
    assert config.scoring.cost_per_day == 80.0
    assert config.scoring.kind_weights["meeting"] == 6.0  # type: ignore[index]
    assert config.scoring.kind_weights["message"] == 1.0  # type: ignore[index]


def test_files_are_taken_from_the_configs_own_folder(tmp_path: Path) -> None:
    config = load(written(tmp_path, '[graph]\nfile = "me.graph"\n'))
    assert config.graph_file == tmp_path / "me.graph"
    assert config.journal_file == tmp_path / "journal.txt"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[me]\nnmae = 'Ana'", "there is no setting 'me.nmae'", "did you mean 'name'?"),
        ("[mee]", "there is no setting 'mee'", "did you mean 'me'?"),
        ("[me]\nname = 3", "me.name should be text in quotation marks", "config.example.toml"),
        ("[me]\naccounts = ['ana']", "'ana' is not an account", "email:you@example.org"),
        ("[me", "Expected", "config.example.toml"),
        ("[scoring.kind_weights]\nlunch = 3", "there is no scoring.kind_weights.lunch", "meeting"),
        ("[collect]\nmax_cost = true", "collect.max_cost should be a number", "config.example"),
        ("[collect]\nmax_cost = nan", "collect.max_cost should be 0 or more", "config.example"),
        ("[collect]\nmax_wait_seconds = -1", "max_wait_seconds should be 0 or more", "example"),
        ("[me]\naccounts = 'ana'", "me.accounts should be a list", "config.example"),
        ("me = 3", "me should be a table", "config.example"),
        ("[budget]\nplanned = ['soon']", "should be as '2026-Q1 1500 EUR'", "config.example"),
        ("[budget]\nhours = ['dinner']", "should be as 'dinner 3'", "config.example"),
        ("[projects.a]\nstart = '2026-02-30'", "start '2026-02-30' should be as", "example"),
        ("[projects.a]\nstrat = 1", "no setting 'projects.a.strat'", "did you mean 'start'?"),
        ("[report]\nlanguage = 'tlh'", "'tlh' should be one of en, de", "config.example"),
        ("[report]\nweek_starts = 'noon'", "'noon' should be one of monday, ", "config.example"),
        ("[report]\ntime_zone = 'Mars/Base'", "should be as 'Europe/Berlin'", "config.example"),
        ("[report]\ntime_zone = '../etc/passwd'", "should be as 'Europe/Berlin'", "example"),
    ],
)
def test_what_cannot_be_used_is_told_with_a_way_out(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        load(written(tmp_path, text))
    assert message in refused.value.message
    assert hint in refused.value.hint


def test_a_report_without_a_day_is_for_the_owners_today(monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(options, "now", lambda: late)
    assert options.day("", Config()) == date(2026, 3, 1)
    tokyo = Config(report=ReportSettings(time_zone="Asia/Tokyo"))
    assert options.day("", tokyo) == date(2026, 3, 2)
    assert options.day("2026-01-05", tokyo) == date(2026, 1, 5)


def test_a_missing_config_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Cannot read the config"):
        load(tmp_path / "none.toml")


def test_a_config_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[me]\nname = 'Łucja'".encode("utf-16"))
    with pytest.raises(ConfigError, match="is not text in UTF-8"):
        load(path)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[me]\nname = 'Łucja'".encode("utf-8-sig"))
    assert load(path).me.name == "Łucja"
