"""Thins out a fuzzer's corpus to few and small files that together run almost every line that all of it runs.

    python -m tests.fuzz.thin build/corpus

chooses from tests/fuzz/corpus/ and the given folders, and writes tests/fuzz/corpus/ anew; a file is named
after its promise and its content.
"""

import hashlib
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, Final

from tests.conftest import ROOT
from tests.promises import CORPUS, PROMISES, keep

_ROOMS: Final = tuple(str(ROOT / room) for room in ("handbook", "macros", "scripts"))

_MOST: Final = 90

Line = tuple[int, str, int]


def main() -> None:
    """Write the corpus anew from itself and the given folders."""
    folders = [CORPUS, *map(Path, sys.argv[1:])]
    inputs = {file.read_bytes() for folder in folders for file in folder.iterdir()} - {b""}
    lines = {data: _lines(data) for data in sorted(inputs, key=lambda data: (len(data), data))}
    kept = list(islice(_covering(lines), _MOST))
    for file in CORPUS.iterdir():
        file.unlink()
    for data in kept:
        name = PROMISES[data[0] % len(PROMISES)].__name__
        (CORPUS / f"{name}-{hashlib.sha256(data).hexdigest()[:8]}").write_bytes(data)
    print(f"{len(kept)} files, {sum(map(len, kept)):,} bytes")  # noqa: T201 - a command


def _lines(data: bytes) -> frozenset[Line]:
    """Return the lines of the project that run for some bytes, each with the promise that runs it."""
    promise = data[0] % len(PROMISES)
    seen: set[Line] = set()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_ROOMS):
            return None
        seen.add((promise, frame.f_code.co_filename, frame.f_lineno))
        return trace

    keep(data)  # Lines that only fill caches are not to this input's credit.
    sys.settrace(trace)
    try:
        keep(data)
    finally:
        sys.settrace(None)
    return frozenset(seen)


def _covering(lines: dict[bytes, frozenset[Line]]) -> Iterator[bytes]:
    """Yield, one by one, the input that runs the most lines that no earlier one runs."""
    left = frozenset().union(*lines.values())
    while left:
        best = max(lines, key=lambda data: (len(lines[data] & left), -len(data)))
        yield best
        left -= lines[best]


if __name__ == "__main__":
    main()
