"""What each edition changed, as far as a build of the site knows of editions.

The build of an edition compares its own pages with those of the edition before it; what earlier editions
changed was recorded in them. Its checkout is no repository: it is told where the one is that it came from.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.comparison.change_record import ChangeReport
from handbook.comparison.edition_changes import changes_of_build, recorded_changes
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.git.repository import Repository
from handbook.git.source_repository import source_repository

# The branch of editions in the repository that a checkout came from.
BRANCH: Final = "HANDBOOK_SITE_BRANCH"


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What an edition changed, or None where it was published before editions recorded it."""

    manifest: Manifest
    found: ChangeReport | None


def changes_for_build(
    root: Path,
    editions: EditionsForBuild,
    site: Mapping[str, bytes],
    zone: str,
    environment: Mapping[str, str] = os.environ,
) -> Sequence[EditionChanges] | None:
    """Return what editions changed, the newest first; None where nobody can know which there are.

    `site` is what was built. It counts where it is an edition itself, and is the newest then.

    Raises:
        HandbookError: when what is there cannot be read.

    """
    manifests, own = editions.manifests, editions.own
    if not manifests:
        return None if manifests is None else ()
    with Repository(source_repository(root, environment).root) as repository:
        published = Published(repository, environment.get(BRANCH, SITE_BRANCH))
        earlier = [one for one in manifests if one is not own]
        rows = [EditionChanges(one, recorded_changes(published, one)) for one in earlier]
        if own:
            rows.append(EditionChanges(own, changes_of_build(site, own, earlier, published, zone)))
    return rows[::-1]
