"""A file in three states: as it was adopted, as the handbook has it, and as the release has it."""

from dataclasses import dataclass

from handbook.text.line_ends import with_line_feeds
from handbook.upgrades.adopted_state import normalized
from handbook.upgrades.file_kinds import kind_of
from handbook.upgrades.file_plan import FileOutcome, FilePlan
from handbook.upgrades.merging.merged_text import Conflict


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A file in the three states, and in an `earlier` one, if a change that followed it was left."""

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    is_base_unknown: bool = False
    moved_from: str | None = None
    earlier: bytes | None = None

    @property
    def is_edited(self) -> bool:
        """Whether the handbook has it in another form than it was adopted in."""
        return not self._same(self.base, self.ours)

    @property
    def is_same_in_release(self) -> bool:
        """Whether the release has it in the form in which it was adopted."""
        return self._same(self.base, self.theirs) and not self.is_base_unknown

    @property
    def has_release(self) -> bool:
        """Whether the handbook has it as the release does."""
        return self._same(self.ours, self.theirs)

    def _same(self, state: bytes | None, other: bytes | None) -> bool:
        if state is None or other is None:
            return state is other
        return state == other or self._comparable(state) == self._comparable(other)

    def _comparable(self, data: bytes) -> bytes:
        return normalized(self.path, with_line_feeds(data))

    def plan(
        self, outcome: FileOutcome, after: bytes | None, conflicts: tuple[Conflict, ...] = ()
    ) -> FilePlan:
        """Return what an upgrade does with the file, which then holds `after`."""
        return FilePlan(
            self.path, kind_of(self.path), outcome, self.ours, after, self.base, self.theirs, conflicts,
            self.moved_from,
        )  # fmt: skip
