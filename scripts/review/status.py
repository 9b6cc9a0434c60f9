"""`handbook review status`: lists open reviews, missing signatures, and due pages."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from handbook.model import Handbook
from handbook.registers.open_questions import OpenQuestion
from handbook.registers.review_records import ReviewFile
from handbook.reviews.due_pages import DuePage, due_pages
from handbook.reviews.open_reviews import interrupted_reviews, unstamped_pages
from handbook.reviews.questions_to_answer import questions_to_answer
from handbook.reviews.record_editing import missing_roles
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.command_name import with_real_command
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook


@click.command(name="status", epilog="Exit status: 0, or 2 if the command could not run.")
@root_option
@format_option("Output format: text for people, json for programs.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Show which reviews are open, who has not signed, and which pages are due.

    Below each open review are the open questions that it answers: about its pages, and about no page.
    """
    handbook, _ = read_handbook(root)
    if name == "json":
        click.echo(as_document(_facts(handbook)), nl=False)
    else:
        text = "\n".join(map(one_line, _lines(handbook))) or "No review is open, and no page is due."
        click.echo(with_real_command(text))
    return 0


def _lines(handbook: Handbook) -> Iterator[str]:
    for review_file in handbook.reviews.open:
        missing = missing_roles(review_file.record)
        next_step = f"waits for {', '.join(missing)}" if missing else "all have signed; meet, then close it"
        yield f"{review_file.path}: {counted(len(review_file.record.pages), 'page')}, {next_step}"
        yield from map(_question, questions_to_answer(handbook, review_file.record.pages).items())
    for review_file in interrupted_reviews(handbook):
        pages = ", ".join(page.path for page in unstamped_pages(handbook, review_file))
        remedy = f"run `handbook review close --review {review_file.name}` again"
        yield f"{review_file.path}: closed, but its date is not in {pages} yet; {remedy}"
    open_by_page = handbook.reviews.open_by_page
    for due in due_pages(handbook):
        addition = "" if due.page.path in open_by_page else ", in no open review"
        yield f"{due.page.path}: {due.reason}, {due.page.owner or 'no owner'}{addition}"


def _question(numbered: tuple[int, OpenQuestion]) -> str:
    number, question = numbered
    place = f", on {question.page}" if question.page else ""
    times = counted(question.count, "time")
    return f"    question {number}, asked {times} since {question.asked_on}{place}: {question.question}"


def _facts(handbook: Handbook) -> dict[str, Any]:
    open_by_page = handbook.reviews.open_by_page
    return {
        "open": [_open(review_file, handbook) for review_file in handbook.reviews.open],
        "interrupted": [_interrupted(review_file, handbook) for review_file in interrupted_reviews(handbook)],
        "due": [_due(due, open_by_page) for due in due_pages(handbook)],
    }


def _open(review_file: ReviewFile, handbook: Handbook) -> dict[str, Any]:
    missing = missing_roles(review_file.record)
    return {
        "review": review_file.path,
        "started": str(review_file.record.started) if review_file.record.started else None,
        "pages": list(review_file.record.pages),
        "signed": [role for role in review_file.record.readings if role not in missing],
        "missing": missing,
        "questions": [
            {"number": number, **question.model_dump(mode="json")}
            for number, question in questions_to_answer(handbook, review_file.record.pages).items()
        ],
    }


def _interrupted(review_file: ReviewFile, handbook: Handbook) -> dict[str, Any]:
    pages = [page.path for page in unstamped_pages(handbook, review_file)]
    return {"review": review_file.path, "pages": pages}


def _due(due: DuePage, open_by_page: Mapping[str, str]) -> dict[str, Any]:
    return {
        "page": due.page.path,
        "owner": due.page.owner,
        "due": str(due.day) if due.day else None,
        "reason": due.reason,
        "review": open_by_page.get(due.page.path),
    }
