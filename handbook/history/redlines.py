"""The redlines of many changes at once, computed once for each pair of texts.

A long history has tens of thousands. So each is kept as the JSON that datasets show, git prepares the next
texts meanwhile, and every processor computes.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, TypeAlias

from handbook.formats.redlines import as_records
from handbook.git.objects import ObjectReader
from handbook.history.changes import Change, History
from handbook.history.redline_cache import RedlineCache
from handbook.text.line_ends import as_read
from handbook.text.redline import Mark, Piece, redline, shortened

# A process takes 0.2 seconds to start. In that time, another one computes some hundred redlines.
_WORTH_PROCESSES: Final = 2_000
_PAIRS_AT_ONCE: Final = 1_000

# The blobs before and after a change.
_BlobPair: TypeAlias = tuple[str | None, str | None]


class Redlines:
    """The redlines of a history, each without the text that is far from its changes."""

    def __init__(self, encoded: Mapping[str, bytes]) -> None:
        self._encoded = encoded

    def encoded(self, change: Change) -> bytes:
        """Return the redline of a change as a JSON array of records of `mark` and `text`."""
        return b"[]" if change.is_move_alone else self._encoded[_name(change.before, change.after)]

    def pieces(self, change: Change) -> list[Piece]:
        """Return the redline of a change; a piece that is left out has no text."""
        records = json.loads(self.encoded(change))
        return [Piece(Mark(record["mark"]), record["text"]) for record in records]


def read_redlines(
    root: Path, history: History, cache: RedlineCache | None, worth_processes: int = _WORTH_PROCESSES
) -> Redlines:
    """Return the redlines of a history. Those that the cache lacks are computed and kept there.

    Several processes compute them if at least `worth_processes` are missing.

    Raises:
        HandbookError: when the repository does not have a text, for example in a partial clone.

    """
    # Page by page, because the text after a change is the text before the next one.
    changes = chain.from_iterable(page.changes for page in history.pages.values())
    pairs = {
        _name(change.before, change.after): (change.before, change.after)
        for change in changes
        if not change.is_move_alone
    }
    encoded = cache.read() if cache else {}
    missing = [name for name in pairs if name not in encoded]
    if missing:
        compare = _compared if len(missing) < worth_processes else _compared_by_processes
        encoded |= zip(missing, compare(root, [pairs[name] for name in missing]), strict=True)
        if cache:
            cache.write({name: encoded[name] for name in pairs} | encoded)
    return Redlines(encoded)


def encode_redline(pieces: Sequence[Piece]) -> bytes:
    """Return the shortened redline as a JSON array of records of `mark` and `text`."""
    return json.dumps(as_records(shortened(pieces)), ensure_ascii=False).encode()


def _name(before: str | None, after: str | None) -> str:
    return f"{before} {after}"


def _compared_by_processes(root: Path, pairs: Sequence[_BlobPair]) -> Iterator[bytes]:
    # These take 15 ms to import, and a history that is in the cache needs neither.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    parts = [pairs[start : start + _PAIRS_AT_ONCE] for start in range(0, len(pairs), _PAIRS_AT_ONCE)]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(parts)), get_context("spawn")) as pool:
        yield from chain.from_iterable(pool.map(partial(_compared, root), parts))


def _compared(root: Path, pairs: Sequence[_BlobPair]) -> list[bytes]:
    with closing(ObjectReader(root)) as objects:
        return [encode_redline(redline(*texts)) for texts in _texts(objects, pairs)]


def _texts(objects: ObjectReader, pairs: Sequence[_BlobPair]) -> Iterator[tuple[str, str]]:
    """Yield the texts of each pair; a blob that is in the pair before as well is read once."""
    contents = objects.read_each(_unread_blobs(pairs))
    texts: dict[str, str] = {}
    for before, after in pairs:
        texts = {
            blob: texts[blob] if blob in texts else as_read(next(contents))
            for blob in (before, after)
            if blob
        }
        yield texts[before] if before else "", texts[after] if after else ""


def _unread_blobs(pairs: Iterable[_BlobPair]) -> Iterator[str]:
    for previous, pair in pairwise(chain([(None, None)], pairs)):
        yield from (blob for blob in pair if blob and blob not in previous)
