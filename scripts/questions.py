"""Asks what a review needs to know, on a terminal or in a file."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import click
import yaml
from pydantic import Field

from handbook.errors import HandbookError
from handbook.fingerprints import fingerprint
from handbook.model import Handbook
from handbook.pages import Page
from handbook.registers import Record, load_register
from handbook.review_records import FOLDER, QUESTIONS, Decision, FiledRecord, PageReading
from handbook.trees import Folder
from handbook.writing import replace_file, write_new_text
from scripts.redline import changes_since_review

ASKED: Final[Mapping[str, str]] = {
    "relevant": "Is it still relevant?",
    "helps": "Does it help us do our job?",
    "environment": "How has the environment changed?",
    "legal": "Are there legal updates?",
}
_Answer = TypeVar("_Answer", bound=Record)


class _Read(Record):
    """What somebody answers for one page; its fingerprint is added from the page."""

    verdict: str = Field(examples=["keep"])
    relevant: str = Field(examples=["Yes, people ask this every week."])
    helps: str = Field(examples=["Yes, since the table was added."])
    environment: str = Field(examples=["The platform renamed its settings."])
    legal: str = Field(examples=["No change since May."])


class _Reads(Record):
    pages: dict[str, _Read] = Field(examples=["(pages, with verdict and four answers)"])


class _Decided(Record):
    outcome: str = Field(examples=["unchanged"])
    reason: str = Field(examples=["The steps still hold."])


class _AllDecided(Record):
    pages: dict[str, _Decided] = Field(examples=["(pages, with outcome and reason)"])


def read_readings(file: Path, pages: Sequence[Page]) -> dict[str, PageReading]:
    """Read verdict and answers for each page from a YAML file.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _Reads).pages
    _hold_to(pages, given, file.name)
    return {page.path: _reading(page, given[page.path]) for page in pages}


def read_decisions(file: Path, pages: Sequence[Page], filed: FiledRecord) -> dict[str, Decision]:
    """Read outcome and reason for each page from a YAML file.

    Raises:
        HandbookError: with one line for each mistake.

    """
    given = load_register(Folder(file.parent), file.name, _AllDecided).pages
    _hold_to(pages, given, file.name)
    return {page.path: _decision(page, given[page.path], filed) for page in pages}


def _hold_to(pages: Sequence[Page], given: Mapping[str, object], name: str) -> None:
    wanted = {page.path for page in pages}
    if missing := sorted(wanted - given.keys()):
        raise HandbookError(f"{name} says nothing of {', '.join(missing)}")
    if unknown := sorted(given.keys() - wanted):
        raise HandbookError(f"{name} speaks of {', '.join(unknown)}, which this review does not ask about")


def _reading(page: Page, given: _Read) -> PageReading:
    for question in QUESTIONS:
        if not getattr(given, question).strip():
            raise HandbookError(f"{page.path}: '{question}' is not answered; {ASKED[question]}")
    if given.verdict not in ("keep", "change", "retire"):
        raise HandbookError(f"{page.path}: the verdict is '{given.verdict}'; write keep, change or retire")
    return PageReading.model_validate({"fingerprint": fingerprint(page.body), **given.model_dump()})


def _decision(page: Page, given: _Decided, filed: FiledRecord) -> Decision:
    """Hold an outcome to the text: what nobody changed is unchanged."""
    if given.outcome not in ("unchanged", "changed", "retired"):
        raise HandbookError(
            f"{page.path}: the outcome is '{given.outcome}'; write unchanged, changed or retired"
        )
    if not given.reason.strip():
        raise HandbookError(f"{page.path}: the decision has no reason")
    now = fingerprint(page.body)
    if given.outcome == "unchanged" and not _was_read_as(now, page.path, filed):
        raise HandbookError(f"{page.path} has changed since it was read; its outcome is 'changed'")
    text = None if given.outcome == "retired" else now
    return Decision.model_validate(
        {"outcome": given.outcome, "reason": given.reason.strip(), "fingerprint": text}
    )


def _was_read_as(text: str, path: str, filed: FiledRecord) -> bool:
    readings = (reading for reading in filed.record.readings.values() if reading and path in reading.pages)
    return all(reading.pages[path].fingerprint == text for reading in readings)


def ask_readings(
    root: Path, filed: FiledRecord, role: str, pages: Sequence[Page], handbook: Handbook
) -> dict[str, PageReading]:
    """Ask for a verdict and four answers a page; what is answered is kept in a draft until the end.

    Raises:
        HandbookError: when nobody is there to answer.

    """
    _need_a_person("--answers FILE")
    draft = root / FOLDER / f".{Path(filed.path).stem}.{role}.draft.yml"
    given = load_register(Folder(draft.parent), draft.name, _Reads).pages if draft.exists() else {}
    for number, page in enumerate(pages, 1):
        if page.path in given:
            continue
        click.echo(f"\n{number} of {len(pages)}: {page.title} ({page.path})")
        click.echo(changes_since_review(root, page, handbook))
        given = {**given, page.path: _ask_reading()}
        _keep(draft, {"pages": {path: one.model_dump() for path, one in given.items()}})
    draft.unlink(missing_ok=True)
    return {page.path: _reading(page, given[page.path]) for page in pages}


def _ask_reading() -> _Read:
    answers = {question: _ask(text) for question, text in ASKED.items()}
    verdict = click.prompt("Verdict", type=click.Choice(["keep", "change", "retire"]))
    return _Read(verdict=verdict, **answers)


def ask_decisions(pages: Sequence[Page], filed: FiledRecord) -> dict[str, Decision]:
    """Ask for an outcome and a reason a page, showing what each role found.

    Raises:
        HandbookError: when nobody is there to answer, or an outcome is not true.

    """
    _need_a_person("--decisions FILE")
    return {page.path: _ask_decision(page, filed) for page in pages}


def _ask_decision(page: Page, filed: FiledRecord) -> Decision:
    click.echo(f"\n{page.title} ({page.path})")
    for role, reading in filed.record.readings.items():
        if reading and page.path in reading.pages:
            found = reading.pages[page.path]
            click.echo(f"  {role}: {found.verdict}. {' '.join(found.answers)}")
    outcome = click.prompt("Outcome", type=click.Choice(["unchanged", "changed", "retired"]))
    return _decision(page, _Decided(outcome=outcome, reason=_ask("Reason")), filed)


def _ask(text: str) -> str:
    answer = ""
    while not answer.strip():
        answer = click.prompt(text, default="", show_default=False)
    return answer.strip()


def _need_a_person(instead: str) -> None:
    if not sys.stdin.isatty():
        raise HandbookError(f"nobody is at a terminal to answer; give {instead}")


def _keep(draft: Path, value: object) -> None:
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    write: Callable[[Path, str], None] = replace_file if draft.exists() else write_new_text
    write(draft, text)
