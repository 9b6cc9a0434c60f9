"""`handbook changes`: what changed for readers of the handbook."""

from collections.abc import Iterator
from pathlib import Path

import click

from handbook.comparison.causes import (
    CauseCandidate,
    cause_candidates,
    commits_between,
    uncommitted,
    with_causes,
)
from handbook.comparison.compare import compare_pages
from handbook.comparison.formats import FORMATS
from handbook.editions.names import is_edition
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.publisher import Publisher
from handbook.git.repository import Repository
from handbook.history.page_history import HistoryQuery, read_history
from handbook.registers.organization import load_organization
from scripts.edition.options import DATA_EPILOG, audience_option, changes_format_option, site_option
from scripts.options import exits_with_status, repository_of, root_option
from scripts.site.rendered_states import (
    RenderedState,
    edition_state,
    folder_state,
    known_edition,
    revision_state,
)


@click.command(name="changes", epilog=DATA_EPILOG)
@click.option(
    "--since", required=True, metavar="EDITION|REVISION", help="What to compare with, such as 2026.1 or main."
)
@root_option
@site_option
@audience_option
@changes_format_option
@exits_with_status
def command(since: str, root: Path, site_branch: str, audience: tuple[str, ...], name: str) -> int:
    """Show what changed for readers since an edition or a commit.

    Built pages are compared, so a changed variable, register, or macro shows on every page that it
    reaches. The site of this folder is built as it is, including what is not committed. An edition is
    taken as it was published. A commit is built from a clean checkout, with its own code.
    """
    repository = repository_of(root)
    if repository.is_empty:
        raise HandbookError("nothing is committed yet; commit the handbook, then run this again")
    published = Published(repository, site_branch)
    if is_edition(since):
        before = edition_state(published, known_edition(published, since))
    else:
        before = revision_state(repository, Publisher(root), since)
    after = folder_state(root, repository.commit("HEAD"))
    report = compare_pages(before.pages, after.pages, (before.name, after.name))
    causes = [*_uncommitted_changes(repository), *_committed(repository, root, before, after)]
    click.echo(FORMATS[name](with_causes(report, causes).for_readers(audience)), nl=False)
    return 0


def _committed(
    repository: Repository, root: Path, before: RenderedState, after: RenderedState
) -> list[CauseCandidate]:
    zone = load_organization(Folder(root)).time_zone
    history = read_history(repository, after.commit, HistoryQuery(zone, is_page=bool))
    return cause_candidates(history, repository, commits_between(repository, before.commit, after.commit))


def _uncommitted_changes(repository: Repository) -> Iterator[CauseCandidate]:
    committed = repository.tree("HEAD")
    changes = repository.changes_since(repository.commit("HEAD"))
    for path in sorted(changes.touched | changes.moved.keys()):
        file = repository.root / path
        now = file.read_bytes() if file.is_file() else b""
        yield uncommitted(path, committed.read(changes.moved.get(path, path)) or b"", now)
