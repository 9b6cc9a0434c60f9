"""The manifest of an edition: what is in it, since when it is in force, and how it differs from another."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from handbook.content.fingerprints import body_fingerprint
from handbook.content.pages import Page
from handbook.editions.names import NAME, Edition
from handbook.errors import HandbookError
from handbook.yaml.record import Record

_SHA256: Final = r"^[0-9a-f]{64}$"
# Manifests published before these facts existed keep their bytes, because an empty one is not written.
_OMITTED_IF_EMPTY: Final = ("former", "timestamp", "withdraws")
# What is kept beside the manifest of an edition: its timestamp, and the certificates of the authority.
TOKEN: Final = "edition.tsr"  # noqa: S105 - not a secret
CERTIFICATES: Final = "edition.tsa.pem"


class PageRecord(Record):
    """What an edition records of one page. What the page itself does not say is None.

    The fingerprint is of version 1, which can be computed without the code of the edition.
    """

    path: str
    title: str | None
    owner: str | None
    last_reviewed: datetime.date | None
    audience: tuple[str, ...]
    fingerprint: str


class Manifest(Record):
    """What is in an edition: its pages, and the SHA-256 of every file of its site.

    `top` has the SHA-256 of each file that was written with it beside the editions on their branch, such as
    the list of editions; the next edition writes these files again. `former` is the SHA-256 of the manifest
    of the edition before it, so that a manifest vouches for all earlier ones; None for the first edition,
    and in editions that were published before manifests were chained. `timestamp` is the address of the
    authority that stamped the manifest, or None. `withdraws` names editions that were waiting for their day
    and never take effect.
    """

    edition: str = Field(pattern=f"^{NAME.pattern}$")
    commit: str = Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")
    published: datetime.date
    effective: datetime.date
    pages: tuple[PageRecord, ...]
    files: dict[str, Annotated[str, Field(pattern=_SHA256)]]
    top: dict[str, Annotated[str, Field(pattern=_SHA256)]] = Field(default_factory=dict)
    former: str | None = Field(default=None, pattern=_SHA256)
    timestamp: str | None = None
    withdraws: tuple[Annotated[str, Field(pattern=f"^{NAME.pattern}$")], ...] = ()

    @property
    def name(self) -> Edition:
        """Return `edition` as a name that can be compared with others."""
        return Edition.parse(self.edition)

    def page(self, path: str) -> PageRecord | None:
        """Return the record of a page, or None."""
        return next((page for page in self.pages if page.path == path), None)

    def as_record(self) -> dict[str, Any]:
        """Return the facts for JSON."""
        empty = {name for name in _OMITTED_IF_EMPTY if not getattr(self, name)}
        return self.model_dump(mode="json", exclude=empty)

    def as_bytes(self) -> bytes:
        """Serialize canonically: UTF-8 JSON, sorted keys, trailing newline."""
        text = json.dumps(self.as_record(), ensure_ascii=False, sort_keys=True, indent=1)
        return f"{text}\n".encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        HandbookError: if it is not one.

    """
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise HandbookError(f"the manifest cannot be read: {place}: {first['msg']}") from None


def page_records(pages: Iterable[Page]) -> tuple[PageRecord, ...]:
    """Return the records of pages, sorted by path."""
    return tuple(_record(page) for page in sorted(pages, key=lambda page: page.path))


def _record(page: Page) -> PageRecord:
    return PageRecord(
        path=page.path,
        title=page.title,
        owner=page.owner,
        last_reviewed=page.front_matter.day("last_reviewed"),
        audience=page.front_matter.texts("audience"),
        fingerprint=body_fingerprint(page.body),
    )


def withdrawals(manifests: Iterable[Manifest]) -> Mapping[Edition, Edition]:
    """Return the editions that were withdrawn, each with the edition that withdrew it."""
    return {Edition.parse(name): manifest.name for manifest in manifests for name in manifest.withdraws}


def in_force(manifests: Iterable[Manifest], day: datetime.date) -> Manifest | None:
    """Return the edition that was in force on a day: the last that had taken effect, or None.

    The day on which it was published does not count.
    """
    known = list(manifests)
    withdrawn = withdrawals(known)
    begun = [manifest for manifest in known if manifest.effective <= day and manifest.name not in withdrawn]
    return max(begun, key=lambda manifest: (manifest.effective, manifest.name), default=None)


@dataclass(frozen=True, slots=True)
class PageChange:
    """How a page differs from the former edition, and whom it is for."""

    path: str
    kind: str
    audience: tuple[str, ...]


def changed_pages(before: Sequence[PageRecord], now: Sequence[PageRecord]) -> Iterator[PageChange]:
    """Yield the pages that are new, gone, or changed, sorted by path."""
    old, new = {page.path: page for page in before}, {page.path: page for page in now}
    for path in sorted(old.keys() | new.keys()):
        kind = _kind(old.get(path), new.get(path))
        if kind:
            yield PageChange(path, kind, (new.get(path) or old[path]).audience)


def _kind(before: PageRecord | None, now: PageRecord | None) -> str | None:
    if before is None or now is None:
        return "new" if before is None else "gone"
    if before.fingerprint != now.fingerprint:
        return "text"
    return None if before == now else "facts"


def changed_files(promised: Mapping[str, str], actual: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each file that is not as promised, and how; both arguments map paths to SHA-256."""
    for path in sorted(promised.keys() | actual.keys()):
        if path not in actual:
            yield path, "is missing"
        elif path not in promised:
            yield path, "was added"
        elif promised[path] != actual[path]:
            yield path, "was changed"
