"""What one input may take, and how a short input becomes one that takes long."""

import random
import resource
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Final

MOST_SECONDS: Final = 2.0
MOST_BYTES: Final = 500 * 2**20
_LONGEST_PIECE: Final = 12


class TakesTooMuchError(Exception):
    """An input takes more seconds of the processor, or more memory, than a page may."""


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def keep_within_limits(
    keep: Callable[[bytes], None],
    data: bytes,
    clock: Callable[[], float] = process_time,
    peak: Callable[[], int] = _peak,
) -> None:
    """Try the promises with an input; it may be slow the first time, when caches are empty.

    Raises:
        TakesTooMuchError: if it takes too long twice, or too much memory.

    """
    before = _resident()
    if _seconds(keep, data, clock) > MOST_SECONDS:
        seconds = _seconds(keep, data, clock)
        if seconds > MOST_SECONDS:
            raise TakesTooMuchError(f"{seconds:.1f} s for {len(data):,} bytes")
    taken = peak() - before
    if taken > MOST_BYTES:
        raise TakesTooMuchError(f"{taken // 2**20} MB for {len(data):,} bytes")


def _seconds(keep: Callable[[bytes], None], data: bytes, clock: Callable[[], float]) -> float:
    start = clock()
    keep(data)
    return clock() - start


def _resident() -> int:
    """Return the bytes of memory that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def repeated(data: bytes, most: int, seed: int) -> bytes:
    """Return an input with a piece of it repeated, because what repeats is what takes long."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    start = chance.randrange(1, len(data)) if len(data) > 1 else len(data)
    piece = data[start : start + chance.randint(1, _LONGEST_PIECE)] or b"["
    times = chance.randint(2, max(2, most // len(piece)))
    return (data[:start] + piece * times + data[start:])[:most]
