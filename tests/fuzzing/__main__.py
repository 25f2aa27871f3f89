"""Fuzz collectors: ``python -m tests.fuzzing [SOURCE…] --seconds 60``.

Needs atheris (``pip install --group fuzz``). What reaches code that nothing reached before is kept
in ``corpus/``, and so is what went wrong: the ordinary tests read both from then on.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from roc.collectors.registry import collector, sources
from tests.fuzzing.corpus import inputs, keep, seeds

_MOST_KEPT = 60  # inputs of one source: enough to reach every branch, and read in a second
_LARGEST_KEPT = 6_000  # bytes


def main() -> int:
    """Fuzz each source in turn; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("sources", nargs="*", help="all of them, if none is named")
    parser.add_argument("--seconds", type=int, default=60, help="how long for each source")
    chosen = parser.parse_args()
    readers = [name for name in sources() if hasattr(collector(name), "collect")]
    failed = False
    print(f"{'source':14} {'inputs':>10} {'CPU s':>8} {'kept':>6}  found")
    for source in chosen.sources or readers:
        failed |= _fuzz(source, chosen.seconds)
    return int(failed)


def _fuzz(source: str, seconds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        found, least = Path(folder, "found"), Path(folder, "least")
        found.mkdir()
        least.mkdir()
        for number, data in enumerate([*seeds(source), *inputs(source)]):
            (found / str(number)).write_bytes(data)
        limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048"]
        before = _cpu_seconds()
        done = _run(source, folder, str(found), *limits, f"-artifact_prefix={folder}/wrong-")
        spent = _cpu_seconds() - before
        wrong = sorted(Path(folder).glob("wrong-*"))
        _run(source, folder, "-merge=1", str(least), str(found))
        smallest = sorted((path.read_bytes() for path in least.iterdir()), key=len)
        new = [data for data in smallest if len(data) <= _LARGEST_KEPT][:_MOST_KEPT]
        keep(source, new, wrong=(path.read_bytes() for path in wrong))
        runs = re.search(r"number_of_executed_units: (\d+)", done)
        count = int(runs[1]) if runs else 0
        error = re.findall(r"^ *(\w+(?:Error|Exception)\b.*)$", done, flags=re.MULTILINE)
        said = f"{len(wrong)} wrong: {error[-1] if error else done[-300:]}" if wrong else "nothing"
        print(f"{source:14} {count:10} {spent:8.0f} {len(new):6}  {said}", flush=True)
        return bool(wrong)


def _cpu_seconds() -> float:
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _run(source: str, folder: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.fuzzing.target", source]
    again = Path(folder, "again")
    again.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    again.chmod(0o700)
    done = subprocess.run(
        [*command, *arguments, "-print_final_stats=1"],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "STARTED_BY": str(again)},
    )
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
