"""What three pages say in the same words is kept in a register, where it cannot drift apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.conftest import ROOT

FEWEST_WORDS = 8
MOST_PAGES = 2
# What an editor typed, not what a macro shows: a call of a macro is the same on each page, as it should be.
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_BLOCK = re.compile(r"\n\s*\n|\n\s*(?:[-*>]|\d+\.)\s+|\||\n#+ ")
_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"”]?\s+")
# The words of a link only say where it leads.
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"[*_`]")


def sentences_in(text: str) -> Iterator[str]:
    """Yield the sentences of a page with at least `FEWEST_WORDS` words outside of links and expressions."""
    body = _EXPRESSION.sub("…", _FRONT_MATTER.sub("", text))
    for block in _BLOCK.split(body):
        for sentence in _SENTENCE_END.split(" ".join(_MARK.sub("", block).split())):
            if len(re.findall(r"\w+", _LINK.sub("", sentence))) >= FEWEST_WORDS:
                yield _LINK.sub(r"\1", sentence).casefold().strip(' ….:"”')


def repeated(pages: Mapping[str, str], most: int = MOST_PAGES) -> dict[str, list[str]]:
    """Return the sentences that are on more than `most` pages, with those pages."""
    places = defaultdict(set)
    for path, text in pages.items():
        for sentence in sentences_in(text):
            places[sentence].add(path)
    return {sentence: sorted(paths) for sentence, paths in places.items() if len(paths) > most}


def pages_in(folder: Path) -> dict[str, str]:
    """Return the pages that are originals: a translation repeats what its original does."""
    files: Iterable[Path] = (file for file in sorted(folder.rglob("*.md")) if file.suffixes == [".md"])
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in files}


def test_no_sentence_is_typed_on_three_pages() -> None:
    assert repeated(pages_in(ROOT / "docs")) == {}


def test_a_sentence_on_three_pages_is_found_through_marks_and_variables() -> None:
    front = "---\ntitle: A\n---\n"
    pages = {
        "a.md": f"{front}- Fine. **We** never look at the [other side](b.md) of anybody's profile.",
        "b.md": f"{front}| x | We never look at the other side of anybody's profile |",
        "c.md": f"{front}1. We never look at the other\nside of anybody's profile: {{{{ owner() }}}}",
    }
    assert repeated(pages) == {
        "we never look at the other side of anybody's profile": ["a.md", "b.md", "c.md"]
    }
    assert repeated({path: pages[path] for path in ("a.md", "b.md")}) == {}


def test_what_a_macro_shows_and_where_a_link_leads_is_not_repeated() -> None:
    shown = '{{ shared_text("we never look at the other side of a profile of yours") }}'
    text = f"{shown} Go on with [the steps for an account that is lost](a.md)."
    assert repeated({f"{number}.md": text for number in range(3)}) == {}
