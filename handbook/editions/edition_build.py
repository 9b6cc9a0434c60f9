"""What the process that builds an edition learns through its environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from handbook.editions.names import Edition
from handbook.errors import HandbookError
from handbook.git.source_repository import SourceRepository

# Code of earlier commits reads these names too: `handbook edition verify --rebuild` runs it.
_EDITION: Final = "HANDBOOK_EDITION"
_MANIFESTS: Final = "HANDBOOK_EDITIONS"
_TOP: Final = "HANDBOOK_TOP"
_SITE_BRANCH: Final = "HANDBOOK_SITE_BRANCH"
_SECONDS: Final = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class EditionBuild:
    """The build of an edition from a checkout.

    `manifests` is a file with the manifests of the editions before it and, at the end, its own as far as it
    is known before the build. `top` is the folder for the files that go to the top of `site_branch`.
    `seconds` since 1970 is when the commit was made, the only clock that the build sees.
    """

    edition: Edition
    manifests: Path
    top: Path
    source: SourceRepository
    site_branch: str
    seconds: int

    def to_environment(self) -> dict[str, str]:
        """Return the variables from which the building process reads this record."""
        return {
            _EDITION: str(self.edition),
            _MANIFESTS: str(self.manifests),
            _TOP: str(self.top),
            _SITE_BRANCH: self.site_branch,
            _SECONDS: str(self.seconds),
            **self.source.to_environment(),
        }

    @classmethod
    def from_environment(cls, folder: Path, environment: Mapping[str, str]) -> Self | None:
        """Return the edition that a build of `folder` makes, or None if it makes none.

        Raises:
            HandbookError: if some of the variables are missing or wrong.

        """
        if not environment.get(_EDITION):
            return None
        edition = Edition.parse(environment[_EDITION])
        try:
            return cls(
                edition,
                Path(environment[_MANIFESTS]),
                Path(environment[_TOP]),
                SourceRepository.from_environment(folder, environment),
                environment[_SITE_BRANCH],
                int(environment[_SECONDS]),
            )
        except (KeyError, ValueError):
            raise HandbookError(
                f"{_EDITION} is set; leave it to `handbook edition publish` to build an edition"
            ) from None
