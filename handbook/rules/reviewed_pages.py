"""REV005, REV006, and REV008: the date and the text of a page are those of its last review."""

import datetime
from collections.abc import Iterator

from handbook.baseline import Baseline
from handbook.content.change import ChangedFiles
from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.last_review import backing
from handbook.registers.sources import unknown_source
from handbook.rules.editorial_limits import editorial_limits_hit
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.registry import rule
from handbook.rules.review_dates import UPDATE_HANDBOOK
from handbook.rules.texts_after_renaming import TextsAfterRenaming
from handbook.text.quoting import in_shell


@rule("REV005", "Review date is backed by a record", severity=Severity.ERROR)
def review_has_a_record(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Anyone can type a date; a record shows who read the page and what they decided.

    The date must be that of the last meeting, recorded in `registers/reviews/`, that decided on the page, and
    it must have kept the page. `handbook review` writes the record and the date. Records of pages about the
    tool, in `docs/audit/` and `docs/contributing/`, come with each release: if one is missing, that is a
    notice.

    Bad:  `last_reviewed: 2026-11-03` (no review has a meeting on that day)
    Good: `last_reviewed: 2026-10-14` (the day of `registers/reviews/2026-10-14-platforms.yml`)
    """
    day = page.front_matter.day("last_reviewed")
    if day is None or day > handbook.today:
        return
    if backing(page, handbook.reviews):
        return
    if handbook.is_shipped(page):
        message = f"no review of {day} names this page; {UPDATE_HANDBOOK}"
        yield page.problem_at("last_reviewed", message, Severity.INFO)
        return
    last = handbook.reviews.last_decision_about(page.path)
    review_it = f"review it with `handbook review start {in_shell(page.path)}`"
    if last and last.retires and last.meeting.date >= day:
        message = f"the review of {last.meeting.date} retired this page; delete it, or {review_it}"
    elif last and last.meeting.date > day:
        later = last.meeting.date
        message = (
            f"the review of {later} decided on this page after that of {day}; take the text of that review"
            f" and write {later}, or {review_it}"
        )
    else:
        message = f"no review of {day} names this page; {_way_out(page, handbook)}{review_it}"
    yield page.problem_at("last_reviewed", message)


def _way_out(page: Page, handbook: Handbook) -> str:
    """Return a remedy if the page has earlier decisions, or if it has the text of a page that is gone."""
    rows = [row for row in handbook.reviews.decisions_about(page.path) if not row.retires]
    if rows:
        return f"write {rows[-1].meeting.date}, the day of its last review, or "
    before = handbook.removed_page_with_text_of(page)
    if before is None:
        return ""
    pages = f"{in_shell(page.path)} --moved-from {in_shell(before)}"
    moved = f"handbook review editorial {pages} --as ROLE --why TEXT"
    return f"if it moved from {before}, record that with `{moved}`, or "


@rule("REV006", "Text has not changed since its review", severity=Severity.WARNING)
def text_was_reviewed(
    page: Page, handbook: Handbook, baseline: Baseline | None, change: ChangedFiles | None
) -> Iterator[Problem]:
    """If a sentence changes after the review, nobody but its author has read it.

    The text includes the title, the description, the audience, and what macros show of the registers, such
    as the answer of a scenario. If only the wording changed, record it as an editorial change, with who made
    it and why. With `--changed-since`, an unreviewed change under `docs/policy/` or `docs/law/` is an error.
    There, an editorial change corrects spelling, marks, and words such as `the`, and no other words. No
    editorial change says `you` where the text said `we`.

    Bad:  (a new exception, added after the review)
    Good: (a corrected spelling mistake, recorded with `handbook review editorial`)
    """
    if change and baseline is None and page.path in change.texts:
        yield from _problems_of_text_without_former_one(page, handbook)
        return
    day = page.front_matter.day("last_reviewed")
    trusted = baseline.with_trusted_owners(handbook) if baseline else handbook
    before = baseline.page(page.path) if baseline else None
    known = trusted.known_texts(page, before.owner if before else None)
    if not known:
        return  # REV005 reports a missing review.
    is_touched = baseline is not None and not baseline.shows_the_same(page, handbook)
    # A fingerprint of version 1 does not cover what macros show, so a change has to bring a later one.
    was_read = handbook.fingerprint(page) in known if is_touched else handbook.has_text(page, known)
    if not was_read:
        severity = Severity.ERROR if is_touched and page.path.startswith(LEGAL_FOLDERS) else None
        message = f"the text has changed since the review of {day}; {_remedy(page, before, trusted)}"
        yield Problem(page.body_line, message, severity=severity)
    elif baseline and not _comes_from_its_makers(page, handbook, change):
        yield from _problems_of_editorial_change(page, handbook, baseline, is_touched=is_touched)


def _problems_of_text_without_former_one(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """Yield that a text is not the reviewed one. What it was before the change, nobody can read."""
    decided = backing(page, handbook.reviews)
    text = decided.decision.fingerprint if decided else None
    if text and not handbook.has_text(page, [text]):
        message = (
            f"the text is not that of the review of {page.front_matter.day('last_reviewed')}, and the one"
            " before this change cannot be read, so no editorial change counts; review it"
        )
        severity = Severity.ERROR if page.path.startswith(LEGAL_FOLDERS) else None
        yield Problem(page.body_line, message, severity=severity)


def _comes_from_its_makers(page: Page, handbook: Handbook, change: ChangedFiles | None) -> bool:
    """Tell whether a page about the tool is changed by a release, or where the tool is made."""
    is_release = change is not None and change.is_release
    return is_about_the_tool(page.path) and (is_release or not handbook.is_shipped(page))


def _remedy(page: Page, before: Page | None, handbook: Handbook) -> str:
    """Return what to do about a text that no review has read, and that no editor has vouched for."""
    if change := handbook.reviews.change_to(page.path, handbook.fingerprint(page)):
        editors = ", ".join(sorted(handbook.editors_of(page, before.owner if before else None) or ()))
        return f"{change.by} may not record editorial changes of this page; let {editors} do it, or review it"
    record = f"handbook review editorial {in_shell(page.path)} --as ROLE --why TEXT"
    return f"review it, or record an editorial change with `{record}`"


def _problems_of_editorial_change(
    page: Page, handbook: Handbook, baseline: Baseline, *, is_touched: bool
) -> Iterator[Problem]:
    """Yield the reasons why a change of a page is not editorial, unless it has the text of its last review.

    A text that an earlier review kept is not what the last one decided on. If a change books a text as
    editorial that it also reviews, people would not be asked to accept it again, so it is judged, too. So is
    a text that an earlier change brought without a review: it is compared with the one that was reviewed.
    """
    text, decided = handbook.fingerprint(page), backing(page, handbook.reviews)
    change = handbook.reviews.change_to(page.path, text)
    is_new = change is not None and change not in baseline.handbook.reviews.editorial
    is_reviewed = decided is not None and decided.decision.fingerprint == text
    if not is_new and (is_reviewed or not is_touched):
        return
    moved_from = baseline.handbook.page(change.moved_from) if change and change.moved_from else None
    before = baseline.page(page.path) or moved_from  # Git does not take a rewritten page for a moved one.
    texts = TextsAfterRenaming(baseline, handbook)
    read_before = texts.reviewed(before) if before else ""
    # What was found on the first line of a text before the change is not part of it.
    line = page.body_line if is_touched else 1
    if read_before is None:
        message = (
            "whether this change is editorial cannot be told, because the history here does not have the text"
            " that was reviewed; review the page"
        )
        yield Problem(line, message, severity=Severity.ERROR)
    elif hit := editorial_limits_hit(
        read_before, texts.after(page), page.language, is_binding=page.path.startswith(LEGAL_FOLDERS)
    ):
        remedy = "write it on a page of yours" if handbook.is_shipped(page) else "review the page"
        message = f"this change is more than editorial: {'; '.join(hit)}; {remedy}"
        yield Problem(line, message, severity=Severity.ERROR)


@rule("REV008", "No source has changed since the review", severity=Severity.ERROR)
def sources_are_unchanged(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """If the terms or the law that a page relies on change, it is due for review, whatever its date says.

    `handbook review source` records that a source has changed. A source whose name is misspelled never
    makes its page due.

    Bad:  (reviewed on 14 October, its source changed on 2 November)
    Good: (reviewed on 10 November)
    """
    sources = handbook.registers.sources
    known = {*sources.sources, *sources.for_others}
    for name in page.front_matter.texts("sources"):
        if name not in known:
            yield page.problem_at("sources", f"sources {unknown_source(name, known)}")
    for name, changed in sources_changed_since_review(page, handbook):
        day = page.front_matter.day("last_reviewed")
        message = f"the source '{name}' changed on {changed}, after the review of {day}; review the page"
        yield page.problem_at("sources", message)


def sources_changed_since_review(page: Page, handbook: Handbook) -> Iterator[tuple[str, datetime.date]]:
    """Yield the sources of a page that changed after its last review, with the day."""
    day = page.front_matter.day("last_reviewed")
    for name in page.front_matter.texts("sources"):
        source = handbook.registers.sources.sources.get(name)
        if day and source and source.changed and day < source.changed <= handbook.today:
            yield name, source.changed
