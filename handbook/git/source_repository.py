"""The repository that a folder's history is read from: its own or, for a checkout, the one it came from.

The checkout of a commit is not a repository. The environment tells its build where the repository is and
which commit it is, so that the same commit shows the same history on every day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, Self

# Code of earlier commits reads these names too: `handbook edition verify --rebuild` runs it.
_REPOSITORY: Final = "HANDBOOK_REPOSITORY"
_COMMIT: Final = "HANDBOOK_COMMIT"


class Unavailable(Enum):
    """Why the history is unknown: no repository or commit, a shallow clone, or a refusal of git."""

    NO_HISTORY = "no_history"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SourceRepository:
    """A handbook's folder in a repository, and the revision to read.

    For a checkout, `root` is the folder that it came from and `revision` the commit that was checked out;
    otherwise `revision` is HEAD, and what is not committed counts as well.
    """

    root: Path
    revision: str = "HEAD"
    is_checkout: bool = False

    @classmethod
    def of_checkout(cls, root: Path, commit: str) -> Self:
        """Return the repository of a checkout of `commit`."""
        return cls(root, commit, is_checkout=True)

    @classmethod
    def from_environment(cls, folder: Path, environment: Mapping[str, str]) -> Self:
        """Return the repository that the environment names, or otherwise the one that `folder` is in."""
        root, commit = environment.get(_REPOSITORY), environment.get(_COMMIT)
        return cls.of_checkout(Path(root), commit) if root and commit else cls(folder)

    def to_environment(self) -> dict[str, str]:
        """Return the variables that tell the build of a checkout about its repository."""
        return {_REPOSITORY: str(self.root), _COMMIT: self.revision}
