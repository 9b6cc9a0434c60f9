"""The protocol that every file format fulfills."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.edits import Edit

SIGNATURE_LENGTH: Final = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for people, how its files begin, and the edits that a clean copy needs.

    `signature` matches within the first `SIGNATURE_LENGTH` bytes of a file.
    `edits` is given a whole file and yields, in any order, an edit for each part that is not needed to show
    the picture. It raises `MalformedData` if the file breaks the rules of the format.
    """

    name: str
    signature: re.Pattern[bytes]
    edits: Callable[[BoundedReader], Iterator[Edit]]
