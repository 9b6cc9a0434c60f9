"""What is true of any bytes as a page, a register, a configuration or an expression.

Each promise takes bytes and fails if it is broken: by an unexpected exception, a location that is not in
the file, or a sentence of more than one line. `tests/test_robustness.py` tries them with broken input of
its own making, `tests/fuzz/` with input that a fuzzer finds.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Final
from unicodedata import bidirectional, category

import markdown  # type: ignore[import-untyped]  # MkDocs brings it, without types
from mkdocs.config import load_config

from handbook.check.runner import check
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import pages_off_navigation
from handbook.content.pages import Page, PageSource, parse_page
from handbook.errors import HandbookError
from handbook.files.tree import FileTree, Folder
from handbook.findings import Finding
from handbook.markup.refused_html import suspects
from handbook.model import Handbook
from handbook.registers.acknowledgements import Acknowledgements
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.decisions import Decisions
from handbook.registers.emergency_route import EmergencyRoute
from handbook.registers.evidence_folder import SAMPLE_FOLDER
from handbook.registers.organization import load_organization
from handbook.registers.questions import Questions
from handbook.registers.scenarios import Scenarios
from handbook.registers.waivers import FILE as OWN_WAIVERS
from handbook.rules import RULES
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.text.markdown.reading_text import reading_text
from handbook.text.phrase_search import PhraseFinder
from handbook.text.prose import headings, prose, without_destinations
from macros.plugin import expressions_by_language, read_site
from macros.presentation.safe_html import clean
from tests.conftest import ROOT, TODAY

CORPUS: Final = ROOT / "tests" / "fuzz" / "corpus"
# The sample handbook reads its own.
WAIVERS: Final = f"{SAMPLE_FOLDER}/{OWN_WAIVERS}"
REGISTERS: Final = ("organization.yml", "registers/owners.yml", "registers/platforms.yml", WAIVERS)
_LOCATION: Final = re.compile(r"(?P<path>[\w/.]+):(?P<line>\d+):(?P<column>\d+): .")
# With one of these findings, a page is not built.
REFUSES: Final = ("FMT001", "FMT002", "HTM001", "ORG002")
_SHARED: Final = 500
# Classes of characters that show a text in another order than it is written.
_TURNING: Final = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@dataclass(frozen=True, slots=True)
class Replaced:
    """The sample handbook with one file replaced."""

    tree: FileTree
    path: str
    data: bytes

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, or None."""
        return self.data if path == self.path else self.tree.read(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder."""
        return self.tree.names(folder)

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it."""
        return self.tree.paths(folder)


@cache
def _sample() -> tuple[Registers, Callable[[], dict[str, Expressions]]]:
    site = read_site(ROOT)
    # These name its pages.
    registers = replace(
        site.registers,
        scenarios=Scenarios(),
        decisions=Decisions(),
        questions=Questions(),
        emergency_route=EmergencyRoute(),
        acknowledgements=Acknowledgements(),
    )
    return registers, lambda: dict(expressions_by_language(site))


@cache
def _handbook(number: int) -> Handbook:
    """Return the sample without pages, a new one for each number, because it remembers every expression."""
    _handbook.cache_clear()
    registers, expressions = _sample()
    return Handbook(registers, expressions(), TODAY)


class _Turns:
    """Counts how often the sample was used."""

    number = 0


def sample() -> Handbook:
    """Return the sample handbook without pages."""
    _Turns.number += 1
    return _handbook(_Turns.number // _SHARED)


def page(data: bytes, path: str = "docs/policy/page.md", language: str = "en") -> None:
    """Judge any bytes as a page by every rule."""
    made = parse_page(PageSource("page.md", path, language), data)
    handbook = replace(sample(), pages=[made], off_navigation=frozenset({path}))
    findings = list(check(handbook, list(RULES.values())).findings)
    assert findings == list(check(handbook, list(RULES.values())).findings)
    own = [finding for finding in findings if finding.path == made.path]
    _are_findings(own, data.decode("utf-8", "replace"))
    _is_read(made)
    if not any(finding.code in REFUSES for finding in findings):
        _is_rendered(made)


def platform_page(data: bytes) -> None:
    """Judge any bytes as a page of a platform, in French."""
    page(data, "docs/platforms/page.fr.md", "fr")


def _is_rendered(made: Page) -> None:
    """Check that Markdown renders what no rule refuses, as MkDocs has it do."""
    try:
        text = sample().expressions[made.language].render(made.body)
    except ExpressionError:
        return  # An expression describes its page, which is no page of the sample.
    extensions, settings = _markdown_settings()
    html = markdown.Markdown(extensions=extensions, extension_configs=settings).convert(text)
    list(suspects(html))
    clean(html)


@cache
def _markdown_settings() -> tuple[Sequence[str], dict[str, dict[str, object]]]:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return config.markdown_extensions, config.mdx_configs or {}


def _is_read(made: Page) -> None:
    """Check that what rules look at has the offsets of the page."""
    for text in (prose(made.body), without_destinations(made.body)):
        assert len(text) == len(made.body)
        assert text.count("\n") == made.body.count("\n")
    headings(made.body, 2)
    read = reading_text(made.body, arguments=True, addresses=True)
    assert all(0 <= read.offset(position) <= len(made.body) for position in range(0, len(read.text), 50))
    assert 1 <= made.body_line <= made.text.count("\n") + 1
    _finds_in_order(sample().variable_finder, made.body)


def _finds_in_order(finder: PhraseFinder[str], text: str) -> None:
    end = 0
    for match in finder.find(text, "en"):
        assert match.start >= end
        end = match.start + len(match.text)
        assert text[match.start : end] == match.text
    assert end == 0 or finder.may_match(text)


def _are_findings(findings: Sequence[Finding], text: str) -> None:
    last = _lines(text) + 1
    for finding in findings:
        assert 1 <= finding.line <= last, finding
        assert finding.column >= 1, finding
        assert _is_one_line(finding.message), finding
        assert finding.message, finding


def _is_one_line(text: str) -> bool:
    """Tell whether a text forges no line and shows its letters in the order in which they are written."""
    return not any(
        category(character) in ("Cc", "Cs", "Zl", "Zp") or bidirectional(character) in _TURNING
        for character in text
    )


def _lines(text: str) -> int:
    """Count lines as an editor does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def register(data: bytes, path: str) -> None:
    """Read any bytes as a register: it is a record, or every mistake has its line."""
    try:
        registers = read_registers(Replaced(Folder(ROOT), path, data))
    except HandbookError as error:
        for line in str(error).split("\n"):
            _is_located(line, path, data.decode("utf-8", "replace"))
    else:
        _can_be_used(registers, data.decode("utf-8"))


def _is_located(sentence: str, path: str, text: str) -> None:
    location = _LOCATION.match(sentence)
    assert location, sentence
    assert _is_one_line(sentence), sentence
    assert location["path"] in (path, *REGISTERS) or location["path"].startswith("registers/"), sentence
    if location["path"] == path:
        assert 1 <= int(location["line"]) <= _lines(text) + 1, sentence
        assert int(location["column"]) >= 1, sentence


def _can_be_used(registers: Registers, text: str) -> None:
    """Judge a page and its translation with what was read."""
    sample_page = (ROOT / "docs" / "platforms" / "x.md").read_bytes()
    languages = registers.organization.languages
    pages = [
        parse_page(PageSource("x.md", f"docs/{folder}/x.md", language), sample_page)
        for folder in ("policy", "platforms")
        for language in languages
    ]
    expressions = {language: sample().expressions["en"] for language in languages}
    handbook = Handbook(registers, expressions, TODAY, pages)
    findings = check(handbook, list(RULES.values())).findings
    _are_findings([finding for finding in findings if finding.path == WAIVERS], text)
    for role in registers.owners.owners:
        registers.owners.is_covered(role)
    _finds_in_order(registers.platforms.finder, text)
    _finds_in_order(handbook.variable_finder, text)


def organization(data: bytes) -> None:
    """Read any bytes as organization.yml."""
    register(data, REGISTERS[0])
    with suppress(HandbookError):
        load_organization(Replaced(Folder(ROOT), REGISTERS[0], data)).today()


def owners(data: bytes) -> None:
    """Read any bytes as the register of owners."""
    register(data, REGISTERS[1])


def platforms(data: bytes) -> None:
    """Read any bytes as the register of platforms."""
    register(data, REGISTERS[2])


def waivers(data: bytes) -> None:
    """Read any bytes as the register of waivers."""
    register(data, REGISTERS[3])


def configuration(data: bytes) -> None:
    """Read any bytes as mkdocs.yml of a past day."""
    with suppress(HandbookError):
        settings = parse_settings.__wrapped__(data)
        paths = [file.name for file in settings.published(["docs/index.md", "docs/a/b.fr.md", "c.md"])]
        pages_off_navigation(paths, settings.navigation, settings.folder, ["en", "fr"])


def expressions(data: bytes) -> None:
    """Judge and render any text that a page can hold."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    language = sample().expressions["en"]
    problems = language.problems_in(text)
    assert problems == language.problems_in(text)
    findings = [Finding("", problem.line, problem.column, "", "", problem.message) for problem in problems]
    _are_findings(findings, text)
    with suppress(ExpressionError):
        language.render(text)
    assert language.called_macros(text) <= language.macros.keys()
    assert language.shown(text) == language.shown(text)


PROMISES: Final[tuple[Callable[[bytes], None], ...]] = (
    page,
    platform_page,
    organization,
    owners,
    platforms,
    waivers,
    configuration,
    expressions,
)


def keep(data: bytes) -> None:
    """Try the promise with the number of the first byte, in the order of PROMISES, with all other bytes."""
    if data:
        PROMISES[data[0] % len(PROMISES)](data[1:])
