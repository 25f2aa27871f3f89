"""One source under atheris: ``python -m tests.fuzzing.target SOURCE FOLDER -max_total_time=60``.

To merge folders of inputs, it is started again and again by the command that ``STARTED_BY`` names.
"""

import os
import sys
from random import Random

import atheris

with atheris.instrument_imports(include=["roc.collectors"], enable_loader_override=False):
    from roc.collectors.registry import collector

    collector(sys.argv[1])

from tests.fuzzing.corpus import files_of
from tests.fuzzing.mutations import mutated
from tests.fuzzing.promises import kept

_SOURCE = sys.argv.pop(1)
sys.argv[0] = os.environ.get("STARTED_BY", sys.argv[0])


def _read(data: bytes) -> None:
    if len(data) >= 2:
        kept(_SOURCE, files_of(_SOURCE, data))


def _change(data: bytes, most: int, seed: int) -> bytes:
    random = Random(seed)
    if len(data) < 2 or random.random() < 0.3:
        return bytes(atheris.Mutate(data, most))
    return (data[:2] + mutated(data[2:], random))[:most]


atheris.Setup(sys.argv, _read, custom_mutator=_change)
atheris.Fuzz()
