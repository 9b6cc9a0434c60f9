"""Where the past of a folder is: the repository that it lies in or, for a checkout, the one it came from.

The checkout of an edition is no repository. Its build is told where the one is that it came from, and which
commit it is, so that the same commit shows the same past on every day.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

REPOSITORY: Final = "HANDBOOK_REPOSITORY"
COMMIT: Final = "HANDBOOK_COMMIT"


class Unavailable(Enum):
    """Why the past is not known: no repository or no commit, only its end, or something git refuses."""

    NO_HISTORY = "no_history"
    CUT_OFF = "cut_off"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SourceRepository:
    """A folder in a repository, and the revision at hand, which in a checkout is all there is."""

    root: Path
    revision: str
    is_checkout: bool


def build_environment(root: Path, commit: str) -> Mapping[str, str]:
    """Return what the build of a checkout is told: the handbook that it came from, and its commit."""
    return {REPOSITORY: str(root), COMMIT: commit}


def source_repository(root: Path, environment: Mapping[str, str] = os.environ) -> SourceRepository:
    """Return where the past of the handbook in `root` is."""
    place, commit = environment.get(REPOSITORY), environment.get(COMMIT)
    return (
        SourceRepository(Path(place), commit, True)
        if place and commit
        else SourceRepository(root, "HEAD", False)
    )
