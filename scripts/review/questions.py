"""Takes the answers that a review needs, from a terminal or from a file."""

import datetime
import sys
from collections.abc import Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import click
from pydantic import AfterValidator, Field

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.forges.reviews.filled_forms import reading_of
from handbook.forges.reviews.forms import read_form
from handbook.formats.redlines import marked
from handbook.model import Handbook
from handbook.registers.loading import load_register
from handbook.registers.review_records import MeetingDecision, PageReading, Reading, ReviewFile
from handbook.reviews.changes_since_review import changes_since_review
from handbook.rules.review_records import was_read_as
from handbook.text.quoting import one_line
from handbook.yaml.record import Record
from scripts.review.answer_drafts import AnswerDraft, explained_interruption
from scripts.terminal import painter

Verdict = Literal["keep", "change", "retire"]
Outcome = Literal["unchanged", "changed", "retired"]
_LOOKED_AT: Final = "Is it still relevant, and does it help us do our job? What did you look at?"
_SHARED: Final[Mapping[str, str]] = {
    "environment": "How has the environment changed?",
    "legal": "Are there legal updates?",
}
# Under which the answers about the review as a whole are kept in a draft.
_REVIEW: Final = "(review)"


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


Answer = Annotated[str, AfterValidator(_filled)]


class _PageAnswers(Record):
    """The answers for one page; the fingerprint is added from the page."""

    verdict: Verdict = Field(examples=["keep"])
    note: Answer = Field(examples=["Tried each step on a new phone."])


class _AnswersFile(Record):
    environment: str = Field(default="", examples=["The platform renamed its settings."])
    legal: str = Field(default="", examples=["No change since May."])
    pages: dict[str, _PageAnswers] = Field(examples=["(pages, with verdict and note)"])


class _PageOutcome(Record):
    outcome: Outcome = Field(examples=["unchanged"])
    reason: Answer = Field(examples=["The steps still hold."])


class _DecisionsFile(Record):
    pages: dict[str, _PageOutcome] = Field(examples=["(pages, with outcome and reason)"])


def read_reading(file: Path, pages: Sequence[Page], day: datetime.date, handbook: Handbook) -> Reading:
    """Read a verdict and a note for each page, and the answers about the review, from a YAML file.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _AnswersFile)
    _require_pages({page.path for page in pages}, given.pages, file.name)
    readings = {page.path: _reading(handbook.fingerprint(page), given.pages[page.path]) for page in pages}
    return Reading(date=day, environment=given.environment.strip(), legal=given.legal.strip(), pages=readings)


def read_form_of(
    file: Path, role: str, pages: Sequence[Page], day: datetime.date, handbook: Handbook
) -> Reading | None:
    """Read the form of a role from a file that begins with `/`, as *Fill in a reading* makes it; else None.

    Raises:
        HandbookError: with one line for each mistake.

    """
    text = file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    form = read_form(text) if text.lstrip().startswith("/") else None
    if form is None:
        return None
    if (form.command, form.argument) != ("sign", role):
        raise HandbookError(
            f"{file.name}:{form.line}: this is not the form of {role}; begin with `/sign {role}`"
        )
    wanted = {page.path: handbook.fingerprint(page) for page in pages}
    language = handbook.registers.organization.main_language
    reading = reading_of(form, wanted, day, None, language)
    if isinstance(reading, Reading):
        return reading
    raise HandbookError("\n".join(f"{file.name}:{each.line}: {each.sentence}" for each in reading))


def read_decisions(
    file: Path, pages: Mapping[str, Page | None], review_file: ReviewFile, handbook: Handbook
) -> dict[str, MeetingDecision]:
    """Read an outcome and a reason for each page from a YAML file; `pages` has None for a deleted page.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _DecisionsFile).pages
    _require_pages(pages.keys(), given, file.name)
    for path, page in pages.items():
        _require_possible(path, page, given[path], review_file, handbook)
    return {path: _decision(page, given[path], handbook) for path, page in pages.items()}


def _require_pages(wanted: Set[str], given: Mapping[str, object], name: str) -> None:
    if missing := sorted(wanted - given.keys()):
        raise HandbookError(f"{name} has no entry for {', '.join(missing)}; add it")
    if unknown := sorted(given.keys() - wanted):
        raise HandbookError(f"{name} has {', '.join(unknown)}, which this review is not about; remove it")


def _reading(text: str, given: _PageAnswers) -> PageReading:
    return PageReading.model_validate({"fingerprint": text, **given.model_dump()})


def _decision(page: Page | None, given: _PageOutcome, handbook: Handbook) -> MeetingDecision:
    text = handbook.fingerprint(page) if page and given.outcome != "retired" else None
    return MeetingDecision(outcome=given.outcome, reason=given.reason, fingerprint=text)


