"""Whether the owner of a page, and a lawyer where one is needed, took part in its last review."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from handbook.baseline import Baseline
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.review_records import Meeting, ReviewFile
from handbook.rules.legal_review import LEGAL_FOLDERS


def problems_of_owner(
    review_file: ReviewFile,
    meeting: Meeting,
    path: str,
    readers: Collection[str],
    handbook: Handbook,
    *,
    former_owner: str | None = None,
) -> Iterator[Problem]:
    """Yield what is wrong with who read and decided, by today's owners: of the latest review of a page.

    The `former_owner` counts if the register of owners does not know the one that the page names.
    """
    owners, page = handbook.registers.owners, handbook.page(path)
    named = (page.owner, former_owner) if page else ()
    owner = next((name for name in named if name in owners.owners), None)
    if page and owner:
        yield from _problems_of_absence(review_file, meeting, page, owner, readers, handbook)
    is_legal = page is not None and path.startswith(LEGAL_FOLDERS)
    lawyers = owners.with_former_names(owners.lawyers)
    if is_legal and not lawyers & set(readers):
        message = f"no lawyer read {path}; have a role with the contact `legal` read it"
        yield at(review_file, message, "meeting", "pages", path)


def _problems_of_absence(
    review_file: ReviewFile,
    meeting: Meeting,
    page: Page,
    owner: str,
    readers: Collection[str],
    handbook: Handbook,
) -> Iterator[Problem]:
    """Yield that the owner of a page took no part, unless another role owned the page then."""
    owners, since = handbook.registers.owners, page.front_matter.day("owner_since")
    able = owners.with_former_names(owners.stands_for(owner))
    if since and meeting.date < since <= handbook.today:
        if not able & set(readers):
            message = (
                f"{owner} owns {page.path} since {since}, and has not read it; have it read the page next"
            )
            problem = at(review_file, message, "meeting", "pages", page.path)
            yield replace(problem, severity=Severity.INFO)
        return
    if not able & set(meeting.took_part):
        message = f"{owner}, the owner of {page.path}, did not take part in the meeting; meet again together"
        yield at(review_file, message, "meeting", "took_part")
    if not able & set(readers):
        message = (
            f"neither {owner}, the owner of {page.path}, nor its deputy read it; have one of them read it"
        )
        yield at(review_file, message, "meeting", "pages", page.path)


def problems_of_former_owner(
    review_file: ReviewFile, path: str, readers: Collection[str], handbook: Handbook, baseline: Baseline
) -> Iterator[Problem]:
    """Yield that a change gives a page a new owner and a new text that its former owner has not read."""
    page, before = handbook.page(path), baseline.page(path)
    former = handbook.registers.owners.now_called(before.owner) if before and before.owner else None
    owners = baseline.handbook.registers.owners
    if page is None or former is None or before is None or before.owner not in owners.owners:
        return
    is_there = former in handbook.registers.owners.owners and owners.is_covered(before.owner)
    if former == page.owner or not is_there or baseline.shows_the_same(page, handbook):
        return
    if not owners.with_former_names(owners.stands_for(before.owner)) & {*readers}:
        message = (
            f"{former} owned {path} before this change, and neither it nor its deputy read the new text; have"
            " one of them read it, or change the owner first, in a change of its own"
        )
        yield at(review_file, message, "meeting", "pages", path)


def moved_first_days(handbook: Handbook, baseline: Baseline) -> Iterator[Problem]:
    """Yield the pages on which a change excuses an owner that it does not change."""
    for page in handbook.pages:
        before, since = baseline.page(page.path), page.front_matter.day("owner_since")
        if before is None or since is None or since == before.front_matter.day("owner_since"):
            continue
        if before.owner and handbook.registers.owners.now_called(before.owner) == page.owner:
            message = f"owner_since changes, but {page.owner} owned this page before; restore what it was"
            yield replace(page.problem_at("owner_since", message), path=page.path)


def at(review_file: ReviewFile, message: str, *keys: str | int) -> Problem:
    """Return a problem at a key of a record."""
    path, location = review_file.file_and_location(*keys)
    return Problem.at(location, message, path=path)
