"""What changed for readers with each edition: found once, at its publication, and kept in the edition."""

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
from handbook.history.page_history import read_history


def edition_pages(published: Published, manifest: Manifest) -> Mapping[str, RenderedPage]:
    """Return the pages of an edition as they were seen, by the paths of their sources."""
    return rendered_pages(EditionFiles(published, manifest), manifest.pages)


def changes_of_build(
    site: Mapping[str, bytes], own: Manifest, earlier: Sequence[Manifest], published: Published, zone: str
) -> ChangeReport:
    """Compare the site of an edition with the newest of the editions before it.

    It depends on these, on the history up to the commit of the edition, and on nothing that comes later.
    """
    former = max(earlier, key=lambda one: one.name, default=None)
    before = edition_pages(published, former) if former else None
    found = compare_pages(
        before, rendered_pages(site, own.pages), (former.edition if former else None, own.edition)
    )
    if former:
        repository = published.repository
        history = read_history(repository, own.commit, zone, is_page=bool)
        commits = commits_between(repository, former.commit, own.commit)
        found = with_causes(found, cause_candidates(history, repository, commits))
    days = {"published": own.published.isoformat(), "effective": own.effective.isoformat()}
    return found.model_copy(update=days)


def recorded_changes(published: Published, manifest: Manifest) -> ChangeReport | None:
    """Return what an edition says that it changed; None where it was published before editions said so.

    Raises:
        HandbookError: when it cannot be read.

    """
    if FILE not in manifest.files:
        return None
    try:
        return read_change_report(EditionFiles(published, manifest)[FILE])
    except HandbookError as error:
        raise HandbookError(f"edition {manifest.edition}: {error}; run `handbook edition verify`") from None


def changes_between(published: Published, before: Manifest, after: Manifest) -> ChangeReport:
    """Compare two editions. What made each page other is read from the editions that lie between."""
    names = (f"edition {before.edition}", f"edition {after.edition}")
    found = compare_pages(edition_pages(published, before), edition_pages(published, after), names)
    first, last = sorted((before.name, after.name))
    records = [
        recorded_changes(published, one) for one in published.manifests[::-1] if first < one.name <= last
    ]
    return found.model_copy(update={"pages": tuple(_explained(page, records) for page in found.pages)})


def _explained(page: ChangedPage, records: Sequence[ChangeReport | None]) -> ChangedPage:
    """Say of a page what the editions between say, the newest first; a moved page is followed."""
    causes: list[Cause] = []
    significances: list[Significance | None] = []
    paths = {page.path, page.path_before}
    for record in records:
        for one in _about(paths, record):
            causes += one.causes
            significances.append(one.significance)
            paths |= {one.path, one.path_before}
        if record is None:
            significances.append(None)
    return page.model_copy(
        update={"causes": tuple(dict.fromkeys(causes)), "significance": combined_significance(significances)}
    )


def _about(paths: set[str | None], record: ChangeReport | None) -> Iterator[ChangedPage]:
    pages = record.pages if record else ()
    yield from (one for one in pages if one.path in paths or (one.path_before and one.path_before in paths))
