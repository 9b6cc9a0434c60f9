"""What changed for readers between two states of the handbook: which pages, for whom, and word by word."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, ValidationError

from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance
from handbook.record import Record
from handbook.text.json_text import as_document
from handbook.text.redline import Mark, Piece

FILE: Final = "changes.json"
ChangeKind: TypeAlias = Literal["new", "gone", "moved", "text", "audience"]
_EVERYONE: Final = "everyone"


class _JsonRecord(Record):
    """A record that is read from JSON, which has no tuples; its aliases are the names that editions use."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, validate_by_name=True, serialize_by_alias=True
    )


class Cause(_JsonRecord):
    """A change of a file that made a page other. What is not said is None: all of it before a commit."""

    path: str
    commit: str | None
    day: str | None
    reason: str | None
    pull_request: int | None
    significance: Significance | None = Field(validation_alias="weight", serialization_alias="weight")


class MarkedText(_JsonRecord):
    """A part of a redline: see `handbook.text.redline.Piece`."""

    mark: Literal["kept", "inserted", "deleted", "left_out"]
    text: str


class ChangedPage(_JsonRecord):
    """A page that readers see other than before.

    `path_before` and `audience_before` are what they were, `significance` is what the commits
    say or None, `causes` are the newest of the changes that did it, and `redline` keeps at most a line
    around each change.
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
        """Return the redline as it is shown."""
        return [Piece(Mark(one.mark), one.text) for one in self.redline]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what the commits say of why, each once."""
        return tuple(dict.fromkeys(cause.reason for cause in self.causes if cause.reason))

    @property
    def readers(self) -> frozenset[str]:
        """Return for whom the page is or was."""
        return frozenset({*self.audience, *self.audience_before})


class ChangeReport(_JsonRecord):
    """The pages that differ between two states, each named as it was asked for.

    `before` is None where there was nothing before: no page is listed then. `compared` is how many pages
    the later state has, `not_compared` which of them change with each build.
    """

    before: str | None
    after: str
    compared: int
    not_compared: tuple[str, ...] = ()
    pages: tuple[ChangedPage, ...] = ()
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    effective: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")

    def as_bytes(self) -> bytes:
        """Return the one way to write it: JSON in UTF-8, with an LF at the end."""
        return as_document(self.model_dump(mode="json")).encode()

    def for_readers(self, audience: Iterable[str]) -> "ChangeReport":
        """Keep the pages that people of these audiences read; what is for everyone is for them too."""
        wanted = {*audience}
        if not wanted:
            return self
        kept = tuple(one for one in self.pages if one.readers & (wanted | {_EVERYONE}) or not one.readers)
        return self.model_copy(update={"pages": kept})

    def by_audience(self) -> list[tuple[tuple[str, ...], list[ChangedPage]]]:
        """Group the pages by whom they are for; what is for everyone comes first."""
        groups: dict[tuple[str, ...], list[ChangedPage]] = {}
        for page in self.pages:
            groups.setdefault(tuple(sorted(page.readers)), []).append(page)
        return sorted(groups.items(), key=lambda group: (_EVERYONE not in group[0], group[0]))


def read_change_report(data: bytes) -> ChangeReport:
    """Read what was recorded of an edition.

    Raises:
        HandbookError: when it is no such record.

    """
    try:
        return ChangeReport.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise HandbookError(f"{FILE} cannot be read: {where}: {first['msg']}") from None
