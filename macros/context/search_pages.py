"""What the search of a language knows of the pages and the contacts."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from handbook.content.asked_as import read_asked_as
from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.registers.contacts import PURPOSES
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.field_types import staff_words
from macros.context.page_facts import ContactDetails, asked
from macros.context.site import Site
from macros.search.index import Precedence, SearchContact, SearchPage, index_of
from macros.search.sections import Section, sections_of
from macros.search.words import contact_words

_FOLDER: Final = "search"


def search_page(page: Page, site: Site, language: str, address: str, html: str) -> SearchPage:
    """Return a page, whose text is as readers see it, as the search of a language knows it.

    Words of staff are in the language of the page; they would find nothing in another.
    """
    asked_as = (
        {**_asked_of_scenarios(site, language), **_asked_of_page(page)} if page.language == language else {}
    )
    in_variant, sections = partial(site.variants.text, language=page.language), sections_of(html)
    anchors = {"", *(section.anchor for section in sections)}
    return SearchPage(
        address,
        in_variant(page.title or page.path),
        in_variant(page.front_matter.text("description") or ""),
        site.variants.of(page.language),
        _place_of(page, sections, site),
        sections,
        {anchor: [*map(in_variant, words)] for anchor, words in asked_as.items() if anchor in anchors},
    )


def _place_of(page: Page, sections: Sequence[Section], site: Site) -> Precedence:
    if is_about_the_tool(page.path):
        return Precedence.QUIET
    if any(section.is_card for section in sections):
        return Precedence.CARDS
    path = main_path(page.path, site.organization.languages)
    return Precedence.SPECIAL if site.registers.platforms.is_about_one(path) else Precedence.GENERAL


def search_files(site: Site, language: str) -> dict[str, bytes]:
    """Return the files of the search over the pages of a language that were rendered, by their addresses."""
    contacts = list(_contacts(site, language))
    spellings = site.variants.met(language)
    pages, variant = site.search.get(language, ()), site.variants.of(language)
    words = site.catalogs[language].group("results")
    files = index_of(pages, contacts, variant, spellings, words)
    return {f"{_FOLDER}/{language}{name}": data for name, data in files.items()}


def _asked_of_page(page: Page) -> Mapping[str, list[str]]:
    value = page.front_matter.values.get("asked_as")
    return read_asked_as(value) if value else {}


def _asked_of_scenarios(site: Site, language: str) -> Mapping[str, list[str]]:
    scenarios = site.registers.scenarios.scenarios
    return {
        f"scenario-{name}": staff_words(scenario.asked_as, language) for name, scenario in scenarios.items()
    }


def _contacts(site: Site, language: str) -> Iterator[SearchContact]:
    """Yield the contacts, those with equal details once; the first is for what is the subject of none."""
    words: dict[ContactDetails, list[str]] = {}
    for purpose in PURPOSES:
        known = words.setdefault(asked(site, purpose, language), [])
        known += contact_words(language).get(purpose, ())
        known += staff_words(site.organization.contacts.of(purpose).asked_as, language)
    for details, own in words.items():
        role = details.role
        spoken = site.variants.of(role.language) if role.language else None
        yield SearchContact(role.text, spoken, details.email, details.phone or "", own)
