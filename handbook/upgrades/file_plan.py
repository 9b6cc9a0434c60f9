"""What an upgrade does with one file."""

from dataclasses import dataclass
from enum import Enum

from handbook.upgrades.file_kinds import FileKind
from handbook.upgrades.merging.merged_text import Conflict


class FileOutcome(Enum):
    """What becomes of a file that the release has changed, added, or removed."""

    NEW = "new"
    REPLACED = "replaced"
    MERGED = "merged"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What becomes of a file.

    `before` and `after` are its contents; None means that there is no such file. `base` and `theirs` are
    those of the two releases. `moved_from` is where the file was until now. `overrides` says that an edit
    of the tool gives way to the release, and `new_keys` names what is new in organization.yml.
    """

    path: str
    kind: FileKind
    outcome: FileOutcome
    before: bytes | None
    after: bytes | None
    base: bytes | None = None
    theirs: bytes | None = None
    conflicts: tuple[Conflict, ...] = ()
    moved_from: str | None = None
    overrides: bool = False
    new_keys: tuple[str, ...] = ()

    @property
    def is_rule(self) -> bool:
        """Whether somebody decides about the change, because it is one of a rule that the handbook has."""
        return self.kind is FileKind.RULE and self.before is not None and self.after != self.before

    @property
    def is_change(self) -> bool:
        """Whether anything is written or removed."""
        return self.after != self.before or self.moved_from is not None
