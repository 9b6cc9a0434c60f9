"""What a package shows: the pages of one audience in one language, as an edition published them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from handbook.acknowledgements.asked import AskedText
from handbook.editions.manifest import Manifest
from handbook.text.json_text import as_document

# The ids of the first and the last view of a package; they are words, and those of pages have a number.
START: Final = "start"
REPLY: Final = "reply"


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A page of the handbook: its source, its title, its language, the id of its view, and its clean HTML."""

    path: str
    title: str
    language: str
    anchor: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Course:
    """The content of a package.

    `title` is that of the handbook, and `track` names the audience, both as readers see them. `language` is
    that of the edition, and `variant` the same with its region. `reply` is the clean HTML of the questions
    and the reply, and `reply_words` the words that its script reads. `files` are those of the edition that
    the package needs beside its page, by their paths in the package. `mastery` is the percentage of right
    answers that is enough.
    """

    edition: Manifest
    audience: str
    language: str
    variant: str
    direction: str
    title: str
    track: str
    text: AskedText
    pages: tuple[CoursePage, ...]
    reply: Markup
    reply_words: str
    files: Mapping[str, bytes]
    mastery: int

    @property
    def name(self) -> str:
        """Return what tells this package from every other: the edition, the audience, and the text."""
        return f"{self.edition.edition}-{self.audience}-{self.language}-{self.text.digest}"

    @property
    def stamp(self) -> bytes:
        """Return the package's description of itself: JSON with a trailing newline."""
        record = {
            "edition": self.edition.edition,
            "commit": self.edition.commit,
            "published": self.edition.published.isoformat(),
            "effective": self.edition.effective.isoformat(),
            "audience": self.audience,
            "language": self.language,
            "digest": self.text.digest,
            "pages": dict(self.text.pages),
            "questions": list(self.text.questions),
            "mastery": self.mastery if self.text.questions else None,
        }
        return as_document(record).encode()
