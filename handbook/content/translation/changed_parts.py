"""How a translation stands to the page that it renders: which parts of that page have changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from handbook.content.pages import Page
from handbook.content.translation.marks import read_marks
from handbook.content.translation.text_parts import TextPart, text_parts

KEY: Final = "translates"


class PartKind(Enum):
    """Whether a part is the title with the description, the text before the first heading, or a section.

    A removed part is a section that only the translation still has.
    """

    HEAD = "head"
    BEGINNING = "beginning"
    SECTION = "section"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of the original that is not what the translation renders.

    `heading` is that of the translation if the part is there, else that of the original, and `language` is
    the language of the heading.
    """

    kind: PartKind
    heading: str
    language: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A page that renders another one. `changed` is None if nothing says which text it renders."""

    page: Page
    original: Page
    changed: Sequence[ChangedPart] | None

    @property
    def is_current(self) -> bool:
        """Tell whether it renders the text that the original has now."""
        return self.changed is not None and not self.changed


def translation_of(page: Page, original: Page) -> Translation:
    """Return how a page stands to its original."""
    value = page.front_matter.text(KEY)
    return Translation(page, original, list(_changed(page, original, read_marks(value))) if value else None)


def _changed(page: Page, original: Page, rendered: Sequence[str]) -> Iterator[ChangedPart]:
    now = text_parts(original)
    marks = [part.mark for part in now]
    if marks == list(rendered):
        return
    own = text_parts(page)
    # A translation that has other sections than what it renders cannot name them in its own words.
    names = own if len(own) == len(rendered) else None
    for tag, before, before_end, after, after_end in SequenceMatcher(
        None, rendered, marks, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        both = min(before_end - before, after_end - after)
        for offset in range(after_end - after):
            is_known = names is not None and offset < both
            named, language = (
                (names[before + offset], page.language)
                if names is not None and is_known
                else (now[after + offset], original.language)
            )
            yield _named(after + offset, named, language)
        for offset in range(both, before_end - before):
            heading = names[before + offset].heading if names is not None else ""
            yield ChangedPart(PartKind.REMOVED, heading, page.language)


def _named(number: int, part: TextPart, language: str) -> ChangedPart:
    if part.heading:
        return ChangedPart(PartKind.SECTION, part.heading, language)
    return ChangedPart(PartKind.BEGINNING if number else PartKind.HEAD, "", language)
