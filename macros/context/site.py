"""What a build knows: the organization, its owners, its pages, and the catalogs of its languages."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.history.compliance_for_build import ComplianceForBuild

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from pydantic import BaseModel

from handbook.content.pages import Page
from handbook.content.site_map import SiteMap
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.git.source_repository import Unavailable
from handbook.history.history_for_build import HistoryForBuild
from handbook.model import Handbook
from handbook.registers.all_registers import Registers
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners
from macros.presentation.catalog import Catalog, load_catalog


@dataclass(slots=True)
class Site:
    """The state of one build.

    `variables` is what pages see of organization.yml, by language. The rest is filled when MkDocs has
    said which pages there are: `pages` by their files below docs/, `addresses` within one language by
    their paths, `sections` of the navigation by the paths of their pages, `left_out`, the files of pages
    that are for other organizations, `editions` that the build knows of, and `past`, the history of the
    pages. `root` is the folder of the handbook, where it lies in one.
    """

    registers: Registers
    catalogs: Mapping[str, Catalog]
    variables: Mapping[str, Mapping[str, object]]
    pages: Mapping[str, Page] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    left_out: Collection[str] = ()
    editions: EditionsForBuild = field(default_factory=EditionsForBuild)
    past: HistoryForBuild | None = None
    root: Path | None = None

    @property
    def organization(self) -> Organization:
        """Return what organization.yml says."""
        return self.registers.organization

    @property
    def owners(self) -> Owners:
        """Return the register of owners."""
        return self.registers.owners

    @property
    def main_language(self) -> str:
        """Return the language that every page exists in."""
        return self.organization.languages[0]

    @property
    def handbook(self) -> Handbook:
        """Return the handbook as of the day of the build, without what its pages may say."""
        return Handbook(self.registers, {}, self.organization.today(), list(self.pages.values()))

    @property
    def places(self) -> SiteMap:
        """Return where each page stands in the site."""
        return SiteMap(self.addresses, self.sections, self.organization.languages)

    def name_in(self, language: str) -> str:
        """Return what the site is called in a language."""
        name = self.organization.say(self.organization.name, language)
        return self.catalogs[language]["site_name"].format(organization=name)

    def address_of(self, page: Page) -> str:
        """Return where a page is read, below the site and in the language that it is written in."""
        return self.places.address_of(page)


def site_of(registers: Registers, root: Path | None = None) -> Site:
    """Return what a build knows before it knows its pages.

    Raises:
        HandbookError: when the catalog of a language is missing or lacks a text.

    """
    organization = registers.organization
    catalogs = {language: load_catalog(language) for language in organization.languages}
    variables = {language: {"organization": _view(organization, language)} for language in catalogs}
    return Site(registers, catalogs, variables, root=root)


def _view(record: BaseModel, language: str) -> SimpleNamespace:
    """Show a record as plain values: a text that is written by language, in that language."""
    return SimpleNamespace(
        **{
            name: _shown(getattr(record, name), language)
            for name, field in type(record).model_fields.items()
            if not field.exclude
        }
    )


def _shown(value: object, language: str) -> object:
    if isinstance(value, BaseModel):
        return _view(value, language)
    if isinstance(value, dict):
        return value[language]
    if isinstance(value, list):
        return tuple(_shown(item, language) for item in value)
    return value


def history_of(site: Site) -> HistoryForBuild:
    """Return what is known of the history, or why nothing is."""
    return site.past or HistoryForBuild(Path(), unavailable=Unavailable.NO_HISTORY)


def past_of(site: Site) -> "ComplianceForBuild":
    """Return how the pages stood, up to the day of the build."""
    from handbook.history.compliance_for_build import compliance_for_build  # So here.

    return compliance_for_build(site.root, site.organization.time_zone, site.organization.today())
