"""Files what a form says: a reading, its withdrawal, or the decisions of a meeting."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.forges.reviews.filled_forms import meeting_of, reading_of
from handbook.forges.reviews.form_texts import decide_form
from handbook.forges.reviews.forms import Form, FormProblem, in_code
from handbook.forges.reviews.holders import require_holder, require_holder_of_any
from handbook.model import Handbook
from handbook.registers.filed_for import FiledFor
from handbook.registers.review_records import Meeting, Reading, ReviewFile
from handbook.reviews.open_reviews import review_to_close, review_to_sign, signed_review
from handbook.reviews.record_editing import missing_roles
from handbook.text.counting import counted
from handbook.text.suggestions import did_you_mean
from scripts.review.answer_drafts import discard_drafts
from scripts.review.close import date_pages, record_meeting
from scripts.review.comments.outcome import CommentOutcome, refused_for
from scripts.review.options import not_in_the_future
from scripts.review.sign import file_reading, pages_to_read
from scripts.review.withdraw import withdraw

_STAYS: Final = (
    "what this comment said before was filed, and stays; to say something else before the meeting, write"
    " `/withdraw ROLE` in a new comment, and then sign again"
)


@dataclass(frozen=True, slots=True)
class Filing:
    """A form that somebody filled in, about a review (None if only one can be meant), on a day."""

    root: Path
    handbook: Handbook
    form: Form
    filed_for: FiledFor
    review: str | None
    day: datetime.date

    @property
    def language(self) -> str:
        """Return the language of the forms, which is the main one of the handbook."""
        return self.handbook.registers.organization.main_language

    def role(self) -> str:
        """Return the role that the form is filed for.

        Raises:
            HandbookError: if there is no such role, or the account does not hold it.

        """
        role, owners = self.form.argument.strip("` "), self.handbook.registers.owners
        if role not in owners.owners:
            named = f"there is no role {in_code(role)}" if role else "no role is named"
            raise HandbookError(
                f"{named}; write `/{self.form.command} ROLE`: {did_you_mean(role[:80], owners.owners)}"
            )
        require_holder(self.filed_for.account, role, owners, self.day)
        return role

    def source(self) -> str:
        """Return for whom it is filed, and from where, for the message of a commit."""
        where = f" from {self.filed_for.comment}" if self.filed_for.comment else ""
        return f"Filed for {self.filed_for.account}{where}."

    def is_from_here(self, filed_for: FiledFor | None) -> bool:
        """Tell whether something was filed from this very comment."""
        return filed_for is not None and bool(filed_for.comment) and filed_for == self.filed_for


def file_form(filing: Filing) -> CommentOutcome:
    """File what the form says, or say all that is wrong with it.

    Raises:
        HandbookError: if the account may not, or the review is not at that step.

    """
    return _FILE[filing.form.command](filing)


def _sign(filing: Filing) -> CommentOutcome:
    role, handbook = filing.role(), filing.handbook
    if earlier := _filed_before(filing, role):
        return _same_or_refused(filing, role, *earlier)
    review_file = review_to_sign(handbook, filing.review, role)
    day, started = not_in_the_future(filing.day, handbook), review_file.record.started
    if started and day < started:
        raise HandbookError(f"{day} is before {started}, when the review began; name a later day in --on")
    reading = _reading(filing, review_file, role)
    if not isinstance(reading, Reading):
        return refused_for(reading)
    file_reading(filing.root, review_file, role, reading)
    left = [name for name in missing_roles(review_file.record) if name != role]
    commit = f"Sign the review {review_file.name} as {role}\n\n{filing.source()}\n"
    return CommentOutcome("filed", _signed(filing, review_file, role, left), commit)


def _filed_before(filing: Filing, role: str) -> tuple[ReviewFile, Reading] | None:
    """Return the review and the reading that were filed from this comment, if any."""
    for review_file in filing.handbook.reviews.open:
        reading = review_file.record.readings.get(role)
        if reading and filing.is_from_here(reading.filed_for):
            return review_file, reading
    return None


def _same_or_refused(filing: Filing, role: str, review_file: ReviewFile, filed: Reading) -> CommentOutcome:
    reading = _reading(filing, review_file, role)
    if isinstance(reading, Reading) and reading.model_copy(update={"date": filed.date}) == filed:
        return CommentOutcome(
            "nothing", _signed(filing, review_file, role, missing_roles(review_file.record))
        )
    return refused_for([FormProblem(filing.form.line, _STAYS)])


def _reading(filing: Filing, review_file: ReviewFile, role: str) -> Reading | list[FormProblem]:
    pages = pages_to_read(filing.handbook, review_file, role)
    wanted = {page.path: filing.handbook.fingerprint(page) for page in pages}
    return reading_of(filing.form, wanted, filing.day, filing.filed_for, filing.language)


def _signed(filing: Filing, review_file: ReviewFile, role: str, left: list[str]) -> str:
    number = counted(len(review_file.pages_of(role)), "page")
    filed = (
        f"Filed: the reading of {number} as `{role}`, for {filing.filed_for.account}.{_unread(filing.form)}"
    )
    if left:
        return f"{filed}\n\nStill to sign: {', '.join(left)}.\n"
    form = decide_form(
        list(review_file.record.readings), _texts(filing, review_file).items(), filing.language
    )
    return f"{filed}\n\nAll have signed. Meet, then copy this into a comment:\n\n```text\n{form}```\n"


def _unread(form: Form) -> str:
    lines = ", ".join(map(str, form.unread))
    return f" Not part of an answer, and not filed: line {lines}." if lines else ""


def _texts(filing: Filing, review_file: ReviewFile) -> Mapping[str, str | None]:
    pages = {path: filing.handbook.page(path) for path in review_file.record.pages}
    return {path: filing.handbook.fingerprint(page) if page else None for path, page in pages.items()}


def _withdraw(filing: Filing) -> CommentOutcome:
    role = filing.role()
    review_file = signed_review(filing.handbook, filing.review, role)
    withdraw(filing.root, review_file, role)
    commit = f"Withdraw the reading of {role} in {review_file.name}\n\n{filing.source()}\n"
    return CommentOutcome("filed", f"Withdrawn: the reading as `{role}`. It stays in the history.\n", commit)


def _decide(filing: Filing) -> CommentOutcome:
    review_file = review_to_close(filing.handbook, filing.review)
    meeting = review_file.record.meeting
    if meeting is None:
        decided = _meeting(filing, review_file)
        if not isinstance(decided, Meeting):
            return refused_for(decided)
        meeting = decided
        record_meeting(filing.root, filing.handbook, review_file, meeting)
    elif not filing.is_from_here(meeting.filed_for):
        raise HandbookError(f"{review_file.name} was closed for the meeting of {meeting.date}")
    lines = list(date_pages(filing.root, filing.handbook, review_file, meeting))
    discard_drafts(filing.root, review_file)
    rows = "".join(f"- {line}\n" for line in lines)
    answer = f"Closed for the meeting of {meeting.date}.{_unread(filing.form)}\n\n{rows}"
    commit = f"Close the review {review_file.name}\n\n{filing.source()}\n"
    return CommentOutcome("filed", answer, commit, closes=True)


def _meeting(filing: Filing, review_file: ReviewFile) -> Meeting | list[FormProblem]:
    if missing := missing_roles(review_file.record):
        raise HandbookError(f"{review_file.name} cannot be closed yet; still to sign: {', '.join(missing)}")
    readers = list(review_file.record.readings)
    meeting = meeting_of(
        filing.form,
        _texts(filing, review_file),
        readers,
        filing.handbook.today,
        filing.filed_for,
        filing.language,
    )
    if isinstance(meeting, Meeting):
        owners = filing.handbook.registers.owners
        require_holder_of_any(filing.filed_for.account, meeting.took_part, owners, meeting.date)
    return meeting


_FILE: Final[Mapping[str, Callable[[Filing], CommentOutcome]]] = {
    "sign": _sign,
    "withdraw": _withdraw,
    "decide": _decide,
}
