"""A mkdocs.yml publishes the same files here as in MkDocs."""

from typing import Any, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs import utils
from mkdocs.structure.files import File, InclusionLevel, set_exclusions
from pathspec.gitignore import GitIgnoreSpec

from handbook.content.mkdocs_settings import PublishedFile, parse_settings

NAMES = st.sampled_from(
    [
        "index.md",
        "README.md",
        "a.md",
        "b.fr.md",
        ".hidden.md",
        "templates/a.md",
        ".well-known/x.txt",
        "a/b/templates/c.md",
        "templates.md",
        "a/templates",
        "drafts/a.md",
        "a.png",
        "A.MD",
        "a.markdown",
        "a.mdx",
        "été.md",
    ]
)
LINES = st.lists(
    st.sampled_from(["*.md", "a*", "!a.md", "/drafts/", "**/b*", "!.well-known", "# x", "", "été.md", "b"]),
    max_size=4,
)
KEYS = ("exclude_docs", "draft_docs", "not_in_nav")


@given(st.fixed_dictionaries(dict.fromkeys(KEYS, LINES)), NAMES)
@settings(max_examples=300, deadline=None)
def test_a_file_is_published_if_mkdocs_publishes_it(patterns: dict[str, list[str]], name: str) -> None:
    config = {key: "\n".join(lines) for key, lines in patterns.items() if lines}
    specs = {key: GitIgnoreSpec.from_lines(text.splitlines()) for key, text in config.items()}
    file = File(name, "docs", "", use_directory_urls=True)
    set_exclusions([file], cast("Any", specs))
    wanted = file.inclusion in (InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV)
    settings = parse_settings(yaml.safe_dump(config).encode())
    published = settings.published_file(f"docs/{name}", {f"docs/{name}"})
    assert (published is not None) == wanted
    assert published is None or published.is_page == file.is_documentation_page()


@pytest.mark.parametrize("ending", utils.markdown_extensions)
def test_a_file_is_a_page_if_mkdocs_makes_one_of_it(ending: str) -> None:
    assert PublishedFile(f"a{ending}").is_page


def test_a_readme_gives_way_to_an_index_that_is_published() -> None:
    both = {"docs/README.md", "docs/index.md"}
    assert [file.name for file in parse_settings(b"{}").published(both)] == ["index.md"]
    hidden = parse_settings(b"exclude_docs: index.md")
    assert [file.name for file in hidden.published(both)] == ["README.md"]


def test_a_file_whose_name_is_not_utf_8_is_not_published() -> None:
    assert parse_settings(b"{}").published_file("docs/\udce9.md", ()) is None


@pytest.mark.parametrize(
    "name",
    [
        "index.md",
        "README.md",
        "b.fr.md",
        "a.png",
        "a.markdown",
        "été.md",
        "a/index.md",
        "a/README.md",
        "index.fr.md",
        "a b.md",
    ],
)
def test_a_page_has_the_address_that_mkdocs_gives_it(name: str) -> None:
    file = File(name, "docs", "site", use_directory_urls=True)
    if file.is_documentation_page():
        assert PublishedFile(name).address == str(file.url)
    else:
        assert not PublishedFile(name).is_page
