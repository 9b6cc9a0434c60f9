"""Changes of pages that are not committed yet."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from handbook.git.repository import Repository
from handbook.history.changes import History, Uncommitted


def with_uncommitted(
    history: History, repository: Repository, branch: str, is_page: Callable[[str], bool]
) -> History:
    """Add the pages on disk that differ from the branch to the pending pages of a history."""
    tip, head = repository.commit(branch), repository.commit("HEAD")
    on_branch = repository.changes_since(tip)
    since_head = on_branch if head == tip else repository.changes_since(head)
    uncommitted = since_head.touched | since_head.moved.keys()
    pending = (
        _pending(history, path, (repository.root / path).is_file(), path in uncommitted)
        for path in sorted(on_branch.touched | on_branch.moved.keys())
        if is_page(path)
    )
    return replace(history, pending=tuple(pending))


def _pending(history: History, path: str, is_there: bool, is_uncommitted: bool) -> Uncommitted:
    page = history.pages.get(path)
    kind: Literal["new", "changed", "taken away"] = "changed" if page and page.exists else "new"
    return Uncommitted(
        path,
        kind if is_there else "taken away",
        "not committed yet" if is_uncommitted else "not on the main branch yet",
    )
