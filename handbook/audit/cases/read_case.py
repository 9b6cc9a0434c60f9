"""Makes the case about pages of one day from what was read of it."""

from collections.abc import Callable, Iterator, Sequence

from handbook.audit.cases.case import (
    Case,
    CaseChange,
    CaseEdition,
    CasePage,
    CaseReading,
    CaseReview,
    Redlined,
    RedlinePart,
    parts_of,
)
from handbook.audit.cases.past_day import PastDay
from handbook.audit.page_register import RegisteredPage, page_register
from handbook.audit.role_holders import people_of
from handbook.content.pages import Page
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import Published
from handbook.editions.verification import differences
from handbook.git.past_repository import PastRepository
from handbook.history.changes import UNKNOWN_ROLE, Change
from handbook.history.page_history import redline_of
from handbook.registers.review_records import ReviewFile
from handbook.text.redline import redline


def case_of(past: PastDay, published: Published, asked: str, pages: Sequence[Page]) -> Case:
    """Return the case about pages of the day."""
    organization = past.now.handbook.registers.organization
    register = {
        page.path: page
        for page in page_register(past.site_in_force.handbook, past.site_in_force.site_map).pages
    }
    return Case(
        organization=organization.say(organization.name, organization.main_language),
        day=past.day,
        time_zone=organization.time_zone,
        asked=asked,
        commit=past.known.commit,
        text_from=past.site_in_force.commit,
        history_until=past.now.commit,
        edition=_edition(past, past.edition, published) if past.edition else None,
        no_edition=past.no_edition,
        history_gap=past.history_gap,
        pages=tuple(_page(past, page, register[page.path]) for page in pages),
    )


def _edition(past: PastDay, manifest: Manifest, published: Published) -> CaseEdition:
    registers = past.now.handbook.registers
    with PastRepository(past.repository.root, past.now.commit) as now:
        people = people_of(now, registers.organization, registers.owners)
    differing = differences(published, manifest.name)
    return CaseEdition(
        edition=manifest.edition,
        published=manifest.published,
        effective=manifest.effective,
        commit=manifest.commit,
        published_by=people.publisher(published.tag(manifest.name)),
        differences=tuple(
            f"{problem.path}: {problem.message}" if problem.path else problem.message for problem in differing
        ),
    )


def _page(past: PastDay, page: Page, facts: RegisteredPage) -> CasePage:
    owner = past.site_in_force.handbook.registers.owners.find(page.owner) if page.owner else None
    changes = past.changes_of(page)
    lines = past.shown.get(page.path)
    return CasePage(
        facts=facts,
        owner_is_filled=owner.filled if owner else None,
        owner_deputy=owner.deputy if owner else None,
        source=page.text,
        shown=tuple(lines) if lines is not None else None,
        waiting=_waiting(past, page),
        reviews=tuple(_reviews(past, page)),
        before=_redlined(past, next((change for change in changes if past.is_before(change)), None)),
        after=_redlined(past, next((change for change in changes[::-1] if not past.is_before(change)), None)),
        changes=None if past.history is None else tuple(map(_change, changes)),
    )


def _waiting(past: PastDay, page: Page) -> tuple[RedlinePart, ...] | None:
    """Compare the text with that of the main branch at the end of the day."""
    there = past.known.handbook.page(page.path)
    if there is None:
        return None
    return () if there.text == page.text else parts_of(redline(page.text, there.text))


def _redlined(past: PastDay, change: Change | None) -> Redlined | None:
    if change is None:
        return None
    return Redlined(change=_change(change), redline=parts_of(redline_of(past.repository, change)))


def _change(change: Change) -> CaseChange:
    return CaseChange(
        day=change.day,
        commit=change.commit,
        reason=change.reason or None,
        pull_request=change.pull_request,
        kind=change.significance.value if change.significance else None,
        authors=tuple(author or UNKNOWN_ROLE for author in change.authors),
    )


def _reviews(past: PastDay, page: Page) -> Iterator[CaseReview]:
    """Yield the reviews on record at the end of the day, even if the page had another path in them."""
    handbook, reviews = past.known.handbook, past.known.handbook.reviews

    def has_text(*fingerprints: str) -> bool:
        return handbook.has_text(page, fingerprints)

    for decided in reviews.decisions_about(page.path):
        path = next(path for path, about in decided.meeting.pages.items() if about is decided.decision)
        known = reviews.known_texts(page.path, decided.meeting.date)
        yield _review(decided.review_file, path, has_text, has_text(*known))
    for review_file in reviews.open:
        if page.path in review_file.record.pages:
            yield _review(review_file, page.path, has_text, None)


def _review(
    review_file: ReviewFile, path: str, has_text: Callable[[str], bool], is_decided: bool | None
) -> CaseReview:
    record = review_file.record
    decision = record.meeting.pages.get(path) if record.meeting else None
    return CaseReview(
        record=review_file.path,
        started=record.started,
        met_on=record.meeting.date if record.meeting else None,
        outcome=decision.outcome if decision else None,
        reason=decision.reason if decision else None,
        decided_on_this_text=is_decided,
        readings=tuple(_readings(review_file, path, has_text)),
    )


def _readings(review_file: ReviewFile, path: str, has_text: Callable[[str], bool]) -> Iterator[CaseReading]:
    for role, reading in review_file.record.readings.items():
        read = reading.pages.get(path) if reading else None
        if read or role in review_file.readers_of(path):
            yield CaseReading(
                role=role,
                read_on=reading.date if reading and read else None,
                verdict=read.verdict if read else None,
                read_this_text=has_text(read.fingerprint) if read else None,
            )
