"""Invented repositories, made with ``git fast-import``: always the same, id by id.

Run: ``python -m tests.collectors.making_git`` writes the sample, ``git/atlas.bundle``, anew.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parent / "git" / "atlas.bundle"

ANA = "Ana <ana@example.org>"
BEN = "Ben <ben@example.org>"
BEN_ON_THE_ROAD = "ben <ben@laptop.example>"
CHIDI = "Chidi <chidi@example.org>"
DARA = "Dara <dara@example.org>"
GITHUB = "GitHub <noreply@github.com>"
DEPENDABOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"

MAILMAP = "Ben Okoro <ben@example.org>\nBen Okoro <ben@example.org> <ben@laptop.example>\n"
COAST = f"""\
Draw the coast

It was missing.

Reported-by: {DARA}
Reviewed-by: {CHIDI}
Tested-by: {CHIDI} # on paper
Cc: Eve <eve@example.org>
Signed-off-by: {BEN_ON_THE_ROAD}
Signed-off-by: {ANA}
"""
RIVERS = """\
Name the rivers

Reviewed-by: Eve <eve@example.org>

That was not yet so.

Co-authored-by: Chidi <7+chidi@users.noreply.github.com>
"""


@dataclass(frozen=True)
class Made:
    """A commit to be made.

    Args:
        author: as ``Ana <ana@example.org>``.
        text: the message.
        day: of January 2026, when the author wrote it; 0 is the beginning of 1970.
        committer: who took it in, the author where it is empty.
        taken: the day of that, the author's where it is 0.
        branch: on which it is made.
        begun: the branch that this one is begun from.
        merged: the branch that is merged.
        files: what it changes, name and content.
        encoding: of author and message.
    """

    author: str
    text: str = "A change"
    day: int = 5
    committer: str = ""
    taken: int = 0
    branch: str = "main"
    begun: str = ""
    merged: str = ""
    files: tuple[tuple[str, str], ...] = ()
    encoding: str = ""

    def told(self) -> bytes:
        """As ``git fast-import`` takes it."""
        encoding = self.encoding or "utf-8"
        text = self.text.encode(encoding)
        lines = [
            f"commit refs/heads/{self.branch}",
            f"author {self.author} {_seconds(self.day)} +0100",
            f"committer {self.committer or self.author} {_seconds(self.taken or self.day)} +0000",
            *([f"encoding {self.encoding}"] if self.encoding else []),
            f"data {len(text)}",
        ]
        after = [f"from refs/heads/{self.begun}"] if self.begun else []
        after += [f"merge refs/heads/{self.merged}"] if self.merged else []
        for name, content in self.files:
            after += [f"M 100644 inline {name}", f"data {len(content.encode())}", content]
        head, tail = "\n".join(lines), "\n".join([*after, "", ""])
        return head.encode(encoding) + b"\n" + text + b"\n" + tail.encode()


ATLAS = (
    Made(ANA, "Begin the atlas", 5, files=((".mailmap", MAILMAP),)),
    Made(BEN_ON_THE_ROAD, COAST, 6, ANA, 8, branch="release", begun="main"),
    Made(BEN_ON_THE_ROAD, COAST, 6, ANA, 7),
    Made(ANA, RIVERS, 9),
    Made(CHIDI, "Tides", 10, branch="tides", begun="main"),
    Made(ANA, "Merge pull request #3 from chidi/tides\n\nTides", 11, GITHUB, merged="tides"),
    Made("Dara Núñez <dara@example.org>", "Señales", 12, BEN, 13, encoding="iso-8859-1"),
    Made(DEPENDABOT, "Bump the compass", 14, ANA),
    Made(BEN, f"A clock that stopped\n\nReviewed-by: {DARA}", 0, ANA, 15),
    Made(DARA, "A button pressed", 16, GITHUB),
)


def repository(folder: Path, *commits: Made, form: str = "sha1") -> Path:
    """A bare repository with these commits."""
    _git(folder.parent, "init", "-q", "--bare", f"--object-format={form}", str(folder))
    _git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    _git(folder, "fast-import", "--quiet", told=b"".join(each.told() for each in commits))
    return folder


def bundle(repository: Path, path: Path, *what: str) -> Path:
    """A bundle of a repository."""
    _git(repository, "bundle", "create", "-q", str(path.resolve()), *(what or ("HEAD", "--all")))
    return path


def run(folder: Path, *arguments: str) -> str:
    """What ``git`` says, run in a folder and deaf to the settings of whoever runs the tests."""
    return _git(folder, *arguments)


def _git(folder: Path, *arguments: str, told: bytes = b"") -> str:
    variables = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=told,
        capture_output=True,
        check=True,
        env=os.environ | variables,
    )
    return done.stdout.decode()


def _seconds(day: int) -> int:
    """Nine o'clock UTC of a day of January 2026; 0 for none."""
    return 1_767_225_600 + (day - 1) * 86_400 + 9 * 3600 if day else 0


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        SAMPLE.parent.mkdir(exist_ok=True)
        bundle(repository(Path(made) / "atlas.git", *ATLAS), SAMPLE)
