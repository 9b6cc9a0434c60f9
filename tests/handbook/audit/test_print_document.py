"""The published pages as one document for print: every link leads inside, and nothing runs or loads."""

import datetime
import re
from html import unescape

import pytest

from handbook.audit.print_document import file_of, print_document, printed_pages
from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.site_map import SiteMap
from handbook.editions.manifest import Manifest
from handbook.registers.last_review import LastReview
from tests.capabilities import capabilities
from tests.conftest import PAGE

PATHS = ("docs/index.md", "docs/policy/work.md", "docs/policy/gifts.md", "docs/index.fr.md", "docs/odd.md")
ADDRESSES = {
    "docs/index.md": "./",
    "docs/policy/work.md": "policy/work/",
    "docs/policy/gifts.md": "policy/gifts/",
    "docs/index.fr.md": "index.fr/",
    "docs/odd.md": "odd/",
}
SITE_MAP = SiteMap(
    ADDRESSES, {"docs/policy/work.md": "Policy", "docs/policy/gifts.md": "Policy"}, ("en", "fr")
)
FILES = (
    "index.html",
    "policy/work/index.html",
    "policy/gifts/index.html",
    "fr/index.html",
    "odd/index.html",
    "fr/policy/work/index.html",
    "picture.png",
)
MANIFEST = Manifest(
    edition="2026.1",
    commit="0" * 40,
    published=datetime.date(2026, 11, 20),
    effective=datetime.date(2026, 12, 1),
    pages=(),
    files=dict.fromkeys(FILES, "0" * 64),
)


def _page(path: str) -> Page:
    language = "fr" if ".fr." in path else "en"
    return parse_page(PageSource(path, path, language), PAGE.encode())


def _review_of(page: Page) -> LastReview:
    """Return a review of another text for the start page; no record backs the date of any other page."""
    return LastReview(page.schedule, "a.yml", False) if page.path == "docs/index.md" else LastReview()


def _printed(html: str, of: str = "docs/policy/work.md", images: dict[str, str] | None = None) -> str:
    """Print the five pages, one of them with this text, and return that text as it is in print."""
    pages = printed_pages([_page(path) for path in PATHS], _review_of, SITE_MAP, FILES)
    frame = "<html><body><nav>Menu</nav><article class='md-content__inner md-typeset'>{}</article></body>"
    published = {page.file: frame.format(html if page.page.path == of else "<p>…</p>") for page in pages}
    document = print_document(MANIFEST, pages, published, "Handbook <&>", images or {})
    number = next(page.number for page in pages if page.page.path == of)
    section = document.split(f'id="page-{number}"')[1].partition("\n</section>\n")[0]
    return section.partition("</p>")[2].strip()


def test_pages_are_in_the_order_of_the_navigation_by_language() -> None:
    pages = printed_pages([_page(path) for path in PATHS], _review_of, SITE_MAP, FILES)
    assert [page.page.path for page in pages] == [
        "docs/index.md",
        "docs/policy/work.md",
        "docs/policy/gifts.md",
        "docs/odd.md",
        "docs/index.fr.md",
    ]
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]


def test_pages_in_a_language_that_the_handbook_lacks_come_last() -> None:
    """Readers in a French handbook get a page in English where there is no other."""
    addresses = {"docs/work.md": "work/", "docs/index.fr.md": "index.fr/"}
    site_map = SiteMap(addresses, {}, ["fr"])
    files = ["index.html", "work/index.html"]
    pages = printed_pages([_page("docs/work.md"), _page("docs/index.fr.md")], _review_of, site_map, files)
    assert [(page.page.path, page.file) for page in pages] == [
        ("docs/index.fr.md", "index.html"),
        ("docs/work.md", "work/index.html"),
    ]


def test_a_page_that_no_file_shows_is_left_out() -> None:
    pages = printed_pages(
        [_page("docs/index.md"), _page("docs/odd.md")], _review_of, SITE_MAP, ["index.html"]
    )
    assert [page.file for page in pages] == ["index.html"]


