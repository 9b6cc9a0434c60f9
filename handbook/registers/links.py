"""The outside addresses of pages and registers, and `registers/links.yml`, which lists them.

Where an address is used is looked up each time. The register adds on which day somebody last tried it, and
what happened.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from yaml.nodes import Node

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.evidence_folder import own_path
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.schema_hints import Form
from handbook.text.markdown.destinations import as_asked, destinations, without_indented_code
from handbook.text.prose import without_code
from handbook.yaml.edit_lines import (
    Replacement,
    compose,
    entry,
    insertion,
    is_block,
    line_end,
    line_start,
    newline_of,
    proved,
    value_at,
    with_replacements,
)
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/links.yml"
Status: TypeAlias = Literal["works", "moved", "gone", "refuses", "fails"]
BROKEN: Final[tuple[Status, ...]] = ("gone", "fails")
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
_REFUSAL: Final = "the register cannot be written without changing something else; change it by hand"


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
    """One address. If it has no `checked` and `status`, nobody has tried it."""

    address: Annotated[
        str,
        AfterValidator(_address),
        Form("^[Hh][Tt][Tt][Pp][Ss]?://[^ ]+$", "Write an address that begins with https:// or http://."),
    ] = Field(
        examples=["https://www.nlrb.gov/"],
        description="An address that a page or a register uses. `handbook links --update` writes it.",
    )
    status: Status | None = Field(
        default=None,
        examples=["works"],
        description="What happened when it was last tried. `handbook links --check` writes it.",
    )
    checked: datetime.date | None = Field(
        default=None, examples=["2026-11-20"], description="The day on which it was tried."
    )


class Links(Record):
    """The register of outside addresses."""

    links: list[Link] = Field(
        default=[],
        examples=["(addresses, as in the sample)"],
        description="The outside addresses, in alphabetical order.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find repeated addresses, and results without their day."""
        seen: set[str] = set()
        for number, link in enumerate(self.links):
            if link.address in seen:
                yield ("links", number, "address"), "is set a second time; keep one of the two"
            if (link.status is None) != (link.checked is None):
                yield ("links", number), "has only one of status and checked; write both or neither"
            seen.add(link.address)


@dataclass(frozen=True, slots=True, order=True)
class AddressUse:
    """Where an address is used: the path of a file from the root, and a line of it."""

    path: str
    line: int


def load_links(tree: FileTree) -> Links:
    """Read the register; without one, no address is registered.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_optional_register(tree, own_path(tree, FILE), Links)[0]


def addresses_of_page(page: Page) -> Iterator[tuple[str, AddressUse]]:
    """Yield each address in the body of a page, without code and comments, and where it is used."""
    body = without_code(without_indented_code(page.body))
    for address, start in destinations(body):
        yield address, AddressUse(page.path, page.body_line + body.count("\n", 0, start))


def addresses_of_register(path: str, source: LocatedMapping) -> Iterator[tuple[str, AddressUse]]:
    """Yield each address in the values of a YAML file, and the line on which the value begins."""
    for key_path, text in _texts(source.data, ()):
        for address in _addresses_in_value(text):
            yield address, AddressUse(path, source.value_location_of(key_path).line)


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    pairs: Any = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in pairs:
        yield from _texts(inner, (*path, key))


def _addresses_in_value(text: str) -> list[str]:
    """Return the addresses in a value, which is one itself or a text that pages show."""
    whole = as_asked(text) if re.fullmatch(r"\S+", text) else None
    return [whole] if whole else [address for address, _ in destinations(text)]


def is_outside(address: str, organization: Organization) -> bool:
    """Tell whether an address is neither the organization's own nor reserved for examples."""
    own = (organization.intranet, organization.repository, organization.handbook)
    is_own = any(address.startswith(start.rstrip("/")) for start in own if start)
    return not is_own and not _RESERVED.fullmatch(urlsplit(address).hostname or "")


