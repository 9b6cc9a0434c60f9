"""What a photo or a video can disclose besides its picture."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handbook.photos.bounded_reader import MalformedData
from handbook.photos.written_positions import written_place, written_position
from handbook.text.quoting import STEERING

_MAX_LETTERS: Final = 120
# No-break spaces and joiners are part of how people write.
_NOT_ON_A_LINE: Final = re.compile(rf"(?:[ \t\n]|[{STEERING}])+")
_MAX_PER_CATEGORY: Final = 20


class Category(Enum):
    """What a disclosure is about, gravest first."""

    POSITION = "position"
    PLACE = "place"
    POSSIBLE_POSITION = "possible position"
    CHANGE = "change"
    COMMENT = "comment"
    TIME = "time"
    SERIAL = "serial"
    OWNER = "owner"
    PEOPLE = "people"
    CAMERA = "camera"
    SOFTWARE = "software"
    THUMBNAIL = "thumbnail"
    TEXT = "text"
    HIDDEN = "hidden"
    DAMAGED = "damaged"

    @property
    def phrase(self) -> str:
        """Return what is disclosed, to be read after "gives away"."""
        return _PHRASES[self]


_LOCATIONS: Final = (Category.POSITION, Category.PLACE, Category.POSSIBLE_POSITION)
_PHRASES: Final = {
    Category.POSITION: "where it was taken",
    Category.PLACE: "the name of the place",
    Category.POSSIBLE_POSITION: "data that may hold where it was taken",
    Category.CHANGE: "tracked changes",
    Category.COMMENT: "comments",
    Category.TIME: "when it was made",
    Category.SERIAL: "a serial number",
    Category.OWNER: "who made or owns it",
    Category.PEOPLE: "who is in it",
    Category.CAMERA: "the camera",
    Category.SOFTWARE: "the software",
    Category.THUMBNAIL: "a thumbnail, which may show what was cropped away later",
    Category.TEXT: "a title, caption, or comment",
    Category.HIDDEN: "data that only programs read",
    Category.DAMAGED: "data that cannot be read",
}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that a file gives away; `value` is empty if there is nothing to quote."""

    category: Category
    value: str = ""

    @property
    def is_location(self) -> bool:
        """Tell whether it says, or may say, where the picture was taken or which place it shows."""
        return self.category in _LOCATIONS

    @property
    def phrase(self) -> str:
        """Return what is disclosed, with its value, to be read after "gives away"."""
        return f"{self.category.phrase} ({self.value})" if self.value else self.category.phrase


def text_disclosures(category: Category, text: str) -> Iterator[Disclosure]:
    """Yield a disclosure that quotes the text on one line of limited length; none if the text is blank.

    A position or a place that is written into a text about something else is disclosed as well.
    """
    yield from _quoted(category, text)
    if category not in _LOCATIONS:
        yield from written_locations(text)


def written_locations(text: str) -> Iterator[Disclosure]:
    """Yield the position and the place that are written into a text."""
    yield from _quoted(Category.POSITION, written_position(text))
    yield from _quoted(Category.PLACE, written_place(text))


def _quoted(category: Category, text: str) -> Iterator[Disclosure]:
    line = _NOT_ON_A_LINE.sub(" ", text[: 4 * _MAX_LETTERS]).strip()
    if line:
        yield Disclosure(category, line if len(line) <= _MAX_LETTERS else f"{line[:_MAX_LETTERS]}…")


def with_damage(disclosures: Iterable[Disclosure]) -> Iterator[Disclosure]:
    """Yield disclosures up to a malformed part, which becomes the last one."""
    try:
        yield from disclosures
    except MalformedData as damage:
        yield Disclosure(Category.DAMAGED, str(damage))


def ranked(disclosures: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """Return each disclosure once, gravest first, and at most 20 of a category.

    What may be a position is left out if a position is known.
    """
    by_category: dict[Category, list[Disclosure]] = {category: [] for category in Category}
    for disclosure in dict.fromkeys(disclosures):
        by_category[disclosure.category].append(disclosure)
    if by_category[Category.POSITION]:
        by_category[Category.POSSIBLE_POSITION].clear()
    return tuple(disclosure for group in by_category.values() for disclosure in group[:_MAX_PER_CATEGORY])


def decode_text(data: bytes) -> str:
    """Decode the text before the first NUL as UTF-8, or as Latin-1 if it is not UTF-8."""
    data = data.partition(b"\0")[0]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
