"""Lets a fuzzer look for bytes that break a promise of `tests/promises.py`, or take too long or too much.

`make fuzz` calls it, with libFuzzer's own options.
"""

import random
import sys
from typing import Final

import atheris  # type: ignore[import-untyped]  # `make fuzz` alone installs it

with atheris.instrument_imports(include=["handbook", "macros", "scripts", "yaml", "jinja2"]):
    from tests.fuzz.limits import keep_within_limits, repeated
    from tests.promises import keep

# One mutation in so many repeats a piece of the input.
_SELDOM: Final = 10


def main() -> None:
    """Fuzz until time is up, a promise is broken, or an input takes too much."""
    atheris.Setup(sys.argv, lambda data: keep_within_limits(keep, data), custom_mutator=_mutated)
    atheris.Fuzz()


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    if random.Random(seed).randrange(_SELDOM):  # noqa: S311 - nothing is secret here
        return bytes(atheris.Mutate(data, most))
    return repeated(data, most, seed)


if __name__ == "__main__":
    main()
