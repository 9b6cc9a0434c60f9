"""REV007: the record of a review is complete and consistent."""

from collections.abc import Collection, Iterator
from typing import Final

from handbook.baseline import Baseline
from handbook.due_dates import LONGEST_INTERVAL, due_date
from handbook.findings import Problem, Severity
from handbook.git.repository import Repository
from handbook.model import Handbook
from handbook.registers.evidence_folder import SAMPLE_FOLDER, is_about_the_tool, is_shipped
from handbook.registers.review_records import (
    FOLDER,
    QUESTIONS,
    SHARED_QUESTIONS,
    Meeting,
    MeetingDecision,
    ReviewFile,
)
from handbook.rules.registry import rule
from handbook.rules.review_owners import (
    at,
    moved_first_days,
    problems_of_former_owner,
    problems_of_owner,
)
from handbook.rules.signatures import (
    editorial_signature_problems,
    replayed_readings,
    signature_problems,
    withdrawal_problems,
)
from handbook.text.counting import counted
from handbook.text.suggestions import did_you_mean

FEWEST_READERS: Final = 2


@rule("REV007", "Review record is complete and consistent", severity=Severity.ERROR)
def records_are_sound(
    handbook: Handbook, repository: Repository | None, baseline: Baseline | None
) -> Iterator[Problem]:
    """People who read alone notice what a group overlooks, so a record shows separate readings and a meeting.

    At least two roles read each page separately, on or before the day of the meeting. The page's owner or its
    deputy is one of them, and so is a lawyer under `docs/policy/` and `docs/law/`. Each says in a sentence
    what it looked at. Somebody says how the environment has changed, and whether there are legal updates.
    Then they meet, and the owner or its deputy takes part; a role that owns the page only since a later day,
    `owner_since`, is named in a notice. Each decision has a reason, and a page recorded as unchanged has the
    text that was read. Nobody reads before the review began, or more than six months before the meeting.
    `handbook check --verify-authors` also compares who signed each line with who committed it, and the days
    of both. With `--changed-since`, it does so for new records, by the holders that roles had before the
    change, and only they take back a reading. The role that owned a page before the change has a say in its
    removal, and in a new text that comes with a new owner.

    Bad:  (a separate reading dated after the meeting)
    Good: (readings on 5 and 9 October, a meeting on 14 October)
    """
    for review_file in handbook.reviews.files:
        yield from _problems_of_readings(review_file, handbook)
        if review_file.record.meeting is not None:
            yield from _problems_of_meeting(review_file, review_file.record.meeting, handbook)
        if is_shipped(review_file.path):
            yield from _pages_that_are_not_shipped(review_file)
    yield from _problems_of_future_days(handbook)
    if baseline:
        yield from moved_first_days(handbook, baseline)
        yield from _problems_of_new_owners(handbook, baseline)
        yield from _problems_of_withdrawals(handbook, baseline)
    if repository:
        yield from _problems_of_signatures(handbook, repository, baseline)
    elif baseline:
        yield from _problems_of_new_signatures(handbook, baseline)


def _problems_of_future_days(handbook: Handbook) -> Iterator[Problem]:
    """Yield what would count also after later reviews, because its day is still to come."""
    for review_file in handbook.reviews.files:
        given_up = review_file.record.abandoned
        if given_up and given_up.date > handbook.today:
            message = f"this review was given up on {given_up.date}, in the future; correct the date"
            yield at(review_file, message, "abandoned", "date")
    for change in handbook.reviews.editorial:
        if change.date > handbook.today and not is_about_the_tool(change.page):
            message = f"an editorial change is dated {change.date}, in the future; correct the date"
            yield Problem(1, message, path=change.page)


def _problems_of_signatures(
    handbook: Handbook, repository: Repository, baseline: Baseline | None
) -> Iterator[Problem]:
    trusted = baseline.with_trusted_owners(handbook) if baseline else handbook
    new = {review_file.path for review_file in _new_records(handbook, baseline)} if baseline else ()
    for review_file in handbook.reviews.files:
        if not _is_by_others(review_file, handbook):
            is_new = review_file.path in new
            yield from signature_problems(review_file, trusted, repository, is_of_change=is_new)
    yield from editorial_signature_problems(trusted, repository)


def _problems_of_new_signatures(handbook: Handbook, baseline: Baseline) -> Iterator[Problem]:
    """Yield what a change files for roles that had holders, and that none of them signed."""
    trusted = baseline.with_trusted_owners(handbook)
    if _has_holders(trusted):
        problems = _signatures_since(baseline, trusted)
        yield from (problem for problem in problems if problem.severity is not Severity.INFO)


def _has_holders(handbook: Handbook) -> bool:
    return any(owner.holders for owner in handbook.registers.owners.owners.values())


