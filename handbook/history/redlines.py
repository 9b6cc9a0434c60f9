"""The redlines of many changes at once, computed once for each pair of texts.

A long history has tens of thousands. So each is kept as the JSON that datasets show, and git prepares the
next texts meanwhile.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, pairwise
from json.encoder import encode_basestring
from pathlib import Path
from typing import TypeAlias

from handbook.git.objects import ObjectReader
from handbook.history.changes import Change, History
from handbook.history.redline_cache import RedlineCache
from handbook.text.line_ends import as_read
from handbook.text.quoting import safe_json
from handbook.text.redline import Mark, Piece, short_redline, shortened

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
        return decode_redline(self.encoded(change))


def read_redlines(root: Path, history: History, cache: RedlineCache | None) -> Redlines:
    """Return the redlines of a history. Those that the cache lacks are computed and kept there.

    Raises:
        HandbookError: if the repository does not have a text, for example in a partial clone.

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
        encoded |= zip(missing, _compared(root, [pairs[name] for name in missing]), strict=True)
        if cache:
            cache.write({name: encoded[name] for name in pairs} | encoded)
    return Redlines(encoded)


def encode_redline(pieces: Sequence[Piece]) -> bytes:
    """Return the shortened redline as a JSON array of records of `mark` and `text`."""
    return _encoded(shortened(pieces))


def decode_redline(encoded: bytes) -> list[Piece]:
    """Return the pieces of such an array; a piece that is left out has no text."""
    return [Piece(Mark(record["mark"]), record["text"]) for record in json.loads(encoded)]


def _encoded(pieces: Sequence[Piece]) -> bytes:
    # A template takes a third of the time of a dict.
    records = ", ".join(
        f'{{"mark": "{piece.mark.value}", "text": {encode_basestring(_shown(piece))}}}' for piece in pieces
    )
    return safe_json(f"[{records}]").encode()


def _shown(piece: Piece) -> str:
    return "" if piece.mark is Mark.LEFT_OUT else piece.text


def _name(before: str | None, after: str | None) -> str:
    return f"{before} {after}"


def _compared(root: Path, pairs: Sequence[_BlobPair]) -> Iterator[bytes]:
    # Two processes of Python are hardly faster on two processors than one beside git, and take a third more.
    with closing(ObjectReader(root)) as objects:
        yield from (_encoded(short_redline(*texts)) for texts in _texts(objects, pairs))


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
