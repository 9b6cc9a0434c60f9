"""`handbook review status`: what is open, who is missing, what is due when."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from handbook.model import Handbook
from handbook.registers.review_records import FiledRecord
from handbook.reviews.due_pages import DuePage, due_pages
from handbook.reviews.open_reviews import interrupted_reviews, unstamped_pages
from handbook.reviews.record_editing import missing_roles
from scripts.options import format_option, root_option, told_in_a_sentence
from scripts.site.publication import read_handbook


@click.command(name="status", epilog="Exit status: 0, or 2 when the command could not run.")
@root_option
@format_option("For people, or for programs.")
@told_in_a_sentence
def command(root: Path, name: str) -> int:
    """Show which reviews are open, who has not signed, and which pages are due."""
    handbook, _ = read_handbook(root)
    if name == "json":
        click.echo(json.dumps(_facts(handbook), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(handbook)) or "No review is open, and no page is due.")
    return 0


def _lines(handbook: Handbook) -> Iterator[str]:
    for filed in handbook.reviews.open:
        left = missing_roles(filed.record)
        todo = f"waits for {', '.join(left)}" if left else "all have signed; meet, then close it"
        yield f"{filed.path}: {len(filed.record.pages)} pages, {todo}"
    for filed in interrupted_reviews(handbook):
        left = [page.path for page in unstamped_pages(handbook, filed)]
        mend = f"run `handbook review close --review {filed.name}` again"
        yield f"{filed.path}: closed, and {', '.join(left)} without its day; {mend}"
    taken = _reviews_of_pages(handbook)
    for due in due_pages(handbook):
        where = "" if due.page.path in taken else ", in no open review"
        yield f"{due.page.path}: {due.reason}, {due.page.owner or 'no owner'}{where}"


def _reviews_of_pages(handbook: Handbook) -> dict[str, str]:
    return {path: filed.path for filed in handbook.reviews.open for path in filed.record.pages}


def _facts(handbook: Handbook) -> dict[str, Any]:
    taken = _reviews_of_pages(handbook)
    return {
        "open": [_open(filed) for filed in handbook.reviews.open],
        "interrupted": [
            {"review": filed.path, "pages": [page.path for page in unstamped_pages(handbook, filed)]}
            for filed in interrupted_reviews(handbook)
        ],
        "due": [_due(due, taken) for due in due_pages(handbook)],
    }


def _open(filed: FiledRecord) -> dict[str, Any]:
    left = missing_roles(filed.record)
    return {
        "review": filed.path,
        "started": str(filed.record.started) if filed.record.started else None,
        "pages": list(filed.record.pages),
        "signed": [role for role in filed.record.readings if role not in left],
        "missing": left,
    }


def _due(due: DuePage, taken: dict[str, str]) -> dict[str, Any]:
    return {
        "page": due.page.path,
        "owner": due.page.owner,
        "due": str(due.day) if due.day else None,
        "reason": due.reason,
        "review": taken.get(due.page.path),
    }
