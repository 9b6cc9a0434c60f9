"""The handbook of a commit, judged on a day, and where its site shows each page."""

import datetime
from dataclasses import dataclass
from typing import Final

from handbook.content.mkdocs_settings import Settings, parse_settings
from handbook.content.site_map import SiteMap, sections_of
from handbook.git.commit_time import seconds_of
from handbook.git.objects import CommitTree
from handbook.git.repository import Repository
from handbook.history.past_handbook import read_past
from handbook.model import ExpressionsOf, Handbook

# Files get no later time, whatever a commit says: 2100-01-01, in seconds since 1970.
_LATEST: Final = 4_102_444_800


@dataclass(frozen=True, slots=True)
class PastSite:
    """A handbook as it was in a commit, which was made `seconds` after the start of 1970."""

    commit: str
    seconds: int
    tree: CommitTree
    settings: Settings
    handbook: Handbook
    site_map: SiteMap

    @property
    def title(self) -> str:
        """Return what a document about this handbook is called."""
        organization = self.handbook.registers.organization
        return f"{organization.say(organization.name, organization.main_language)}: social media handbook"


def past_site(
    repository: Repository, commit: str, day: datetime.date, expressions_of: ExpressionsOf
) -> PastSite:
    """Read the handbook of a commit from git, without running any of its code.

    `expressions_of` tells what its pages may say, by the code of today.

    Raises:
        HandbookError: if a register or mkdocs.yml of that commit cannot be used.

    """
    tree = repository.tree(commit)
    settings = parse_settings(tree.read("mkdocs.yml") or b"{}")
    handbook = read_past(tree, day, expressions_of)
    files = (file for file in settings.published(tree.entries) if file.is_page)
    addresses = {f"{settings.folder}/{file.name}": file.address for file in files}
    sections = sections_of(settings.navigation, settings.folder)
    site_map = SiteMap(addresses, sections, handbook.registers.organization.languages)
    seconds = min(max(seconds_of(repository, commit), 0), _LATEST)
    return PastSite(commit, seconds, tree, settings, handbook, site_map)
