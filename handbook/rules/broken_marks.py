"""FMT006: marks of Markdown do what they were meant to."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.markdown.broken_marks import broken_marks
from handbook.text.markdown.foreign_marks import foreign_marks
from handbook.text.markdown.misread_marks import misread_marks


@rule("FMT006", "Markdown renders as it was meant", severity=Severity.WARNING)
def marks_do_what_they_are_for(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A slightly wrong mark of Markdown does not stop a build, but readers see it as typed, or miss text.

    A link has no space between its brackets. A table has a line `|---|---|` below its first row, and no row
    with more cells than that. An item below another one begins with four spaces, as each line of a note
    does. A block of code is closed, and a macro has two pairs of braces. A page has one title, and its
    headings skip no level, because people who listen to a page go by them. A `#` before a word at the
    beginning of a line makes a title of it, and an address of the web alone is not a link. Marks of other
    programs, such as `[^1]` and `- [ ]`, need an extension in `mkdocs.yml`. What git writes where two people
    changed the same lines is an error.

    Bad:  `[Ask first] (work.md)`
    Good: `[Ask first](work.md)`
    """
    extensions = handbook.site.settings.extensions if handbook.site else ()
    marks = chain(broken_marks(page.body), foreign_marks(page.body, extensions), misread_marks(page.body))
    for mark in sorted(marks, key=attrgetter("offset")):
        problem = page.problem_in_body(mark.offset, mark.message)
        yield replace(problem, severity=Severity.ERROR) if mark.is_conflict else problem
