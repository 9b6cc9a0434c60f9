"""What an auditor reads first in an audit pack: what it is, what it contains, how to verify it."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.acknowledgements.report import Recorded
from handbook.audit.datasets import SignatureLines
from handbook.audit.edition_terms import EditionTerm
from handbook.audit.pack import MANIFEST, SUMS
from handbook.audit.page_register import RegisteredPage
from handbook.audit.print_document import file_of
from handbook.compliance.formats import shown_share
from handbook.compliance.tally import Tally
from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest
from handbook.formats.html_document import DOCUMENTS
from handbook.formats.text_templates import text_templates

_TEXTS: Final = text_templates()


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition in the pack: its manifest, its folder, and whether it is signed and printed."""

    manifest: Manifest
    folder: str
    is_signed: bool
    has_pdf: bool

    def file(self, page: RegisteredPage) -> str | None:
        """Return the file that shows a page of the register in this edition, or None."""
        file = file_of(page.address, self.manifest.files) if self.manifest.page(page.path) else None
        return f"{self.folder}/site/{file}" if file else None


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What the index of a pack shows. `first` is None if the pack goes back to the beginning."""

    title: str
    commit: str
    first: datetime.date | None
    last: datetime.date
    edition: Manifest | None
    editions: Sequence[EditionSummary]
    pages: Sequence[RegisteredPage]
    tallies: Sequence[Tally]
    terms: Sequence[EditionTerm]
    signatures: SignatureLines
    recorded: Recorded | None
    files: Collection[str]

    @property
    def share(self) -> str:
        """Return the share of the pages that were in order on the last day, such as `98 %`."""
        return shown_share(self.tallies[-1])

    def contents(self) -> Iterator[tuple[str, str]]:
        """Yield each file or folder that the pack has, and what it is."""
        files = (*self.files, MANIFEST, SUMS)
        for path, what in self._possible_contents():
            if any(file.startswith(path) for file in files):
                yield path, what

    def _possible_contents(self) -> Iterator[tuple[str, str]]:
        period = "" if self.first is None else f" from {self.first} to {self.last}"
        yield from self._registers_and_reviews(period)
        yield "history/history.html", f"Every change of every page{period}, word by word, with its reason."
        yield "history/history.json", "The same for programs."
        yield "waivers/waivers.csv", f"Exceptions from rules (waivers), as of {self.last}."
        yield "waivers/waivers.yml", "The register of these exceptions, as it was written."
        yield "waivers/records/", "Those that have files of their own, as they were written."
        yield "compliance/compliance.svg", "The share of the pages that was in order over time, as a chart."
        yield "compliance/compliance.csv", "The same as a table (compliance.json for programs)."
        yield from self._acknowledgements()
        yield "editions/editions.csv", "Which edition was in force on which days, and who published it."
        for edition in self.editions:
            yield from _edition_contents(edition)
        yield MANIFEST, "Size and SHA-256 of every file of this pack."
        yield SUMS, "The same sums, for the program sha256sum."
        yield "verify.py", "Verifies the pack. It is short, so you can read it before you run it."

    def _registers_and_reviews(self, period: str) -> Iterator[tuple[str, str]]:
        yield "register/pages.csv", f"Every page on {self.last}: owner, last review, next review, state."
        yield "register/pages.json", "The same for programs; pages.schema.json describes each fact."
        yield "register/roles.csv", f"Who held which role{period}, and since when (roles.json for programs)."
        yield (
            "reviews/reviews.html",
            f"Every review{period}: who read what, what they answered and decided.",
        )
        yield "reviews/reviews.csv", "The same as a table, without the answers (reviews.json for programs)."
        yield "reviews/records/", "The records themselves, as they were written."
        yield "reviews/records/shipped/", "Those of pages about the tool, which came with its release."
        yield (
            "reviews/signatures.csv",
            "Where someone other than a holder of the role committed a reading, or nothing proves who did.",
        )
        for name in ("editorial_changes", "shipped_editorial_changes"):
            release = " They came with the release." if name.startswith("shipped") else ""
            what = f"Changes of wording that needed no review, as they were written.{release}"
            yield f"reviews/{name}.yml", what
            yield f"reviews/{name}/", what

    def _acknowledgements(self) -> Iterator[tuple[str, str]]:
        if self.recorded:
            day = self.recorded.counts.day
            yield (
                "acknowledgements/counts.csv",
                f"How many people accepted which edition, as recorded on {day} (counts.json for programs).",
            )
            yield (
                "acknowledgements/people.csv",
                f"Where each person stood with the edition in force on {day} (people.json for programs).",
            )


def _edition_contents(edition: EditionSummary) -> Iterator[tuple[str, str]]:
    folder, name = edition.folder, edition.manifest.edition
    yield f"{folder}/handbook.pdf", f"All pages of edition {name} in one file, to read and to print."
    yield f"{folder}/changes.html", f"What changed for readers with edition {name}, word by word."
    yield f"{folder}/changes.json", "The same for programs."
    yield f"{folder}/site/", f"Edition {name} as employees saw it: the published files, byte for byte."
    yield f"{folder}/edition.json", f"The manifest that was published with edition {name}."
    yield f"{folder}/{TOKEN}", "The timestamp of that manifest, by an outside authority (RFC 3161)."
    yield f"{folder}/{CERTIFICATES}", "The certificates of that authority, as they were then."
    yield f"{folder}/tag.txt", f"The text of the git tag of edition {name}, with the sum of that manifest."


def as_text(summary: PackSummary) -> str:
    """Return the text of README.txt."""
    return _TEXTS.get_template("audit_pack.txt").render(pack=summary)


def as_html(summary: PackSummary) -> str:
    """Return the page that links to everything in the pack."""
    return DOCUMENTS.get_template("audit_pack.html").render(pack=summary)
