"""Finds the review that a command is about."""

from pathlib import Path

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.record_editing import missing_roles
from handbook.text.suggestions import did_you_mean


def review_to_sign(handbook: Handbook, name: str | None, role: str) -> ReviewFile:
    """Return the open review in which a role has to sign.

    Raises:
        HandbookError: when there is no such role, none or several such reviews.

    """
    known_role(handbook, role)
    named = _named(list(handbook.reviews.open), name)
    waiting = [review_file for review_file in named if role in missing_roles(review_file.record)]
    if not waiting and len(named) == 1:
        raise HandbookError(_why_not(named[0], role))
    return _only(waiting, f"no open review waits for {role}", "wait for this role")


def _why_not(review_file: ReviewFile, role: str) -> str:
    if role in review_file.record.readings:
        return f"{role} has signed {review_file.path} already"
    return f"{review_file.path} has no place for {role}; add a line `  {role}:` below `readings:`, then sign"


def known_role(handbook: Handbook, role: str) -> str:
    """Return a role that stands in the register.

    Raises:
        HandbookError: when it does not, with the nearest one.

    """
    owners = handbook.registers.owners.owners
    if role not in owners:
        raise HandbookError(
            f"there is no role '{role}' in registers/owners.yml; {did_you_mean(role, owners)}"
        )
    return role


def review_to_close(handbook: Handbook, name: str | None) -> ReviewFile:
    """Return the review that is open, or whose closing was interrupted; with a name, that review.

    Raises:
        HandbookError: when there is none, or there are several.

    """
    if name:
        return _only(_named(list(handbook.reviews.files), name), f"there is no review '{name}'", "match")
    found = [*handbook.reviews.open, *interrupted_reviews(handbook)]
    return _only(found, "no review is open", "are open")


def interrupted_reviews(handbook: Handbook) -> list[ReviewFile]:
    """Return the closed reviews of which some page does not have the day yet.

    A date that cannot be read is no sign of that: somebody has broken it since.
    """
    return [
        review_file
        for review_file in handbook.reviews.files
        if any(map(_has_earlier_day, unstamped_pages(handbook, review_file)))
    ]


def _has_earlier_day(page: Page) -> bool:
    return page.lacks("last_reviewed") or page.front_matter.day("last_reviewed") is not None


def unstamped_pages(handbook: Handbook, review_file: ReviewFile) -> list[Page]:
    """Return the pages that a closed review kept, and that have an earlier day than its meeting.

    A page that a later review decided about is not among them.
    """
    meeting = review_file.record.meeting
    found = []
    for path, decision in meeting.pages.items() if meeting else ():
        page = handbook.page(path)
        is_latest = handbook.reviews.decisions_about(path)[-1].review_file.path == review_file.path
        stamped = page.front_matter.day("last_reviewed") if page else None
        is_earlier = meeting is not None and (stamped is None or stamped < meeting.date)
        if page and is_latest and decision.outcome != "retired" and is_earlier:
            found.append(page)
    return found


def _named(review_file: list[ReviewFile], name: str | None) -> list[ReviewFile]:
    return [one for one in review_file if name is None or name in (one.path, one.name, Path(one.path).name)]


def _only(found: list[ReviewFile], nothing: str, what: str) -> ReviewFile:
    if not found:
        raise HandbookError(f"{nothing}; see `handbook review status`")
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise HandbookError(f"several reviews {what} ({names}); name one with --review")
    return found[0]
