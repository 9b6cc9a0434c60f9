"""Gets the pages that readers saw: of an edition, of any commit, or of the folder as it is."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.comparison.edition_changes import edition_pages
from handbook.comparison.rendered_page import RenderedPage
from handbook.comparison.rendered_pages import rendered_pages
from handbook.content.pages import PageSource, read_page
from handbook.editions.manifest import PageRecord, page_records
from handbook.editions.names import Edition
from handbook.editions.published_branch import Published
from handbook.editions.site_files import FolderFiles
from handbook.errors import HandbookError
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher
from handbook.git.repository import Repository
from handbook.git.source_repository import SourceRepository
from handbook.text.quoting import one_line, short_commit
from handbook.text.suggestions import did_you_mean
from scripts.site.build import announce_code_of, build_site
from scripts.site.locked_environment import python_for


@dataclass(frozen=True, slots=True)
class RenderedState:
    """A state of the handbook: its name, its commit, and its pages by the paths of their sources."""

    name: str
    commit: str
    pages: Mapping[str, RenderedPage]


def edition_state(published: Published, edition: Edition) -> RenderedState:
    """Read the pages of an edition from the branch of editions."""
    manifest = published.manifest(edition)
    return RenderedState(f"edition {edition}", manifest.commit, edition_pages(published, manifest))


def known_edition(published: Published, name: str) -> Edition:
    """Return the published edition of a name.

    Raises:
        HandbookError: if it is not on the branch, with the nearest name that is.

    """
    edition = Edition.parse(name)
    if edition not in published.editions:
        known = list(map(str, published.editions))
        fix = did_you_mean(name, known) if known else f"there is none on {published.branch}"
        raise HandbookError(f"no edition {edition} is published here; {fix}")
    return edition


def revision_state(repository: Repository, publisher: Publisher, revision: str) -> RenderedState:
    """Build the site of a commit from a clean checkout, with its own code."""
    commit = repository.commit(revision)
    seconds = str(seconds_of(repository, commit))
    name = (
        one_line(revision)
        if commit.startswith(revision)
        else f"{one_line(revision)} ({short_commit(commit)})"
    )
    with publisher.checkout(commit) as folder:
        python = python_for(folder, repository.root)
        source = SourceRepository.of_checkout(repository.root, commit)
        settings = {"SOURCE_DATE_EPOCH": seconds, **source.to_environment()}
        announce_code_of(name)
        pages = _built(folder, name, settings, python)
    return RenderedState(name, commit, pages)


def folder_state(root: Path, commit: str) -> RenderedState:
    """Build the site of the folder as it is, with what is not committed; `commit` is its last commit."""
    return RenderedState("now", commit, _built(root, "this folder", {}, sys.executable))


def _built(folder: Path, name: str, settings: Mapping[str, str], python: str) -> Mapping[str, RenderedPage]:
    if not (folder / "mkdocs.yml").is_file():
        raise HandbookError(f"there is no mkdocs.yml in {name}; name a commit that has the handbook")
    with TemporaryDirectory(prefix="handbook-") as site:
        build_site(folder, name, settings, Path(site), python)
        return rendered_pages(FolderFiles(Path(site)), records_of(folder))


def records_of(folder: Path) -> tuple[PageRecord, ...]:
    """Return the records of all pages in a folder, published or not, without running its code."""
    files = sorted((folder / "docs").rglob("*.md"))
    sources = (PageSource(str(file), file.relative_to(folder).as_posix(), "") for file in files)
    return page_records(read_page(source) for source in sources)
