"""What pages and the theme may say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown  # type: ignore[import-untyped]
from mkdocs.config import load_config

from handbook.content.pages import PageSource, parse_page
from handbook.model import Handbook
from handbook.templating.expressions import Expressions
from macros.context.registry import MACROS, MacroContext, bound_macros
from macros.context.site import Site
from macros.definitions.contacts import accounts
from macros.definitions.reference import macro_examples, macro_help
from macros.presentation.catalog import load_catalog
from macros.presentation.safe_html import clean, suspects
from tests.capabilities import capabilities
from tests.conftest import PAGE, ROOT, hostile, told_word

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
        shown = handbook.expressions[language].render(
            example, bound_macros(MacroContext(site, language, page))
        )
        assert shown.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_keys_of_the_english_one(language: str) -> None:
    assert load_catalog(language).texts.keys() == load_catalog("en").texts.keys()


@pytest.fixture(scope="module")
def markdown() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def _html(file: Path, markdown: Markdown, site: Site, expressions: Expressions) -> str:
    """Return what MkDocs makes of a page before it is cleaned."""
    page = parse_page(PageSource(str(file), file.name, "en"), file.read_bytes())
    macros = bound_macros(MacroContext(site, "en", page))
    return str(markdown.reset().convert(expressions.render(page.body, macros)))


@pytest.mark.parametrize("file", hostile("html"), ids=lambda file: file.stem)
def test_html_that_could_run_or_load_is_taken_out_and_told(
    file: Path, markdown: Markdown, site: Site, expressions: Expressions
) -> None:
    html = _html(file, markdown, site, expressions)
    assert told_word(file) in " ".join(suspects(html))
    assert capabilities(clean(html)) == set()


@pytest.mark.parametrize("file", hostile("inert"), ids=lambda file: file.stem)
def test_html_that_is_text_stays_text_and_is_not_told(
    file: Path, markdown: Markdown, site: Site, expressions: Expressions
) -> None:
    html = _html(file, markdown, site, expressions)
    assert suspects(html) == []
    assert capabilities(clean(html)) == set()


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


def test_accounts_show_platforms_under_their_names(site: Site) -> None:
    shown = accounts(MacroContext(site, "en"))
    assert re.findall(r"<tr><td>(.+?)</td>", shown) == ["Facebook", "YouTube", "X"]


def test_an_account_on_a_platform_without_a_name_shows_what_stands_there(site: Site) -> None:
    listed = [site.organization.accounts[0].model_copy(update={"platform": "Gazette"})]
    organization = site.organization.model_copy(update={"accounts": listed})
    other = replace(site, registers=replace(site.registers, organization=organization))
    assert "<td>Gazette</td>" in accounts(MacroContext(other, "en"))
