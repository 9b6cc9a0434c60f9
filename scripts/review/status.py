"""`handbook review status`: what is open, who is missing, what is due when."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.due_pages import DuePage, due_pages
from handbook.reviews.open_reviews import interrupted_reviews, unstamped_pages
from handbook.reviews.record_editing import missing_roles
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook


@click.command(name="status", epilog="Exit status: 0, or 2 when the command could not run.")
@root_option
@format_option("For people, or for programs.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Show which reviews are open, who has not signed, and which pages are due."""
    handbook, _ = read_handbook(root)
    if name == "json":
        click.echo(json.dumps(_facts(handbook), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(handbook)) or "No review is open, and no page is due.")
    return 0


def _lines(handbook: Handbook) -> Iterator[str]:
    for review_file in handbook.reviews.open:
        left = missing_roles(review_file.record)
        todo = f"waits for {', '.join(left)}" if left else "all have signed; meet, then close it"
        yield f"{review_file.path}: {len(review_file.record.pages)} pages, {todo}"
    for review_file in interrupted_reviews(handbook):
        left = [page.path for page in unstamped_pages(handbook, review_file)]
        mend = f"run `handbook review close --review {review_file.name}` again"
        yield f"{review_file.path}: closed, and {', '.join(left)} without its day; {mend}"
    taken = handbook.reviews.open_by_page
    for due in due_pages(handbook):
        where = "" if due.page.path in taken else ", in no open review"
        yield f"{due.page.path}: {due.reason}, {due.page.owner or 'no owner'}{where}"


def _facts(handbook: Handbook) -> dict[str, Any]:
    taken = handbook.reviews.open_by_page
    return {
        "open": [_open(review_file) for review_file in handbook.reviews.open],
        "interrupted": [
            {
                "review": review_file.path,
                "pages": [page.path for page in unstamped_pages(handbook, review_file)],
            }
            for review_file in interrupted_reviews(handbook)
        ],
        "due": [_due(due, taken) for due in due_pages(handbook)],
    }


def _open(review_file: ReviewFile) -> dict[str, Any]:
    left = missing_roles(review_file.record)
    return {
        "review": review_file.path,
        "started": str(review_file.record.started) if review_file.record.started else None,
        "pages": list(review_file.record.pages),
        "signed": [role for role in review_file.record.readings if role not in left],
        "missing": left,
    }


def _interrupted(review_file: ReviewFile, handbook: Handbook) -> dict[str, Any]:
    pages = [page.path for page in unstamped_pages(handbook, review_file)]
    return {"review": review_file.path, "pages": pages}


def _due(due: DuePage, taken: Mapping[str, str]) -> dict[str, Any]:
    return {
        "page": due.page.path,
        "owner": due.page.owner,
        "due": str(due.day) if due.day else None,
        "reason": due.reason,
        "review": taken.get(due.page.path),
    }
