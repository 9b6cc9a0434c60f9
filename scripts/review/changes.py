"""`handbook review editorial` and `handbook review source`: what changed between two reviews."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from handbook.content.fingerprints import fingerprint
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import replace_file, write_new_text
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.loading import load_optional_register, parse_register
from handbook.registers.review_records import EDITORIAL_FILE, EditorialChanges
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.registers.sources import Source, SourceList
from handbook.reviews.open_reviews import known_role
from handbook.rules.review_records import sources_changed_since_review
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_value import scalar, with_item, with_value
from scripts.options import Day, one_page, root_option, told_in_a_sentence
from scripts.site.publication import read_handbook

EPILOG: Final = "Exit status: 0, or 2 when the command could not do it."
_HEAD: Final = """\
# Changes of words that needed no review: who made each, why, and the fingerprint of the text it led to.
# `handbook review editorial PAGE --as ROLE --why TEXT` adds one.
"""


@click.command(epilog=EPILOG)
@click.argument("path", metavar="PAGE")
@root_option
@click.option("--as", "role", required=True, metavar="ROLE", help="The role that made the change.")
@click.option("--why", required=True, metavar="TEXT", help="What was changed, and why nobody need review it.")
@click.option("--on", "day", type=Day(), metavar="DATE", help="The day; without it, today.")
@click.option("--moved-from", metavar="PATH", help="Where the page stood at its last review, if elsewhere.")
@told_in_a_sentence
def editorial(
    path: str, root: Path, role: str, why: str, day: datetime.date | None, moved_from: str | None
) -> int:
    """Record a change of words, or a page that moved, which needs no review.

    REV006 then knows the text. What changes what people have to do is no editorial change: review it.
    """
    handbook, _ = read_handbook(root)
    page = one_page(handbook.pages, path, root)
    change = {
        "page": page.path,
        **({"moved_from": _before_the_move(handbook, moved_from)} if moved_from else {}),
        "date": _since_review(page, day or handbook.today, handbook),
        "by": known_role(handbook, role),
        "why": why.strip(),
        "fingerprint": fingerprint(page.body),
    }
    if not moved_from:
        _refuse_known_text(page, handbook)
    _append(root, change)
    click.echo(f"{EDITORIAL_FILE}: {page.path}, by {role}")
    return 0


def _since_review(page: Page, day: datetime.date, handbook: Handbook) -> str:
    reviewed = page.front_matter.day("last_reviewed")
    if reviewed is None:
        raise HandbookError(
            f"{page.path} was never reviewed; review it with `handbook review start {page.path}`"
        )
    if not reviewed <= day <= handbook.today:
        raise HandbookError(
            f"{day} is not between the review of {reviewed} and today; name the day of the change"
        )
    return day.isoformat()


def _before_the_move(handbook: Handbook, path: str) -> str:
    if path not in handbook.reviews.decisions:
        raise HandbookError(f"no review names {path}; {did_you_mean(path, handbook.reviews.decisions)}")
    if handbook.page(path):
        raise HandbookError(f"{path} is still a page, so it has not moved; take the old file away first")
    return path


def _refuse_known_text(page: Page, handbook: Handbook) -> None:
    day = page.front_matter.day("last_reviewed")
    known = handbook.reviews.known_texts(page.path, day) if day else frozenset()
    if not known:
        raise HandbookError(
            f"no review of {day} names {page.path}; review it with `handbook review start {page.path}`"
        )
    if fingerprint(page.body) in known:
        raise HandbookError(f"the text of {page.path} is known already; there is nothing to record")


def _append(root: Path, change: Mapping[str, str]) -> None:
    """Add to the register, once the whole of it can still be read."""
    file = root / EDITORIAL_FILE
    before = file.read_bytes().decode("utf-8") if file.exists() else _HEAD
    plain = ("date", "fingerprint")
    written = {key: value if key in plain else scalar(value) for key, value in change.items()}
    after = with_item(before, "changes", written)
    parse_register(after.encode("utf-8"), EDITORIAL_FILE, EditorialChanges)
    (replace_file if file.exists() else write_new_text)(file, after)


@click.command(epilog=EPILOG)
@click.argument("name", metavar="NAME")
@root_option
@click.option(
    "--changed", "day", type=Day(), required=True, metavar="DATE", help="The day on which it changed."
)
@click.option("--note", required=True, metavar="TEXT", help="What changed, for those who review the pages.")
@told_in_a_sentence
def source(name: str, root: Path, day: datetime.date, note: str) -> int:
    """Record that a source by others changed, such as a platform's terms or a law.

    Each page that names it under `sources` and was reviewed before that day is due now.
    """
    handbook, _ = read_handbook(root)
    known = load_optional_register(Folder(root), SOURCES_FILE, SourceList)[0].sources
    if name not in known:
        raise HandbookError(f"there is no source '{name}' in {SOURCES_FILE}; {did_you_mean(name, known)}")
    _refuse_day(name, known[name], day, handbook)
    file = root / SOURCES_FILE
    after = with_value(file.read_bytes().decode("utf-8"), ("sources", name, "changed"), day.isoformat())
    after = with_value(after, ("sources", name, "note"), scalar(note.strip()))
    parse_register(after.encode("utf-8"), SOURCES_FILE, SourceList)
    replace_file(file, after)
    click.echo(f"{SOURCES_FILE}: {name} changed on {day}")
    _tell_due_pages(root, name)
    return 0


def _refuse_day(name: str, known: Source, day: datetime.date, handbook: Handbook) -> None:
    if day > handbook.today:
        raise HandbookError(f"{day} is in the future; record the change on the day it takes effect")
    if known.changed and day < known.changed:
        raise HandbookError(
            f"'{name}' is known to have changed on {known.changed}, after {day}; name a later day"
        )


def _tell_due_pages(root: Path, name: str) -> None:
    handbook, _ = read_handbook(root)
    due = [
        page.path
        for page in handbook.pages
        if name in (one for one, _ in sources_changed_since_review(page, handbook))
    ]
    for path in due:
        click.echo(f"{path}: due now")
    if due:
        click.echo("Next: handbook review start " + " ".join(due))
    else:
        click.echo("No page that rests on it was reviewed before that day.")
