"""The language of a page follows from its file name, whichever language comes first."""

import pytest

from handbook.content.languages import (
    files_in_order,
    language_of,
    main_path,
    named_language,
    path_in,
    shown_paths,
)
from handbook.content.pages import PageSource, parse_page
from handbook.content.site_map import SiteMap
from handbook.markup.link_targets import LinkTargets

LANGUAGES = ("en", "fr", "zh-Hant")
# Pages in English, in both languages, and in French alone.
NAMES = frozenset({"index.md", "index.fr.md", "work.md", "seul.fr.md"})


@pytest.mark.parametrize(
    ("path", "language", "main"),
    [
        ("docs/work.md", "en", "docs/work.md"),
        ("docs/work.en.md", "en", "docs/work.md"),
        ("docs/work.fr.md", "fr", "docs/work.md"),
        ("docs/v1.2/work.zh-Hant.md", "zh-Hant", "docs/v1.2/work.md"),
        ("docs/work.de.md", None, "docs/work.de.md"),
        ("docs/work.pt_BR.md", None, "docs/work.pt_BR.md"),
        ("docs/work.en-abc.md", "en", "docs/work.en-abc.md"),
        ("docs/v1.fr/work.md", "en", "docs/v1.fr/work.md"),
        ("docs/work.fr.markdown", "fr", "docs/work.fr.markdown"),
    ],
)
def test_a_suffix_is_a_language_or_a_part_of_the_name(path: str, language: str | None, main: str) -> None:
    assert language_of(path, LANGUAGES) == language
    assert main_path(path, LANGUAGES) == main


@pytest.mark.parametrize("languages", [("en",), ("en", "fr"), ("fr", "en"), ("fr",), ("de", "fr")])
def test_a_name_without_a_suffix_is_english_whichever_language_comes_first(
    languages: tuple[str, ...],
) -> None:
    assert language_of("docs/work.md", languages) == "en"
    assert main_path("docs/work.md", languages) == "docs/work.md"


def test_english_is_named_only_where_it_comes_first() -> None:
    assert language_of("docs/work.en.md", ("fr", "en")) is None
    assert (path_in("docs/work.md", "en"), path_in("docs/work.md", "fr")) == (
        "docs/work.md",
        "docs/work.fr.md",
    )


@pytest.mark.parametrize(
    ("languages", "language", "file"),
    [
        (("en", "fr"), "en", "work.en.md work.md"),
        (("en", "fr"), "fr", "work.fr.md work.en.md work.md"),
        (("fr", "en"), "fr", "work.fr.md work.en.md work.md"),
        (("fr", "en"), "en", "work.en.md work.md work.fr.md"),
        (("fr",), "fr", "work.fr.md work.en.md work.md"),
        (("de", "fr"), "fr", "work.fr.md work.de.md work.en.md work.md"),
    ],
)
def test_readers_get_their_own_language_then_the_main_one_then_english(
    languages: tuple[str, ...], language: str, file: str
) -> None:
    assert list(files_in_order("work.fr.md", languages, language)) == file.split()


@pytest.mark.parametrize(
    ("languages", "language", "files"),
    [
        (("en", "fr"), "en", "index.md work.md -"),
        (("en", "fr"), "fr", "index.fr.md work.md seul.fr.md"),
        (("fr", "en"), "fr", "index.fr.md work.md seul.fr.md"),
        (("fr", "en"), "en", "index.md work.md seul.fr.md"),
        (("fr",), "fr", "index.fr.md work.md seul.fr.md"),
    ],
)
def test_a_link_leads_to_what_the_readers_of_a_language_get(
    languages: tuple[str, ...], language: str, files: str
) -> None:
    targets = LinkTargets(NAMES, languages)
    paths = [targets.file_for(name, language) for name in ("index.md", "work.md", "seul.md")]
    assert paths == [None if name == "-" else name for name in files.split()]
    published = {main_path(name, languages) for name in paths if name}
    assert shown_paths(NAMES, languages, language) == published


@pytest.mark.parametrize(
    ("languages", "addresses"),
    [
        (("en", "fr"), "./ fr/ practice/work/ fr/seul/"),
        (("fr", "en"), "en/ ./ en/practice/work/ seul/"),
        (("fr",), "./ ./ practice/work/ seul/"),
    ],
)
def test_a_page_is_read_in_the_language_it_is_written_in(languages: tuple[str, ...], addresses: str) -> None:
    made_by_mkdocs = {
        "docs/index.md": "./",
        "docs/index.fr.md": "index.fr/",
        "docs/practice/work.md": "practice/work/",
        "docs/seul.fr.md": "seul.fr/",
    }
    site_map = SiteMap(made_by_mkdocs, {}, languages)
    pages = (
        parse_page(PageSource(path, path, language_of(path, languages) or ""), b"") for path in made_by_mkdocs
    )
    assert [site_map.address_of(page) for page in pages] == addresses.split()


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("docs/work.md", None),
        ("docs/work.fr.md", "fr"),
        ("docs/work.de.md", "de"),
        ("docs/work.zh-Hant.md", "zh-Hant"),
        ("docs/work.en-abc.md", None),
    ],
)
def test_a_suffix_names_a_language_whatever_the_handbook_is_written_in(
    path: str, language: str | None
) -> None:
    assert named_language(path) == language
