"""LNK: links, anchors, and pictures lead somewhere."""

from collections import Counter
from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.markup.offsets import addresses_in_html, offsets_of_link
from handbook.markup.rendering import Link
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.prose import without_code

_NOTE = "this is read as the address of a link, not as a note; write the note in the text, in parentheses"


@rule("LNK001", "Links, anchors, and pictures lead somewhere", severity=Severity.ERROR)
def links_lead_somewhere(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A link to a page that was moved or renamed ends the reader's search, and stops the build.

    A link to a page names its file, with a path from the page that links: `../policy/work.md`. A link to a
    heading adds its id: `work.md#posting`. Links are judged in each language in which the page is shown, and
    after macros have been called. Of `mailto:` and `tel:`, only the form is judged, and what begins with
    `https:` is not judged; `handbook links` checks addresses on other hosts.

    Bad:  `[the policy](wrok.md)`
    Good: `[the policy](work.md)`
    """
    judge, markup = handbook.link_judge, handbook.markup(page)
    if judge is None or markup is None:
        return
    body, seen = without_code(page.body), Counter[Link]()
    written = addresses_in_html(body)  # HTML that is not on the page comes from our own macros.
    links = [link for link in markup.links if not link.is_html or (link.element, link.address) in written]
    for link, message in judge.problems(handbook.name_of(page), links):
        offsets = offsets_of_link(body, link)
        number, seen[link] = seen[link], seen[link] + 1
        if number < len(offsets):
            is_note = body.startswith("[^", body.rfind("\n", 0, offsets[number]) + 1)
            yield page.problem_in_body(offsets[number], _NOTE if is_note else message)
        elif not offsets:
            offset = handbook.expressions[page.language].offset_of_shown(page.body, link.address)
            yield page.problem_in_body(offset or max(body.find(link.address), 0), message)
