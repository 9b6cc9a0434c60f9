"""Reads the handbook of one day, and what led to it and followed, from git. No code of that day runs."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from handbook.audit.cases.search import page_at, pages_with
from handbook.audit.past_site import PastSite, past_site
from handbook.comparison.edition_changes import edition_pages
from handbook.content.pages import Page
from handbook.editions.manifest import Manifest, in_force
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.history.changes import Change, History, PageHistory
from handbook.history.page_history import HistoryQuery, read_history
from handbook.history.past_handbook import commit_of_day
from handbook.model import ExpressionsOf
from handbook.registers.organization import Organization
from handbook.text.quoting import one_line


@dataclass(frozen=True)
class PastDay:
    """What a case is read from.

    `site_in_force` is the handbook whose texts were in force, `known` the main branch at the end of the day,
    and `now` the main branch as it is. `history` is None if `history_gap` says why it is not known; `line`
    has the commits of the main branch, the newest first.
    """

    repository: Repository
    day: datetime.date
    edition: Manifest | None
    no_edition: str | None
    site_in_force: PastSite
    known: PastSite
    now: PastSite
    line: Sequence[str]
    shown: Mapping[str, Sequence[str]]
    history: History | None
    history_gap: str | None

    @property
    def position(self) -> int:
        """Return the position of the texts' commit on the main branch, counted from its first commit."""
        return len(self.line) - 1 - self.line.index(self.site_in_force.commit)

    def is_before(self, change: Change) -> bool:
        """Tell whether a change came to the main branch with the texts' commit, or before it."""
        return change.position <= self.position

    def changes_of(self, page: Page) -> Sequence[Change]:
        """Return the changes of a page of the day, the newest first; none if they are not known."""
        for history in self.history.pages.values() if self.history else ():
            then = self.last_before(history)
            if then and then.after and then.path == page.path:
                return history.changes
        return ()

    def last_before(self, history: PageHistory) -> Change | None:
        """Return the change that led to the text of the day, or None if there was no page yet."""
        return next(filter(self.is_before, history.changes), None)


def read_past_day(
    repository: Repository,
    published: Published,
    branch: str | None,
    day: datetime.date,
    organization: Organization,
    expressions_of: ExpressionsOf,
) -> PastDay:
    """Read the handbook of a day, the edition in force, and the history up to now.

    Raises:
        HandbookError: if the handbook did not exist on that day, or cannot be read.

    """
    tip = repository.commit(branch or repository.main_branch())
    site_of = partial(past_site, repository, day=day, expressions_of=expressions_of)
    known = site_of(commit_of_day(repository, tip, day, organization))
    now = known if known.commit == tip else site_of(tip)
    edition = in_force(published.manifests, day)
    site_in_force = site_of(edition.commit) if edition else known
    line = [commit.name for commit in repository.first_parents(tip)]
    history, gap = _history(repository, now, site_in_force.commit in line)
    shown = {path: page.lines for path, page in edition_pages(published, edition).items()} if edition else {}
    reason = None if edition else _why_no_edition(published, day)
    return PastDay(repository, day, edition, reason, site_in_force, known, now, line, shown, history, gap)


def _history(
    repository: Repository, now: PastSite, is_on_line: bool
) -> tuple[History, None] | tuple[None, str]:
    if repository.is_shallow:
        return None, f"this copy of the repository has only the end of the history; {WHOLE_HISTORY}"
    if not is_on_line:
        return None, "the commit of the edition is not on the main branch, which was rewritten"
    registers = now.handbook.registers
    organization = registers.organization
    is_page = partial(now.settings.is_page, languages=organization.languages)
    query = HistoryQuery.of(organization, registers.owners, is_page, datetime.date.max)
    return read_history(repository, now.commit, query), None


def _why_no_edition(published: Published, day: datetime.date) -> str:
    if published.commit is None:
        branch = published.branch
        return f"unknown, because this copy of the repository lacks {branch}, the branch of editions"
    if not published.manifests:
        return "none, because no edition is published"
    first = min(manifest.effective for manifest in published.manifests)
    return f"none on {day}; the first took effect on {first}"


def chosen_pages(past: PastDay, asked: str, every: bool) -> list[Page]:
    """Return the page at a path, or those with the words that were asked for.

    Raises:
        HandbookError: if there is none, or if there are several and not `every` one is wanted.

    """
    pages = past.site_in_force.handbook.pages
    page = page_at(pages, asked) or _moved(past, asked)
    if page:
        return [page]
    hits = pages_with(pages, asked, lambda page: past.shown.get(page.path, ()))
    if not hits:
        raise HandbookError(
            f"no page of {past.day} is at '{asked}' or has these words; try fewer words, or another day"
        )
    if len(hits) > 1 and not every:
        rows = [f"  {one_line(hit.page.path)}: {hit.excerpt}" for hit in hits]
        head = f"{len(hits)} pages of {past.day} have these words; name one of them, or take all with --all:"
        raise HandbookError("\n".join([head, *rows]))
    return [hit.page for hit in hits]


def _moved(past: PastDay, asked: str) -> Page | None:
    """Return the page of the day that had another path before or has one since."""
    for page in past.history.pages.values() if past.history else ():
        if asked in {path for change in page.changes for path in (change.path, change.path_before)}:
            then = past.last_before(page)
            return past.site_in_force.handbook.page(then.path) if then else None
    return None
