"""Gets what readers saw: from an edition, from any commit, or from the folder as it is."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.comparison.edition_changes import edition_pages
from handbook.editions.manifest import PageRecord, page_records
from handbook.editions.names import Edition
from handbook.errors import HandbookError
from handbook.git.commit_time import seconds_of
from handbook.git.repository import Repository
from handbook.text.suggestions import did_you_mean
from handbook.git.source_repository import build_environment
from handbook.content.pages import PageSource, read_page
from handbook.editions.published_branch import Published
from handbook.git.publisher import Publisher
from handbook.comparison.rendered_pages import rendered_pages
from handbook.comparison.rendered_page import RenderedPage
from handbook.editions.site_files import FolderFiles
from handbook.text.quoting import one_line
from scripts.site.locked_environment import python_for
from scripts.site.build import build_site, progress


@dataclass(frozen=True, slots=True)
class RenderedState:
    """A state of the handbook: what it is called, its commit, and its pages by the paths of their sources."""

    name: str
    commit: str
    pages: Mapping[str, RenderedPage]


def edition_state(published: Published, edition: Edition) -> RenderedState:
    """Read an edition from the branch."""
    manifest = published.manifest(edition)
    return RenderedState(f"edition {edition}", manifest.commit, edition_pages(published, manifest))


def is_edition(name: str) -> bool:
    """Tell whether a name is one that editions have, published or not."""
    try:
        Edition.parse(name)
    except HandbookError:
        return False
    return True


def known_edition(published: Published, name: str) -> Edition:
    """Return the edition of a name.

    Raises:
        HandbookError: when it is not on the branch, with the nearest that is.

    """
    edition = Edition.parse(name)
    if edition not in published.editions:
        known = [str(one) for one in published.editions]
        mend = did_you_mean(name, known) if known else f"there is none on {published.branch}"
        raise HandbookError(f"no edition {edition} is published here; {mend}")
    return edition


def revision_state(repository: Repository, publisher: Publisher, revision: str) -> RenderedState:
    """Build the site of a commit from a clean checkout, by its own code."""
    commit = repository.commit(revision)
    seconds = str(seconds_of(repository, commit))
    name = one_line(revision) if commit.startswith(revision) else f"{one_line(revision)} ({commit[:10]})"
    with publisher.checkout(commit) as folder:
        python = python_for(folder, repository.root)
        settings = {"SOURCE_DATE_EPOCH": seconds, **build_environment(repository.root, commit)}
        pages = _built(folder, name, settings, python)
    return RenderedState(name, commit, pages)


def folder_state(root: Path, commit: str) -> RenderedState:
    """Build the site of the folder as it is, what is not committed included; `commit` is below it."""
    return RenderedState("now", commit, _built(root, "this folder", {}, sys.executable))


def _built(folder: Path, name: str, settings: Mapping[str, str], python: str) -> Mapping[str, RenderedPage]:
    if not (folder / "mkdocs.yml").is_file():
        raise HandbookError(f"there is no mkdocs.yml in {name}; name a commit that has the handbook")
    with TemporaryDirectory(prefix="handbook-") as site, progress(f"building the site of {name}"):
        build_site(folder, name, settings, Path(site), python)
        return rendered_pages(FolderFiles(Path(site)), records_of(folder))


def records_of(folder: Path) -> tuple[PageRecord, ...]:
    """Return what the pages of a folder are, published or not; no code of the folder is asked."""
    files = sorted((folder / "docs").rglob("*.md"))
    sources = (PageSource(str(file), file.relative_to(folder).as_posix(), "") for file in files)
    return page_records(read_page(source) for source in sources)
