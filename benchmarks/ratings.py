"""Does the trust model foretell ratings? Who-trusts-whom ratings of Bitcoin Alpha, block by block.

Run: ``python -m benchmarks.ratings DIR``; the folder holds ``btc_alpha.csv.gz`` (KONECT). Each
block of half a per cent of all ratings is foretold from everything before it.
"""

import gzip
import sys
from pathlib import Path

import numpy as np

from benchmarks.public_data import SECONDS_PER_DAY
from benchmarks.ranking import auc
from roc.scoring.parameters import ScoringParameters
from roc.scoring.trust import Signals, trust, trust_model

BLOCKS = 200
FIRST_BLOCK = 160
"""The first four fifths of all ratings only teach."""


def main(folder: Path) -> None:
    """Print AUC of the sign and root mean square error over all foretold ratings."""
    with gzip.open(folder / "btc_alpha.csv.gz", "rt", encoding="utf-8") as stream:
        table = np.loadtxt(stream, delimiter=",", skiprows=1)
    table = table[np.argsort(table[:, 3], kind="stable")]
    _, numbers = np.unique(table[:, :2], return_inverse=True)
    rater, ratee = numbers.reshape(-1, 2).astype(np.int64).T
    value, day = table[:, 2] / 10.0, table[:, 3] / SECONDS_PER_DAY
    parameters = ScoringParameters()
    count = int(numbers.max()) + 1
    edges = np.linspace(0, len(table), BLOCKS + 1).astype(np.int64)
    told = []
    for begin, end in zip(edges[FIRST_BLOCK:-1], edges[FIRST_BLOCK + 1 :], strict=True):
        left = np.exp2((day[:begin] - day[begin]) / parameters.trust_half_life_days)
        said = Signals(rater[:begin], ratee[:begin], value[:begin], left)
        model = trust_model(said, count, parameters)
        told.append(trust(model, rater[begin:end], ratee[begin:end], parameters))
    foretold, actual = np.concatenate(told), value[edges[FIRST_BLOCK] :]
    error = float(np.sqrt(np.square(foretold - actual).mean()))
    sign = (actual > 0).astype(np.int64)
    print(f"{len(actual)} ratings: AUC of the sign {auc(foretold, sign):.3f}, error {error:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
