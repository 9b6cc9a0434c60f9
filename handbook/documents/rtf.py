"""RTF: authors, comments, tracked changes, hidden text, and pictures. Source: Rich Text Format 1.9.1."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, Final

from handbook.documents.allowance import MOST_BYTES, Allowance
from handbook.documents.properties import by_author, custom_property
from handbook.photos.bounded_reader import MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures

SIGNATURE: Final = b"{\\rtf"
_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>.)"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_MAX_DEPTH: Final = 256
_MAX_LETTERS: Final = 500
_OWNERS: Final = ("author", "operator", "manager", "company")
_TEXTS: Final = ("title", "subject", "keywords", "doccomm", "category")
_CHANGES: Final = (
    "revised deleted crauth mvf mvt trauth rawclgridrev clins cldel clmrgd pnrauth".split()  # noqa: SIM905
)
_DATA: Final = ("pict", "objdata")
# A group with one of these words holds what the word says; any other is a part of the group around it.
_DESTINATIONS: Final = frozenset(
    (*_OWNERS, *_TEXTS, *_DATA, "annotation", "atnauthor", "revtbl", "propname", "staticval", "template")
)

PartReader = Callable[[str, bytes], Iterator[Disclosure]]


@dataclass(slots=True)
class _Group:
    """A group that is open: what it holds, whether it is hidden, and its text so far."""

    destination: str
    is_hidden: bool
    texts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what readers see of it, without spaces around it."""
        return "".join(self.texts).strip()


def disclosures(stream: BinaryIO, allowance: Allowance, read_part: PartReader) -> Iterator[Disclosure]:
    """Yield what a document gives away; `read_part` is called with the data of a picture or an object.

    Raises:
        MalformedData: if it is cut short or too large.

    """
    data = stream.read(MOST_BYTES + 1)
    allowance.spend_bytes(len(data))
    walk = _Walk(read_part)
    offset = 0
    while match := _TOKEN.match(data, offset):
        allowance.spend_element()
        offset = match.end()
        if match["word"] == b"bin":
            length = max(0, int(match["number"] or 0))
            walk.add_data(data[offset : offset + length])
            offset += length
        else:
            yield from walk.take(match)
        if walk.has_ended:
            return
    raise MalformedData("it is cut short")


class _Walk:
    """Follows the groups of a document."""

    def __init__(self, read_part: PartReader) -> None:
        self.has_ended = False
        self._read_part = read_part
        self._groups: list[_Group] = []
        self._name = ""
        self._skip_letter = False

    def take(self, token: re.Match[bytes]) -> Iterator[Disclosure]:
        """Take the next token, and yield what a change or a group that ends gives away."""
        if token["brace"] == b"{":
            self._open()
        elif token["brace"]:
            yield from self._close()
        elif token["word"]:
            yield from self._word(token["word"].decode("ascii"), token["number"])
        elif token["byte"]:
            self._add_text(bytes([int(token["byte"], 16)]))
        elif token["text"]:
            self._add_text(token["text"])

    def add_data(self, data: bytes) -> None:
        """Add bytes of a picture that are not written as digits."""
        if self._groups:
            self._groups[-1].data.append(data.hex().encode())

    def _open(self) -> None:
        if len(self._groups) == _MAX_DEPTH:
            raise MalformedData("its parts are nested too deeply")
        around = self._groups[-1] if self._groups else _Group("", is_hidden=False)
        self._groups.append(_Group(around.destination, around.is_hidden))

    def _word(self, word: str, number: bytes | None) -> Iterator[Disclosure]:
        if not self._groups:
            return
        group = self._groups[-1]
        if word in _DESTINATIONS:
            group.destination = word
        elif word == "v":
            group.is_hidden = number != b"0"
        elif word == "plain":
            group.is_hidden = False
        elif word == "u" and number:
            self._add_letter(int(number))
        elif word in _CHANGES and number != b"0":
            yield Disclosure(Category.CHANGE)

    def _add_letter(self, number: int) -> None:
        """Add a letter by its number, and skip its substitute for older programs, which follows."""
        unit = number & 0xFFFF
        self._add_text(b"" if 0xD800 <= unit < 0xE000 else chr(unit).encode("utf-8"), "utf-8")
        self._skip_letter = True

    def _add_text(self, data: bytes, encoding: str = "cp1252") -> None:
        group = self._groups[-1] if self._groups else None
        if group is None:
            return
        if group.destination in _DATA:
            group.data.append(data)
            return
        text = data[int(self._skip_letter) : _MAX_LETTERS].decode(encoding, "replace")
        self._skip_letter = False
        if len(group.texts) < _MAX_LETTERS:
            group.texts.append(text)
            group.hidden.append(text if group.is_hidden and not group.destination else "")

    def _close(self) -> Iterator[Disclosure]:
        if not self._groups:
            raise MalformedData("it is damaged")
        group = self._groups.pop()
        self.has_ended = not self._groups
        if hidden := "".join(group.hidden).strip():
            yield from text_disclosures(Category.HIDDEN, f"hidden text: {hidden}")
        yield from self._held(group)

    def _held(self, group: _Group) -> Iterator[Disclosure]:
        name = group.destination
        if name in _READERS:
            yield from _READERS[name](group.text)
        elif name == "propname":
            self._name = group.text
        elif name == "staticval":
            yield from custom_property(self._name, group.text)
        elif name in _DATA:
            yield from self._read_part(name, _from_digits(b"".join(group.data)))


def _owner(text: str) -> Iterator[Disclosure]:
    author = text.rstrip("; ")
    return text_disclosures(Category.OWNER, "" if author == "Unknown" else author)


def _comment_author(text: str) -> Iterator[Disclosure]:
    return by_author(Category.COMMENT, text) if text else iter(())


def _comment(text: str) -> Iterator[Disclosure]:
    yield Disclosure(Category.COMMENT)


def _template(text: str) -> Iterator[Disclosure]:
    return text_disclosures(Category.HIDDEN, f"a path: {text}" if text else "")


# What reads the text of a group with one of these words.
_READERS: Final[Mapping[str, Callable[[str], Iterator[Disclosure]]]] = {
    **dict.fromkeys((*_OWNERS, "revtbl"), _owner),
    **dict.fromkeys(_TEXTS, partial(text_disclosures, Category.TEXT)),
    "atnauthor": _comment_author,
    "annotation": _comment,
    "template": _template,
}


def _from_digits(text: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", text)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
