"""The outside addresses of pages and registers, and `registers/links.yml`, which lists them.

Where an address is used is looked up each time. What the register adds is the day on which somebody last
tried it, and what happened.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from yaml.nodes import Node

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.record import Record
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.text.prose import without_code
from handbook.yaml.edit_lines import (
    Span,
    compose,
    entry,
    is_block,
    line_end,
    line_start,
    value_at,
    with_spans,
)
from handbook.yaml.located import KeyPath, LocatedMapping

FILE: Final = "registers/links.yml"
Status: TypeAlias = Literal["works", "moved", "gone", "refuses", "fails"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
BROKEN: Final[tuple[Status, ...]] = ("gone", "fails")
_ADDRESS: Final = re.compile(r"https?://(?:[^\s<>\"`{}|\\()\[\]]|\([^\s<>\"`{}|\\()\[\]]*\))+", re.IGNORECASE)
_ENDS_A_SENTENCE: Final = ".,;:!?'*_’”»"
# Source: RFC 2606 and RFC 6761, names that nobody can register.
_RESERVED: Final = re.compile(
    r"(?:.*\.)?(?:example|test|invalid|localhost|example\.(?:com|net|org))|127(?:\.\d+){3}", re.IGNORECASE
)
_EMPTY: Final = "links: []\n"
HEAD: Final = """\
# The outside addresses of pages and registers.
# `handbook links --update` adds and removes addresses, `handbook links --check` tries each and writes
# what happened and when: works, moved, gone, refuses (programs), or fails. Without that nobody has tried.
"""


def _address(text: str) -> str:
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if (
        not text.lower().startswith(("http://", "https://"))
        or not host
        or not text.isprintable()
        or " " in text
    ):
        raise ValueError("is not an address that begins with https:// or http://")
    return text


class Link(Record):
    """One address. Without `checked` and `status` nobody has tried it."""

    address: Annotated[str, AfterValidator(_address)] = Field(examples=["https://www.nlrb.gov/"])
    status: Status | None = Field(default=None, examples=["works"])
    checked: datetime.date | None = Field(default=None, examples=["2026-11-20"])


class Links(Record):
    """The register of outside addresses."""

    links: list[Link] = Field(default=[], examples=["(addresses, as in the sample)"])

    def mistakes(self) -> Iterator[tuple[KeyPath, str]]:
        """Find addresses that stand there twice, and results without their day."""
        seen: set[str] = set()
        for number, link in enumerate(self.links):
            if link.address in seen:
                yield ("links", number, "address"), "is set a second time; keep one of the two"
            if (link.status is None) != (link.checked is None):
                yield ("links", number), "has only one of status and checked; write both or neither"
            seen.add(link.address)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """Where an address stands: a file, from the root, and a line of it."""

    path: str
    line: int


def load_links(tree: FileTree) -> Links:
    """Read the register; a handbook without one has registered no address.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_optional_register(tree, FILE, Links)[0]


def addresses_of_page(page: Page) -> Iterator[tuple[str, Use]]:
    """Yield each address in the body of a page, code and comments left out, and where it stands."""
    body = without_code(page.body)
    for address, start in _addresses(body):
        yield address, Use(page.path, page.body_line + body.count("\n", 0, start))


def addresses_of_register(path: str, source: LocatedMapping) -> Iterator[tuple[str, Use]]:
    """Yield each address in the values of a YAML file, and where the value begins."""
    for at, text in _texts(source.data, ()):
        for address, _ in _addresses(text):
            yield address, Use(path, source.value_location_of(at).line)


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    pairs: Any = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in pairs:
        yield from _texts(inner, (*path, key))


def _addresses(text: str) -> Iterator[tuple[str, int]]:
    """Yield each address without its fragment: the same page answers for every part of it."""
    for match in _ADDRESS.finditer(text):
        address = match.group().replace("&amp;", "&").partition("#")[0].rstrip(_ENDS_A_SENTENCE)
        if urlsplit(address).hostname:
            yield address, match.start()


