"""What readers saw of a page before and after a change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.git.repository import Repository
from handbook.history.page_history import HistoryQuery, read_history
from handbook.text.redline import Mark, Piece
from macros.outputs.rendered_changes import RenderedChanges
from macros.plugin import read_site
from tests.conftest import PAGE, make_folder
from tests.scripts.conftest import Git

BODY = """{{ at_a_glance(may=["Share **our** posts"]) }}

Ask {{ contact("press") }} of {{ organization.short_name }}.

{{ scenarios("photos") }}
{{ organization.not_a_value }}
"""


@pytest.fixture(scope="module")
def redlines(tmp_path_factory: pytest.TempPathFactory) -> list[list[Piece]]:
    """The redline of each change of a page, the newest first."""
    root = make_folder(tmp_path_factory.mktemp("seen") / "handbook")
    page, organization = root / "docs" / "other.md", root / "organization.yml"
    git = Git(root)
    git.commit("2026-11-01", "Begin the handbook")
    page.write_text(PAGE.replace("Text.", BODY.replace("{{ organization.not_a_value }}\n", "")))
    git.commit("2026-11-02", "Say whom to ask")
    told = organization.read_text("utf-8")
    organization.write_text(told.replace("{en: ERN,", "{en: New name,"), "utf-8")
    git.commit("2026-11-03", "Take another name")
    page.write_text(page.read_text().replace("Ask ", "First, ask "))
    git.commit("2026-11-04", "Ask first")
    page.write_text(page.read_text().replace("title: A page", "title: Another title"))
    git.commit("2026-11-05", "Name it otherwise")
    page.write_text(PAGE.replace("Text.", BODY))
    git.commit("2026-11-06", "Ask for a value that never was")
    return list(_redlines(root))


def _redlines(root: Path) -> Iterator[list[Piece]]:
    file = root / "docs" / "other.md"
    page = parse_page(PageSource(str(file), "docs/other.md", "en"), file.read_bytes())
    site = read_site(root)
    with Repository(root) as repository:
        seen = RenderedChanges(site, repository)
        for change in read_history(repository, "HEAD", HistoryQuery("UTC")).pages["docs/other.md"].changes:
            yield seen.redline(change, page)


def _text(pieces: list[Piece], *marks: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark in marks)


def test_a_page_shows_its_words_without_marks_keys_and_macros(redlines: list[list[Piece]]) -> None:
    text = _text(redlines[3], Mark.KEPT, Mark.INSERTED)
    assert "Ask Press office, +1 555 0101 of ERN.\n" in text
    assert "You may\n• Share our posts\n" in text
    assert "(shown here: scenarios photos)" in text
    for mark in ("{{", "**", "title:", "last_reviewed", "glance"):
        assert mark not in text


def test_the_values_are_those_of_the_time(redlines: list[list[Piece]]) -> None:
    assert "of ERN." in _text(redlines[3], Mark.KEPT, Mark.INSERTED)
    assert "of New name." in _text(redlines[2], Mark.KEPT)
    assert _text(redlines[2], Mark.INSERTED) == "First, ask"


def test_a_change_of_the_front_matter_changes_no_word(redlines: list[list[Piece]]) -> None:
    assert not [piece for piece in redlines[1] if piece.mark is not Mark.KEPT]


def test_what_nobody_can_say_any_more_is_named(redlines: list[list[Piece]]) -> None:
    text = _text(redlines[0], Mark.KEPT, Mark.INSERTED)
    assert "(shown here: organization.not_a_value)" in text
    assert "of New name." in text
    assert "{{" not in text
