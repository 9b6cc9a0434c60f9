"""REV005 to REV009: the date of a review is the result of a review that can be shown."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from handbook.findings import Problem, Severity
from handbook.fingerprints import fingerprint
from handbook.model import Handbook
from handbook.pages import Page
from handbook.review_records import QUESTIONS, FiledRecord, Meeting
from handbook.rules.registry import rule

FEWEST_READERS: Final = 2
# So many pages with the same words in one day are no longer read.
STAMPED_PAGES: Final = 10


@rule("REV005", "Review is backed by a record", severity=Severity.ERROR)
def review_has_a_record(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A date alone can be typed; a record shows who read the page and what they decided.

    The date is that of a meeting in `registers/reviews/` that kept the page. `handbook review` writes it.

    Bad:  `last_reviewed: 2026-11-03` (no review met on that day)
    Good: `last_reviewed: 2026-10-14` (the day of `registers/reviews/2026-10-14-platforms.yml`)
    """
    day = page.front_matter.day("last_reviewed")
    if day is None or day > handbook.today or handbook.reviews.reviewed_on(page.path, day):
        return
    rows = handbook.reviews.decisions.get(page.path, ())
    last = f"write {rows[-1].meeting.date}, the day of its last review, or " if rows else ""
    yield page.problem_at(
        "last_reviewed",
        f"no review of {day} names this page; {last}review it with `handbook review start {page.path}`",
    )