def is_outside(address: str, organization: Organization) -> bool:
    """Tell whether an address is somebody else's: not the organization's own, nor reserved for examples."""
    own = (organization.intranet, organization.repository, organization.handbook)
    is_own = any(address.startswith(one.rstrip("/")) for one in own if one)
    return not is_own and not _RESERVED.fullmatch(urlsplit(address).hostname or "")


def with_addresses(text: str | None, wanted: Collection[str]) -> str:
    """Return the register with exactly the `wanted` addresses, new ones in alphabetical order.

    What is known of the others stays, and so does every comment. Without a text a register is begun.

    Raises:
        HandbookError: when the addresses do not stand on lines of their own.

    """
    text = HEAD + _EMPTY if text is None else text
    key, items = _items(text)
    new = sorted(set(wanted) - items.keys())
    kept = items.keys() & set(wanted)
    if not new and len(kept) == len(items):
        return text
    spans = [
        Span(line_start(item), line_end(text, item), "") for name, item in items.items() if name not in kept
    ]
    start = int(key.end_mark.index) + 1
    if not items:
        end = text.find("]", start) + 1 if "[" in text[start:].split("\n")[0] else start
        spans.append(Span(start, end, ""))
    elif not new and not kept:
        spans.append(Span(start, start, " []"))
    return with_spans(text, [*spans, *_insertions(text, key, items, new)])


def _insertions(text: str, key: Node, items: Mapping[str, Node], new: Sequence[str]) -> Iterator[Span]:
    """Yield where new addresses go: before the first that sorts behind them, else at the end."""
    ends = "\r\n" if "\r\n" in text else "\n"
    indent = " " * (next(iter(items.values())).start_mark.column - 2 if items else 2)
    last = line_end(text, list(items.values())[-1] if items else key)
    places: dict[int, list[str]] = {}
    for address in new:
        behind = (line_start(item) for name, item in items.items() if name > address)
        places.setdefault(next(behind, last), []).append(f"{indent}- {entry('address', address)}{ends}")
    for location, lines in places.items():
        before = ends if location == len(text) and not text.endswith("\n") else ""
        yield Span(location, location, before + "".join(lines))


def with_results(text: str, results: Mapping[str, Status], day: datetime.date) -> str:
    """Return the register with what happened on a day to each address that was tried.

    Raises:
        HandbookError: when the addresses do not stand on lines of their own.

    """
    spans: list[Span] = []
    for address, item in _items(text)[1].items():
        if address in results:
            spans += _result_spans(text, item, {"status": results[address], "checked": day.isoformat()})
    return with_spans(text, spans)


def _result_spans(text: str, item: Node, values: Mapping[str, str]) -> Iterator[Span]:
    """Yield what changes in one record: a value is replaced, and a missing key added below the address."""
    ends = "\r\n" if "\r\n" in text else "\n"
    missing = []
    for key, value in values.items():
        node = value_at(item, key)
        if node is None:
            missing.append(f"{' ' * item.start_mark.column}{key}: {value}{ends}")
        else:
            yield Span(node.start_mark.index, node.end_mark.index, value)
    address = value_at(item, "address")
    if missing and address is not None:
        location = line_end(text, address)
        before = ends if location == len(text) and not text.endswith("\n") else ""
        yield Span(location, location, before + "".join(missing))


def _items(text: str) -> tuple[Node, dict[str, Node]]:
    """Return the key `links`, and each record by its address."""
    root = compose(text)
    pair = next((pair for pair in getattr(root, "value", ()) if pair[0].value == "links"), None)
    if pair is None:
        raise HandbookError(f"{FILE} has no `links:`; write it as the sample does")
    key, value = pair
    if value.value and not (is_block(value) and all(is_block(item) for item in value.value)):
        raise HandbookError(
            f"{FILE} has records in brackets; write each on lines of its own, as the sample does"
        )
    return key, {str(getattr(value_at(item, "address"), "value", "")): item for item in value.value or ()}
