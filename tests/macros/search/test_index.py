"""The index gives each word its weight in each section."""

import json
from typing import Any

from macros.search.index import SearchContact, SearchPage, index_of
from macros.search.sections import sections_of

DESK = SearchContact("Desk", None, "desk@example.org", "", ["reporter"])


def _page(address: str, title: str, html: str, *, quiet: bool = False, **asked: list[str]) -> SearchPage:
    return SearchPage(address, title, "Line.", "en", quiet, sections_of(html), asked)


def _index(*pages: SearchPage) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(index_of(pages, [DESK], "en"))
    return index


def _weights(index: dict[str, Any], word: str) -> dict[int, int]:
    flat = index["postings"][index["families"][index["words"].index(word)]]
    numbers, total = {}, 0
    for distance, weight in zip(flat[::2], flat[1::2], strict=True):
        total += distance
        numbers[total] = weight
    return numbers


def test_a_heading_weighs_more_than_a_text() -> None:
    others = [_page(f"{number}/", "Other", "<p>Other text.</p>") for number in range(8)]
    text = _page("a/", "A", "<p>Salaries are private here.</p>")
    index = _index(text, _page("b/", "B", "<h2 id=x>Salary</h2>"), *others)
    weights = _weights(index, "salary")
    assert weights.keys() == {0, 1}
    assert weights[1] > weights[0]
    assert _weights(index, "salaries") == weights


def test_words_of_staff_lead_to_their_section_and_are_shown_nowhere() -> None:
    page = _page("a/", "A", "<p>Lead.</p><h2 id=x>Ending work</h2><p>Text.</p>", x=["sacked"])
    index = _index(page)
    assert _weights(index, "sacked").keys() == {1}
    assert "sacked" not in json.dumps([index["pages"], index["sections"]])


def test_a_quiet_page_is_known_by_its_headings_alone() -> None:
    index = _index(_page("a/", "Macros", "<h2 id=x>Editing</h2><p>Photos everywhere.</p>", quiet=True))
    assert "photos" not in index["words"]
    assert "editing" in index["words"]


def test_an_empty_handbook_has_an_index() -> None:
    assert _index()["sections"] == []


def test_a_page_and_a_section_say_their_language_if_it_is_another() -> None:
    html = "<h2 id=a>One</h2><p>Text.</p><h3 id=b><span lang=fr>Deux</span></h3><p lang=fr>Texte.</p>"
    pages = [_page("a/", "A", html)]
    english = json.loads(index_of(pages, [DESK], "en"))
    assert english["pages"] == [["a/", "A", "Line.", 0]]
    assert [row[5:] for row in english["sections"]] == [[], ["fr", "fr"]]
    french = json.loads(index_of(pages, [DESK], "fr"))
    assert french["pages"] == [["a/", "A", "Line.", 0, "en"]]


def test_another_spelling_finds_the_same() -> None:
    page = _page("a/", "A", "<p>An organisation of color.</p>")
    spellings = {"organization": "organisation", "color": "colour", "labor": "labour"}
    index = json.loads(index_of([page], [DESK], "en-GB", spellings))
    assert _weights(index, "organization") == _weights(index, "organisation")
    assert "labor" not in index["words"]
