"""The addresses of pages that were renamed or removed, from `registers/moved_pages.yml`.

Each leads to the page to read now. No page of today has such an address, so none leads to another.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Final, TypeAlias
from urllib.parse import unquote

from pydantic import AfterValidator, Field

from handbook.content.file_names import without_case
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.field_types import PagePath
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.schema_hints import Form
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/moved_pages.yml"
_EXAMPLE: Final = "write what follows the address of the handbook, such as `policy/gifts/`"
_ENDING: Final = ".html"
# What a file system may refuse to hold, in bytes.
_LONGEST: Final = 200
_PART: Final = re.compile(r"[^\s.\\:*?\"<>|{}#%][^\\:*?\"<>|{}#%]*(?<![\s.])")


def _old_address(text: str) -> str:
    plain = unquote(text)
    if not plain.isprintable() or "\ufffd" in plain or "%" in plain or len(text.encode()) > _LONGEST:
        raise ValueError(f"is not an address that a page had; {_EXAMPLE}")
    if plain != text:
        raise ValueError(f"has letters that a browser encoded; write '{plain}'")
    if text.startswith("docs/") or text.endswith(".md"):
        raise ValueError(f"is a file; {_EXAMPLE}")
    if not text.endswith(("/", _ENDING)):
        raise ValueError(f"ends neither in a slash nor in {_ENDING}; {_EXAMPLE}")
    if text.endswith("index.html") or text == "404.html":
        raise ValueError(f"is a file that each folder or handbook has; {_EXAMPLE}")
    *folders, last = text.removesuffix("/").split("/")
    if not all(map(_PART.fullmatch, (*folders, last))) or any(name.endswith(_ENDING) for name in folders):
        raise ValueError(f"is not an address below the handbook; {_EXAMPLE}")
    return text


OldAddress: TypeAlias = Annotated[
    str,
    AfterValidator(_old_address),
    Form(
        r"^[^\\:*?\"<>|{}#%]+(/|\.html)$",
        "Write what follows the address of the handbook, such as policy/gifts/.",
    ),
]


class MovedPageList(Record):
    """The content of the file."""

    moved: dict[OldAddress, PagePath] = Field(
        default={},
        examples=["{policy/gifts/: docs/policy/presents.md}"],
        description="An old address, as in `policy/gifts/`, and the page to read now.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find addresses that are one to a computer that ignores case, but lead to several pages."""
        known: dict[str, str] = {}
        for address, page in self.moved.items():
            other = known.setdefault(without_case(address), address)
            if self.moved[other] != page:
                yield ("moved", address), f"is also '{other}' where case is ignored; name the same page"


@dataclass(frozen=True, slots=True)
class MovedPages:
    """The page to read now, by the old address, and where each is in the file."""

    pages: Mapping[str, str] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)

    def location(self, address: str) -> Location:
        """Return the location of an old address."""
        return self.source.location_of(("moved", address))

    def location_of_page(self, address: str) -> Location:
        """Return the location of the page that an old address leads to."""
        return self.source.value_location_of(("moved", address))

    def page_for(self, address: str) -> str | None:
        """Return the page that an address leads to, or None if it is not an old one."""
        wanted = without_case(address)
        return next((page for old, page in self.pages.items() if without_case(old) == wanted), None)


def load_moved_pages(tree: FileTree, organization: Organization) -> MovedPages:
    """Read the old addresses, of which there may be none.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(_in_a_language, languages=organization.languages)
    register, source = load_optional_register(tree, FILE, MovedPageList, judge)
    return MovedPages(register.moved, source)


def _in_a_language(register: MovedPageList, languages: Sequence[str]) -> Iterator[RecordProblem]:
    """Find addresses within a language: each entry is one in all of them."""
    for address in register.moved:
        language, _, rest = address.partition("/")
        if language in languages and rest:
            yield ("moved", address), f"counts for each language without it; write '{rest}'"
