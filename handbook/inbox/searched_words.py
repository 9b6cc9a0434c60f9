"""Answers an open question by words for the search, which then leads to the page that has the answer."""

from collections.abc import Sequence

from handbook.content.asked_as import read_asked_as
from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.inbox.asked_as_edits import with_asked_as
from handbook.inbox.chosen import page_of
from handbook.inbox.closing import close_question
from handbook.model import Handbook
from handbook.registers.open_questions import OpenQuestion, folded
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.drafted_handbook import folder_of


def words_of(question: OpenQuestion) -> list[str]:
    """Return the words that led nowhere: those of the search, and else the question itself."""
    return [question.query or question.question]


def plan_words(plan: ChangePlan, number: int, place: str, words: Sequence[str]) -> None:
    """Plan to add words to a page, or with an anchor to its section, in place of an open question.

    Raises:
        HandbookError: if the page or the section is not there, or has the words already.

    """
    named, _, anchor = place.partition("#")
    page = page_to_ask(plan.before, named)
    _refuse_dead_anchor(plan.before, page, anchor)
    new = _new_words(page, words, anchor)
    if not new:
        remedy = "give others with --words, or take the question out with `handbook questions drop`"
        raise HandbookError(f"{place} has these words already; {remedy}")
    text = with_asked_as(page, plan.draft.text(page.path), new, anchor)
    shown = ", ".join(f"'{word}'" for word in new)
    plan.draft.write(
        page.path, text, f"{page.path}: {shown} added to asked_as{f' of #{anchor}' if anchor else ''}"
    )
    close_question(plan, number)


def page_to_ask(handbook: Handbook, named: str) -> Page:
    """Return the page that is named with its language, or else the one in the main language.

    Raises:
        HandbookError: if there is none.

    """
    exact = handbook.page(named)
    if exact:
        return exact
    languages = handbook.registers.organization.languages
    path = page_of(handbook, named)
    files = [page for page in handbook.pages if main_path(page.path, languages) == path]
    return next((page for page in files if page.path == path), files[0])


def _refuse_dead_anchor(handbook: Handbook, page: Page, anchor: str) -> None:
    judge = handbook.link_judge
    name = page.path.removeprefix(f"{folder_of(handbook)}/")
    known = judge.anchors_of(name) if judge and anchor else None
    if known is not None and anchor not in known and judge:
        message = judge.problem_of_anchor(name, anchor)
        raise HandbookError(message or f"{page.path} has no heading or id '#{anchor}'; name a heading of it")


def _new_words(page: Page, words: Sequence[str], anchor: str) -> list[str]:
    """Return the words that the page or the section lacks, each once."""
    value = page.front_matter.values.get("asked_as")
    try:
        known = read_asked_as(value) if value else {}
    except ValueError as error:
        raise HandbookError(f"asked_as of {page.path} {error}") from None
    seen = {folded(word) for word in known.get(anchor, ())}
    return [word for word in dict.fromkeys(words) if folded(word) not in seen]
