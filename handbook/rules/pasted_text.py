"""FMT005: text that was pasted from a word processor comes out as it was meant."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.rules.registry import rule
from handbook.text.markdown.garbled_letters import garbled_letters
from handbook.text.pasted_text import pasted_text
from handbook.text.prose import without_code

_SHOWN: Final = ("title", "description")


@rule("FMT005", "Pasted text renders as it was meant", severity=Severity.WARNING)
def pasted_text_renders(page: Page) -> Iterator[Problem]:
    """Lists and tables from a word processor look right in an editor, and run together on the page.

    A list needs `-` or `1.` and a space before each item, and, as a table does, an empty line above.
    Items that begin with `•`, `1)`, or `(a)` become one paragraph, and text that begins with a tab becomes
    code. Columns between tabs are not a table. Curly quotation marks quote nothing in attributes, titles of
    links and notes, and front matter. A text that was saved in one encoding and read in another has `Ã©` in
    place of `é`.

    Bad:  `• Ask before you post.`
    Good: `- Ask before you post.`
    """
    for key in _SHOWN:
        value = page.front_matter.text(key) or ""
        if len(value) > 1 and value[0] in "“”„" and value[-1] in "“”":
            yield page.problem_at(key, "curly quotation marks are shown to readers; type straight ones")
        for _, message in garbled_letters(value):
            yield page.problem_at(key, message)
    for pasted in sorted(pasted_text(page.body), key=attrgetter("offset")):
        yield page.problem_in_body(pasted.offset, pasted.message)
    for offset, message in garbled_letters(without_code(page.body)):
        yield page.problem_in_body(offset, message)
