"""HTM: what a page is marked up with can be shown, and may be."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.markup.imitations import imitations
from handbook.markup.offsets import offsets_of_refusal
from handbook.markup.rendering import Markup
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.templating.expressions import Expressions
from handbook.text.markdown.cost import costly_markdown
from handbook.text.prose import without_code

_EXPRESSION: Final = re.compile(r"\{[{%]")


@rule("HTM001", "Markup is accepted, and rendered in bounded time", severity=Severity.ERROR)
def markup_can_be_shown(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page must not harm its readers, imitate the handbook itself, or keep the build of all others waiting.

    What could run or load anything in a reader's browser is taken out, and stops the build. That goes for
    scripts, styles, frames, forms, event handlers, and whatever else is not on the list of allowed elements
    and attributes, whether it is written as HTML, as Markdown, or as a list of attributes. Text pasted from
    an office program brings such markup along.

    Readers take a card with a contact, a fact with its source, or the state of a review for what the
    registers say, so the classes of these parts, as in `<span class="contact">`, are not for pages. Nor are
    those of what surrounds a page, as in `<span class="header__page">`: words with them may not be seen.

    Markdown takes very long for thousands of brackets or tags that are never closed, for headings and lines
    in the middle of a long paragraph, and for lists in lists in lists. The limits are far beyond what people
    write, and code between fences does not count.

    Bad:  `<p style="color: red">Stop.</p>`
    Good: `**Stop.**`
    """
    markup = handbook.markup(page)
    yield from costly_markup(page) if markup is None else _refused_markup(page, handbook, markup)
    yield from imitated_components(page, handbook.expressions.get(page.language))


def costly_markup(page: Page) -> Iterator[Problem]:
    """Find what Markdown cannot render in bounded time."""
    for line, message in costly_markdown(page.body):
        yield Problem(page.body_line + line, message)


def imitated_components(page: Page, expressions: Expressions | None) -> Iterator[Problem]:
    """Find each imitation of what a macro shows, even one that expressions put together."""
    written = list(imitations(page.body))
    for offset, message in written:
        yield page.problem_in_body(offset, message)
    if expressions and not written and _EXPRESSION.search(page.body):
        yield from _joined_imitations(page, expressions.own_text(page.body))


def _joined_imitations(page: Page, text: str) -> Iterator[Problem]:
    """Find imitations that expressions put together, in what the page says itself."""
    has_same_lines = text.count("\n") == page.body.count("\n")
    for offset, message in imitations(text):
        line = text.count("\n", 0, offset) if has_same_lines else 0
        yield Problem(page.body_line + line, message)


def _refused_markup(page: Page, handbook: Handbook, markup: Markup) -> Iterator[Problem]:
    if markup.failure:
        message = f"Markdown cannot render this page ({markup.failure}); simplify its lists, quotes, and HTML"
        yield Problem(page.body_line, message)
    text = without_code(page.body)
    for refusal in markup.refusals:
        for offset in offsets_of_refusal(text, refusal) or [_place_of_shown(page, handbook, refusal.value)]:
            yield page.problem_in_body(offset, _with_remedy(refusal.message))


def _with_remedy(message: str) -> str:
    return message if "; " in message else f"{message}; take it out"


def _place_of_shown(page: Page, handbook: Handbook, shown: str) -> int:
    """Return where an expression begins that shows something, or the beginning of the page."""
    return handbook.expressions[page.language].offset_of_shown(page.body, shown) or 0
