"""A change that only says that a translation is current is named, so that somebody reads both texts."""

from dataclasses import replace
from typing import Any

import pytest

from handbook.baseline import Baseline
from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.translation.marks import written_marks
from handbook.content.translation.text_parts import text_parts
from handbook.model import Handbook
from handbook.registers.rendered_texts import RenderedTexts, text_mark
from handbook.registers.written_texts import WrittenText
from handbook.rules.silent_translations import silent_translations

FILE, PATH = "registers/glossary.yml", ("terms", 0, "meaning")


def _page(path: str, language: str, body: str, marks: str = "") -> Page:
    key = f"translates: {marks}\n" if marks else ""
    return parse_page(PageSource(path, path, language), f"---\ntitle: A\n{key}---\n\n{body}\n".encode())


def _handbook(handbook: Handbook, english: str, french: str, rendered: str) -> Handbook:
    marks = written_marks(part.mark for part in text_parts(_page("docs/a.md", "en", rendered)))
    return replace(
        handbook, pages=[_page("docs/a.md", "en", english), _page("docs/a.fr.md", "fr", french, marks)]
    )


def _messages(before: Handbook, now: Handbook) -> list[str]:
    repository: Any = None
    baseline = Baseline(before, repository, {})
    return [f"{problem.path}: {problem.message}" for problem in silent_translations(baseline, now)]


def test_a_translation_that_is_only_marked_anew_is_named(handbook: Handbook) -> None:
    before = _handbook(handbook, "Ask.", "Demandez.", "Ask.")
    now = _handbook(handbook, "Never.", "Demandez.", "Never.")
    (message,) = _messages(before, now)
    assert message.startswith("docs/a.fr.md: ")
    assert "said to render the text of docs/a.md now, although its own text has not changed" in message


def _in_two_parts(first: str, second: str) -> str:
    return f"{first}\n\n## Photos\n\n{second}"


@pytest.mark.parametrize(
    ("french", "place"),
    [
        (_in_two_parts("Jamais.", "Demandez."), "has not changed in 'Photos'; read"),
        (_in_two_parts("Demandez.", "Jamais."), "has not changed in its title or its beginning; read"),
        (_in_two_parts("Jamais.", "Jamais."), None),
        ("Jamais, ni photos.", None),
    ],
)
def test_a_part_of_a_translation_that_is_only_marked_anew_is_named(
    handbook: Handbook, french: str, place: str | None
) -> None:
    """Otherwise, a corrected word elsewhere would let all of it pass as read."""
    asked, never = _in_two_parts("Ask.", "Ask."), _in_two_parts("Never.", "Never.")
    before = _handbook(handbook, asked, _in_two_parts("Demandez.", "Demandez."), asked)
    messages = _messages(before, _handbook(handbook, never, french, never))
    assert [place in message for message in messages if place] == ([True] if place else [])
    assert bool(messages) == bool(place)


@pytest.mark.parametrize(
    ("french", "rendered"),
    [("Jamais.", "Never."), ("Demandez.", "Ask.")],
)
def test_a_translation_that_changes_too_or_is_behind_is_not(
    handbook: Handbook, french: str, rendered: str
) -> None:
    before = _handbook(handbook, "Ask.", "Demandez.", "Ask.")
    assert _messages(before, _handbook(handbook, "Never.", french, rendered)) == []


class _Texts:
    """Stands for the texts of registers as they are written."""

    def __init__(self, **texts: str) -> None:
        self.texts = [WrittenText(FILE, PATH, texts)]


def _with_text(handbook: Handbook, marked: str, **texts: str) -> Handbook:
    rendered = RenderedTexts(languages={"fr": {FILE: [text_mark(PATH, marked)]}})
    written: Any = _Texts(**texts)
    return replace(
        handbook, registers=replace(handbook.registers, written_texts=written, rendered_texts=rendered)
    )


def test_a_text_of_a_register_that_is_only_marked_anew_is_named(handbook: Handbook) -> None:
    before = _with_text(handbook, "Ask.", en="Ask.", fr="Demandez.")
    now = _with_text(handbook, "Never.", en="Never.", fr="Demandez.")
    (message,) = _messages(before, now)
    assert "registers/glossary.yml: 1 text marked as current in 'fr'" in message
    assert _messages(before, _with_text(handbook, "Never.", en="Never.", fr="Jamais.")) == []
    assert _messages(before, _with_text(handbook, "Ask.", en="Never.", fr="Demandez.")) == []


@pytest.mark.parametrize(
    ("key", "value", "setting"),
    [
        ("translate_within", "never", {"translate_within": "never"}),
        ("prevailing_language", "fr", {"prevailing_language": "fr"}),
        ("prevailing_language", "fr", {"languages": ["fr", "en"]}),
    ],
)
def test_settings_of_translations_are_named(
    handbook: Handbook, key: str, value: str, setting: dict[str, object]
) -> None:
    organization = handbook.registers.organization.model_copy(update=setting)
    now = replace(handbook, registers=replace(handbook.registers, organization=organization))
    (message,) = _messages(handbook, now)
    assert message.startswith(f"organization.yml: `{key}` changes from ")
    assert f" to {value}: " in message
