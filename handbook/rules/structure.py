"""STR: general policy is separate from platform pages, and every page has its place."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from handbook.content.languages import UNMARKED, main_path
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.markup.link_targets import LinkTargets
from handbook.markup.published_site import PublishedSite
from handbook.model import Handbook
from handbook.registers.platforms import FOLDER, PlatformSection
from handbook.rules.registry import rule
from handbook.text.look_alikes import LookAlike, look_alikes, may_look_alike
from handbook.text.markdown.reading_text import phrases_read, plain_text, reading_text
from handbook.text.prose import calls, empty_sections, headings, without_code

# The macros that name platforms, or say what one does and where it helps.
_ADDRESSES: Final = "platform_addresses"
_FACT_MACROS: Final = ("fact", "facts", "platform_facts", "platform_pages", "personal_use", _ADDRESSES)
_ONE_ADDRESS: Final = (
    "has the same address as this page, so readers get only one of the two; rename or delete one"
)


@rule("STR001", "Core policy page names no platform", severity=Severity.ERROR)
def core_page_names_no_platform(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Platforms come and go; a policy that names none of them still applies to the next one.

    The names, and the folders whose pages may use them, are listed in `registers/platforms.yml`. Text
    that a page passes to a macro counts, and so do macros that show platforms, their facts, or addresses.

    Bad:  `Answer every comment on Facebook.`
    Good: `Answer every comment.`
    """
    platforms = handbook.registers.platforms
    if not platforms.is_core(page.path):
        return
    remedy = "say what applies on every platform, or move it to a page in docs/platforms/"
    for match in phrases_read(platforms.finder, page.body, page.language, arguments=True):
        yield page.problem_in_body(
            match.start, f"'{match.text}' names a platform ({match.meaning}); {remedy}"
        )
    for offset, name in _calls_of_facts(page.body):
        yield page.problem_in_body(offset, f"{name}() is about single platforms; {remedy}")
    for key in ("title", "description"):
        title = plain_text(page.front_matter.text(key) or "").text
        for match in platforms.finder.find(title, page.language):
            yield page.problem_at(key, f"'{match.text}' names a platform ({match.meaning}); {remedy}")


def _calls_of_facts(body: str) -> Iterator[tuple[int, str]]:
    if any(name in body for name in _FACT_MACROS):
        yield from calls(body, _FACT_MACROS)


