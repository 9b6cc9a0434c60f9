"""Pages on paper, in the colors that a reader chose, and at 400 % zoom."""

import io
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Tab

# A page of each kind.
KINDS = (
    "",
    "policy/work/",
    "practice/crisis/",
    "practice/publishing/",
    "law/regulations/",
    "resources/scenarios/",
    "resources/personal-scenarios/",
    "resources/library/",
    "resources/pocket-card/",
    "audit/register/",
    "audit/reviews/",
    "audit/compliance/",
    "contributing/",
)
_SIGNS = """() => [...document.querySelectorAll(".glance__title, .answer, .outcome__kind, .header__signs")]
    .filter((element) => element.offsetParent)
    .map((element) => {
        const style = getComputedStyle(element, element.className === "header__signs" ? null : "::before")
        const ring = parseFloat(style.borderTopWidth) > 0
        return [parseFloat(style.width), ring ? style.borderTopColor : style.backgroundColor]
    })"""


def _printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def _text(reader: PdfReader) -> str:
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())  # A font may draw two letters as one.


def test_the_pocket_card_is_one_sheet_with_steps_and_numbers(tab: Tab, sample_address: str) -> None:
    reader = _printed(tab.open(f"{sample_address}resources/pocket-card/"))
    text = _text(reader)
    assert len(reader.pages) == 1
    for words in ("Protect people", "+1 555 0199", "+1 555 0102", "You may", "Ask first", "Do not"):
        assert words in text


def test_paper_shows_what_a_screen_folds(tab: Tab, sample_address: str) -> None:
    text = _text(_printed(tab.open(f"{sample_address}law/regulations-work/")))
    assert "Discipline for a post about schedules." in text


@pytest.mark.parametrize(
    ("path", "last_of_one", "first_of_next"),
    [
        ("joining-and-leaving", "leave it at that", "Leaver's list"),
        ("pictures", "Name, date, signature", "Consent for a child's photo"),
    ],
)
def test_each_form_is_on_a_sheet_of_its_own(
    tab: Tab, sample_address: str, path: str, last_of_one: str, first_of_next: str
) -> None:
    reader = _printed(tab.open(f"{sample_address}resources/forms/{path}/"))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    (own,) = (sheet for sheet in sheets[1:] if sheet.startswith(first_of_next))
    assert any(last_of_one in sheet for sheet in sheets[: sheets.index(own)])
    assert own.count(first_of_next) == 1


@pytest.mark.parametrize("path", ["", "practice/crisis/", "policy/work/", "fr/"])
def test_paper_shows_roles_with_addresses_and_no_schemes(tab: Tab, sample_address: str, path: str) -> None:
    text = _text(_printed(tab.open(sample_address + path)))
    assert "social@example.org" in text
    assert "mailto:" not in text


@pytest.mark.parametrize("path", KINDS)
def test_paper_has_no_tools_and_nothing_is_cut(tab: Tab, sample_address: str, path: str) -> None:
    page = tab.open(sample_address + path, width=673)
    page.emulate_media(media="print")
    for tool in (
        ".header__tools",
        ".breadcrumb",
        ".footer nav",
        ".footer__scheme",
        ".contents",
        ".filters",
        ".inbox",
    ):
        assert not page.locator(tool).locator("visible=true").count(), tool
    assert page.locator(".card").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    for closed in page.locator("article details:not(.contents)").locator("visible=true").all():
        assert closed.locator("> :not(summary)").first.is_visible()


def test_dark_colors_are_not_printed(tab: Tab, sample_address: str) -> None:
    page = tab.open(sample_address)
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#17202b"


@pytest.mark.parametrize("path", ["policy/work/", "practice/publishing/", "resources/scenarios/"])
def test_in_colors_that_a_reader_chose_every_sign_is_painted(
    tab: Tab, sample_address: str, path: str
) -> None:
    page = tab.open(sample_address + path)
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        signs = page.evaluate(_SIGNS)
        assert len(signs) > 3
        for width, color in signs:
            assert width > 8
            assert color not in (canvas, "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("path", [*KINDS, "audit/history/", "resources/glossary/", "law/photos/"])
def test_at_400_percent_nothing_is_cut(tab: Tab, sample_address: str, path: str) -> None:
    page = tab.open(sample_address + path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *, footer *")].filter((element) => {
            const box = element.getBoundingClientRect()
            const scrolls = element.closest(".table-region, pre, .variables, .visually-hidden, thead")
            return box.width > 0 && box.right > 321 && !scrolls
        }).map((element) => element.outerHTML.slice(0, 100))"""
    )
    assert cut == []


@pytest.mark.parametrize(("scheme", "shown"), [("light", "#only-light"), ("dark", "#only-dark")])
def test_one_picture_of_compliance_is_shown(tab: Tab, sample_address: str, scheme: str, shown: str) -> None:
    page = tab.open(f"{sample_address}audit/compliance/")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pictures = page.locator(".compliance__picture").locator("visible=true")
    assert pictures.count() == 1
    assert (pictures.get_attribute("src") or "").endswith(shown)
