"""How ``roc collect`` asks live sources: whom, at what price, and what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from roc.cli.options import now
from roc.cli.printing import answer, as_json, progress, remark
from roc.cli.tally import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roc.config import Config
    from roc.errors import RocError
    from roc.workflows.connections import Connection

COME_BACK_LATER = 75


def asked_for(config: "Config", what: list[str], source: str) -> "Sequence[Connection]":
    """The connections that are meant by the words after ``roc collect``; none where exports are.

    Raises:
        ConfigError: nothing was named and nothing is connected, or a source is not live.
    """
    from roc.collectors.registry import live_sources, sources
    from roc.errors import ConfigError
    from roc.workflows.connections import connection, connections

    made = connections(config)
    if not what and not source:
        if not made:
            raise ConfigError(
                "Nothing was named to collect, and no source is connected.",
                hint="name exports, as roc collect inbox.mbox, or sign in: roc connect mastodon.",
            )
        return made
    if source or any(Path(word).exists() for word in what):
        return ()
    names = {each.name for each in made} | set(live_sources())
    if all(word in names for word in what):
        return [connection(config, word) for word in dict.fromkeys(what)]
    if len(what) == 1 and what[0] in sources():
        raise ConfigError(
            f"{what[0]} is read from its exports.", hint=f"name one: roc collect {what[0]} PATH"
        )
    return ()


def ask(config: "Config", asked: "Sequence[Connection]", *, json: bool) -> "list[RocError]":
    """Ask, print what came, and leave a line in the run log.

    Returns:
        Why something could not be read.

    Raises:
        RocError: the only source could not be asked at all.
    """
    import time

    from roc.workflows import asking, run_log

    for each in asked:
        _tell_price(config, each)

    def wait(seconds: float) -> None:
        remark(f"A source asks to wait {seconds:.0f} s …")
        time.sleep(seconds)

    began = now()
    with progress() as shown:
        done = asking.ask(config, asked, clock=now, wait=wait, told=shown)
    run_log.write(config, done, at=began)
    read = [collected for each in done for collected in each.collected]
    if json:
        as_json(read)
    else:
        for collected in read:
            answer(sentence(collected))
    failures = [failure for each in done for failure in each.failures]
    if len(failures) == 1 and not any(each.collected for each in done):
        raise failures[0]
    return failures


def status_of(failures: "Sequence[RocError]") -> int:
    """The exit status: 75 where all that failed asks to come back later, else 1."""
    later = all(failure.exit_code == COME_BACK_LATER for failure in failures)
    return COME_BACK_LATER if later else 1


def _tell_price(config: "Config", asked: "Connection") -> None:
    from roc.errors import RocError
    from roc.workflows.asking import estimate

    try:
        cost = estimate(config, asked, now=now())
    except RocError:  # told when its turn comes
        return
    if cost.dollars:
        remark(
            f"Asking {asked.name} costs at most ${cost.dollars:.2f} ({cost.reason}); "
            f"it stops at ${config.collect.max_cost:.2f}."
        )
