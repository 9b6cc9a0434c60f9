"""The record of what changed for readers between two states of the handbook, page by page."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, ValidationError

from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance
from handbook.text.json_text import as_document
from handbook.text.redline import Mark, Piece
from handbook.yaml.record import Record

FILE: Final = "changes.json"
ChangeKind: TypeAlias = Literal["new", "gone", "moved", "text", "audience"]
_EVERYONE: Final = "everyone"


class _JsonRecord(Record):
    """A record that is read from JSON, which has no tuples. Its aliases are the keys that editions use."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, validate_by_name=True, serialize_by_alias=True
    )


class Cause(_JsonRecord):
    """A change of a file that changed a page for its readers.

    What the commit does not say is None. If the change is not committed yet, only `path` is known.
    """

    path: str
    commit: str | None
    day: str | None
    reason: str | None
    pull_request: int | None
    significance: Significance | None = Field(validation_alias="weight", serialization_alias="weight")


class MarkedText(_JsonRecord):
    """A part of a redline, as in `handbook.text.redline.Piece`."""

    mark: Literal["kept", "inserted", "deleted", "left_out"]
    text: str


class ChangedPage(_JsonRecord):
    """A page whose text, location or audience changed for its readers.

    `path_before` and `audience_before` are the former values, `significance` is what the commits say or
    None, `causes` are the newest of the changes that caused it, and `redline` keeps at most one line of
    unchanged text around each change.
    """

    path: str
    path_before: str | None
    address: str | None
    title: str
    language: str
    audience: tuple[str, ...]
    audience_before: tuple[str, ...]
    kind: ChangeKind = Field(validation_alias="what", serialization_alias="what")
    significance: Significance | None = Field(
        default=None, validation_alias="weight", serialization_alias="weight"
    )
    causes: tuple[Cause, ...] = ()
    redline: tuple[MarkedText, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """Return the redline as the formats of redlines take it."""
        return [Piece(Mark(part.mark), part.text) for part in self.redline]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the reasons that the commits give, each once."""
        return tuple(dict.fromkeys(cause.reason for cause in self.causes if cause.reason))

    @property
    def readers(self) -> frozenset[str]:
        """Return the audiences that the page is or was for."""
        return frozenset({*self.audience, *self.audience_before})


class ChangeReport(_JsonRecord):
    """The pages that differ between two states, `before` and `after`.

    `before` is None if there was no earlier state; then no page is listed. `compared` is the number of pages
    of the later state that were compared. `not_compared` are the pages that change with each build.
    """

    before: str | None
    after: str
    compared: int
    not_compared: tuple[str, ...] = ()
    pages: tuple[ChangedPage, ...] = ()
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    effective: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")

    def as_bytes(self) -> bytes:
        """Serialize as UTF-8 JSON with a trailing newline, the keys in the order of the fields."""
        return as_document(self.model_dump(mode="json")).encode()

    def for_readers(self, audience: Iterable[str]) -> "ChangeReport":
        """Keep the pages for these audiences, for everyone, or for readers whom the page does not name."""
        wanted = {*audience}
        if not wanted:
            return self
        kept = tuple(page for page in self.pages if page.readers & (wanted | {_EVERYONE}) or not page.readers)
        return self.model_copy(update={"pages": kept})

    def by_audience(self) -> list[tuple[tuple[str, ...], list[ChangedPage]]]:
        """Group the pages by their readers; those for everyone come first."""
        groups: dict[tuple[str, ...], list[ChangedPage]] = {}
        for page in self.pages:
            groups.setdefault(tuple(sorted(page.readers)), []).append(page)
        return sorted(groups.items(), key=lambda group: (_EVERYONE not in group[0], group[0]))


def read_change_report(data: bytes) -> ChangeReport:
    """Read the record of an edition, `changes.json`.

    Raises:
        HandbookError: if it is not such a record.

    """
    try:
        return ChangeReport.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise HandbookError(f"{FILE} cannot be read: {place}: {first['msg']}") from None
