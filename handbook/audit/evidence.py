"""The content of an audit pack: the evidence up to one commit, each kind of it as files."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handbook.acknowledgements.report import Recorded
from handbook.audit import dataset_formats, pack_index, review_document
from handbook.audit.datasets import SignatureLines, review_lines, waiver_lines
from handbook.audit.edition_terms import EditionTerms
from handbook.audit.pack import Pack
from handbook.audit.page_register import page_register
from handbook.audit.role_holders import RoleLines
from handbook.comparison import formats as change_formats
from handbook.comparison.change_record import ChangeReport
from handbook.compliance import formats as compliance_formats
from handbook.compliance.tally import Tally
from handbook.content.site_map import SiteMap
from handbook.editions.manifest import Manifest
from handbook.editions.tags import Tag
from handbook.git.objects import CommitTree
from handbook.history import formats as history_formats
from handbook.history.changes import Change, History
from handbook.model import Handbook
from handbook.registers.editorial_changes import EDITORIAL_FILE, EDITORIAL_FOLDER
from handbook.registers.evidence_folder import evidence_paths, is_shipped, own_path
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile
from handbook.registers.waivers import FOLDER as WAIVER_FOLDER
from handbook.text.redline import Piece
from handbook.yaml.record import Record


@dataclass(frozen=True, slots=True)
class PackedEdition:
    """A published edition: its manifest, also as bytes, its tag, the files of its site, and its print.

    `changes` is None if there was no edition before it, and `pdf` if it was not printed. `timestamp` has the
    files of its timestamp, if it has one.
    """

    manifest: Manifest
    manifest_file: bytes
    tag: Tag
    site: Mapping[str, bytes]
    changes: ChangeReport | None
    pdf: bytes | None
    timestamp: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Return the folder of the edition in the pack."""
        return f"editions/{self.manifest.edition}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a handbook up to a commit.

    `first` is None if the pack goes back to the beginning. `seconds` since 1970 is when the commit was made.
    `edition` is the one that the pack is about, or None if it is about a period. `recorded` is what a record
    outside of git says about who accepted what; None if there is none.
    """

    name: str
    title: str
    commit: str
    seconds: int
    first: datetime.date | None
    last: datetime.date
    edition: Manifest | None
    handbook: Handbook
    site_map: SiteMap
    tree: CommitTree
    history: History
    redline_of: Callable[[Change], Sequence[Piece]]
    tallies: Sequence[Tally]
    editions: Sequence[PackedEdition]
    roles: RoleLines
    terms: EditionTerms
    signatures: SignatureLines
    recorded: Recorded | None = None

    @property
    def reviews(self) -> Reviews:
        """Return the reviews in which something happened in the time of the pack."""
        reviews = self.handbook.reviews
        return Reviews(
            [file for file in reviews.files if any(map(self._is_within, _days_of(file)))],
            [change for change in reviews.editorial if self._is_within(change.date)],
        )

    def _is_within(self, day: datetime.date) -> bool:
        return (self.first or datetime.date.min) <= day <= (self.last if self.first else datetime.date.max)


def _days_of(review_file: ReviewFile) -> Iterator[datetime.date]:
    """Yield the days on which something happened in a review, or the last of all days if there are none."""
    record = review_file.record
    days = [reading.date for reading in record.readings.values() if reading]
    if record.started:
        days.append(record.started)
    if end := record.meeting or record.abandoned:
        days.append(end.date)
    yield from days or [datetime.date.max]


def pack_of(evidence: Evidence, verifier: bytes) -> Pack:
    """Return the pack; `verifier` is the script that verifies it."""
    files = {
        **_register(evidence),
        **_data("register/roles", evidence.roles),
        **_data("editions/editions", evidence.terms),
        **_reviews(evidence),
        **_history(evidence),
        **_waivers(evidence),
        **_compliance(evidence),
        **_acknowledgements(evidence.recorded),
        **{path: data for edition in evidence.editions for path, data in _edition(edition)},
        "verify.py": verifier,
    }
    facts = _facts(evidence)
    summary = pack_index.PackSummary(
        evidence.title,
        evidence.commit,
        evidence.first,
        evidence.last,
        evidence.edition,
        [_summary(edition) for edition in evidence.editions],
        page_register(evidence.handbook, evidence.site_map).pages,
        evidence.tallies,
        evidence.terms.editions,
        evidence.signatures,
        evidence.recorded,
        files.keys(),
    )
    texts = {"README.txt": pack_index.as_text(summary), "index.html": pack_index.as_html(summary)}
    return Pack(evidence.name, evidence.seconds, facts, {**files, **_encoded(texts)})


def _summary(edition: PackedEdition) -> pack_index.EditionSummary:
    return pack_index.EditionSummary(
        edition.manifest, edition.folder, edition.tag.is_signed, edition.pdf is not None
    )


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
                **edition.manifest.model_dump(
                    mode="json", include={"edition", "commit", "published", "effective"}
                ),
                "folder": edition.folder,
                "tag": edition.tag.name,
                "signed": edition.tag.is_signed,
            }
            for edition in evidence.editions
        ],
    }


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode("utf-8", "backslashreplace") for path, text in texts.items()}


def _data(path: str, document: Record) -> dict[str, bytes]:
    """Return a dataset in the formats that the site offers: a table, JSON, and the schema of the JSON."""
    texts = {
        f"{path}.csv": dataset_formats.as_csv(document),
        f"{path}.json": dataset_formats.as_json(document),
        f"{path}.schema.json": dataset_formats.as_schema(type(document)),
    }
    return _encoded(texts)


def _register(evidence: Evidence) -> dict[str, bytes]:
    return _data("register/pages", page_register(evidence.handbook, evidence.site_map))


def _reviews(evidence: Evidence) -> dict[str, bytes]:
    reviews = evidence.reviews
    records = {_packed_record(path): path for file in reviews.files for path in file.files}
    return {
        **_data("reviews/reviews", review_lines(reviews)),
        **_data("reviews/signatures", evidence.signatures),
        **_encoded({"reviews/reviews.html": review_document.as_html(reviews)}),
        **_copies(evidence.tree, {**records, **_editorial(evidence.tree)}),
    }


def _packed_record(path: str) -> str:
    """Return where a record is in the pack; those that came with the release are in a folder of their own."""
    folder = "reviews/records/shipped" if is_shipped(path) else "reviews/records"
    return f"{folder}/{path.partition('/reviews/')[2]}"


def _editorial(tree: CommitTree) -> dict[str, str]:
    """Return the records of editorial changes, by their paths in the pack."""
    own_file, shipped_file = evidence_paths(tree, EDITORIAL_FILE)
    own_folder, shipped_folder = evidence_paths(tree, EDITORIAL_FOLDER)
    return {
        "reviews/editorial_changes.yml": own_file,
        "reviews/shipped_editorial_changes.yml": shipped_file,
        **_inside(tree, own_folder, "reviews/editorial_changes"),
        **_inside(tree, shipped_folder, "reviews/shipped_editorial_changes"),
    }


def _history(evidence: Evidence) -> dict[str, bytes]:
    facts = evidence.history, evidence.redline_of
    texts = {
        "history/history.html": history_formats.as_html(*facts),
        "history/history.json": history_formats.as_json(*facts),
    }
    return _encoded(texts)


def _waivers(evidence: Evidence) -> dict[str, bytes]:
    lines = waiver_lines(evidence.handbook.registers.waivers, evidence.last)
    folder = own_path(evidence.tree, WAIVER_FOLDER)
    return {
        **_data("waivers/waivers", lines),
        **_copies(evidence.tree, {"waivers/waivers.yml": evidence.handbook.registers.waivers.path}),
        **_copies(evidence.tree, _inside(evidence.tree, folder, "waivers/records")),
    }


def _compliance(evidence: Evidence) -> dict[str, bytes]:
    texts = {
        f"compliance/compliance.{name}": compliance_formats.FORMATS[name](evidence.tallies)
        for name in ("csv", "json", "svg")
    }
    return _encoded(texts)


def _acknowledgements(recorded: Recorded | None) -> dict[str, bytes]:
    """Return the counts of who accepted what, and the people if they are to be in the pack."""
    if recorded is None:
        return {}
    people = _data("acknowledgements/people", recorded.people) if recorded.people else {}
    return {**_data("acknowledgements/counts", recorded.counts), **people}


def _edition(edition: PackedEdition) -> Iterator[tuple[str, bytes]]:
    folder = edition.folder
    yield f"{folder}/edition.json", edition.manifest_file
    yield f"{folder}/tag.txt", edition.tag.shown_text.encode("utf-8", "surrogateescape")
    if edition.changes is not None:
        yield f"{folder}/changes.html", change_formats.as_html(edition.changes).encode()
        yield f"{folder}/changes.json", change_formats.as_json(edition.changes).encode()
    if edition.pdf is not None:
        yield f"{folder}/handbook.pdf", edition.pdf
    yield from ((f"{folder}/{name}", data) for name, data in edition.timestamp.items())
    yield from ((f"{folder}/site/{path}", data) for path, data in edition.site.items())


def _inside(tree: CommitTree, folder: str, target: str) -> dict[str, str]:
    """Return the files in a folder of the handbook, by their paths in a folder of the pack."""
    return {f"{target}/{name}": f"{folder}/{name}" for name in tree.names(folder)}


def _copies(tree: CommitTree, sources: Mapping[str, str]) -> dict[str, bytes]:
    """Return files of the handbook unchanged, by their paths in the pack; missing ones are left out."""
    files = ((path, tree.read(source)) for path, source in sources.items())
    return {path: data for path, data in files if data is not None}
