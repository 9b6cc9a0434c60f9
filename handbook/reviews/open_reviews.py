"""Finds the review that a command is about."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.record_editing import missing_roles
from handbook.text.suggestions import did_you_mean


def review_to_sign(handbook: Handbook, name: str | None, role: str) -> ReviewFile:
    """Return the open review that a role has yet to sign.

    Raises:
        HandbookError: if the role does not exist, or if there is no such review or more than one.

    """
    known_role(handbook, role)
    named = _named(list(handbook.reviews.open), name)
    if name and handbook.reviews.open and not named:
        known = [review_file.name for review_file in handbook.reviews.open]
        raise HandbookError(f"no open review is called '{name}'; {did_you_mean(name, known)}")
    waiting = [review_file for review_file in named if role in missing_roles(review_file.record)]
    if not waiting and len(named) == 1:
        raise HandbookError(_why_not_to_sign(named[0], role))
    return _only(waiting, f"no open review waits for {role}", "wait for this role")


def _why_not_to_sign(review_file: ReviewFile, role: str) -> str:
    if role in review_file.record.readings:
        return f"{role} has already signed {review_file.path}"
    add = f"handbook review add-reader {role} --review {review_file.name}"
    return f"{review_file.path} has no page for {role} to read; if it should read one, run `{add}`"


def known_role(handbook: Handbook, role: str) -> str:
    """Return the role if it is in the register.

    Raises:
        HandbookError: if it is not, with the nearest role.

    """
    owners = handbook.registers.owners.owners
    if role not in owners:
        raise HandbookError(
            f"there is no role '{role}' in registers/owners.yml; {did_you_mean(role, owners)}"
        )
    return role


def signed_review(handbook: Handbook, name: str | None, role: str) -> ReviewFile:
    """Return the open review that a role has signed.

    Raises:
        HandbookError: if the role does not exist, or if there is no such review or more than one.

    """
    known_role(handbook, role)
    named = _named(list(handbook.reviews.open), name)
    signed = [review_file for review_file in named if review_file.record.readings.get(role)]
    return _only(signed, f"no open review has a reading by {role}", f"are signed by {role}")


def open_review(handbook: Handbook, name: str | None) -> ReviewFile:
    """Return the open review with a name; without a name, the only one.

    Raises:
        HandbookError: if there is none, or more than one.

    """
    nothing = f"there is no open review '{name}'" if name else "no review is open"
    return _only(_named(list(handbook.reviews.open), name), nothing, "are open")


def review_to_close(handbook: Handbook, name: str | None) -> ReviewFile:
    """Return the review with a name; without a name, the one that is open or whose closing was interrupted.

    Raises:
        HandbookError: if there is none, or more than one.

    """
    if name:
        kept = [file for file in handbook.reviews.files if file.record.abandoned is None]
        return _only(_named(kept, name), f"there is no review '{name}' to close", "match")
    unfinished = [*handbook.reviews.open, *interrupted_reviews(handbook)]
    return _only(unfinished, "no review is open", "are open")


def interrupted_reviews(handbook: Handbook) -> list[ReviewFile]:
    """Return the closed reviews whose date is missing from at least one of their pages.

    A date that cannot be read does not count, because it was broken after the review was closed.
    """
    return [
        review_file
        for review_file in handbook.reviews.files
        if any(map(_has_earlier_day, unstamped_pages(handbook, review_file)))
    ]


def _has_earlier_day(page: Page) -> bool:
    return page.lacks("last_reviewed") or page.front_matter.day("last_reviewed") is not None


def unstamped_pages(handbook: Handbook, review_file: ReviewFile) -> Iterator[Page]:
    """Yield the pages that a closed review kept and that do not have the date of its meeting.

    Pages with a later date, or with a decision of a later review, are left out.
    """
    meeting = review_file.record.meeting
    for path, decision in meeting.pages.items() if meeting else ():
        page = handbook.page(path)
        is_latest = handbook.reviews.decisions_about(path)[-1].review_file.path == review_file.path
        day = page.front_matter.day("last_reviewed") if page else None
        is_earlier = meeting is not None and (day is None or day < meeting.date)
        if page and is_latest and decision.outcome != "retired" and is_earlier:
            yield page


def _named(review_files: Sequence[ReviewFile], name: str | None) -> list[ReviewFile]:
    return [
        review_file
        for review_file in review_files
        if name is None or name in (review_file.path, review_file.name, Path(review_file.path).name)
    ]


def _only(review_files: Sequence[ReviewFile], nothing: str, what: str) -> ReviewFile:
    if not review_files:
        raise HandbookError(f"{nothing}; see `handbook review status`")
    if len(review_files) > 1:
        names = ", ".join(review_file.name for review_file in review_files)
        raise HandbookError(f"several reviews {what} ({names}); name one with --review")
    return review_files[0]
