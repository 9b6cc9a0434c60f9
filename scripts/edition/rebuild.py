"""Builds a published edition again from its tag, and compares every byte."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.comparison.rendered_pages import rendered_pages
from handbook.editions.manifest import PageRecord, changed_files, changed_pages
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.site_files import FolderFiles
from handbook.editions.verification import Difference
from handbook.errors import HandbookError
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher
from handbook.git.repository import Repository
from scripts.edition.build import SITE, build_edition, hashes
from scripts.site.build import announce_code_of
from scripts.site.locked_environment import python_for
from scripts.site.rendered_states import records_of


def rebuild_differences(
    repository: Repository, root: Path, published: Published, edition: Edition
) -> Iterator[Difference]:
    """Build an edition again from its tag, and yield what differs from what was published."""
    tag = published.tag(edition)
    if tag is None or edition not in published.editions:
        return  # This is among the differences already.
    try:
        own = published.manifest(edition)
        earlier = [published.manifest(former) for former in published.editions if former < edition]
    except HandbookError as error:
        yield Difference(str(edition), None, f"cannot be built again: {error}")
        return
    with Publisher(root).checkout(tag.commit) as folder, TemporaryDirectory() as name:
        seconds, python = seconds_of(repository, tag.commit), python_for(folder, root)
        announce_code_of(f"edition {edition}")
        built = build_edition(folder, published, earlier, own, seconds, Path(name), python)
        site, top = hashes(built.site), hashes(built.top)
        pages = _pages(folder, Path(name, SITE))
    for path, what in changed_files(site, published.hashes(own)):
        yield Difference(str(edition), path, f"{what}, compared with a new build from the tag")
    for path, what in changed_files(top, own.top):
        message = f"{path} {what}, compared with a new build from the tag"
        yield Difference(str(edition), MANIFEST, message)
    for change in changed_pages(own.pages, pages):
        message = f"records {change.path} differently from the commit of the tag"
        yield Difference(str(edition), MANIFEST, message)


def _pages(folder: Path, site: Path) -> list[PageRecord]:
    """Return what a manifest should record of a checkout, which is every page that its site shows.

    The site tells which pages those are, because the code of the checkout may be older than this code.
    """
    records = records_of(folder)
    shown = rendered_pages(FolderFiles(site), records)
    return [record for record in records if record.path in shown]
