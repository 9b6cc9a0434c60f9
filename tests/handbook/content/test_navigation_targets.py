"""A page without an entry in the navigation is placed by its folder."""

import pytest
from pathspec.gitignore import GitIgnoreSpec

from handbook.content.navigation_targets import is_placed, pages_off_navigation, with_placed_pages
from handbook.errors import HandbookError

NAVIGATION = [
    "index.md",
    {"Policy": ["policy/work.md", {"Personal": "./policy/personal.md"}]},
    {"Elsewhere": ["elsewhere.md"]},
    {"Practice": ["policy/odd.md", {"Crises": ["practice/crisis.md", {"Site": "https://example.org/a/b"}]}]},
]


def test_pages_are_placed_at_the_end_of_the_section_with_most_pages_of_their_folder() -> None:
    names = ["practice/b.md", "policy/gifts.md", "practice/a.md", "policy/work.md", "index.md"]
    assert with_placed_pages(NAVIGATION, names) == [
        "index.md",
        {"Policy": ["policy/work.md", {"Personal": "./policy/personal.md"}, "policy/gifts.md"]},
        {"Elsewhere": ["elsewhere.md"]},
        {
            "Practice": [
                "policy/odd.md",
                {
                    "Crises": [
                        "practice/crisis.md",
                        {"Site": "https://example.org/a/b"},
                        "practice/a.md",
                        "practice/b.md",
                    ]
                },
            ]
        },
    ]


@pytest.mark.parametrize(
    "name", ["about.md", "law/photos.md", "policy/more/gifts.md", "https://example.org/a/c.md"]
)
def test_a_page_without_a_section_for_its_folder_needs_an_entry(name: str) -> None:
    assert with_placed_pages(NAVIGATION, [name]) is NAVIGATION
    assert not is_placed(NAVIGATION, name)
    assert pages_off_navigation([f"docs/{name}"], NAVIGATION, "docs", ["en"]) == {f"docs/{name}"}


def test_a_page_that_is_hidden_on_purpose_is_not_placed() -> None:
    hidden = GitIgnoreSpec.from_lines(["policy/quiet.md"])
    assert with_placed_pages(NAVIGATION, ["policy/quiet.md"], hidden) is NAVIGATION
    paths = ["docs/policy/quiet.md", "docs/policy/new.md"]
    assert pages_off_navigation(paths, NAVIGATION, "docs", ["en"], hidden) == {"docs/policy/quiet.md"}


def test_a_translation_goes_with_its_page() -> None:
    paths = ["docs/policy/new.md", "docs/policy/new.fr.md"]
    assert not pages_off_navigation(paths, NAVIGATION, "docs", ["en", "fr"])


@pytest.mark.parametrize(
    "navigation", [None, [], "index.md", {"Policy": ["policy/a.md"]}, [None, 5, {}, {"x": None}]]
)
def test_any_navigation_can_be_asked(navigation: object) -> None:
    assert with_placed_pages(navigation, ["policy/new.md"]) is navigation


def test_a_navigation_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append({"More": endless})
    with pytest.raises(HandbookError, match="holds itself"):
        with_placed_pages(endless, ["policy/new.md"])
