"""HTM: what a page is marked up with can be shown."""

from collections.abc import Iterator

from handbook.content.imitations import imitations
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.markdown_cost import costly_markdown


@rule("HTM001", "Page has no markup that would be refused or would take too long", severity=Severity.ERROR)
def markup_can_be_shown(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page must not imitate what the handbook says itself, or keep the build of all others waiting.

    Readers take a card with a contact, a fact with its source, or the state of a review for what the
    registers say, so the classes of these parts are not for pages. Markdown takes very long for thousands of
    brackets or tags that are never closed, for headings and lines in the middle of a long paragraph, and for
    lists in lists in lists. The limits are far beyond what people write, and code between fences does not
    count.

    Bad:  `<span class="contact">Ask John</span>`
    Good: `{{ contact("press") }}`
    """
    yield from costly_markup(page)
    yield from imitated_components(page)


def costly_markup(page: Page) -> Iterator[Problem]:
    """Find what Markdown cannot render in bounded time."""
    for line, message in costly_markdown(page.body):
        yield Problem(page.body_line + line, message)


def imitated_components(page: Page) -> Iterator[Problem]:
    """Find each imitation of what a macro shows."""
    for offset, message in imitations(page.body):
        yield page.problem_in_body(offset, message)
