"""No text of the built sample is in another language than it says: each is guessed by its small words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.sample

ENGLISH = """a an and are as be by do for from if in is it not of on or our that the their they this to we
what when who with you your"""
FRENCH = """au aux ce cette dans de des du elle en est et ils la le les leur mais ne nos notre nous on ou par
pas pour qui que quand se son sur un une vos votre vous à été"""
SMALL_WORDS = {"en": frozenset(ENGLISH.split()), "fr": frozenset(FRENCH.split())}
WORD = re.compile(r"[^\W\d_]+")
# What nobody reads as a sentence of the page: code, and what others called so.
UNREAD = frozenset(("script", "style", "code", "pre", "cite", "kbd", "title"))
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
MOST_SMALL_WORDS = 3
# Names, and addresses that are shown as they are.
ALLOWED = re.compile(r"\w+\.\w+/|^Institut universitaire |^Department of |^Documents released on request")


class Texts(HTMLParser):
    """Collects the texts of a page with the language that each says it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, bool]] = [("", "", True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        _, language, is_read = self._open[-1]
        attributes = dict(attrs)
        code = (attributes.get("lang") or language).partition("-")[0]
        self._open.append((tag, code, is_read and tag not in UNREAD and attributes.get("translate") != "no"))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        _, language, is_read = self._open[-1]
        if is_read and data.strip():
            self.texts.append((language, " ".join(data.split())))


def in_another_language(html: str) -> Iterator[str]:
    """Yield the texts that have more small words of the other language than of their own."""
    reader = Texts()
    reader.feed(html)
    for language, text in reader.texts:
        counts = guess(text)
        other = "fr" if language == "en" else "en"
        if ALLOWED.search(text):
            continue
        if language in counts and counts[other] >= MOST_SMALL_WORDS and counts[other] > counts[language]:
            yield f"{language}: {text}"


def guess(text: str) -> dict[str, int]:
    """Count the small words of each language in a text."""
    words = [word.lower() for word in WORD.findall(text)]
    return {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}


def test_each_text_is_in_the_language_that_it_says(sample_site: Path) -> None:
    texts = {
        f"{page.relative_to(sample_site)}: {text}"
        for page in sample_site.rglob("index.html")
        for text in in_another_language(page.read_text(encoding="utf-8"))
    }
    assert sorted(texts) == []


def test_a_text_in_another_language_is_found() -> None:
    page = '<html lang="fr"><p>{}</p></html>'
    assert list(in_another_language(page.format("Ask first if you are not sure of the rule.")))
    assert not list(in_another_language(page.format("<span lang='en'>Ask if you are not sure of it.</span>")))
    assert not list(in_another_language(page.format("Demandez d’abord si vous n’êtes pas sûr.")))
