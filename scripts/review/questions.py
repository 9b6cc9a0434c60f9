"""Asks what a review needs to know, on a terminal or in a file."""

import sys
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import click
from pydantic import AfterValidator, Field

from handbook.content.fingerprints import fingerprint
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.record import Record
from handbook.registers.loading import load_register
from handbook.registers.review_records import MeetingDecision, PageReading, ReviewFile
from handbook.reviews.changes_since_review import changes_since_review
from handbook.rules.review_records import was_read_as
from scripts.review.answer_drafts import AnswerDraft, kept_when_stopped

Verdict = Literal["keep", "change", "retire"]
Outcome = Literal["unchanged", "changed", "retired"]
ASKED: Final[Mapping[str, str]] = {
    "relevant": "Is it still relevant?",
    "helps": "Does it help us do our job?",
    "environment": "How has the environment changed?",
    "legal": "Are there legal updates?",
}


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


Said = Annotated[str, AfterValidator(_said)]


class _Read(Record):
    """What somebody answers for one page; its fingerprint is added from the page."""

    verdict: Verdict = Field(examples=["keep"])
    relevant: Said = Field(examples=["Yes, people ask this every week."])
    helps: Said = Field(examples=["Yes, since the table was added."])
    environment: Said = Field(examples=["The platform renamed its settings."])
    legal: Said = Field(examples=["No change since May."])


class _Reads(Record):
    pages: dict[str, _Read] = Field(examples=["(pages, with verdict and four answers)"])


class _Decided(Record):
    outcome: Outcome = Field(examples=["unchanged"])
    reason: Said = Field(examples=["The steps still hold."])


class _AllDecided(Record):
    pages: dict[str, _Decided] = Field(examples=["(pages, with outcome and reason)"])


def read_readings(file: Path, pages: Sequence[Page]) -> dict[str, PageReading]:
    """Read verdict and answers for each page from a YAML file.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _Reads).pages
    _hold_to({page.path for page in pages}, given, file.name)
    return {page.path: _reading(page, given[page.path]) for page in pages}


def read_decisions(
    file: Path, pages: Mapping[str, Page | None], review_file: ReviewFile
) -> dict[str, MeetingDecision]:
    """Read outcome and reason for each page from a YAML file; None stands for a page that is gone.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _AllDecided).pages
    _hold_to(pages.keys(), given, file.name)
    for path, page in pages.items():
        _hold_to_text(path, page, given[path], review_file)
    return {path: _decision(page, given[path]) for path, page in pages.items()}


def _hold_to(wanted: Set[str], given: Mapping[str, object], name: str) -> None:
    if missing := sorted(wanted - given.keys()):
        raise HandbookError(f"{name} says nothing of {', '.join(missing)}")
    if unknown := sorted(given.keys() - wanted):
        raise HandbookError(f"{name} speaks of {', '.join(unknown)}, which this review does not ask about")


def _reading(page: Page, given: _Read) -> PageReading:
    return PageReading.model_validate({"fingerprint": fingerprint(page.body), **given.model_dump()})


def _decision(page: Page | None, given: _Decided) -> MeetingDecision:
    text = fingerprint(page.body) if page and given.outcome != "retired" else None
    return MeetingDecision(outcome=given.outcome, reason=given.reason, fingerprint=text)


def _hold_to_text(path: str, page: Page | None, given: _Decided, review_file: ReviewFile) -> None:
    possible = _possible_outcomes(path, page, review_file)
    if given.outcome not in possible:
        why = "is there no more" if page is None else "has changed since it was read"
        raise HandbookError(f"{path} {why}; its outcome is {' or '.join(possible)}")


def _possible_outcomes(path: str, page: Page | None, review_file: ReviewFile) -> tuple[str, ...]:
    """Return what can be true: what somebody changed is not unchanged, and what is gone is retired."""
    if page is None:
        return ("retired",)
    readers = [
        role for role, reading in review_file.record.readings.items() if reading and path in reading.pages
    ]
    same = was_read_as(fingerprint(page.body), path, review_file, readers)
    return get_args(Outcome) if same else ("changed", "retired")


def ask_readings(
    root: Path, draft: AnswerDraft, pages: Sequence[Page], handbook: Handbook
) -> dict[str, PageReading]:
    """Ask for a verdict and four answers a page; what the draft knows is not asked again.

    Raises:
        HandbookError: when nobody is there to answer, or the person stops.

    """
    _need_a_person("--answers FILE")
    with kept_when_stopped():
        return {
            page.path: _ask_reading(root, draft, page, f"{number} of {len(pages)}", handbook)
            for number, page in enumerate(pages, 1)
        }


def _ask_reading(root: Path, draft: AnswerDraft, page: Page, number: str, handbook: Handbook) -> PageReading:
    text = fingerprint(page.body)
    if len(draft.answers(page.path, text)) <= len(ASKED):
        click.echo(f"\n{number}: {page.title} ({page.path})")
        if draft.is_outdated(page.path, text):
            click.echo("The text has changed since you answered: read it again.")
        click.echo(changes_since_review(root, page, handbook))
    answers = {
        key: draft.answer(page.path, text, key, lambda asked=asked: _ask(asked))  # type: ignore[misc]
        for key, asked in ASKED.items()
    }
    verdict = draft.answer(page.path, text, "verdict", lambda: _choose("Verdict", get_args(Verdict)))
    return _reading(page, _Read.model_validate({"verdict": verdict, **answers}))


def ask_decisions(
    draft: AnswerDraft, pages: Mapping[str, Page | None], review_file: ReviewFile
) -> dict[str, MeetingDecision]:
    """Ask for an outcome and a reason a page, showing what each role found; None is a page that is gone.

    Raises:
        HandbookError: when nobody is there to answer, or the person stops.

    """
    _need_a_person("--decisions FILE")
    with kept_when_stopped():
        return {path: _ask_decision(draft, path, page, review_file) for path, page in pages.items()}


def _ask_decision(
    draft: AnswerDraft, path: str, page: Page | None, review_file: ReviewFile
) -> MeetingDecision:
    text = fingerprint(page.body) if page else ""
    possible = _possible_outcomes(path, page, review_file)
    if len(draft.answers(path, text)) < len(_Decided.model_fields):
        _show_readings(path, page, review_file, possible)
    outcome = draft.answer(path, text, "outcome", lambda: _choose("Outcome", possible))
    reason = draft.answer(path, text, "reason", lambda: _ask("Reason"))
    return _decision(page, _Decided.model_validate({"outcome": outcome, "reason": reason}))


def _show_readings(path: str, page: Page | None, review_file: ReviewFile, possible: Sequence[str]) -> None:
    click.echo(f"\n{page.title if page else 'Gone'} ({path})")
    for role, reading in review_file.record.readings.items():
        if reading and path in reading.pages:
            found = reading.pages[path]
            click.echo(f"  {role}: {found.verdict}. {' '.join(found.answers)}")
    if page and "unchanged" not in possible:
        click.echo("  The text has changed since it was read.")


def _choose(text: str, choices: Sequence[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(choices))))


def _ask(text: str) -> str:
    answer = ""
    while not answer.strip():
        answer = click.prompt(text, default="", show_default=False)
    return answer.strip()


def _need_a_person(instead: str) -> None:
    if not sys.stdin.isatty():
        raise HandbookError(f"nobody is at a terminal to answer; give {instead}")
