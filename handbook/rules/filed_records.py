"""REV010 and REV011: what was filed stays as it was filed, and a page leaves by a review."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from handbook.baseline import Baseline
from handbook.content.change import ChangedFiles
from handbook.content.fingerprints import is_first_version
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.editorial_changes import EditorialChange
from handbook.registers.evidence_folder import SHIPPED_FOLDER, is_about_the_tool, is_shipped
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.review_records import FOLDER, RECORD_PATHS, ReviewFile
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.registry import rule

_RESTORE = "restore it as it was, and record what is new beside it"


@rule("REV010", "Filed record stays as it was filed", severity=Severity.ERROR)
def filed_records_stay(
    handbook: Handbook, baseline: Baseline | None, change: ChangedFiles | None
) -> Iterator[Problem]:
    """A reading that can be rewritten afterward proves nothing, so records are only added to.

    Applies with `--changed-since`. A change may add readings, meetings, editorial changes, and changes of
    sources, but it may not alter or remove those that were filed before it. A reader may take back a reading
    until the meeting, or until the review is given up. New records hold fingerprints of version 2, which
    begin with `v2:`. Only an update of the tool to a release brings pages about the tool and the records of
    their reviews, as that release has them.

    Bad:  (another fingerprint in a reading of last month)
    Good: (a new review of the page)
    """
    if baseline is None:
        yield from _problems_of_unknown_base(change)
        return
    was_sample, is_sample = (state.registers.organization.sample for state in (baseline.handbook, handbook))
    if was_sample and not is_sample:
        return  # Whoever adopts the handbook leaves the evidence of the invented organization behind.
    if is_sample and not was_sample:
        message = "`sample: true` makes the reviews of an invented organization count; take it out"
        yield Problem(1, message, path=ORGANIZATION_FILE)
    filed, records = (state.reviews.by_place for state in (baseline.handbook, handbook))
    brings_records = change is not None and change.is_release
    for place, before in filed.items():
        if not (brings_records and is_shipped(place)):
            yield from _problems_of_record(before, records.get(place))
    for place, review_file in records.items():
        yield from _problems_of_version(filed.get(place), review_file)
    if not brings_records and not is_sample:
        yield from _problems_of_what_no_release_brings(baseline, handbook)
    for problem in _problems_of_editorial_changes(baseline.handbook, handbook):
        if not brings_records or not is_about_the_tool(str(problem.path)):
            yield problem
    yield from _problems_of_sources(baseline.handbook, handbook)


def _problems_of_unknown_base(change: ChangedFiles | None) -> Iterator[Problem]:
    """Yield the records that a change touches, if those from before it cannot be read."""
    for path in change.texts if change else ():
        if path.startswith(RECORD_PATHS):
            message = (
                "what was filed here before cannot be read, because this change goes to a broken handbook;"
                " fix that first, in a change of its own"
            )
            yield Problem(1, message, severity=Severity.WARNING, path=path)


def _problems_of_what_no_release_brings(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    """Yield new pages about the tool, which nobody here reviews, and new records of their reviews."""
    for page in handbook.pages:
        if handbook.is_shipped(page) and baseline.page(page.path) is None:
            message = "no release brings this page about the tool; move it to another folder, and review it"
            yield Problem(1, message, path=page.path)
    for place, review_file in handbook.reviews.by_place.items():
        counts = is_shipped(place) and any(map(is_about_the_tool, review_file.record.pages))
        if counts and place not in baseline.handbook.reviews.by_place:
            message = f"no release brings this record to {SHIPPED_FOLDER}/; keep your own in {FOLDER}/"
            yield Problem(1, message, path=review_file.path)


def _problems_of_record(before: ReviewFile, now: ReviewFile | None) -> Iterator[Problem]:
    if now is None:
        yield Problem(1, f"this record was removed; {_RESTORE}", path=before.path)
        return
    met, given_up = before.record.meeting is not None, before.record.abandoned is not None
    for role, reading in before.record.readings.items():
        later = now.record.readings.get(role)
        if reading and later != reading and (later or met or given_up):
            message = f"the reading of {role} is not the one that was filed; {_RESTORE}"
            yield Problem.at(now.location("readings", role), message, path=now.path)
    if met and (now.record.meeting, now.record.pages) != (before.record.meeting, before.record.pages):
        message = f"the decisions of this meeting are not those that were recorded; {_RESTORE}"
        yield Problem.at(now.location("meeting"), message, path=now.path)
    if given_up and now.record.abandoned != before.record.abandoned:
        message = "this review was given up, and its record says something else now; restore it as it was"
        yield Problem.at(now.location("abandoned"), message, path=now.path)
    if (met or given_up) and _plan(now) != _plan(before):
        message = f"when this review began, or who was to read, is not what was filed; {_RESTORE}"
        yield Problem.at(now.location("started"), message, path=now.path)


def _plan(review_file: ReviewFile) -> object:
    return review_file.record.started, review_file.readers


def _problems_of_version(before: ReviewFile | None, now: ReviewFile) -> Iterator[Problem]:
    """Yield the new readings and meetings whose fingerprints cover only the text of a page."""
    known = before.record.readings if before else {}
    for role, reading in now.record.readings.items():
        texts = [page.fingerprint for page in reading.pages.values()] if reading else []
        if not known.get(role) and any(map(is_first_version, texts)):
            yield _of_first_version(now, "readings", role)
    meeting = now.record.meeting
    decided = [decision.fingerprint or "" for decision in meeting.pages.values()] if meeting else []
    is_new = not (before and before.record.meeting)
    if is_new and any(is_first_version(text) for text in decided if text):
        yield _of_first_version(now, "meeting")


def _of_first_version(review_file: ReviewFile, *keys: str) -> Problem:
    message = (
        "these fingerprints cover only the text of the pages, and not what their macros show;"
        " write those that `handbook review fingerprint PAGE` prints"
    )
    return Problem.at(review_file.location(*keys), message, path=review_file.path)


def _problems_of_editorial_changes(before: Handbook, now: Handbook) -> Iterator[Problem]:
    filed, kept = (Counter(map(_as_text, handbook.reviews.editorial)) for handbook in (before, now))
    for change in before.reviews.editorial:
        if kept[_as_text(change)] < filed[_as_text(change)]:
            message = (
                f"the editorial change of {change.page} on {change.date} was altered or removed; {_RESTORE}"
            )
            yield Problem(1, message, path=change.page)
    new = [change for change in now.reviews.editorial if not filed[_as_text(change)]]
    yield from _problems_of_unseen_texts(new, before, now)
    for change in new:
        if is_first_version(change.fingerprint):
            message = (
                f"the editorial change of {change.date} has a fingerprint that covers only the text; write"
                f" the one that `handbook review fingerprint {change.page}` prints"
            )
            yield Problem(1, message, path=change.page)


def _problems_of_unseen_texts(
    new: Sequence[EditorialChange], before: Handbook, now: Handbook
) -> Iterator[Problem]:
    """Yield the pages that have none of the texts to which new editorial changes lead, nor a new review."""
    for path in dict.fromkeys(change.page for change in new):
        page, reviewed = now.page(path), now.reviews.decisions_about(path)
        texts = {change.fingerprint for change in new if change.page == path}
        is_reviewed_anew = len(reviewed) > len(before.reviews.decisions_about(path))
        if page and not is_reviewed_anew and not now.has_text(page, texts):
            message = (
                "an editorial change leads to a text that this page does not have; record it in the change"
                " that brings the text"
            )
            yield Problem(page.body_line, message, path=path)


def _as_text(change: EditorialChange) -> str:
    return change.model_dump_json()


def _problems_of_sources(before: Handbook, now: Handbook) -> Iterator[Problem]:
    for name, source in before.registers.sources.sources.items():
        later = now.registers.sources.sources.get(name)
        if source.changed and later and (later.changed is None or later.changed < source.changed):
            message = f"the change of the source '{name}' on {source.changed} was taken back; {_RESTORE}"
            yield Problem(1, message, path=SOURCES_FILE)


@rule("REV011", "Page is removed only after a review", severity=Severity.WARNING)
def removed_pages_were_reviewed(handbook: Handbook, baseline: Baseline | None) -> Iterator[Problem]:
    """A rule that disappears is a changed rule, so people decide together that a page goes.

    Applies with `--changed-since`: a page that was deleted, moved to the pages about the tool or out of the
    folders that a lawyer reads, or is no longer for this organization needs a review that retired it. Under
    `docs/policy/` and `docs/law/`, this is an error.

    Bad:  (`docs/policy/gifts.md` deleted, and no review retired it)
    Good: (a review with the outcome `retired` for it)
    """
    if baseline is None:
        return
    moves = {change.page: change.moved_from for change in handbook.reviews.editorial if change.moved_from}
    paths = [page.path for page in handbook.pages]
    moved = [(former, path) for path in paths for former in _former_paths(path, baseline, moves)]
    kept = {former for former, path in moved if former == path or _is_held_alike(former, path)}
    new_paths = dict(moved)
    for page in baseline.handbook.pages:
        path = page.path
        if path not in kept and not is_about_the_tool(path) and not _is_retired(page, handbook):
            severity = Severity.ERROR if path.startswith(LEGAL_FOLDERS) else None
            yield Problem(1, _unreviewed_removal(new_paths.get(path)), severity=severity, path=path)


def _former_paths(path: str, baseline: Baseline, moves: Mapping[str, str]) -> Iterator[str]:
    """Yield where a page may have been before a change."""
    yield baseline.moved.get(path, path)
    if path in moves and baseline.handbook.page(path) is None:  # A page that was there did not move.
        yield moves[path]


def _unreviewed_removal(moved_to: str | None) -> str:
    if moved_to is None:
        return "this page is no longer published, and no review retired it; review it first"
    held = "no review of yours judges it" if is_about_the_tool(moved_to) else "no lawyer has to read it"
    return f"this page moved to {moved_to}, where {held}, and no review retired it here; review it first"


def _is_held_alike(before: str, now: str) -> bool:
    """Tell whether a page that moved is still held to its reviews, and read by a lawyer if it was before."""
    has_lawyer = not before.startswith(LEGAL_FOLDERS) or now.startswith(LEGAL_FOLDERS)
    return has_lawyer and not is_about_the_tool(now)


def _is_retired(page: Page, handbook: Handbook) -> bool:
    decisions = handbook.reviews.decisions_about(page.path)
    return bool(decisions) and decisions[-1].retires
