"""FMT: the file can be read, and says what a page may say."""

from collections.abc import Iterator

from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.pages import Page
from handbook.rules.registry import rule


@rule("FMT001", "File can be read", severity=Severity.ERROR, reads_broken_pages=True)
def file_can_be_read(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """MkDocs prints front matter that it cannot read as text of the page, and nobody notices.

    The file is UTF-8 without a byte order mark, its lines end with LF, and it begins with front
    matter: valid YAML with keys, without anchors and aliases, under 32 kB.

    Bad:  `title: Who may post: everybody`
    Good: `title: "Who may post: everybody"`
    """
    yield from _flaws(page, "FMT001")


@rule("FMT002", "Front matter says what a page may say", severity=Severity.ERROR)
def front_matter_is_known(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled key is a key that nobody reads.

    Every key is known and stands there once, and its value has the right type.

    Bad:  `Owner: people-lead`
    Good: `owner: people-lead`
    """
    yield from _flaws(page, "FMT002")


def _flaws(page: Page, code: str) -> Iterator[Problem]:
    for flaw in page.front_matter.flaws:
        if flaw.code == code:
            yield Problem(flaw.place.line, flaw.message, flaw.place.column)
