"""What an auditor reads first in an audit pack: what it is, where each thing is, how to verify it."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbook.audit.pack import MANIFEST, SUMS
from handbook.audit.page_register import RegisteredPage
from handbook.audit.print_document import file_of
from handbook.editions.manifest import Manifest
from handbook.formats.html_document import DOCUMENTS
from handbook.history.compliance import Tally
from handbook.history.compliance_formats import shown_share
from handbook.text.quoting import one_line

_TEXTS: Final = Environment(  # noqa: S701 - plain text
    loader=PackageLoader("handbook.formats"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEXTS.filters["line"] = one_line


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition in the pack: what it says of itself, where it lies, and how."""

    manifest: Manifest
    folder: str
    is_signed: bool
    has_pdf: bool

    def file(self, page: RegisteredPage) -> str | None:
        """Return where a page of the register is read in this edition, or None."""
        found = file_of(page.address, self.manifest.files) if self.manifest.page(page.path) else None
        return f"{self.folder}/site/{found}" if found else None


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What is said of a pack in words. `first` is None where it goes back to the beginning."""

    title: str
    commit: str
    first: datetime.date | None
    last: datetime.date
    edition: Manifest | None
    editions: Sequence[EditionSummary]
    pages: Sequence[RegisteredPage]
    tallies: Sequence[Tally]
    files: Collection[str]

    @property
    def share(self) -> str:
        """Return the part of the pages in order on the last day."""
        return shown_share(self.tallies[-1])

    def contents(self) -> Iterator[tuple[str, str]]:
        """Yield each place in the pack where there is something, and what it is."""
        for path, what in self._places():
            if path in (*self.files, MANIFEST, SUMS) or any(one.startswith(path) for one in self.files):
                yield path, what

    def _places(self) -> Iterator[tuple[str, str]]:
        in_between = "" if self.first is None else f" from {self.first} to {self.last}"
        yield "register/pages.csv", f"Every page on {self.last}: owner, last review, next review, state."
        yield "register/pages.json", "The same for programs; pages.schema.json describes each fact."
        yield (
            "reviews/reviews.html",
            f"Every review{in_between}: who read what, what they answered and decided.",
        )
        yield "reviews/reviews.csv", "The same as a table, without the answers (reviews.json for programs)."
        yield "reviews/records/", "The records themselves, as they were written."
        yield (
            "history/history.html",
            f"Every change of every page{in_between}, word by word, with its reason.",
        )
        yield "history/history.json", "The same for programs."
        yield "waivers/waivers.csv", f"Exceptions from rules, as they stood on {self.last}."
        yield "waivers/waivers.yml", "The register of them, as it was written."
        yield "compliance/compliance.svg", "Which part of the pages was in order over time, as a picture."
        yield "compliance/compliance.csv", "The same as a table (compliance.json for programs)."
        for one in self.editions:
            yield from _contents(one)
        yield MANIFEST, "Size and SHA-256 of every file of this pack."
        yield SUMS, "The same sums for the program sha256sum."
        yield "verify.py", "Checks the pack. It is short: read it before you run it."


def _contents(one: EditionSummary) -> Iterator[tuple[str, str]]:
    name = one.manifest.edition
    yield f"{one.folder}/handbook.pdf", f"All pages of edition {name} in one file, for reading and print."
    yield (
        f"{one.folder}/changes.html",
        f"What readers see in {name} other than before, word by word.",
    )
    yield f"{one.folder}/changes.json", "The same for programs."
    yield f"{one.folder}/site/", f"Edition {name} as employees saw it: the published files, to the byte."
    yield f"{one.folder}/edition.json", f"The manifest that was published with edition {name}."
    yield (
        f"{one.folder}/tag.txt",
        f"What the git tag of edition {name} says; it names the sum of that manifest.",
    )


def as_text(shown: PackSummary) -> str:
    """Return the text of README.txt."""
    return _TEXTS.get_template("audit_pack.txt").render(shown=shown)


def as_html(shown: PackSummary) -> str:
    """Return the page from which everything in the pack is opened."""
    return DOCUMENTS.get_template("audit_pack.html").render(shown=shown)