@pytest.mark.parametrize(
    ("address", "file"),
    [("./", "index.html"), ("work/", "work/index.html"), ("policy/", "policy.html"), ("gone/", None)],
)
def test_an_address_is_found_in_the_site_whichever_way_it_is_written(address: str, file: str | None) -> None:
    assert file_of(address, ["index.html", "work/index.html", "policy.html"]) == file


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("../gifts/", "#page-3"),
        ("../gifts/#small", "#page-3.small"),
        ("../../", "#page-1"),
        ("../..", "#page-1"),
        ("#here", "#page-2.here"),
        ("", "#page-2"),
        ("../gifts/index.html", "#page-3"),
        ("../../fr/", "#page-5"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("mailto:social@example.org", "mailto:social@example.org"),
        ("../../reviews.ics", None),
        ("../../../../etc/passwd", None),
        ("//example.org/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_link_leads_to_a_page_in_print_or_to_another_site_or_nowhere(link: str, leads: str | None) -> None:
    expected = f'<a href="{leads}">x</a>' if leads is not None else "<a>x</a>"
    assert _printed(f'<a href="{link}">x</a>') == expected


def test_a_link_on_a_translation_leads_to_the_page_that_is_not_translated() -> None:
    assert _printed('<a href="policy/work/">x</a>', "docs/index.fr.md") == '<a href="#page-2">x</a>'


def test_an_id_is_unique_and_its_references_follow() -> None:
    assert _printed('<h2 id="a">A</h2><section aria-labelledby="a b">B</section>') == (
        '<h2 id="page-2.a">A</h2><section aria-labelledby="page-2.a page-2.b">B</section>'
    )


def test_nothing_in_print_runs_or_loads() -> None:
    printed = _printed(
        "<script>alert(1)</script><style>p{}</style><noscript><p>Not here</p></noscript>"
        '<p onclick="alert(1)" style="position:fixed;text-align:center">Text</p>'
        '<iframe src="https://example.org/"></iframe><form><input><button>Go</button></form>'
        '<img src="https://example.org/a.png" alt="A"><svg><script>alert(1)</script></svg>'
    )
    assert not capabilities(printed), printed
    assert re.sub(r"\s", "", printed) == '<p>Text</p><imgalt="A">'


def test_a_picture_is_in_the_document_itself() -> None:
    printed = _printed(
        '<img src="../../picture.png" alt="A">', images={"picture.png": "data:image/png;base64,AA=="}
    )
    assert printed == '<img src="data:image/png;base64,AA==" alt="A">'


def test_a_picture_for_the_dark_theme_is_not_printed() -> None:
    printed = _printed('<img src="../../picture.png#only-dark">', images={"picture.png": "data:x"})
    assert printed.endswith(' src="data:x#only-dark">')
    pages = printed_pages([_page("docs/index.md")], _review_of, SITE_MAP, FILES)
    assert 'img[src$="#only-dark"]' in print_document(MANIFEST, pages, {"index.html": ""}, "", {})


def test_what_folds_is_open_and_hidden_text_stays_hidden() -> None:
    assert _printed("<details><summary>S</summary>Text</details>") == (
        '<details open=""><summary>S</summary>Text</details>'
    )
    assert "hidden" in _printed("<div hidden>Text</div>")


def test_an_article_in_the_text_does_not_end_it() -> None:
    assert _printed("<p>A</p><article><p>B</p></article><p>C</p>") == (
        "<p>A</p><article><p>B</p></article><p>C</p>"
    )


def test_the_contents_name_only_reviews_that_a_record_proves() -> None:
    pages = printed_pages([_page(path) for path in PATHS], _review_of, SITE_MAP, FILES)
    document = print_document(MANIFEST, pages, {page.file: "" for page in pages}, "Handbook", {})
    assert document.count("2026-10-14; the text has changed since") == 1
    assert document.count("not reviewed yet") == len(PATHS) - 1


def test_what_pages_say_of_themselves_is_escaped() -> None:
    data = PAGE.replace("title: A page", "title: A & B").encode()
    page = parse_page(PageSource("x", "docs/index.md", "en"), data)
    document = print_document(
        MANIFEST, printed_pages([page], _review_of, SITE_MAP, FILES), {"index.html": ""}, "<title>", {}
    )
    assert "<b>" not in document
    assert "A &amp; B" in document
    assert "<title>&lt;title&gt;, edition 2026.1</title>" in document


@pytest.mark.parametrize(
    "control",
    [
        "<form><p>Find</p></form>",
        "<label for='x'>Find</label><input id='x' type='search'>",
        "<button>Find</button>",
        "<select><option>Find</option></select>",
        "<textarea>Find</textarea>",
        "<dialog>Find</dialog>",
    ],
)
def test_what_waits_for_a_hand_is_not_printed(control: str) -> None:
    assert _printed(f"<p>Before.</p>{control}<p>After.</p>") == "<p>Before.</p><p>After.</p>"


def test_every_picture_has_an_alternative_text_and_no_figure_around_it() -> None:
    printed = _printed("<figure><img src='a.png' alt='A > b'><img src='b.png'></figure>")
    assert re.findall(r'alt="([^"]*)"', unescape(printed)) == ["A > b", "Picture without a description"]
    assert printed.count("<img") == 2
    assert "figure" not in printed


def test_each_page_names_the_variant_of_its_language() -> None:
    pages = printed_pages([_page("docs/index.md")], _review_of, SITE_MAP, FILES)
    variants = {"en": "en-GB"}
    document = print_document(MANIFEST, pages, {"index.html": ""}, "", {}, {}, variants.__getitem__)
    assert '<html lang="en-GB">' in document
    assert f'id="{pages[0].anchor}" lang="en-GB"' in document
