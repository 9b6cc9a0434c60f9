"""What an audit pack holds: the evidence up to one commit, each kind of it as files."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.audit import dataset_formats as audit_data
from handbook.audit import pack_index as reading
from handbook.audit import review_document as reviews
from handbook.audit.datasets import review_lines, waiver_lines
from handbook.audit.pack import Pack
from handbook.audit.page_register import page_register
from handbook.comparison import formats as changes
from handbook.comparison.change_record import ChangeReport
from handbook.content.site_map import SiteMap
from handbook.editions.manifest import Manifest
from handbook.editions.tags import Tag
from handbook.git.objects import CommitTree
from handbook.history import compliance_formats as compliance
from handbook.history import formats as history
from handbook.history.changes import Change, History
from handbook.history.compliance import Tally
from handbook.model import Handbook
from handbook.record import Record
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import EDITORIAL_FILE, ReviewFile
from handbook.registers.waivers import FILE as WAIVERS
from handbook.text.redline import Piece


@dataclass(frozen=True, slots=True)
class PackedEdition:
    """A published edition: its manifest as it was written, its tag, the files of its site, and its print.

    `changes` is None where there was no edition before it, `pdf` where nobody printed it.
    """

    manifest: Manifest
    written: bytes
    tag: Tag
    site: Mapping[str, bytes]
    changes: ChangeReport | None
    pdf: bytes | None

    @property
    def folder(self) -> str:
        """Return the folder of the edition in the pack."""
        return f"editions/{self.manifest.edition}"

    @property
    def tag_text(self) -> str:
        """Return what the tag says.

        A signature covers every line, so a signed tag stands as it is. Of another, the line that names a
        person and a mail address is left out.
        """
        head, blank, message = self.tag.text.partition("\n\n")
        if not self.tag.is_signed:
            head = "\n".join(line for line in head.split("\n") if not line.startswith("tagger "))
        return f"{head}{blank}{message}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a handbook up to a commit.

    `first` is None where the pack goes back to the beginning; `seconds` since 1970 is when the commit was
    made. `edition` is the one that the pack is about, or None where it is about a period.
    """

    name: str
    title: str
    commit: str
    seconds: int
    first: datetime.date | None
    last: datetime.date
    edition: Manifest | None
    handbook: Handbook
    places: SiteMap
    tree: CommitTree
    history: History
    redline_of: Callable[[Change], Sequence[Piece]]
    tallies: Sequence[Tally]
    editions: Sequence[PackedEdition]

    @property
    def reviews(self) -> Reviews:
        """Return the records of reviews in which something happened in the time of the pack."""
        every = self.handbook.reviews
        return Reviews(
            [one for one in every.files if any(map(self._is_within, _days_of(one)))],
            [one for one in every.editorial if self._is_within(one.date)],
        )

    def _is_within(self, day: datetime.date) -> bool:
        return (self.first or datetime.date.min) <= day <= (self.last if self.first else datetime.date.max)


def _days_of(review_file: ReviewFile) -> Iterator[datetime.date]:
    """Yield the days on which something happened in a review; without any, every day could be one."""
    record = review_file.record
    days = [reading.date for reading in record.readings.values() if reading]
    if record.started:
        days.append(record.started)
    if record.meeting:
        days.append(record.meeting.date)
    yield from days or [datetime.date.max]


def pack_of(evidence: Evidence, verifier: bytes) -> Pack:
    """Return the pack; `verifier` is the script that checks it."""
    files = {
        **_register(evidence),
        **_reviews(evidence),
        **_history(evidence),
        **_waivers(evidence),
        **_compliance(evidence),
        **{path: data for one in evidence.editions for path, data in _edition(one)},
        "verify.py": verifier,
    }
    facts = _facts(evidence)
    shown = reading.PackSummary(
        evidence.title,
        evidence.commit,
        evidence.first,
        evidence.last,
        evidence.edition,
        [_shown(one) for one in evidence.editions],
        page_register(evidence.handbook, evidence.places).pages,
        evidence.tallies,
        files.keys(),
    )
    texts = {"README.txt": reading.as_text(shown), "index.html": reading.as_html(shown)}
    return Pack(evidence.name, evidence.seconds, facts, {**files, **_encoded(texts)})


def _shown(one: PackedEdition) -> reading.EditionSummary:
    return reading.EditionSummary(one.manifest, one.folder, one.tag.is_signed, one.pdf is not None)


def _facts(evidence: Evidence) -> dict[str, object]:
    about = evidence.edition
    return {
        "commit": evidence.commit,
        "edition": about.edition if about else None,
        "effective": about.effective.isoformat() if about else None,
        "from": evidence.first.isoformat() if evidence.first else None,
        "to": evidence.last.isoformat(),
        "editions": [
            {
                **one.manifest.model_dump(
                    mode="json", include={"edition", "commit", "published", "effective"}
                ),
                "folder": one.folder,
                "tag": one.tag.name,
                "signed": one.tag.is_signed,
            }
            for one in evidence.editions
        ],
    }


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode("utf-8", "backslashreplace") for path, text in texts.items()}


def _data(path: str, document: Record) -> dict[str, bytes]:
    """Return data as a table, for programs, and with a description of each fact, as the site offers it."""
    texts = {
        f"{path}.csv": audit_data.as_csv(document),
        f"{path}.json": audit_data.as_json(document),
        f"{path}.schema.json": audit_data.as_schema(type(document)),
    }
    return _encoded(texts)


def _register(evidence: Evidence) -> dict[str, bytes]:
    return _data("register/pages", page_register(evidence.handbook, evidence.places))


def _reviews(evidence: Evidence) -> dict[str, bytes]:
    found = evidence.reviews
    records = {f"reviews/records/{one.path.rpartition('/')[2]}": one.path for one in found.files}
    return {
        **_data("reviews/reviews", review_lines(found)),
        **_encoded({"reviews/reviews.html": reviews.as_html(found)}),
        **_as_they_are(evidence.tree, {**records, "reviews/editorial_changes.yml": EDITORIAL_FILE}),
    }


def _history(evidence: Evidence) -> dict[str, bytes]:
    formats = {"history/history.html": history.as_html, "history/history.json": history.as_json}
    return _encoded({path: show(evidence.history, evidence.redline_of) for path, show in formats.items()})


def _waivers(evidence: Evidence) -> dict[str, bytes]:
    lines = waiver_lines(evidence.handbook.registers.waivers, evidence.last)
    return {
        **_data("waivers/waivers", lines),
        **_as_they_are(evidence.tree, {"waivers/waivers.yml": WAIVERS}),
    }


def _compliance(evidence: Evidence) -> dict[str, bytes]:
    kinds = ("csv", "json", "svg")
    return _encoded(
        {f"compliance/compliance.{one}": compliance.FORMATS[one](evidence.tallies) for one in kinds}
    )


def _edition(one: PackedEdition) -> Iterator[tuple[str, bytes]]:
    yield f"{one.folder}/edition.json", one.written
    yield f"{one.folder}/tag.txt", one.tag_text.encode("utf-8", "surrogateescape")
    if one.changes is not None:
        yield f"{one.folder}/changes.html", changes.as_html(one.changes).encode()
        yield f"{one.folder}/changes.json", changes.as_json(one.changes).encode()
    if one.pdf is not None:
        yield f"{one.folder}/handbook.pdf", one.pdf
    yield from ((f"{one.folder}/site/{path}", data) for path, data in one.site.items())


def _as_they_are(tree: CommitTree, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """Return files of the handbook, to the byte, where it has them."""
    found = ((path, tree.read(source)) for path, source in wanted.items())
    return {path: data for path, data in found if data is not None}
