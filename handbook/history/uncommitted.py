"""Changes of pages that are not committed yet."""

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Literal

from handbook.git.repository import Repository
from handbook.history.changes import History, Uncommitted


def with_uncommitted(
    history: History, repository: Repository, branch: str, is_page: Callable[[str], bool]
) -> History:
    """Add the pages on disk that differ from the branch to the pending pages of a history."""
    existing = {path for path, page in history.pages.items() if page.exists}
    return replace(history, pending=uncommitted_pages(existing, repository, branch, is_page))


def uncommitted_pages(
    existing: Container[str], repository: Repository, branch: str, is_page: Callable[[str], bool]
) -> tuple[Uncommitted, ...]:
    """Return the pages on disk that differ from a branch, whose history says that these pages exist."""
    tip, head = repository.commit(branch), repository.commit("HEAD")
    on_branch = repository.changes_since(tip)
    since_head = on_branch if head == tip else repository.changes_since(head)
    uncommitted = since_head.touched | since_head.moved.keys()
    return tuple(
        _pending(path, path in existing, (repository.root / path).is_file(), path in uncommitted)
        for path in sorted(on_branch.touched | on_branch.moved.keys())
        if is_page(path)
    )


def _pending(path: str, exists: bool, is_there: bool, is_uncommitted: bool) -> Uncommitted:
    kind: Literal["new", "changed", "taken away"] = "changed" if exists else "new"
    return Uncommitted(
        path,
        kind if is_there else "taken away",
        "not committed yet" if is_uncommitted else "not on the main branch yet",
    )
