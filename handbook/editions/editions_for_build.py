"""The editions that a build of the site knows of.

The build of an edition is given their manifests as a file, so that it makes the same bytes when it is made
again. Any other build reads the branch of editions of the repository that it is in.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from handbook.editions.edition_build import EditionBuild
from handbook.editions.manifest import Manifest, read_manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.errors import HandbookError
from handbook.git.repository import Repository


def build_input(earlier: Sequence[Manifest], own: Manifest) -> bytes:
    """Return the file of manifests that the build of the edition `own` is given."""
    own = own.model_copy(update={"files": {}, "top": {}})
    records = [manifest.as_record() for manifest in (*earlier, own)]
    return json.dumps(records, ensure_ascii=False, sort_keys=True).encode()


class EditionsForBuild:
    """The editions that a build knows of, read when they are first asked for.

    Raises:
        HandbookError: if they cannot be read.

    """

    def __init__(self, root: Path | None = None, build: EditionBuild | None = None) -> None:
        self._root = root
        self.build = build

    @cached_property
    def own(self) -> Manifest | None:
        """Return the manifest, still without files, of the edition that is being built, or None."""
        return self._given[-1] if self.build else None

    @cached_property
    def manifests(self) -> Sequence[Manifest] | None:
        """Return all manifests, oldest first, with the one being built; None if they cannot be known."""
        if self.build:
            return self._given
        if self._root is None:
            return None
        try:
            repository = Repository(self._root)
        except HandbookError:
            return None
        with repository:
            return Published(repository, SITE_BRANCH).manifests

    @cached_property
    def _given(self) -> Sequence[Manifest]:
        assert self.build is not None  # noqa: S101 - both callers ask first
        file = self.build.manifests
        try:
            rows = json.loads(file.read_bytes())
            manifests = [read_manifest(json.dumps(row).encode()) for row in rows]
        except (OSError, ValueError, TypeError) as error:
            raise HandbookError(
                f"the manifests of the editions cannot be read from {file}: {error}"
            ) from None
        if not manifests or manifests[-1].name != self.build.edition:
            raise HandbookError(f"{file} does not end with the manifest of {self.build.edition}")
        return manifests
