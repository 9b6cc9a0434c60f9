"""The handbook as a whole, which rules, macros and reports look at."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeAlias

from handbook.content.assets import Asset
from handbook.content.file_names import Misnamed
from handbook.content.fingerprints import (
    READ_KEYS,
    body_fingerprint,
    is_first_version,
    page_fingerprint,
    readable_text,
)
from handbook.content.languages import UNMARKED, main_path
from handbook.content.pages import Page
from handbook.content.translation.changed_parts import KEY, Translation, translation_of
from handbook.files.kept_results import KeptResults
from handbook.git.ages import TextAges
from handbook.markup.link_problems import LinkJudge
from handbook.markup.link_targets import LinkTargets
from handbook.markup.published_site import PublishedSite
from handbook.markup.rendered_pages import RenderedPages
from handbook.markup.rendering import Markup
from handbook.registers.all_registers import Registers
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.last_review import LastReview, last_review
from handbook.registers.organization_values import variable_finder
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile
from handbook.templating.expressions import Expressions
from handbook.text.phrase_search import PhraseFinder


@dataclass(frozen=True)
class Handbook:
    """A handbook on the day `today`.

    `expressions` are what its pages may say, by language; `off_navigation` holds the paths of the pages
    to which the navigation does not lead, and `misnamed` the files that their names keep off the site.
    `site` is what else a build knows, or None if links are not judged. `wording` has what is known of texts
    whose wording was judged, and `ages` asks the history since when a text is there.
    """

    registers: Registers
    expressions: Mapping[str, Expressions]
    today: datetime.date
    pages: Sequence[Page] = ()
    assets: Sequence[Asset] = ()
    off_navigation: frozenset[str] = frozenset()
    misnamed: Sequence[Misnamed] = ()
    site: PublishedSite | None = None
    wording: KeptResults = field(default_factory=KeptResults, compare=False, repr=False)
    ages: TextAges | None = field(default=None, compare=False, repr=False)

    def with_record(self, review_file: ReviewFile) -> "Handbook":
        """Return the handbook with a record instead of the one with the same path."""
        others = [other for other in self.reviews.files if other.path != review_file.path]
        reviews = Reviews([*others, review_file], self.reviews.editorial)
        return replace(self, registers=replace(self.registers, reviews=reviews))

    @property
    def reviews(self) -> Reviews:
        """Return the register of reviews, open and closed."""
        return self.registers.reviews

    def fingerprint(self, page: Page) -> str:
        """Return the fingerprint of what readers of a page read, in version 2.

        It covers the text without comments, what its expressions show of the registers, the keys of the
        front matter that readers see, and how the variant of its language spells its words. A fact that can
        change without changing a rule, such as a telephone number, is not part of it. Of a page about the
        tool, whose records ship with the release, it covers nothing that differs from one organization to
        another.
        """
        key = page.path, page.language, page.text
        if key not in self._fingerprints:
            shown = () if is_about_the_tool(page.path) else self._shown(page)
            self._fingerprints[key] = page_fingerprint(page, shown)
        return self._fingerprints[key]

    @cached_property
    def _fingerprints(self) -> dict[tuple[str, str, str], str]:
        return {}

    def _shown(self, page: Page) -> Sequence[str]:
        """Return what the expressions of a page show of what was reviewed, and words spelled otherwise."""
        body = readable_text(page.body)
        shown = self.expressions[page.language].reviewed(body)
        spelling = self.registers.spellings.get(page.language)
        if spelling is None:
            return shown
        head = (str(page.front_matter.values.get(key, "")) for key in READ_KEYS)
        return (*shown, *spelling.met_in("\n".join([*head, body, *shown])))

    def text_as_read(self, page: Page) -> str:
        """Return what a fingerprint covers as a text, to be compared with another state of it."""
        shown = self._shown(page)
        head = (str(page.front_matter.values.get(key, "")) for key in READ_KEYS)
        return "\n".join([*head, readable_text(page.body), *shown])

    def has_text(self, page: Page, fingerprints: Collection[str]) -> bool:
        """Tell whether a page has the text of one of some fingerprints, which may be of either version."""
        if any(map(is_first_version, fingerprints)) and body_fingerprint(page.body) in fingerprints:
            return True
        return not all(map(is_first_version, fingerprints)) and self.fingerprint(page) in fingerprints

    def known_texts(self, page: Page, owner: str | None = None) -> frozenset[str]:
        """Return the fingerprints that a page may have since its last review.

        An editorial change counts if the owner of the page recorded it, its deputy, or a role that edits the
        wording of every page. Those of pages about the tool come with its release. `owner` counts instead of
        the owner that the page names.
        """
        day = page.front_matter.day("last_reviewed")
        editors = self.editors_in_records(page, owner)
        return self.reviews.known_texts(page.path, day, editors) if day else frozenset()

    def editors_of(self, page: Page, owner: str | None = None) -> frozenset[str] | None:
        """Return the roles that may record editorial changes of a page; None if all may."""
        if is_about_the_tool(page.path):
            return None
        return self.registers.owners.editors_for(owner or page.owner or "")

    def editors_in_records(self, page: Page, owner: str | None = None) -> frozenset[str] | None:
        """Return the same roles by all their names: records keep the name that a role had."""
        editors = self.editors_of(page, owner)
        return None if editors is None else self.registers.owners.with_former_names(editors)

    def last_review(self, page: Page) -> LastReview:
        """Return what the records say about the last review of a page."""
        return last_review(page, partial(self.has_text, page), self.reviews, self.editors_in_records(page))

    def legal_review(self, page: Page) -> datetime.date | None:
        """Return the day of the legal review of a page if a lawyer's reading backs it, or None."""
        day = page.front_matter.day("legal_review")
        owners = self.registers.owners
        lawyers = owners.with_former_names(owners.lawyers)
        return day if day and self.reviews.readers_on(page.path, day) & lawyers else None

    def translation(self, page: Page) -> Translation | None:
        """Return how a page stands to the one that it renders, or None if it is an original.

        The original is the only one of the files that does not say that it translates another, or else the
        one in the main language, or in the language of names without a suffix.
        """
        files = self._files_by_name.get(main_path(page.path, self.registers.organization.languages), ())
        if len(files) < 2:
            return None
        original = _original(files, self.registers.organization.languages)
        return None if page is original else translation_of(page, original)

    @cached_property
    def _files_by_name(self) -> Mapping[str, Sequence[Page]]:
        files: dict[str, list[Page]] = {}
        for page in self.pages:
            files.setdefault(main_path(page.path, self.registers.organization.languages), []).append(page)
        return files

    def untranslated_pages(self, language: str) -> list[Page]:
        """Return the pages whose readers of a language get another one, without those that mean it so."""
        return [
            _original(files, self.registers.organization.languages)
            for files in self._files_by_name.values()
            if not any(page.language == language or _is_only_in_others(page, language) for page in files)
        ]

    def age_of_page(self, path: str) -> datetime.date | None:
        """Return the day since which a file exists, or None if it is not known."""
        return self.ages.of_page(path) if self.ages else None

    def age_of_text(self, path: str, text: str) -> datetime.date | None:
        """Return the day since which a file has a text, or None if it is not known."""
        return self.ages.of_text(path, text) if self.ages else None

    def is_shipped(self, page: Page) -> bool:
        """Tell whether a page, and its review, came with the release of the tool, made by others."""
        return not self.registers.organization.sample and is_about_the_tool(page.path)

    @property
    def own_pages(self) -> list[Page]:
        """Return the pages that the organization reviews: not those that a release brings reviewed."""
        return [page for page in self.pages if not self.is_shipped(page)]

    def page(self, path: str) -> Page | None:
        """Return the page at a path, or None."""
        return self._pages_by_path.get(path)

    def removed_page_with_text_of(self, page: Page) -> str | None:
        """Return the path of a removed page that had the text of a page at its last review, or None."""
        removed = self._removed_by_text
        return removed.get(body_fingerprint(page.body)) or removed.get(self.fingerprint(page))

    def markup(self, page: Page) -> Markup | None:
        """Return what a page becomes; None without a site, or if it cannot be rendered in bounded time."""
        if page.path not in self._markups:
            text = self._text_in_markdown(page)
            site = self.site if text is not None else None
            self._markups[page.path] = site.rendered.markup(text or "", site.settings) if site else None
        return self._markups[page.path]

    @cached_property
    def _markups(self) -> dict[str, Markup | None]:
        return {}

    def rendered_by(self, rendered: RenderedPages) -> "Handbook":
        """Return the handbook with something that may already know what its pages become."""
        return replace(self, site=replace(self.site, rendered=rendered)) if self.site else self

    def prepare_markup(self) -> None:
        """Render all pages that the cache does not have, by several processes if they are many."""
        if self.site and self.site.rendered.may_lack(len(self.pages)):
            texts = filter(None, map(self._text_in_markdown, self.pages))
            self.site.rendered.prepare(texts, self.site.settings)

    def _text_in_markdown(self, page: Page) -> str | None:
        if self.site is None or not page.front_matter.readable:
            return None
        is_cheap = self.site.rendered.is_cheap(page.body, self.site.settings)
        return self.expressions[page.language].on_no_page(page.body) if is_cheap else None

    @cached_property
    def link_judge(self) -> LinkJudge | None:
        """Return what decides whether links lead somewhere, or None without a site."""
        if self.site is None:
            return None
        names = frozenset({*map(self.name_of, self.pages), *map(self.name_of, self.assets)})
        languages = self.registers.organization.languages
        targets = LinkTargets(names, languages, self.site.has_folders)
        return LinkJudge(targets, self.site.folder, self._anchors_of, self.site.reason_for_absence)

    def name_of(self, file: Page | Asset) -> str:
        """Return the name of a page or an asset below the folder of pages."""
        return file.path.removeprefix(f"{self.site.folder if self.site else 'docs'}/")

    def _anchors_of(self, name: str) -> frozenset[str] | None:
        """Return the anchors of a page by its name; None if they are not known."""
        page = self._pages_by_name.get(name)
        markup = self.markup(page) if page else None
        return markup.anchors if markup and not markup.failure else None

    @cached_property
    def misnamed_paths(self) -> frozenset[str]:
        """Return the paths of the files whose names are wrong."""
        return frozenset(file.path for file in self.misnamed)

    @cached_property
    def _removed_by_text(self) -> Mapping[str, str]:
        return {
            decisions[-1].decision.fingerprint or "": path
            for path, decisions in self.reviews.decisions.items()
            if self.page(path) is None
        }

    @cached_property
    def _pages_by_name(self) -> Mapping[str, Page]:
        return {self.name_of(page): page for page in self.pages}

    @cached_property
    def _pages_by_path(self) -> Mapping[str, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def variable_finder(self) -> PhraseFinder[str]:
        """Return a finder of values of organization.yml; the meaning of each is what to write instead."""
        return variable_finder(self.registers.organization)


def _original(files: Sequence[Page], languages: Sequence[str]) -> Page:
    order = (*languages, UNMARKED)
    unmarked = [page for page in files if page.front_matter.text(KEY) is None]
    candidates = unmarked if len(unmarked) == 1 else files
    return min(candidates, key=lambda page: order.index(page.language))


def _is_only_in_others(page: Page, language: str) -> bool:
    languages = page.front_matter.texts("languages")
    return bool(languages) and language not in languages


# Makes what pages may say, by language, from the registers of a handbook.
ExpressionsOf: TypeAlias = Callable[[Registers], Mapping[str, Expressions]]