def _signatures_since(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    for review_file in _new_records(handbook, baseline):
        yield from signature_problems(review_file, handbook, baseline.repository, is_of_change=True)
    filed = baseline.handbook.reviews.editorial
    yield from editorial_signature_problems(handbook, baseline.repository, filed)


def _problems_of_withdrawals(handbook: Handbook, baseline: Baseline) -> Iterator[Problem]:
    """Yield the readings that a change takes back for somebody else, or brings back after that."""
    trusted, filed = baseline.with_trusted_owners(handbook), baseline.handbook.reviews.by_place
    for review_file in _new_records(handbook, baseline):
        place = review_file.path.removeprefix(f"{SAMPLE_FOLDER}/")
        yield from replayed_readings(review_file, filed.get(place), baseline)
    for place, now in handbook.reviews.by_place.items():
        if place in filed and filed[place].record.is_open:
            yield from withdrawal_problems(filed[place], now, trusted, baseline.repository)


def _new_records(handbook: Handbook, baseline: Baseline) -> Iterator[ReviewFile]:
    """Yield the records of the handbook's own people that a change files, or adds to."""
    filed = baseline.handbook.reviews.by_place
    for place, review_file in handbook.reviews.by_place.items():
        is_new = place not in filed or filed[place].record != review_file.record
        if is_new and not _is_by_others(review_file, handbook):
            yield review_file


def _problems_of_new_owners(handbook: Handbook, baseline: Baseline) -> Iterator[Problem]:
    """Yield what a change decides without an owner or a lawyer, except for one that it appoints itself."""
    for review_file in _new_records(handbook, baseline):
        meeting = review_file.record.meeting
        for path in meeting.pages if meeting else ():
            if meeting and _is_latest(review_file, path, handbook):
                yield from _problems_of_deciders(review_file, meeting, path, handbook, baseline)


def _problems_of_deciders(
    review_file: ReviewFile, meeting: Meeting, path: str, handbook: Handbook, baseline: Baseline
) -> Iterator[Problem]:
    """Yield that the owner of a page before a change, or a lawyer of that time, took no part."""
    readers, before = _readers_of(review_file, meeting, path), baseline.handbook.page(path)
    decided = (review_file, meeting, path, readers)
    trusted = baseline.with_trusted_owners(handbook)
    if handbook.page(path) is None:  # Its former owner decides whether it is removed.
        yield from problems_of_owner(*decided, baseline.handbook)
    elif _has_holders(trusted):
        known = set(problems_of_owner(*decided, handbook))
        problems = problems_of_owner(*decided, trusted, former_owner=before.owner if before else None)
        yield from (problem for problem in problems if problem not in known)
        yield from problems_of_former_owner(review_file, path, readers, handbook, baseline)


def _is_by_others(review_file: ReviewFile, handbook: Handbook) -> bool:
    """Tell whether a record came with the release, and its roles are those of the people who made it."""
    return is_shipped(review_file.path) and not handbook.registers.organization.sample


def _pages_that_are_not_shipped(review_file: ReviewFile) -> Iterator[Problem]:
    meeting = review_file.record.meeting
    for path in dict.fromkeys([*review_file.record.pages, *(meeting.pages if meeting else ())]):
        if not is_about_the_tool(path):
            message = f"{path} is not a page about the tool; keep the record of its review in {FOLDER}"
            yield at(review_file, message, "pages")


def _problems_of_readings(review_file: ReviewFile, handbook: Handbook) -> Iterator[Problem]:
    meeting, started = review_file.record.meeting, review_file.record.started
    for role, reading in review_file.record.readings.items():
        if _is_unknown(role, handbook) and _counts(review_file, handbook):
            yield at(review_file, _unknown_role(role, handbook), "readings", role)
        if reading and meeting and reading.date > meeting.date:
            message = f"{role} read on {reading.date}, after the meeting of {meeting.date}; correct the date"
            yield at(review_file, message, "readings", role, "date")
        elif reading and reading.date > handbook.today:
            message = f"{role} read on {reading.date}, in the future; correct the date"
            yield at(review_file, message, "readings", role, "date")
        elif reading and meeting and due_date(reading.date) < meeting.date and _counts(review_file, handbook):
            message = (
                f"{role} read on {reading.date}, more than {LONGEST_INTERVAL} months before the meeting of"
                f" {meeting.date}; have it read again"
            )
            yield at(review_file, message, "readings", role, "date")
        if reading and started and reading.date < started:
            message = f"{role} read on {reading.date}, before the review began on {started}; correct the date"
            yield at(review_file, message, "readings", role, "date")


def _counts(review_file: ReviewFile, handbook: Handbook) -> bool:
    """Tell whether this is the latest review of any page; roles named in older records may be gone."""
    meeting = review_file.record.meeting
    if _is_by_others(review_file, handbook):
        return False
    decided = meeting.pages if meeting else ()
    return review_file.record.is_open or any(_is_latest(review_file, path, handbook) for path in decided)


def _is_unknown(role: str, handbook: Handbook) -> bool:
    owners = handbook.registers.owners
    return owners.now_called(role) not in owners.owners


def _unknown_role(role: str, handbook: Handbook) -> str:
    remedy = did_you_mean(role, handbook.registers.owners.owners)
    return f"'{role}' is not in registers/owners.yml; {remedy}"


def _problems_of_meeting(review_file: ReviewFile, meeting: Meeting, handbook: Handbook) -> Iterator[Problem]:
    if review_file.record.abandoned:
        message = "an abandoned review has no meeting; remove `meeting`, or `abandoned` if it was closed"
        yield at(review_file, message, "abandoned")
    if meeting.date > handbook.today:
        message = f"the meeting is on {meeting.date}, in the future; correct the date"
        yield at(review_file, message, "meeting", "date")
    for number, role in enumerate(meeting.took_part):
        if _is_unknown(role, handbook) and _counts(review_file, handbook):
            yield at(review_file, _unknown_role(role, handbook), "meeting", "took_part", number)
    if len(set(map(handbook.registers.owners.now_called, meeting.took_part))) < FEWEST_READERS:
        message = "a meeting needs at least two roles; name those that met in took_part"
        yield at(review_file, message, "meeting", "took_part")
    for path in review_file.record.pages:
        if path not in meeting.pages:
            message = f"the meeting decided nothing about {path}; add its decision, or remove the page"
            yield at(review_file, message, "pages", path)
    yield from _problems_of_shared_questions(review_file)
    for path in meeting.pages:
        yield from _problems_of_page(review_file, meeting, path, handbook)


def _problems_of_page(
    review_file: ReviewFile, meeting: Meeting, path: str, handbook: Handbook
) -> Iterator[Problem]:
    readers = _readers_of(review_file, meeting, path)
    read_by = set(map(handbook.registers.owners.now_called, readers))
    if len(read_by) < FEWEST_READERS:
        roles = counted(len(read_by), "role")
        message = f"{path} was read by {roles} before the meeting; at least two must read it separately"
        yield at(review_file, message, "meeting", "pages", path)
    for message in _problems_of_decision(review_file, meeting.pages[path], path, readers):
        yield at(review_file, message, "meeting", "pages", path)
    for role in review_file.unread_by(path):
        message = f"{role} was to read {path} and has not; have it read, or take the role out of `pages`"
        yield at(review_file, message, "pages", path)
    if not _is_by_others(review_file, handbook) and _is_latest(review_file, path, handbook):
        yield from problems_of_owner(review_file, meeting, path, readers, handbook)
    for role in readers:
        yield from _unanswered(review_file, role, path)


def _readers_of(review_file: ReviewFile, meeting: Meeting, path: str) -> list[str]:
    """Return the roles that read a page before the meeting, or on its day."""
    return [
        role
        for role, reading in review_file.record.readings.items()
        if reading and path in reading.pages and reading.date <= meeting.date
    ]


def _problems_of_shared_questions(review_file: ReviewFile) -> Iterator[Problem]:
    readings = [reading for reading in review_file.record.readings.values() if reading]
    for question in SHARED_QUESTIONS if readings else ():
        if not any(reading.answers(question) for reading in readings):
            message = f"nobody answered `{question}`; one of the readers answers it for the whole review"
            yield at(review_file, message, "meeting")


def _problems_of_decision(
    review_file: ReviewFile, decision: MeetingDecision, path: str, readers: Collection[str]
) -> Iterator[str]:
    if not decision.reason.strip():
        yield f"the decision about {path} has no reason; add one in `reason:`"
    if decision.outcome != "retired" and decision.fingerprint is None:
        yield f"the decision about {path} has no fingerprint; add that of the text it was made on"
    elif decision.outcome == "unchanged" and not was_read_as(
        decision.fingerprint, path, review_file, readers
    ):
        yield f"{path} is recorded as unchanged, but is not the text that was read; write 'changed', and why"


def was_read_as(text: str | None, path: str, review_file: ReviewFile, readers: Collection[str]) -> bool:
    """Tell whether each reader of a page read the text with this fingerprint."""
    readings = (review_file.record.readings[role] for role in readers)
    return all(reading.pages[path].fingerprint == text for reading in readings if reading)


def _is_latest(review_file: ReviewFile, path: str, handbook: Handbook) -> bool:
    """Tell whether no later review decided about the page, whose owner may have changed since then."""
    return handbook.reviews.decisions_about(path)[-1].review_file.path == review_file.path


def _unanswered(review_file: ReviewFile, role: str, path: str) -> Iterator[Problem]:
    reading = review_file.record.readings[role]
    page = reading.pages[path] if reading else None
    if page is None or page.note.strip():
        return
    answers = zip(QUESTIONS, page.answers, strict=True)
    missing = ", ".join(question for question, answer in answers if not answer)
    if not page.words:
        message = f"{role} did not say what it looked at in {path}; write a sentence in `note:`"
        yield at(review_file, message, "readings", role, "pages", path)
    elif missing:
        message = f"{role} left {missing} unanswered for {path}; answer the four questions"
        yield at(review_file, message, "readings", role, "pages", path)
