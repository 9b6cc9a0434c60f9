"""Records that pages have another text only because another page moved, by new entries; old ones stay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.content.fingerprints import is_first_version
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.editorial_changes import EDITORIAL_FOLDER
from handbook.registers.evidence_folder import path_to_write
from handbook.registers.review_records import PLAN, ReviewFile
from handbook.restructuring.change_plan import ChangePlan, Recorder
from handbook.reviews.editorial_records import EditorialDraft
from handbook.reviews.open_reviews import known_role
from handbook.text.counting import counted
from handbook.yaml.edit_scalars import with_key

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A page whose text somebody reviewed, before and after the change, and the fingerprint to record."""

    before: Page
    after: Page
    text: str


def record_change(plan: ChangePlan, after: Handbook, recorder: Recorder, former: Mapping[str, str]) -> None:
    """Write a record of each reviewed page whose path or text changed; `former` has old paths by new ones.

    A page that was not as it was reviewed stays so: nobody vouches for a text that nobody read.

    Raises:
        HandbookError: if nobody was named to vouch for them, or if the role may not.

    """
    reviewed = list(_reviewed_pages(plan, after, former))
    if not reviewed:
        return
    role = _recorder_of(plan.before, [pair.before for pair in reviewed], recorder)
    for draft in _drafts(plan, reviewed, role, recorder.why, former):
        place = path_to_write(plan.draft, EDITORIAL_FOLDER, draft.pages)
        path = f"{place}/{draft.name}"
        what = f"{draft.moved_from} has moved" if draft.moved_from else counted(len(draft.pages), "page")
        plan.draft.write(path, draft.text(path), f"{path}: new, {what}, by {role}")


def _reviewed_pages(plan: ChangePlan, after: Handbook, former: Mapping[str, str]) -> Iterator[_Reviewed]:
    for page in after.pages:
        old = plan.before.page(former.get(page.path, page.path))
        text = _text_to_record(plan, after, old, page) if old else None
        if old and text:
            yield _Reviewed(old, page, text)


def _text_to_record(plan: ChangePlan, after: Handbook, old: Page, page: Page) -> str | None:
    """Return the fingerprint that a record of a page names; None for a page that needs none."""
    known, has_moved = plan.before.known_texts(old), old.path != page.path
    if known and plan.before.has_text(old, known):
        return after.fingerprint(page) if has_moved or not after.has_text(page, known) else None
    if not known or not has_moved:
        return None
    reviewed = next((text for text in known if not is_first_version(text)), None)
    fate = "that stays so (REV006)" if reviewed else "its review cannot go with it; review it (REV005)"
    plan.remark(f"{old.path} was not as it was reviewed, and {fate}")
    return reviewed


def _recorder_of(handbook: Handbook, pages: Sequence[Page], recorder: Recorder) -> str:
    """Return the role that vouches for some pages.

    Raises:
        HandbookError: if none was named, or if it may not vouch for one of them, with those that may.

    """
    editors = [handbook.editors_of(page) for page in pages]
    limited = [roles for roles in editors if roles is not None]
    able = sorted(frozenset.intersection(*limited) if limited else handbook.registers.owners.owners)
    advice = f"name one with --as: {', '.join(able)}" if able else _nobody(pages)
    if recorder.role is None:
        paths = ", ".join(page.path for page in pages[:_SHOWN])
        more = ", …" if pages[_SHOWN:] else ""
        raise HandbookError(
            f"{counted(len(pages), 'reviewed page')} would change ({paths}{more}), and a role has to record"
            f" that this needs no review; {advice}"
        )
    role = known_role(handbook, recorder.role)
    if limited and role not in able:
        refused = next(
            page.path for page, roles in zip(pages, editors, strict=True) if roles and role not in roles
        )
        raise HandbookError(f"{role} may not record an editorial change of {refused}; {advice}")
    return role


def _nobody(pages: Sequence[Page]) -> str:
    owners = ", ".join(sorted({page.owner for page in pages if page.owner}))
    return f"no role may do so for all of them (their owners are {owners}); give one `edits_wording: true`"


def _drafts(
    plan: ChangePlan,
    reviewed: Sequence[_Reviewed],
    role: str,
    why: str,
    former: Mapping[str, str],
) -> Iterator[EditorialDraft]:
    """Yield a record of each page that moved, and one of the others in each place for records."""
    day = plan.before.today
    others: dict[str, dict[str, str]] = {}
    for pair in reviewed:
        path = pair.after.path
        if path in former:
            yield EditorialDraft(day, role, why, {path: pair.text}, former[path])
        else:
            place = path_to_write(plan.draft, EDITORIAL_FOLDER, [path])
            others.setdefault(place, {})[path] = pair.text
    for pages in others.values():
        yield EditorialDraft(day, role, why, pages)


def move_in_open_reviews(plan: ChangePlan, moved: Mapping[str, str]) -> None:
    """Give pages their new paths in open reviews; `moved` has them by the old ones.

    Raises:
        HandbookError: if somebody has read such a page already: what was signed stays as it was.

    """
    for review_file in plan.before.reviews.open:
        for old in filter(moved.get, review_file.record.pages):
            refuse_signed(review_file, old)
            text = plan.draft.text(review_file.path)
            new = with_key(text, ("pages", old), moved[old])
            plan.draft.write(review_file.path, new, f"{review_file.path}: the open review names {moved[old]}")


def refuse_signed(review_file: ReviewFile, path: str) -> None:
    """Refuse to change a page that somebody read for an open review.

    Raises:
        HandbookError: if somebody did, or if the review is stored in one file, as older ones are.

    """
    readings = review_file.record.readings.items()
    signed = [role for role, reading in readings if reading and path in reading.pages]
    if signed or not review_file.path.endswith(f"/{PLAN}"):
        who = f"{', '.join(signed)} signed" if signed else "is in one file, as older ones are"
        raise HandbookError(
            f"{path} is in the open review {review_file.name}, which {who}; close it first with"
            f" `handbook review close --review {review_file.name}`, or give it up with `handbook review"
            " abandon`"
        )