@rule("REV006", "Text is the text that was reviewed", severity=Severity.WARNING)
def text_was_reviewed(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A sentence that changed after the review has been read by nobody else.

    A change of words alone is recorded as editorial, with who made it and why.

    Bad:  (a new exception, added after the review)
    Good: (a misspelled word, mended with `handbook review editorial`)
    """
    day = page.front_matter.day("last_reviewed")
    known = handbook.reviews.known_texts(page.path, day) if day else frozenset()
    if known and fingerprint(page.body) not in known:
        mend = f"review it, or record an editorial change with `handbook review editorial {page.path}`"
        yield Problem(page.body_line, f"the text has changed since the review of {day}; {mend}")


@rule("REV007", "Record of a review is sound", severity=Severity.ERROR)
def records_are_sound(handbook: Handbook) -> Iterator[Problem]:
    """People who read alone find what people who read together overlook, so both are shown.

    At least two roles read the page separately, on or before the day of the meeting, and answered the
    four questions. Then they met, and the owner of the page took part. Each decision has a reason.

    Bad:  (a separate reading dated after the meeting)
    Good: (readings of 5 and 9 October, a meeting on 14 October)
    """
    for filed in handbook.reviews.filed:
        if filed.record.meeting is not None:
            yield from _mistakes(filed, filed.record.meeting, handbook)


def _mistakes(filed: FiledRecord, meeting: Meeting, handbook: Handbook) -> Iterator[Problem]:
    yield from _mistakes_of_roles(filed, meeting, handbook)
    for role, reading in filed.record.readings.items():
        if reading and reading.date > meeting.date:
            message = (
                f"{role} read on {reading.date}, after the meeting of {meeting.date}; it counts for nothing"
            )
            yield _at(filed, message, "readings", role, "date")
    if meeting.date > handbook.today:
        yield _at(filed, f"the meeting is on {meeting.date}, in the future", "meeting", "date")
    for path in meeting.pages:
        yield from _mistakes_of_page(filed, meeting, path, handbook)


def _mistakes_of_roles(filed: FiledRecord, meeting: Meeting, handbook: Handbook) -> Iterator[Problem]:
    owners = handbook.registers.owners.owners
    for role in filed.record.readings:
        if role not in owners:
            yield _at(filed, f"'{role}' is not in registers/owners.yml; name a role", "readings", role)
    for number, role in enumerate(meeting.took_part):
        if role not in owners:
            message = f"'{role}' is not in registers/owners.yml; name a role"
            yield _at(filed, message, "meeting", "took_part", number)


def _mistakes_of_page(
    filed: FiledRecord, meeting: Meeting, path: str, handbook: Handbook
) -> Iterator[Problem]:
    decision = meeting.pages[path]
    readers = [
        role
        for role, reading in filed.record.readings.items()
        if reading and path in reading.pages and reading.date <= meeting.date
    ]
    if len(readers) < FEWEST_READERS:
        message = f"{path} was read by {len(readers)} before the meeting; two roles read it separately first"
        yield _at(filed, message, "meeting", "pages", path)
    if not decision.reason.strip():
        yield _at(filed, f"the decision about {path} has no reason", "meeting", "pages", path)
    if decision.outcome != "retired" and decision.fingerprint is None:
        yield _at(
            filed, f"the decision about {path} names no text; add its fingerprint", "meeting", "pages", path
        )
    page = handbook.page(path)
    if page and page.owner and page.owner not in meeting.took_part and _is_latest(filed, path, handbook):
        message = f"{page.owner}, the owner of {path}, did not take part in the meeting"
        yield _at(filed, message, "meeting", "took_part")
    for role in readers:
        yield from _unanswered(filed, role, path)


def _is_latest(filed: FiledRecord, path: str, handbook: Handbook) -> bool:
    """Tell whether no later review decided about the page: its owner may have changed since an older one."""
    return handbook.reviews.decisions[path][-1].filed.path == filed.path


def _unanswered(filed: FiledRecord, role: str, path: str) -> Iterator[Problem]:
    reading = filed.record.readings[role]
    answers = reading.pages[path].answers if reading else ()
    missing = [question for question, answer in zip(QUESTIONS, answers, strict=False) if not answer]
    if missing:
        message = f"{role} left {', '.join(missing)} unanswered for {path}; answer the four questions"
        yield _at(filed, message, "readings", role, "pages", path)


@rule("REV008", "No source has changed since the review", severity=Severity.ERROR)
def sources_are_unchanged(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page that rests on terms or a law is due when these change, whatever its date says.

    `handbook review source` records that a source changed.

    Bad:  (reviewed on 14 October, its source changed on 2 November)
    Good: (reviewed on 10 November)
    """
    day = page.front_matter.day("last_reviewed")
    for name in page.front_matter.texts("sources"):
        source = handbook.registers.sources.sources.get(name)
        if day and source and source.changed and day < source.changed <= handbook.today:
            message = (
                f"the source '{name}' changed on {source.changed}, after the review of {day}; review the page"
            )
            yield page.problem_at("sources", message)


@rule("REV009", "Record is no rubber stamp", severity=Severity.WARNING)
def records_are_no_rubber_stamp(handbook: Handbook) -> Iterator[Problem]:
    """Ten pages with the same words in one day were not read; somebody silenced a reminder.

    Bad:  (ten pages of one meeting, each with the reason "no change")
    Good: (a reason that says what was looked at)
    """
    for filed in handbook.reviews.filed:
        yield from _stamped_readings(filed)
        yield from _stamped_decisions(filed)


def _stamped_readings(filed: FiledRecord) -> Iterator[Problem]:
    for role, reading in filed.record.readings.items():
        words = Counter(page.answers for page in reading.pages.values()) if reading else Counter()
        for answers, pages in words.items():
            if pages >= STAMPED_PAGES and any(answers):
                message = f"{role} answered {pages} pages with the same words; say what was looked at on each"
                yield _at(filed, message, "readings", role)


def _stamped_decisions(filed: FiledRecord) -> Iterator[Problem]:
    meeting = filed.record.meeting
    pages: dict[str, int] = defaultdict(int)
    for decision in meeting.pages.values() if meeting else ():
        pages[decision.reason.strip().casefold()] += 1
    for reason, count in pages.items():
        if reason and count >= STAMPED_PAGES:
            message = f"{count} pages were decided with the same words; give each its reason"
            yield _at(filed, message, "meeting")


def _at(filed: FiledRecord, message: str, *keys: str | int) -> Problem:
    place = filed.place(*keys)
    return Problem(place.line, message, place.column, path=filed.path)
