"""What changed for readers with each edition, which is found once, at its publication, and kept in it."""

from collections.abc import Iterator, Mapping, Sequence

from handbook.comparison.causes import cause_candidates, commits_between, with_causes
from handbook.comparison.change_record import (
    FILE,
    Cause,
    ChangedPage,
    ChangeReport,
    read_change_report,
)
from handbook.comparison.compare import compare_pages
from handbook.comparison.rendered_page import RenderedPage
from handbook.comparison.rendered_pages import rendered_pages
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import Published
from handbook.editions.site_files import EditionFiles
from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance, combined_significance
from handbook.history.page_history import HistoryQuery, read_history


def edition_pages(published: Published, manifest: Manifest) -> Mapping[str, RenderedPage]:
    """Return the pages of an edition as readers saw them, by the paths of their sources."""
    return rendered_pages(EditionFiles(published, manifest), manifest.pages)


def changes_of_build(
    site: Mapping[str, bytes], own: Manifest, earlier: Sequence[Manifest], published: Published, zone: str
) -> ChangeReport:
    """Compare the site of an edition with the newest of the editions before it.

    The result depends on these, on the history up to the commit of the edition, and on nothing later.
    """
    former = max(earlier, key=lambda manifest: manifest.name, default=None)
    before = edition_pages(published, former) if former else None
    names = (former.edition if former else None, own.edition)
    report = compare_pages(before, rendered_pages(site, own.pages), names)
    if former:
        repository = published.repository
        history = read_history(repository, own.commit, HistoryQuery(zone, is_page=bool))
        commits = commits_between(repository, former.commit, own.commit)
        report = with_causes(report, cause_candidates(history, repository, commits))
    days = {"published": own.published.isoformat(), "effective": own.effective.isoformat()}
    return report.model_copy(update=days)


def recorded_changes(published: Published, manifest: Manifest) -> ChangeReport | None:
    """Return what an edition says that it changed; None if it was published before editions recorded that.

    Raises:
        HandbookError: if the record cannot be read.

    """
    if FILE not in manifest.files:
        return None
    try:
        return read_change_report(EditionFiles(published, manifest)[FILE])
    except HandbookError as error:
        raise HandbookError(f"edition {manifest.edition}: {error}; run `handbook edition verify`") from None


def changes_between(published: Published, before: Manifest, after: Manifest) -> ChangeReport:
    """Compare two editions; the causes of each change are read from the editions between them."""
    names = (f"edition {before.edition}", f"edition {after.edition}")
    report = compare_pages(edition_pages(published, before), edition_pages(published, after), names)
    first, last = sorted((before.name, after.name))
    between = (manifest for manifest in published.manifests[::-1] if first < manifest.name <= last)
    records = [recorded_changes(published, manifest) for manifest in between]
    return report.model_copy(update={"pages": tuple(_explained(page, records) for page in report.pages)})


def _explained(page: ChangedPage, records: Sequence[ChangeReport | None]) -> ChangedPage:
    """Attach to a page the causes that records give for its present and former paths, the newest first."""
    causes: list[Cause] = []
    significances: list[Significance | None] = []
    paths = {page.path, page.path_before}
    for record in records:
        for change in _about(paths, record):
            causes += change.causes
            significances.append(change.significance)
            paths |= {change.path, change.path_before}
        if record is None:
            significances.append(None)
    return page.model_copy(
        update={"causes": tuple(dict.fromkeys(causes)), "significance": combined_significance(significances)}
    )


def _about(paths: set[str | None], record: ChangeReport | None) -> Iterator[ChangedPage]:
    for page in record.pages if record else ():
        if page.path in paths or (page.path_before and page.path_before in paths):
            yield page
