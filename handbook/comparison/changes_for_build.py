"""What each edition changed, as far as a build of the site knows of editions.

The build of an edition compares its own pages with those of the edition before it. What earlier editions
changed is recorded in them. The checkout that is built is not a repository, so the build is given the path
of the repository that it came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.comparison.change_record import ChangeReport
from handbook.comparison.edition_changes import changes_of_build, recorded_changes
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.git.repository import Repository
from handbook.git.source_repository import SourceRepository


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """An edition, and what it changed, or None if it was published before editions recorded that."""

    manifest: Manifest
    report: ChangeReport | None


def changes_for_build(
    source: SourceRepository, editions: EditionsForBuild, site: Mapping[str, bytes], zone: str
) -> Sequence[EditionChanges] | None:
    """Return what each edition changed, newest first; None if nobody can know which editions there are.

    `site` holds the built files by path. They are compared with the newest edition if the build makes an
    edition itself, which is then the first row.

    Raises:
        HandbookError: if the editions cannot be read.

    """
    manifests, own = editions.manifests, editions.own
    if not manifests:
        return None if manifests is None else ()
    site_branch = editions.build.site_branch if editions.build else SITE_BRANCH
    with Repository(source.root) as repository:
        published = Published(repository, site_branch)
        earlier = [manifest for manifest in manifests if manifest is not own]
        rows = [EditionChanges(manifest, recorded_changes(published, manifest)) for manifest in earlier]
        if own:
            rows.append(EditionChanges(own, changes_of_build(site, own, earlier, published, zone)))
    return rows[::-1]
