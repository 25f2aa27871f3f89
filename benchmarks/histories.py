"""An invented git history of any length, as ``git fast-import`` takes it, and how fast it is read.

Run: ``python -m benchmarks.histories COMMITS``. A tenth of the people write most of the changes; a
maintainer takes in a third of them, half are signed off and reviewed, and some are thanked for,
shared or merged by request. The same count and seed give the same history, id by id.
"""

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from roc.collectors import git
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.graph.records import Interaction, Record

FIRST_MOMENT = 1_600_000_000
_SECONDS_BETWEEN = 1800
_COMMITS_PER_PERSON = 50
_REQUEST_EVERY = 40  # commits


def history(commits: int, seed: int = 1) -> Iterator[bytes]:
    """A history of so many commits, and a tenth of merges besides, in pieces."""
    dice = random.Random(seed)
    people = max(commits // _COMMITS_PER_PERSON, 4)
    at = FIRST_MOMENT
    for number in range(commits):
        at += dice.randrange(2 * _SECONDS_BETWEEN)
        author = int(people * dice.random() ** 3)
        committer = dice.randrange(max(people // 100, 1)) if dice.random() < 0.33 else author
        text = _message(number, author, committer, people, dice)
        yield _commit("refs/heads/main", author, at, committer, at + dice.randrange(86_400), text)
        if number % _REQUEST_EVERY == _REQUEST_EVERY - 1:
            yield from _request(number, dice.randrange(people), committer, at)


def reviewed(commits: int, seed: int = 1) -> Iterator[bytes]:
    """A history of so many commits in a row, each reviewed by one other than its author."""
    dice = random.Random(seed)
    people = max(commits // _COMMITS_PER_PERSON, 4)
    for number in range(commits):
        at = FIRST_MOMENT + number * _SECONDS_BETWEEN
        author = int(people * dice.random() ** 3)
        reviewer = (author + 1 + dice.randrange(people - 1)) % people
        text = f"change {number}\n\nWhat was wrong.\n\nReviewed-by: {_person(reviewer)}"
        yield _commit("refs/heads/main", author, at, author, at, text)


def make(folder: Path, pieces: Iterable[bytes]) -> None:
    """A bare repository in a folder, from the pieces of a history."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.write(b"done\n")
    if process.returncode:
        raise ValueError("git fast-import does not take this history")


def _request(number: int, author: int, merger: int, at: int) -> Iterator[bytes]:
    branch = f"refs/heads/topic-{number}"
    made = _commit(branch, author, at + 1, author, at + 1, f"topic {number}", "refs/heads/main")
    yield made
    text = f"Merge pull request #{number} from person-{author}/topic-{number}\n\nTopic {number}"
    yield _commit("refs/heads/main", merger, at + 2, merger, at + 2, text, merged=branch)
    yield f"reset {branch}\nfrom {'0' * 40}\n\n".encode()


def _message(number: int, author: int, committer: int, people: int, dice: random.Random) -> str:
    below = []
    if dice.random() < 0.5:
        below += [f"Reviewed-by: {_person(dice.randrange(people))}"]
        below += [f"Signed-off-by: {_person(author)}", f"Signed-off-by: {_person(committer)}"]
    if dice.random() < 0.1:
        below += [f"Reported-by: {_person(dice.randrange(people))}"]
    if dice.random() < 0.05:
        below += [f"Co-authored-by: {_person(dice.randrange(people))}"]
    text = f"change {number}\n\n" + "What was wrong, and why this is right.\n" * dice.randrange(9)
    return "\n".join([text, *below])


def _commit(
    branch: str,
    author: int,
    authored: int,
    committer: int,
    committed: int,
    text: str,
    begun: str = "",
    merged: str = "",
) -> bytes:
    message = text.encode()
    lines = [
        f"commit {branch}",
        f"author {_person(author)} {authored} +0100",
        f"committer {_person(committer)} {committed} +0100",
        f"data {len(message)}",
    ]
    links = [f"from {begun}"] if begun else [f"merge {merged}"] if merged else []
    return "\n".join([*lines, text, *links, "", ""]).encode()


def _person(number: int) -> str:
    return f"Person {number} <person{number}@example.org>"


def _called(record: Record) -> str:
    return record.kind if isinstance(record, Interaction) else type(record).__name__


def main(commits: int) -> None:
    """Print commits per second and peak memory, of reading and of ``git`` alone."""
    folder = Path(tempfile.mkdtemp(prefix="roc-history-"))
    try:
        repository = folder / "invented.git"
        make(repository, history(commits))
        began = time.perf_counter()
        with open_export(repository) as export:
            found = Counter(map(_called, git.collect(export, Options())))
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.perf_counter()
        command = ["git", "-C", str(repository), "rev-list", "--header", "--all"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            while process.stdout.read(2**16):
                pass
        alone = time.perf_counter() - began
    finally:
        shutil.rmtree(folder)
    print(
        f"{commits} commits: {seconds:.1f} s, {commits / seconds:,.0f} commits/s, "
        f"peak {peak:.0f} MB; git alone {alone:.1f} s; {dict(found)}"
    )


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
