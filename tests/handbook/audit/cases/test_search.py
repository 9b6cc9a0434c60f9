"""Pages are found by their path, or by words in what was written and in what readers saw."""

import pytest

from handbook.audit.cases.search import page_at, pages_with
from handbook.content.pages import Page, PageSource, parse_page
from tests.conftest import PAGE


def _page(path: str, text: str) -> Page:
    return parse_page(PageSource("", path, "en"), PAGE.replace("Text.", text).encode())


PAGES = [
    _page("docs/a.md", "No photos\nof learners."),
    _page("docs/b.md", "Learners may take photos."),
    _page("docs/c.md", "Photosynthesis of a learner (really)."),
]


@pytest.mark.parametrize("asked", ["docs/b.md", "b.md", "b", "./docs/b.md", "docs\\b.md"])
def test_a_page_is_found_by_its_path_in_any_form(asked: str) -> None:
    page = page_at(PAGES, asked)
    assert page
    assert page.path == "docs/b.md"


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("photos of  LEARNERS", ["docs/a.md"]),
        ("photos learners", ["docs/a.md", "docs/b.md"]),
        ("(really)", ["docs/c.md"]),
        ("seen alone", ["docs/b.md"]),
        ("nothing of it", []),
        (" ", []),
    ],
)
def test_words_are_found_whole_and_first_next_to_each_other(words: str, paths: list[str]) -> None:
    hits = pages_with(PAGES, words, lambda page: ["Seen alone"] if page.path == "docs/b.md" else [])
    assert [hit.page.path for hit in hits] == paths


def test_an_excerpt_is_one_line_without_control_characters() -> None:
    (hit,) = pages_with(
        [_page("docs/d.md", "x " * 60 + "red\x1b[31m\nword " + "y " * 60)], "word", lambda _: []
    )
    assert "word" in hit.excerpt
    assert hit.excerpt.isprintable()
    assert hit.excerpt[0] == hit.excerpt[-1] == "…"