def _require_possible(
    path: str, page: Page | None, given: _PageOutcome, review_file: ReviewFile, handbook: Handbook
) -> None:
    possible = _possible_outcomes(path, page, review_file, handbook)
    if given.outcome not in possible:
        reason = "no longer exists" if page is None else "has changed since it was read"
        raise HandbookError(f"{path} {reason}; its outcome must be {' or '.join(possible)}")


def _possible_outcomes(
    path: str, page: Page | None, review_file: ReviewFile, handbook: Handbook
) -> tuple[str, ...]:
    """Return the outcomes that fit: a changed page is not unchanged, and a deleted one is retired."""
    if page is None:
        return ("retired",)
    readers = [
        role for role, reading in review_file.record.readings.items() if reading and path in reading.pages
    ]
    same = was_read_as(handbook.fingerprint(page), path, review_file, readers)
    return get_args(Outcome) if same else ("changed", "retired")


def ask_reading(
    root: Path, draft: AnswerDraft, pages: Sequence[Page], handbook: Handbook, day: datetime.date
) -> Reading:
    """Ask for a verdict and a note for each page, and about the review, unless the draft has the answers.

    Raises:
        HandbookError: if nobody is there to answer, or the person stops.

    """
    _require_terminal("--answers FILE")
    with explained_interruption():
        readings = {
            page.path: _ask_about_page(root, draft, page, f"{number} of {len(pages)}", handbook)
            for number, page in enumerate(pages, 1)
        }
        shared = {
            key: draft.answer(_REVIEW, "", key, partial(_ask_once, text)) for key, text in _SHARED.items()
        }
    return Reading.model_validate({"date": day, **shared, "pages": readings})


def _ask_once(question: str) -> str:
    click.echo(f"\nFor all of these pages: {question}")
    return str(click.prompt("Enter alone if you know of nothing", default="", show_default=False)).strip()


def _ask_about_page(
    root: Path, draft: AnswerDraft, page: Page, number: str, handbook: Handbook
) -> PageReading:
    text = handbook.fingerprint(page)
    if len(draft.answers(page.path, text)) < len(_PageAnswers.model_fields):
        click.echo("\n" + one_line(f"{number}: {page.title} ({page.path})"))
        if draft.is_outdated(page.path, text):
            click.echo("The text has changed since you answered. Read it again.")
        changes = changes_since_review(root, page, handbook)
        click.echo(changes.sentence)
        paint = painter()
        click.echo("".join(paint(marked(piece), piece.mark.value) for piece in changes.redline).rstrip("\n"))
    note = draft.answer(page.path, text, "note", partial(_ask, _LOOKED_AT))
    verdict = draft.answer(page.path, text, "verdict", lambda: _choose("Verdict", get_args(Verdict)))
    return _reading(text, _PageAnswers.model_validate({"verdict": verdict, "note": note}))


def ask_decisions(
    draft: AnswerDraft, pages: Mapping[str, Page | None], review_file: ReviewFile, handbook: Handbook
) -> dict[str, MeetingDecision]:
    """Show what each role found, and ask for an outcome and a reason for each page.

    `pages` has None for a deleted page.

    Raises:
        HandbookError: if nobody is there to answer, or the person stops.

    """
    _require_terminal("--decisions FILE")
    with explained_interruption():
        return {path: _ask_decision(draft, path, page, review_file, handbook) for path, page in pages.items()}


def _ask_decision(
    draft: AnswerDraft, path: str, page: Page | None, review_file: ReviewFile, handbook: Handbook
) -> MeetingDecision:
    text = handbook.fingerprint(page) if page else ""
    possible = _possible_outcomes(path, page, review_file, handbook)
    if len(draft.answers(path, text)) < len(_PageOutcome.model_fields):
        _show_readings(path, page, review_file, possible)
    outcome = draft.answer(path, text, "outcome", lambda: _choose("Outcome", possible))
    reason = draft.answer(path, text, "reason", lambda: _ask("Reason"))
    return _decision(page, _PageOutcome.model_validate({"outcome": outcome, "reason": reason}), handbook)


def _show_readings(path: str, page: Page | None, review_file: ReviewFile, possible: Sequence[str]) -> None:
    click.echo("\n" + one_line(f"{page.title if page else 'Deleted page'} ({path})"))
    for role, reading in review_file.record.readings.items():
        if reading and path in reading.pages:
            opinion = reading.pages[path]
            click.echo(f"  {role}: {opinion.verdict}. {' '.join(opinion.words)}")
    if page and "unchanged" not in possible:
        click.echo("  The text has changed since it was read.")


def _choose(text: str, choices: Sequence[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(choices))))


def _ask(text: str) -> str:
    answer = ""
    while not answer.strip():
        answer = click.prompt(text, default="", show_default=False)
    return answer.strip()


def _require_terminal(alternative: str) -> None:
    if not sys.stdin.isatty():
        raise HandbookError(f"nobody is at a terminal to answer questions; give {alternative}")
