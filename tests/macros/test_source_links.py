"""Each page leads to its source, and to the registers that it shows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.content.languages import path_in
from handbook.content.pages import PageSource, parse_page
from macros.context.registry import MACROS
from macros.context.site import Site
from macros.context.source_links import SourceLinks, source_links
from macros.presentation.catalog import load_catalog
from tests.conftest import PAGE, ROOT

Write = Callable[[str, str | bytes], Path]
REPOSITORY = "https://git.example.org/handbook"
EDIT = f"{REPOSITORY}/-/edit/main/"
# Registers that no macro shows: what the tool reads, and what a command writes.
SHOWN_BY_NONE = {
    *("questions.yml", "links.yml", "moved_pages.yml", "spelling.yml", "editorial_changes.yml"),
    "rendered_texts.yml",
}


def with_repository(site: Site, **settings: object) -> Site:
    """Return the site of an organization whose repository is on GitLab, or as the settings say."""
    told = {"repository": REPOSITORY, "repository_service": "gitlab", **settings}
    organization = site.organization.model_copy(update=told)
    return replace(site, registers=replace(site.registers, organization=organization))


def links(site: Site, body: str = "") -> SourceLinks | None:
    source = PageSource("docs/a.md", "docs/a.md", site.main_language)
    return source_links(parse_page(source, f"{PAGE}{body}\n".encode()), site)


def test_a_page_leads_to_its_file_and_to_the_registers_that_it_shows(site: Site) -> None:
    page_links = links(
        with_repository(site), '{{ glossary() }} {% if applies("us") %}{{ scenarios() }}{% endif %}'
    )
    assert page_links is not None
    assert page_links.page == f"{EDIT}docs/a.md"
    assert {register.name: register.address for register in page_links.registers} == {
        "glossary.yml": f"{EDIT}registers/glossary.yml",
        "scenarios.yml": f"{EDIT}registers/scenarios.yml",
        "scenarios/": f"{REPOSITORY}/-/tree/main/registers/scenarios",
    }


@pytest.mark.parametrize(("sample", "folder"), [(True, "sample/registers"), (False, "registers")])
def test_invented_evidence_is_where_the_sample_keeps_it(site: Site, sample: bool, folder: str) -> None:
    page_links = links(with_repository(site, sample=sample), "{{ account_register() }}")
    assert page_links is not None
    assert [register.address for register in page_links.registers] == [f"{EDIT}{folder}/accounts.yml"]


def test_without_a_known_platform_there_is_no_link(site: Site) -> None:
    assert links(with_repository(site, repository_service=None)) is None


@pytest.mark.parametrize("name", [name for name, macro in MACROS.items() if macro.registers])
def test_the_registers_of_a_macro_are_in_the_repository(name: str) -> None:
    for path in MACROS[name].registers:
        assert (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file()


def test_every_register_that_pages_show_is_named_by_a_macro() -> None:
    named = {path for macro in MACROS.values() for path in macro.registers}
    registers = {f"registers/{file.name}" for file in (ROOT / "registers").glob("*.yml")}
    assert registers - named == {f"registers/{name}" for name in SHOWN_BY_NONE}


def test_pages_have_the_link_in_their_language(site: Site, sample_site: Path) -> None:
    languages = site.organization.languages
    for language in languages:
        folder = sample_site if language == languages[0] else sample_site / language
        page = (folder / "resources" / "glossary" / "index.html").read_text("utf-8")
        words = load_catalog(language)["change.page"]
        own = path_in("docs/resources/glossary.md", language)
        for path, text in ((own, words), ("registers/glossary.yml", "glossary.yml")):
            address = site.organization.source_host.editor(path)
            assert (f'<a href="{address}">{text}</a>' in page) is (address is not None)