@rule("STR002", "Platform page has its sections in order", severity=Severity.ERROR)
def platform_page_has_its_sections(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A reader who knows one platform page finds the same answers in the same place on every other.

    The sections, their order, and the pages that do not need them are in `registers/platforms.yml`. A page
    shows where the platform itself helps, with the macro `platform_addresses()`, and has the sections that
    are `required` there. Any other section is left out if nothing differs from what holds on each platform.
    Headings are judged by the titles in the language of the page, if the register has them.

    Bad:  `## Posting` (below `## Live`, or with nothing below it)
    Good: `## Posting` (above `## Live`, with its text)
    """
    if not page.path.startswith(FOLDER) or page.is_index or _is_of_no_platform(page, handbook):
        return
    named = [
        (_title_in(section, page.language), section) for section in handbook.registers.platforms.sections
    ]
    titles = {_title_read(title): title for title, _ in named if title}
    required = [title for title, section in named if title and section.required]
    yield from _missing_sections(page, required)
    yield from _missing_addresses(page, handbook.registers.platforms.platforms)
    yield from _misplaced_sections(page, titles)
    for offset, heading in empty_sections(page.body, 2):
        if _title_read(heading) in titles:
            message = f"the section '{heading}' is empty; write its text, or delete its heading"
            yield page.problem_in_body(offset, message)


def _title_in(section: PlatformSection, language: str) -> str | None:
    """Return what a section is called in a language; None if the register does not say."""
    titles = {UNMARKED: section.title} if isinstance(section.title, str) else section.title
    return titles.get(language)


def _missing_sections(page: Page, required: Sequence[str]) -> Iterator[Problem]:
    present = {_title_read(heading) for _, heading in headings(page.body, 2)}
    for name in required:
        if _title_read(name) not in present:
            yield Problem(page.body_line, f"the section '{name}' is missing; add `## {name}` and its text")


def _missing_addresses(page: Page, platforms: Collection[str]) -> Iterator[Problem]:
    """Find a page without the addresses of its platform, after which its file is named, or else of any."""
    key = PurePosixPath(page.path).name.partition(".")[0]
    name = re.escape(key) if key in platforms else r"[\w-]+"
    given = re.compile(rf"""{_ADDRESSES}\s*\(\s*(?:platform\s*=\s*)?(["']){name}\1""")
    body = without_code(page.body)
    if not any(given.match(body, offset) for offset, _ in calls(body, [_ADDRESSES])):
        example = f'{{{{ {_ADDRESSES}("{key}") }}}}'
        message = f"nothing shows where this platform helps; add `{example}` on a line of its own"
        yield Problem(page.body_line, message)


def _misplaced_sections(page: Page, titles: Mapping[str, str]) -> Iterator[Problem]:
    """Find sections below one that comes later in the order of the titles, which have their texts."""
    order = list(titles)
    last = -1
    for offset, heading in headings(page.body, 2):
        read = _title_read(heading)
        place = order.index(read) if read in titles else last
        if place < last:
            message = f"the section '{titles[read]}' comes before '{titles[order[last]]}'; move it up"
            yield page.problem_in_body(offset, message)
        last = max(place, last)


def _title_read(heading: str) -> str:
    return " ".join(reading_text(heading).text.split()).casefold()


def _is_of_no_platform(page: Page, handbook: Handbook) -> bool:
    registers = handbook.registers
    path = main_path(page.path, registers.organization.languages)
    return path in registers.platforms.pages_without_sections


@rule("STR003", "Page can be reached from the navigation", severity=Severity.ERROR)
def page_can_be_reached(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Readers do not find a page that no menu leads to, and its owner forgets it.

    A page whose folder has a section below `nav` in mkdocs.yml is at the end of that section, and needs no
    entry. No two pages have one address: `gifts.md` and, in an English handbook, `gifts.en.md` are read at
    the same place, so that readers would get only one of them.

    Bad:  (the first page of a new folder, which is not listed below `nav` in mkdocs.yml)
    Good: `- gifts/work.md` (below `nav` in mkdocs.yml)
    """
    if page.path in handbook.off_navigation:
        yield Problem(1, "no menu leads to this page; add it to `nav` in mkdocs.yml, or delete it")
    if handbook.site and handbook.link_judge and page.path not in handbook.misnamed_paths:
        for name in _rivals(handbook.site, handbook.link_judge.targets, handbook.name_of(page)):
            rival = f"{handbook.site.folder}/{name}"
            if rival not in handbook.misnamed_paths:  # FMT004 says so otherwise.
                yield Problem(1, f"{rival} {_ONE_ADDRESS}")


def _rivals(site: PublishedSite, targets: LinkTargets, name: str) -> Iterator[str]:
    """Yield the files that have the address of a page."""
    if rival := targets.rival_of(name):
        yield rival
    yield from (twin for twin in site.twins_of(name) if twin not in targets.names)


@rule("STR004", "Letters are what they look like", severity=Severity.WARNING)
def letters_are_what_they_look_like(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A Cyrillic or Greek letter in a Latin word hides it from searches, rules, and screen readers.

    Such letters come with text that was copied from elsewhere. Words that are Greek or Russian as a whole are
    not meant, nor are units and formulas.

    Bad:  `F\N{CYRILLIC SMALL LETTER A}cebook` (the second letter is Cyrillic)
    Good: `Facebook`
    """
    if not may_look_alike(page.text):
        return
    finders = handbook.registers.platforms.finder, handbook.variable_finder
    read = reading_text(page.body, arguments=True)
    for word in look_alikes(read.text, finders, page.language):
        yield page.problem_in_body(read.offset(word.start), _look_alike_message(word))
    for key in ("title", "description"):
        title = plain_text(page.front_matter.text(key) or "").text
        for word in look_alikes(title, finders, page.language):
            yield page.problem_at(key, _look_alike_message(word))


def _look_alike_message(word: LookAlike) -> str:
    return (
        f"'{word.text}' looks like '{word.looks_like}', but has letters of another kind ({word.letters});"
        " type the word again"
    )
