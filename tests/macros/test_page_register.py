"""The register of pages, as a reader sees it."""

import json
from dataclasses import replace

import pytest

from handbook.content.pages import Page, PageSource, parse_page
from handbook.markup.refused_html import suspects
from handbook.registers.review_index import Reviews
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.page_register import page_register
from macros.presentation.safe_html import clean
from tests.conftest import PAGE, REVIEWED
from tests.records import parse_record, record, texts_of

pytestmark = pytest.mark.usefixtures("on_20_november")

HOSTILE = 'R&D &lt;b&gt; "x" | `y`'


def _page(path: str, title: str, language: str = "en", owner: str = "platform-lead") -> Page:
    text = PAGE.replace("title: A page", f"title: {json.dumps(title)}").replace("platform-lead", owner)
    return parse_page(PageSource(path, path, language), text.encode())


@pytest.fixture
def full_site(site: Site) -> Site:
    """The sample organization with a start page, two pages in a section and one without a record."""
    pages = [
        _page("docs/index.md", "Start"),
        _page("docs/policy/work.md", "At work"),
        _page("docs/policy/work.fr.md", "Au travail", "fr"),
        _page("docs/policy/gifts.md", HOSTILE, owner="nobody"),
    ]
    texts = texts_of(pages[1:3]) | {"docs/index.md": f"sha256:{'0' * 64}"}
    review_file = parse_record(f"registers/reviews/{REVIEWED}-a.yml", record(texts, REVIEWED))
    return replace(
        site,
        registers=replace(site.registers, reviews=Reviews([review_file])),
        pages={page.path.removeprefix("docs/"): page for page in pages},
        addresses={
            "docs/index.md": "./",
            "docs/policy/work.md": "policy/work/",
            "docs/policy/work.fr.md": "policy/work.fr/",
            "docs/policy/gifts.md": "policy/gifts/",
        },
        sections={"docs/policy/work.md": "Posting for us", "docs/policy/gifts.md": "Posting for us"},
    )


def _shown(site: Site, language: str = "en", address: str = "audit/register/") -> str:
    return str(page_register(MacroContext(site, language, site.pages["index.md"], address)))


def _row(shown: str, title: str) -> str:
    return next(line for line in shown.splitlines() if f">{title}</a>" in line)


def test_pages_stand_in_their_sections_in_the_order_of_the_navigation(full_site: Site) -> None:
    shown = _shown(full_site)
    places = [
        shown.index(text) for text in (">Start<", ">Posting for us<", ">At work<", ">Au travail<", "R&amp;D")
    ]
    assert places == sorted(places)
    assert shown.count("<tbody>") == 2
    assert '<a href="../../fr/policy/work/" lang="fr" hreflang="fr">' in shown


def test_a_row_says_what_the_day_of_the_review_rests_on(full_site: Site) -> None:
    shown = _shown(full_site)
    assert "<small>2026-10-14-a</small>" in _row(shown, "At work")
    assert "<small>2026-10-14-a<br>the text has changed since</small>" in _row(shown, "Start")
    assert "<td>no record</td>" in _row(shown, HOSTILE.replace("&", "&amp;").replace('"', "&#34;"))


def test_a_title_is_text_and_passes_the_cleaning(full_site: Site) -> None:
    shown = _shown(full_site)
    assert suspects(shown) == []
    assert clean(shown).count("<tr") == shown.count("<tr")
    assert "<b>" not in shown


def test_the_register_is_told_in_french(full_site: Site) -> None:
    shown = _shown(full_site, "fr", "fr/audit/register/")
    assert "Situation au" in shown
    assert ">Publier pour nous</th>" in shown
    assert '<a href="../../../policy/work/"' in shown
    assert "À jour" in _row(shown, "At work")
