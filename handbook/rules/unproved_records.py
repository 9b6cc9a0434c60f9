"""What CHG002 says of records that a change files and that nobody can check: readings, and words."""

from collections.abc import Iterator

from handbook.baseline import Baseline
from handbook.content.change import ChangedFiles
from handbook.findings import Problem
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool, is_shipped
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.registers.owners import Owners
from handbook.registers.review_records import ReviewFile
from handbook.rules.review_owners import at


def unproved_records(
    baseline: Baseline, handbook: Handbook, change: ChangedFiles | None
) -> Iterator[Problem]:
    """Yield a problem for each record of which only a person can tell whether it is true.

    A new reading is one if its role had no holders before the change, who could have signed it, and so is
    each change of wording, which no review reads, and each text that a meeting changed after it was read.
    What a release brings is not this handbook's own.
    """
    is_sample = handbook.registers.organization.sample
    filed, owners = baseline.handbook.reviews.by_place, baseline.handbook.registers.owners
    for place, review_file in handbook.reviews.by_place.items():
        is_own = is_sample or not is_shipped(place)
        if is_own and (roles := _unsigned(review_file, filed.get(place), owners)):
            message = (
                f"nobody can tell who filed what {', '.join(roles)} read, because {OWNERS_FILE} names no"
                " `holders`; ask those who have the role"
            )
            yield at(review_file, message, "readings", roles[0])
        if is_own:
            yield from _changed_by_meetings(review_file, filed.get(place), handbook)
    is_release = change is not None and change.is_release
    for editorial in handbook.reviews.editorial:
        page = handbook.page(editorial.page)
        is_new = editorial not in baseline.handbook.reviews.editorial
        if page and is_new and not (is_release and is_about_the_tool(page.path)):
            message = f"{editorial.by} says that this change needs no review; compare the words"
            yield Problem(page.body_line, message, path=page.path)


def _changed_by_meetings(now: ReviewFile, before: ReviewFile | None, handbook: Handbook) -> Iterator[Problem]:
    """Yield the pages whose text, as a new meeting decided it, is not the one that every reader read."""
    meeting, readings = now.record.meeting, now.record.readings.values()
    if meeting is None or (before and before.record.meeting):
        return
    for path, decision in meeting.pages.items():
        read = {reading.pages[path].fingerprint for reading in readings if reading and path in reading.pages}
        page = handbook.page(path)
        if page and decision.outcome == "changed" and read - {decision.fingerprint}:
            message = (
                f"the meeting of {meeting.date} decided on a text that not everyone had read, so no reading"
                " by them shows that they agreed to it; compare the words"
            )
            yield Problem(page.body_line, message, path=path)


def _unsigned(now: ReviewFile, before: ReviewFile | None, owners: Owners) -> list[str]:
    known = before.record.readings if before else {}
    new = (role for role, reading in now.record.readings.items() if reading and reading != known.get(role))
    return [role for role in new if not _has_holders(role, owners)]


def _has_holders(role: str, owners: Owners) -> bool:
    owner = owners.find(owners.now_called(role))
    return bool(owner and owner.holders)
