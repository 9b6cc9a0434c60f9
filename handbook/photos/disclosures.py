"""What a photo or a video can give away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handbook.photos.bounded_reader import Malformed

_LONGEST: Final = 120
_MOST: Final = 20


class Kind(Enum):
    """What a fact is about, gravest first."""

    POSITION = "position"
    PLACE = "place"
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


WORDS: Final = {
    Kind.POSITION: "where it was taken",
    Kind.PLACE: "the name of the place",
    Kind.TIME: "when",
    Kind.SERIAL: "a serial number",
    Kind.OWNER: "who made or owns it",
    Kind.PEOPLE: "who is in it",
    Kind.CAMERA: "the camera",
    Kind.SOFTWARE: "the program",
    Kind.THUMBNAIL: "a small copy of the picture, which may show what was cut off later",
    Kind.TEXT: "a title, caption or comment",
    Kind.HIDDEN: "data that only programs read",
    Kind.DAMAGED: "data that cannot be read",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a file gives away; `value` is empty where there is nothing to quote."""

    kind: Kind
    value: str = ""

    @property
    def is_location(self) -> bool:
        """Tell whether it says where the picture was taken, or what place it shows."""
        return self.kind in (Kind.POSITION, Kind.PLACE)

    @property
    def sentence(self) -> str:
        """Return what is given away, to be read after "gives away"."""
        return f"{WORDS[self.kind]} ({self.value})" if self.value else WORDS[self.kind]


def told(kind: Kind, value: str) -> Iterator[Fact]:
    """Yield the fact, on one line and not endless; yield none where its value is blank."""
    line = "".join(letter if letter.isprintable() else " " for letter in value[: 4 * _LONGEST])
    line = " ".join(line.split())
    if line:
        yield Fact(kind, line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")


def until_damaged(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts; where their source breaks off, yield that as the last one."""
    try:
        yield from facts
    except Malformed as damage:
        yield Fact(Kind.DAMAGED, str(damage))


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return each fact once, gravest first, and of each kind no more than a person reads."""
    unique = list(dict.fromkeys(facts))
    return tuple(fact for kind in Kind for fact in [one for one in unique if one.kind is kind][:_MOST])


def decoded(data: bytes) -> str:
    """Read text as UTF-8, or as Latin-1 where it is not; it ends at the first NUL."""
    data = data.partition(b"\0")[0]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
