"""FMT: the file can be read, says what a page may say, and does no harm."""

from collections.abc import Iterator

from handbook.content.assets import danger_of
from handbook.content.pages import Page, cannot_be_read
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule


@rule("FMT001", "File can be read", severity=Severity.ERROR, reads_broken_pages=True)
def file_can_be_read(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """MkDocs prints front matter that it cannot read as text of the page, and nobody notices.

    The file is UTF-8 without a byte order mark, its lines end with LF, and it begins with front
    matter: valid YAML with keys, without anchors and aliases, under 32 kB.

    Bad:  `title: Who may post: everybody`
    Good: `title: "Who may post: everybody"`
    """
    yield from page.front_matter.form_problems


@rule("FMT002", "Front matter says what a page may say", severity=Severity.ERROR)
def front_matter_is_known(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A misspelled key is a key that nobody reads.

    Every key is known and stands there once, and its value has the right type.

    Bad:  `Owner: people-lead`
    Good: `owner: people-lead`
    """
    yield from page.front_matter.content_problems


@rule("FMT003", "Published file does nothing in a browser", severity=Severity.ERROR)
def published_files_are_harmless(handbook: Handbook) -> Iterator[Problem]:
    """What lies below `docs/` beside the pages is published as it is, at the handbook's own address.

    A page or a script by somebody else would run there with the rights of the handbook. Pictures,
    PDF, office documents without macros, texts, tables, subtitles, sound and film are published. A
    drawing (SVG) has no script, no event handler, no foreign element, no animation, and no address
    outside itself. The build stops at anything else, also at a link that leads out of the handbook, and
    no waiver excuses it.

    Bad:  `docs/resources/form.html`
    Good: `docs/resources/form.pdf`
    """
    for asset in handbook.assets:
        try:
            message = danger_of(asset)
        except OSError as error:
            message = cannot_be_read(error.strerror)
        if message:
            yield Problem(1, message, path=asset.path)
