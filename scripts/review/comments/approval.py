"""Records a change as an editorial one because an owner approved it, refused as the command refuses."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.forges.reviews.events import Approval
from handbook.forges.reviews.forms import LabeledText, plain
from handbook.forges.reviews.holders import require_holder, roles_held_by
from handbook.git.repository import Repository
from handbook.history.past_handbook import read_past
from handbook.model import Handbook
from handbook.registers.filed_for import FiledFor
from scripts.options import repository_of
from scripts.review.comments.outcome import APPROVE, CommentOutcome, refused
from scripts.review.editorial import WordingChange, record_change
from scripts.site.publication import read_handbook


def record_approval(
    root: Path, approval: Approval, filed_for: FiledFor, day: datetime.date | None
) -> CommentOutcome:
    """Record what an approved change does to pages, in the folder that has the change, or say why not.

    The owners, and who holds their roles, are those before the change.

    Raises:
        HandbookError: if the handbook, before or after the change, cannot be read.

    """
    handbook, context = read_handbook(root)
    repository = repository_of(root)
    base = repository.fork_point(repository.main_branch())
    before = read_past(repository.tree(base), handbook.today, context.expressions_of)
    trusted = replace(handbook, registers=replace(handbook.registers, owners=before.registers.owners))
    try:
        _require_approved_text(approval, repository)
        pages = _changed_pages(before, trusted)
        role = _editor(approval.account, pages, before, handbook.today)
        change = WordingChange(role, _reason(approval.title), day or handbook.today, filed_for=filed_for)
        target = record_change(root, trusted, context.expressions_of, pages, change)
    except HandbookError as error:
        return refused([line.removeprefix("- ") for line in str(error).splitlines()], APPROVE)
    rows = "".join(f"- {page.path}\n" for page in pages)
    answer = f"Recorded as an editorial change by `{role}`, for {approval.account}, in `{target}`:\n\n{rows}"
    commit = f"Record an editorial change\n\nFiled for {approval.account} from {approval.address}.\n"
    return CommentOutcome("filed", answer, commit)


def _require_approved_text(approval: Approval, repository: Repository) -> None:
    """Refuse to record what came after the approval."""
    if not approval.commit == approval.tip == repository.commit("HEAD"):
        raise HandbookError("the change is no longer the one that was approved; approve it again")


def _changed_pages(before: Handbook, now: Handbook) -> list[Page]:
    """Return the pages whose text the change alters, and no record knows yet."""
    pages = []
    for page in now.pages:
        earlier = before.page(page.path)
        if earlier is None:
            raise HandbookError(f"{page.path} is new, so the change is not editorial; review the page")
        if before.fingerprint(earlier) != now.fingerprint(page) and not now.has_text(
            page, now.known_texts(page, earlier.owner)
        ):
            pages.append(page)
    if not pages:
        raise HandbookError("this change alters no page whose text is not known; there is nothing to record")
    return pages


def _editor(account: str, pages: Sequence[Page], before: Handbook, day: datetime.date) -> str:
    """Return a role of the account that may record editorial changes of each of the pages."""
    owners = before.registers.owners
    allowed = [before.editors_of(page, _owner(page, before)) for page in pages]
    roles = [
        role
        for role in roles_held_by(account, owners, day)
        if all(editors is None or role in editors for editors in allowed)
    ]
    if not roles:
        editors = frozenset(owners.owners).intersection(*filter(None, allowed))
        names = ", ".join(sorted(editors)) or "nobody; split the change"
        raise HandbookError(f"{account} holds no role that may record this editorial change: {names} may")
    require_holder(account, roles[0], owners, day)
    return roles[0]


def _owner(page: Page, before: Handbook) -> str | None:
    earlier = before.page(page.path)
    return earlier.owner if earlier else None


def _reason(title: str) -> str:
    """Return the title of the change as the reason in its record."""
    reason, problems = plain(LabeledText(1, title))
    if problems or not reason:
        sentence = problems[0].sentence if problems else "it is empty"
        raise HandbookError(f"the title of the change cannot be its reason: {sentence}")
    return reason
