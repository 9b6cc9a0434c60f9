"""The register of pages: the entry of each page, and the formats."""

import csv
import datetime
import io
import json
from dataclasses import replace

import pytest

from handbook.audit.page_register import PageRegister, RegisteredPage, page_register
from handbook.audit.register_formats import FORMATS
from handbook.compliance.tally import PageState
from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.site_map import SiteMap
from handbook.model import Handbook
from handbook.registers.review_index import Reviews
from tests.conftest import PAGE, REVIEWED, ROOT
from tests.records import parse_record, record, reviews_of, texts_of

GOLDEN = ROOT / "tests" / "golden" / "register"
# No page may have such a title, and no format relies on that.
STEERING = "\x1b[31mRed\u2028, then"
FORMULA = '=HYPERLINK("https://evil.example.net")'


def _page(path: str, title: str, language: str = "en", more: str = "") -> Page:
    text = PAGE.replace("title: A page", f"title: {json.dumps(title)}")
    return parse_page(
        PageSource("", path, language), text.replace("owner: platform-lead\n", f"{more}\n").encode()
    )


OWNED = "owner: platform-lead\n"
PAGES = [
    _page(
        "docs/policy/work.md", "At work", more=f"{OWNED}audience: [work, managers]\nreview_every: 2 months"
    ),
    _page("docs/policy/work.fr.md", "Au travail, ou « jamais »", "fr", OWNED),
    _page("docs/index.md", FORMULA, more="owner: =nobody\nsources: [meta-terms]\nlegal_review: 2026-10-09"),
    _page("docs/open.md", "Red, then", more=f"{OWNED}applies_to: {{sectors: [healthcare]}}"),
    parse_page(PageSource("", "docs/torn.md", "en"), b"no front matter"),
]
SITE_MAP = SiteMap(
    {
        "docs/index.md": "./",
        "docs/open.md": "open/",
        "docs/policy/work.fr.md": "policy/work.fr/",
        "docs/policy/work.md": "policy/work/",
        "docs/torn.md": "torn/",
    },
    {"docs/policy/work.md": "Policy"},
    ["en", "fr"],
)


@pytest.fixture
def register(handbook: Handbook) -> PageRegister:
    texts = texts_of(PAGES[:2]) | {"docs/index.md": "sha256:" + "0" * 64}
    review_file = parse_record(f"registers/reviews/{REVIEWED}-a.yml", record(texts, REVIEWED))
    registers = replace(handbook.registers, reviews=Reviews([review_file]))
    register = page_register(replace(handbook, registers=registers, pages=PAGES), SITE_MAP)
    pages = tuple(
        page.model_copy(update={"title": STEERING}) if page.path == "docs/open.md" else page
        for page in register.pages
    )
    return register.model_copy(update={"pages": pages})


def _of(register: PageRegister, path: str) -> RegisteredPage:
    return next(page for page in register.pages if page.path == path)


def test_a_translation_is_in_the_section_of_its_original(register: PageRegister) -> None:
    page = _of(register, "docs/policy/work.fr.md")
    assert (page.address, page.section, page.translation_of) == (
        "fr/policy/work/",
        "Policy",
        "docs/policy/work.md",
    )


def test_the_date_of_a_review_is_backed_only_if_a_record_names_the_page(register: PageRegister) -> None:
    backing = {page.path: (page.review_record, page.text_was_reviewed) for page in register.pages}
    name = f"registers/reviews/{REVIEWED}-a.yml"
    assert backing == {
        "docs/index.md": (name, False),
        "docs/open.md": (None, None),
        "docs/policy/work.fr.md": (name, True),
        "docs/policy/work.md": (name, True),
        "docs/torn.md": (None, None),
    }


def test_what_nobody_knows_is_not_invented(register: PageRegister) -> None:
    page = _of(register, "docs/torn.md")
    known = {name for name, value in page.model_dump().items() if value not in (None, ())}
    assert known == {"path", "address", "language", "state"}
    assert page.state == "unreviewed"
    assert _of(register, "docs/index.md").owner_title is None


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-10-13", "unreviewed"),
        ("2026-10-14", "in_order"),
        ("2026-11-15", "due_soon"),
        ("2026-12-14", "due_soon"),
        ("2026-12-15", "overdue"),
    ],
)
def test_a_state_is_that_of_the_day(handbook: Handbook, day: str, state: str) -> None:
    registers = replace(handbook.registers, reviews=reviews_of(PAGES[:1]))
    then = replace(handbook, registers=registers, today=datetime.date.fromisoformat(day), pages=PAGES[:1])
    assert page_register(then, SITE_MAP).pages[0].state == state


def test_each_standing_of_a_page_is_a_state(register: PageRegister) -> None:
    states = RegisteredPage.model_json_schema()["properties"]["state"]["enum"]
    assert states == [standing.name.lower() for standing in PageState]


@pytest.mark.parametrize("name", FORMATS)
def test_a_register_is_its_golden_file(name: str, register: PageRegister) -> None:
    (golden,) = GOLDEN.glob(f"register.{name.replace('text', 'txt')}")
    assert FORMATS[name](register) == golden.read_bytes().decode("utf-8")


def test_programs_read_back_what_the_register_says(register: PageRegister) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](register), newline=""), strict=True))
    assert [row["path"] for row in rows] == [page.path for page in register.pages]
    assert PageRegister.model_validate_json(FORMATS["json"](register)) == register


def test_no_cell_is_a_formula(register: PageRegister) -> None:
    rows = csv.reader(io.StringIO(FORMATS["csv"](register), newline=""))
    cells = [cell for row in rows for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")]


@pytest.mark.parametrize("name", ["text", "csv"])
def test_nothing_in_a_title_steers_a_terminal(name: str, register: PageRegister) -> None:
    assert STEERING in {page.title for page in register.pages}
    assert all(character.isprintable() or character in "\r\n" for character in FORMATS[name](register))