def with_addresses(text: str | None, wanted: Collection[str]) -> str:
    """Return the register with exactly the `wanted` addresses; new ones are sorted in.

    What is known of the others stays, and so does every comment. If `text` is None, a register is begun.

    Raises:
        HandbookError: if the addresses do not have lines of their own.

    """
    text = HEAD + _EMPTY if text is None else text
    key, items = _items(text)
    new = sorted(set(wanted) - items.keys())
    kept = items.keys() & set(wanted)
    if not new and len(kept) == len(items):
        return text
    parts = [
        Replacement(line_start(item), line_end(text, item), "")
        for address, item in items.items()
        if address not in kept
    ]
    start = int(key.end_mark.index) + 1
    if not items:
        end = text.find("]", start) + 1 if "[" in text[start:].split("\n")[0] else start
        parts.append(Replacement(start, end, ""))
    elif not new and not kept:
        parts.append(Replacement(start, start, " []"))
    after = with_replacements(text, [*parts, *_insertions(text, key, items, new)])
    unknown: dict[str, dict[str, str]] = {address: {} for address in new}
    return proved(after, _known_results, unknown | _results_of(items, kept), _REFUSAL)


def _insertions(text: str, key: Node, items: Mapping[str, Node], new: Sequence[str]) -> Iterator[Replacement]:
    """Insert each new address before the first that sorts after it, or at the end."""
    newline = newline_of(text)
    indent = " " * (next(iter(items.values())).start_mark.column - 2 if items else 2)
    last = line_end(text, list(items.values())[-1] if items else key)
    lines_at: dict[int, list[str]] = {}
    for address in new:
        later = (line_start(item) for name, item in items.items() if name > address)
        lines_at.setdefault(next(later, last), []).append(f"{indent}- {entry('address', address)}{newline}")
    for offset, lines in lines_at.items():
        yield insertion(text, offset, "".join(lines))


def with_results(text: str, results: Mapping[str, Status], day: datetime.date) -> str:
    """Return the register with the result of the day for each address that was tried.

    Raises:
        HandbookError: if the addresses do not have lines of their own.

    """
    items = _items(text)[1]
    known = _results_of(items, items)
    new = {
        address: {"status": results[address], "checked": day.isoformat()}
        for address in items
        if address in results
    }
    parts = [part for address in new for part in _result_parts(text, items[address], new[address])]
    return proved(with_replacements(text, parts), _known_results, known | new, _REFUSAL)


def _result_parts(text: str, item: Node, result: Mapping[str, str]) -> Iterator[Replacement]:
    """Replace the values of one record, and add missing keys below its address."""
    missing = []
    for key, value in result.items():
        node = value_at(item, key)
        if node is None:
            missing.append(f"{' ' * item.start_mark.column}{key}: {value}{newline_of(text)}")
        else:
            start, end = node.start_mark.index, node.end_mark.index
            yield Replacement(start, end, value if end > start else f" {value}")
    address = value_at(item, "address")
    if missing and address is not None:
        yield insertion(text, line_end(text, address), "".join(missing))


def _known_results(text: str) -> dict[str, dict[str, str]]:
    """Return what is known of each address of a register, by the names of its keys."""
    items = _items(text)[1]
    return _results_of(items, items)


def _results_of(items: Mapping[str, Node], addresses: Collection[str]) -> dict[str, dict[str, str]]:
    return {
        address: {key.value: value.value for key, value in items[address].value if key.value != "address"}
        for address in addresses
    }


def _items(text: str) -> tuple[Node, dict[str, Node]]:
    """Return the node of the key `links`, and the node of each record by its address."""
    root = compose(text)
    pair = next((pair for pair in getattr(root, "value", ()) if pair[0].value == "links"), None)
    if pair is None:
        raise HandbookError("the register has no `links:`; write it as the sample does")
    key, value = pair
    if value.value and not (is_block(value) and all(is_block(item) for item in value.value)):
        raise HandbookError(
            "the register has records in brackets; write each on lines of its own, as the sample does"
        )
    return key, {str(getattr(value_at(item, "address"), "value", "")): item for item in value.value or ()}
