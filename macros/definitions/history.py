"""The history of pages: the last changes on each page, and a table of all pages in Audit.

The history is the one up to the commit that is built. If it is unknown, or a page is not committed, the
page says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mkdocs.utils import get_relative_url

from handbook.content.pages import Page
from handbook.history.changes import Change
from handbook.history.history_for_build import HistoryForBuild
from handbook.text.quoting import one_line, short_commit
from macros.context.registry import MacroContext, macro
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render

# The page that lists all histories, or says what to do if they are unknown.
OVERVIEW: Final = "docs/audit/history.md"
_LAST: Final = 3


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A fact about a change, and the address of more about it, or None."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in the reader's words. `reason` is None if nobody gave one.

    People give reasons in the main language of the handbook; readers of another are told so.
    """

    day: LocalizedDate | None
    reason: LocalizedText | None
    facts: Sequence[ChangeFact]


@dataclass(frozen=True, slots=True)
class ShownHistory:
    """The last changes of a page, how many there are in all, and a link to all of them.

    `pending` says what is not committed. `is_known` is false if this copy has no history; `link` then leads
    to the page that says what to do, if there is one.
    """

    is_known: bool
    changes: Sequence[ShownChange]
    count: int
    pending: str | None
    link: str | None

    @property
    def last(self) -> LocalizedDate | None:
        """Return the day of the last committed change, or None."""
        return self.changes[0].day if self.changes else None


def shown_history(page: Page, site: Site, catalog: Catalog, address: str) -> ShownHistory:
    """Return the history of a page as the document at `address`, below the site, shows it."""
    known = site.history
    if known.unavailable:
        return ShownHistory(False, (), 0, None, _relative(overview(site, catalog), address))
    changes = known.changes_of(page.path)
    return ShownHistory(
        True,
        [shown_change(change, site, catalog) for change in changes[:_LAST]],
        len(changes),
        _pending(known, page, catalog),
        _relative(document_of(page), address) if changes else None,
    )


def shown_change(change: Change, site: Site, catalog: Catalog) -> ShownChange:
    """Put a change into the reader's words."""
    text, main = one_line(change.reason), site.main_language
    reason = LocalizedText(text, main if catalog.language != main else None) if text else None
    return ShownChange(localized_date(change.day, catalog), reason, list(_facts(change, site, catalog)))


def _facts(change: Change, site: Site, catalog: Catalog) -> Iterator[ChangeFact]:
    """Yield the facts of a change other than its day and reason."""
    words = catalog.group("history")
    if change.significance:
        yield ChangeFact(words[change.significance.value])
    if change.before is None:
        yield ChangeFact(words["new"])
    elif change.path != change.path_before:
        yield ChangeFact(words["moved"].format(path=one_line(change.path_before)))
    elif change.after is None:
        yield ChangeFact(words["taken_away"])
    if change.pull_request is not None:
        address = site.organization.source_host.pull_request(change.pull_request)
        yield ChangeFact(words["pull_request"].format(number=change.pull_request), address)
    if change.authors:
        who = ", ".join(_author(author, site, catalog) for author in change.authors)
        yield ChangeFact(words["by"].format(who=who))


def document_of(page: Page) -> str:
    """Return the address below the site of the document with all changes of a page.

    MkDocs gives no page an address of this form.
    """
    return f"audit/history/{page.path.removeprefix('docs/')}.html"


@macro(
    templates=(
        "page_histories.html",
        "past_unknown.html",
    )
)
def page_histories(context: MacroContext) -> str:
    """Show a table of all pages: the last change of each, the number of changes, and a link to them.

    If this copy of the handbook has no history, it says what to do instead.

    Example: {{ page_histories() }}
    """
    context.required_page()
    known, words = context.site.history, context.catalog.group("history")
    if known.unavailable:
        return render("past_unknown.html", reason=context.catalog[f"past.{known.unavailable.value}"])
    pages = sorted(context.site.pages.values(), key=lambda page: page.path)
    return render(
        "page_histories.html",
        rows=[
            (page, context.from_root(context.site.address_of(page)), _row(context, page)) for page in pages
        ],
        left_out=list(map(short_commit, known.history.left_out)),
        misdated=[
            (short_commit(commit.commit), *map(context.catalog.day, (commit.day, commit.counts_on)))
            for commit in known.history.misdated
        ],
        words=words,
    )


def _row(context: MacroContext, page: Page) -> ShownHistory:
    return shown_history(page, context.site, context.catalog, context.address)


def _author(author: str | None, site: Site, catalog: Catalog) -> str:
    """Return the name of an author, or the title of the role, or that the role is unknown."""
    owner = site.owners.find(author) if author and site.organization.history_names == "roles" else None
    if owner:
        return site.organization.say(owner.title, catalog.language)
    return one_line(author) if author else catalog["history.unknown_role"]


def _pending(known: HistoryForBuild, page: Page, catalog: Catalog) -> str | None:
    """Return the sentence that a page, or a change of it, is not committed; None if it is."""
    pending = known.pending_of(page.path)
    if pending is None:
        return None
    return catalog["history.not_committed" if pending.kind == "new" else "history.changed"]


def overview(site: Site, catalog: Catalog) -> str | None:
    """Return the address of the page that lists all histories, in the language that is being built."""
    address = site.addresses.get(OVERVIEW)
    if address is None or catalog.language == site.main_language:
        return address
    return f"{catalog.language}/{address}"


def _relative(target: str | None, start: str) -> str | None:
    return get_relative_url(target, start) if target is not None else None
