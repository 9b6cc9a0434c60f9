"""HTM: what a page is marked up with can be shown."""

from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.markdown_cost import costly_markdown


@rule("HTM001", "Markup can be rendered in bounded time", severity=Severity.ERROR)
def markup_can_be_rendered(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page must not keep the build of all others waiting.

    Markdown takes very long for thousands of brackets or tags that are never closed, for headings and lines
    in the middle of a long paragraph, and for lists in lists in lists. The limits are far beyond what people
    write, and code between fences does not count.

    Bad:  `[[[[[[[[[[[[…` (thousands of brackets that nothing closes)
    Good: (the same between fences, or with a backslash before each bracket)
    """
    yield from _costly_markup(page)


def _costly_markup(page: Page) -> Iterator[Problem]:
    for line, message in costly_markdown(page.body):
        yield Problem(page.body_line + line, message)
