"""HTM: pages have only HTML that may be published."""

from collections.abc import Iterator

from handbook.content.imitations import imitations
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule


@rule("HTM001", "Page has no markup that would be refused", severity=Severity.ERROR)
def markup_is_accepted(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """What imitates the parts of a page that the handbook itself makes stops the build.

    Readers take a card with a contact, a fact with its source, or the state of a review for what the
    registers say, so the classes of these parts are not for pages.

    Bad:  `<span class="contact">Ask John</span>`
    Good: `{{ contact("press") }}`
    """
    yield from imitated_components(page)


def imitated_components(page: Page) -> Iterator[Problem]:
    """Find each imitation of what a macro shows."""
    for offset, message in imitations(page.body):
        yield page.problem_in_body(offset, message)
