"""One source under atheris: ``python -m tests.fuzzing.target SOURCE FOLDER -max_total_time=60``.

To merge folders of inputs, it is started again and again by the command that ``STARTED_BY`` names.
"""

import os
import sys
from random import Random


def main(source: str, arguments: list[str]) -> None:
    """Read inputs without end, or as long as the arguments say; see libFuzzer for them."""
    import atheris  # not in the environment of the tests

    with atheris.instrument_imports(include=["roc.collectors"], enable_loader_override=False):
        from roc.collectors.registry import collector

        collector(source)

    from tests.fuzzing.corpus import files_of
    from tests.fuzzing.mutations import mutated
    from tests.fuzzing.promises import kept

    def read(data: bytes) -> None:
        if len(data) >= 2:
            kept(source, files_of(source, data))

    def changed(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if len(data) < 2 or random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return (data[:2] + mutated(data[2:], random))[:most]

    atheris.Setup(arguments, read, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], [os.environ.get("STARTED_BY", sys.argv[0]), *sys.argv[2:]])
