"""`handbook review editorial`: records a change of wording that needed no review."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.files.tree import Folder
from handbook.model import ExpressionsOf, Handbook
from handbook.registers.editorial_changes import EDITORIAL_FOLDER
from handbook.registers.evidence_folder import is_about_the_tool, path_to_write
from handbook.registers.filed_for import FiledFor
from handbook.reviews.editorial_records import EditorialDraft
from handbook.reviews.open_reviews import known_role
from handbook.reviews.reviewed_text import reviewed_text
from handbook.rules.editorial_limits import editorial_limits_hit
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.text.quoting import in_shell, one_line
from handbook.text.suggestions import did_you_mean
from scripts.exclusive import changes_files
from scripts.options import DayParameter, exits_with_status, one_page, repository_of, root_option
from scripts.review.options import EPILOG
from scripts.site.publication import read_handbook


@click.command(name="editorial", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PAGE...")
@root_option
@click.option("--as", "role", required=True, metavar="ROLE", help="Role that made the change.")
@click.option("--why", required=True, metavar="TEXT", help="What was changed, and why it needs no review.")
@click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="Day of the change; by default, today."
)
@click.option("--moved-from", metavar="PATH", help="Path of the page at its last review, if it has moved.")
@exits_with_status
@changes_files()
def command(
    paths: tuple[str, ...],
    root: Path,
    role: str,
    why: str,
    day: datetime.date | None,
    moved_from: str | None,
) -> int:
    """Record a change of wording, or a page that moved, that needs no review.

    REV006 then accepts the new text of each PAGE: of all that one change reaches, such as a misspelled word
    in a scenario. The owner of each page records it, its deputy, or a role with `edits_wording` in
    registers/owners.yml. A change to what people must do is not editorial: what touches a number, a date,
    a negation, or a word such as may, must, or ask is refused, and so is more than a few words. Under
    docs/policy/ and docs/law/, only spelling is corrected.
    """
    handbook, context = read_handbook(root)
    pages = [one_page(handbook.pages, path, root) for path in dict.fromkeys(paths)]
    change = WordingChange(known_role(handbook, role), why.strip(), day or handbook.today, moved_from)
    target = record_change(root, handbook, context.expressions_of, pages, change)
    click.echo(one_line(f"{target}: {', '.join(page.path for page in pages)}, by {role}"))
    return 0


@dataclass(frozen=True, slots=True)
class WordingChange:
    """Who changed the wording of pages, why, and on which day; `filed_for` says for whom it is recorded."""

    role: str
    why: str
    day: datetime.date
    moved_from: str | None = None
    filed_for: FiledFor | None = None


def record_change(
    root: Path,
    handbook: Handbook,
    expressions_of: ExpressionsOf,
    pages: Sequence[Page],
    change: WordingChange,
) -> str:
    """Record a change of wording of pages, and return the path of the record.

    Raises:
        HandbookError: if it is more than that, or the role may not record it.

    """
    if change.moved_from and len(pages) > 1:
        raise HandbookError("--moved-from is about one page; record each page that moved by itself")
    draft = EditorialDraft(
        max(_since_review(page, change.day, handbook) for page in pages),
        change.role,
        change.why,
        {page.path: handbook.fingerprint(page) for page in pages},
        _before_the_move(handbook, change.moved_from) if change.moved_from else None,
        change.filed_for,
    )
    for page in pages:
        _refuse_role(change.role, page, handbook)
        if not change.moved_from:
            _refuse_known_text(page, handbook)
        if handbook.is_shipped(page) or not is_about_the_tool(page.path):
            _refuse_more(root, change.moved_from or page.path, page, handbook, expressions_of)
    target = f"{_place(root, pages)}/{draft.name}"
    write_new_text(root / target, draft.text(target))
    return target


def _place(root: Path, pages: Sequence[Page]) -> str:
    """Return the folder for a record about some pages; those of pages about the tool are kept apart."""
    places = {path_to_write(Folder(root), EDITORIAL_FOLDER, [page.path]) for page in pages}
    if len(places) > 1:
        raise HandbookError(
            "some of these pages are about the tool, which has its own records; record them apart"
        )
    return places.pop()


def _since_review(page: Page, day: datetime.date, handbook: Handbook) -> datetime.date:
    reviewed = page.front_matter.day("last_reviewed")
    if reviewed is None:
        raise HandbookError(
            f"{page.path} was never reviewed; review it with `handbook review start {in_shell(page.path)}`"
        )
    if not reviewed <= day <= handbook.today:
        raise HandbookError(
            f"{day} is not between the review of {reviewed} and today; give the day of the change"
        )
    return day


def _before_the_move(handbook: Handbook, path: str) -> str:
    if path not in handbook.reviews.decisions:
        raise HandbookError(f"no review names {path}; {did_you_mean(path, handbook.reviews.decisions)}")
    if handbook.page(path):
        raise HandbookError(f"{path} is still a page, so it has not moved; delete the old file first")
    return path


def _refuse_known_text(page: Page, handbook: Handbook) -> None:
    day = page.front_matter.day("last_reviewed")
    known = handbook.known_texts(page)
    if not known:
        raise HandbookError(
            f"no review of {day} names {page.path}; review it with"
            f" `handbook review start {in_shell(page.path)}`"
        )
    if handbook.has_text(page, known):
        raise HandbookError(f"the text of {page.path} is already known; there is nothing to record")


def _refuse_role(role: str, page: Page, handbook: Handbook) -> None:
    editors = handbook.editors_of(page)
    if editors is not None and role not in editors:
        names = ", ".join(sorted(editors))
        raise HandbookError(f"{role} may not record editorial changes of {page.path}; let {names} do it")


def _refuse_more(
    root: Path, path: str, page: Page, handbook: Handbook, expressions_of: ExpressionsOf
) -> None:
    """Refuse a change that is more than editorial, or of which nobody can tell."""
    before = _reviewed_text(root, path, page, handbook, expressions_of)
    is_binding = page.path.startswith(LEGAL_FOLDERS)
    hit = editorial_limits_hit(before, handbook.text_as_read(page), page.language, is_binding=is_binding)
    if hit:
        reasons = "\n".join(f"- {reason}" for reason in hit)
        remedy = f"Review the page with `handbook review start {in_shell(page.path)}`."
        if handbook.is_shipped(page):
            remedy = "This page comes with the tool, so write what is yours on a page of yours."
        raise HandbookError(f"this change of {page.path} is more than editorial:\n{reasons}\n{remedy}")


def _reviewed_text(
    root: Path, path: str, page: Page, handbook: Handbook, expressions_of: ExpressionsOf
) -> str:
    why, text = "the history here does not have the text that was reviewed", None
    try:
        text = reviewed_text(repository_of(root), path, page, handbook, expressions_of)
    except HandbookError as error:
        why = str(error)
    if text is None:
        raise HandbookError(
            f"how much of {page.path} has changed cannot be told, because {why}; commit the reviewed text"
            f" before you change it, or review the page with `handbook review start {in_shell(page.path)}`"
        )
    return text
