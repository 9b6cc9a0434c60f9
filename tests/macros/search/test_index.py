"""The index gives each word its weight in each section."""

import json
from typing import Any

from macros.search.index import Precedence, SearchContact, SearchPage, index_of
from macros.search.sections import sections_of

DESK = SearchContact("Desk", None, "desk@example.org", "", ["reporter"])


def _page(
    address: str, title: str, html: str, *, place: Precedence = Precedence.GENERAL, **asked: list[str]
) -> SearchPage:
    return SearchPage(address, title, "Line.", "en", place, sections_of(html), asked)


def _index(*pages: SearchPage) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(index_of(pages, [DESK], "en")[".json"])
    return index


def _levels(index: dict[str, Any], word: str) -> dict[int, int]:
    """Return the sections of a word with the level of its stem, read as the browser does."""
    known, families = 0, {}
    for text, ago in zip(index["words"], index["families"], strict=True):
        known += not ago
        families[text] = known - (ago or 1)
    numbers, total = {}, 0
    for step in index["postings"][families[word]]:
        total += step // 8
        numbers[total] = step % 8
    return numbers


def test_a_heading_weighs_more_than_a_text() -> None:
    others = [_page(f"{number}/", "Other", "<p>Other text.</p>") for number in range(8)]
    text = _page("a/", "A", "<p>Salaries are private here.</p>")
    index = _index(text, _page("b/", "B", "<h2 id=x>Salary</h2>"), *others)
    levels = _levels(index, "salary")
    assert levels.keys() == {0, 1}
    assert levels[1] > levels[0]
    assert _levels(index, "salaries") == levels


def test_words_of_staff_lead_to_their_section_and_are_shown_nowhere() -> None:
    page = _page("a/", "A", "<p>Lead.</p><h2 id=x>Ending work</h2><p>Text.</p>", x=["sacked"])
    assert _levels(_index(page), "sacked").keys() == {1}
    files = index_of([page], [DESK], "en")
    assert not [name for name, data in files.items() if name != ".json" and b"sacked" in data]


def test_the_texts_of_a_page_are_in_a_file_that_is_named_by_what_it_holds() -> None:
    first, second = (index_of([_page("a/", "A", f"<p>{text}</p>")], [DESK], "en") for text in ("One", "Two"))
    ((address, title, name, sections, place),) = json.loads(first[".json"])["pages"]
    assert (address, title, sections, place) == ("a/", "A", 1, 0)
    assert json.loads(first[f"/{name}"]) == ["Line.", [["", "", "One", ""]]]
    assert f"/{name}" not in second


def test_a_quiet_page_is_known_by_its_headings_alone() -> None:
    index = _index(
        _page("a/", "Macros", "<h2 id=x>Editing</h2><p>Photos everywhere.</p>", place=Precedence.QUIET)
    )
    assert "photos" not in index["words"]
    assert "editing" in index["words"]


def test_an_empty_handbook_has_an_index() -> None:
    assert _index()["pages"] == []


def test_a_page_and_a_section_say_their_language_if_it_is_another() -> None:
    html = "<h2 id=a>One</h2><p>Text.</p><h3 id=b><span lang=fr>Deux</span></h3><p lang=fr>Texte.</p>"
    pages = [_page("a/", "A", html)]
    english, french = (index_of(pages, [DESK], language) for language in ("en", "fr"))
    ((*_, name, _, _),) = json.loads(english[".json"])["pages"]
    _, sections = json.loads(english[f"/{name}"])
    assert [row[4:] for row in sections] == [[], ["fr", "fr"]]
    assert json.loads(french[".json"])["pages"][0][-1] == "en"


def test_another_spelling_finds_the_same() -> None:
    page = _page("a/", "A", "<p>An organisation of color.</p>")
    spellings = {"organization": "organisation", "color": "colour", "labor": "labour"}
    index = json.loads(index_of([page], [DESK], "en-GB", spellings)[".json"])
    assert _levels(index, "organization") == _levels(index, "organisation")
    assert "labor" not in index["words"]
