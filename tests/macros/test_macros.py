"""What pages and the theme may say."""

import pytest

from handbook.model import Handbook
from handbook.pages import PageSource, parse_page
from macros.catalog import load_catalog
from macros.library import MACROS, Here, bound_macros
from macros.reference import macro_examples, macro_help
from macros.safe_html import clean, suspects
from macros.site import Site
from tests.conftest import PAGE, ROOT

LANGUAGES = [file.stem for file in (ROOT / "macros" / "catalog").glob("*.yml")]


@pytest.mark.parametrize("name", MACROS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_macro_has_help_and_examples_that_render(
    name: str, language: str, site: Site, handbook: Handbook
) -> None:
    page = parse_page(PageSource("a.md", "docs/a.md", language), PAGE.encode())
    assert len(macro_help(name)) > 20
    assert macro_examples(name)
    for example in macro_examples(name):
        shown = handbook.expressions[language].render(example, bound_macros(Here(site, language, page)))
        assert shown.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_keys_of_the_english_one(language: str) -> None:
    assert load_catalog(language).texts.keys() == load_catalog("en").texts.keys()


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" data:text/html,x">x</a>',
        '<img src="https://evil.example.net/x.png">',
        '<img src="//evil.example.net/x.png">',
        '<iframe src="https://evil.example.net"></iframe>',
        '<form action="https://evil.example.net"><input name="a"></form>',
        '<link rel="stylesheet" href="https://evil.example.net/x.css">',
        "<svg><script>alert(1)</script></svg>",
        '<meta http-equiv="refresh" content="0;url=https://evil.example.net">',
    ],
)
def test_html_that_could_run_or_load_is_taken_out_and_told(html: str) -> None:
    left = clean(html)
    assert not any(word in left for word in ("script", "onerror", "evil", "data:"))
    assert suspects(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Private data: ask first. On error = call us.</p>",
        "<pre><code>&lt;script src=//x&gt;</code></pre>",
        '<p><a href="https://example.org/">x</a></p>',
    ],
)
def test_ordinary_text_is_left_alone(html: str) -> None:
    assert clean(html) == html
    assert suspects(html) == []
