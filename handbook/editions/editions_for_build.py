"""The editions that a build of the site knows of.

The build of an edition is handed them as a file, so that it makes the same bytes when it is made again:
the manifests of the editions before it and, at the end, its own as far as it is known before it is built.
Any other build asks the branch of editions of the repository that it stands in.
"""

import json
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from handbook.editions.manifest import Manifest, read_manifest
from handbook.editions.names import Edition
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.errors import HandbookError
from handbook.git.repository import Repository

# The name of the edition that is being built; the file that is handed to its build; and the folder into
# which that build writes what stands at the top of the branch of editions.
NAME: Final = "HANDBOOK_EDITION"
FILE: Final = "HANDBOOK_EDITIONS"
TOP: Final = "HANDBOOK_TOP"


def build_input(earlier: Sequence[Manifest], own: Manifest) -> bytes:
    """Return the file for the build of an edition."""
    own = own.model_copy(update={"files": {}, "top": {}})
    records = [one.model_dump(mode="json") for one in (*earlier, own)]
    return json.dumps(records, ensure_ascii=False, sort_keys=True).encode()


class EditionsForBuild:
    """The editions that a build knows of; nothing is read before it is asked for.

    Raises:
        HandbookError: when what is there cannot be read.

    """

    def __init__(self, root: Path | None = None, environment: Mapping[str, str] = os.environ) -> None:
        self._root = root
        self._name = environment.get(NAME)
        self._file = environment.get(FILE)

    @cached_property
    def own(self) -> Manifest | None:
        """Return the edition that is being built, without its files; None where it is none."""
        return self._handed[-1] if self._name else None

    @cached_property
    def manifests(self) -> Sequence[Manifest] | None:
        """Return all of them, the oldest first, with the one being built; None where nobody can know."""
        if self._name:
            return self._handed
        if self._root is None:
            return None
        try:
            repository = Repository(self._root)
        except HandbookError:
            return None
        with repository:
            return Published(repository, SITE_BRANCH).manifests

    @cached_property
    def _handed(self) -> Sequence[Manifest]:
        name = Edition.parse(self._name or "")
        if not self._file:
            raise HandbookError(f"{NAME} is set; leave it to `handbook edition publish` to build an edition")
        try:
            rows = json.loads(Path(self._file).read_bytes())
            found = [read_manifest(json.dumps(row).encode()) for row in rows]
        except (OSError, ValueError, TypeError) as error:
            raise HandbookError(f"the file that {FILE} names cannot be read ({error})") from None
        if not found or found[-1].name != name:
            raise HandbookError(f"the file that {FILE} names does not end with the manifest of {name}")
        return found
