"""Editions: their names, the manifest that says what is in one, and which one was in force when."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, ValidationError

from handbook.content.fingerprints import fingerprint
from handbook.content.pages import Page
from handbook.editions.names import _NAME, Edition
from handbook.errors import HandbookError
from handbook.record import Record

_SHA256: Final = r"^[0-9a-f]{64}$"


class PageRecord(Record):
    """What an edition says of one page. What the page itself does not say is None."""

    path: str
    title: str | None
    owner: str | None
    last_reviewed: datetime.date | None
    audience: tuple[str, ...]
    fingerprint: str


class Manifest(Record):
    """What is in an edition: its pages, and the SHA-256 of every file of its site.

    `top` has the SHA-256 of each file that was written with it at the top of the branch of editions, such
    as the list of editions; the next edition writes them again.
    """

    edition: str = Field(pattern=f"^{_NAME.pattern}$")
    commit: str = Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")
    published: datetime.date
    effective: datetime.date
    pages: tuple[PageRecord, ...]
    files: dict[str, Annotated[str, Field(pattern=_SHA256)]]
    top: dict[str, Annotated[str, Field(pattern=_SHA256)]] = Field(default_factory=dict)

    @property
    def name(self) -> Edition:
        """Return the name of the edition."""
        return Edition.parse(self.edition)

    def page(self, path: str) -> PageRecord | None:
        """Return what the edition says of a page, or None."""
        return next((one for one in self.pages if one.path == path), None)

    def as_bytes(self) -> bytes:
        """Return the one way to write it: JSON in UTF-8, keys sorted, with an LF at the end."""
        record = self.model_dump(mode="json")
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1)
        return f"{text}\n".encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        HandbookError: when it is none.

    """
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise HandbookError(f"the manifest cannot be read: {where}: {first['msg']}") from None


def page_records(pages: Iterable[Page]) -> tuple[PageRecord, ...]:
    """Return what a manifest says of pages, sorted by path."""
    return tuple(_record(page) for page in sorted(pages, key=lambda page: page.path))


def _record(page: Page) -> PageRecord:
    return PageRecord(
        path=page.path,
        title=page.title,
        owner=page.owner,
        last_reviewed=page.front_matter.day("last_reviewed"),
        audience=page.front_matter.texts("audience"),
        fingerprint=fingerprint(page.body),
    )


def in_force(manifests: Iterable[Manifest], day: datetime.date) -> Manifest | None:
    """Return the edition that was in force on a day: the last that had taken effect, or None.

    The day of publication does not count.
    """
    begun = [one for one in manifests if one.effective <= day]
    return max(begun, key=lambda one: (one.effective, one.name), default=None)


@dataclass(frozen=True, slots=True)
class PageChange:
    """How a page differs from the former edition, and for whom."""

    path: str
    kind: str
    audience: tuple[str, ...]


def changed_pages(before: Sequence[PageRecord], now: Sequence[PageRecord]) -> Iterator[PageChange]:
    """Yield the pages that are new, gone, or other than before, sorted by path."""
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


def changed_files(promised: Mapping[str, str], found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each file that is not as promised, with what is wrong; both give SHA-256 by path."""
    for path in sorted(promised.keys() | found.keys()):
        if path not in found:
            yield path, "is missing"
        elif path not in promised:
            yield path, "was added"
        elif promised[path] != found[path]:
            yield path, "was changed"
