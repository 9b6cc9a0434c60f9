"""STR: general policy is separate from platform pages, and every page has its place."""

from collections.abc import Iterator
from typing import Final

from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.markup.link_targets import LinkTargets
from handbook.markup.published_site import PublishedSite
from handbook.model import Handbook
from handbook.registers.platforms import FOLDER
from handbook.rules.registry import rule
from handbook.text.look_alikes import LookAlike, look_alikes, may_look_alike
from handbook.text.markdown.reading_text import phrases_read, plain_text, reading_text
from handbook.text.prose import calls, empty_sections, headings

# The macros that say what one platform does, or where it helps.
_FACT_MACROS: Final = ("fact", "facts", "platform_facts", "platform_addresses")
_ONE_ADDRESS: Final = (
    "has the same address as this page, so readers get only one of the two; rename or delete one"
)


@rule("STR001", "Core policy page names no platform", severity=Severity.ERROR)
def core_page_names_no_platform(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Platforms come and go; a policy that names none of them still applies to the next one.

    The names, and the folders whose pages may use them, are listed in `registers/platforms.yml`. Text
    that a page passes to a macro counts, and so do the macros that show facts and addresses of platforms.

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
        yield page.problem_in_body(offset, f"{name}() says what one platform does; {remedy}")
    for key in ("title", "description"):
        title = plain_text(page.front_matter.text(key) or "").text
        for match in platforms.finder.find(title, page.language):
            yield page.problem_at(key, f"'{match.text}' names a platform ({match.meaning}); {remedy}")


def _calls_of_facts(body: str) -> Iterator[tuple[int, str]]:
    if any(name in body for name in _FACT_MACROS):
        yield from calls(body, _FACT_MACROS)


@rule("STR002", "Platform page has every required section", severity=Severity.ERROR)
def platform_page_has_every_section(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A reader who knows one platform page finds the same answers in the same place on every other.

    The required sections, and the pages that do not need them, are listed in `registers/platforms.yml`.
    If a section does not apply, its text says so.

    Bad:  `## Live` (and nothing below it)
    Good: `## Live` (and below it: We do not stream.)
    """
    if not page.path.startswith(FOLDER) or page.is_index or _is_of_no_platform(page, handbook):
        return
    present = {_title_read(heading) for heading in headings(page.body, 2)}
    say = handbook.registers.organization.say
    names = [say(section.title, page.language) for section in handbook.registers.platforms.sections]
    for name in names:
        if _title_read(name) not in present:
            yield Problem(
                page.body_line,
                f"the section '{name}' is missing; add `## {name}`, and if it does not apply, say so there",
            )
    wanted = set(map(_title_read, names))
    for offset, heading in empty_sections(page.body, 2):
        if _title_read(heading) in wanted:
            message = f"the section '{heading}' is empty; write its text, or say that it does not apply"
            yield page.problem_in_body(offset, message)


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


@rule("STR004", "Letters are those that they look like", severity=Severity.WARNING)
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
