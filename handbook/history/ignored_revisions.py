"""Commits that the history leaves out, such as a reformatting."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import Repository

IGNORED_REVISIONS: Final = ".git-blame-ignore-revs"
# What readers read, and the signs that show, hide, or link it. Spaces, line ends, and lists only format.
_WORDS_AND_SIGNS: Final = re.compile(rb"[\w\x80-\xff]+|[<>{}\[\]()~!|#]")
_FULL_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def ignored_revisions(text: str) -> frozenset[str]:
    """Return the full names of commits in `.git-blame-ignore-revs`, which may have comments as well.

    Raises:
        HandbookError: at the first line that is neither; it names the line.

    """
    names = set()
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("#")[0].strip()
        if name and not _FULL_NAME.fullmatch(name):
            raise HandbookError(
                f"{IGNORED_REVISIONS}:{number}: '{name}' is not the full name of a commit;"
                f" write all its characters, as `git rev-parse {name}` shows them"
            )
        names.add(name)
    return frozenset(names - {""})


def left_out_commits(repository: Repository, before: str) -> Iterator[tuple[str, str]]:
    """Yield the commits that are on the list only since a commit, if they do more than format a page.

    Each comes with the path of the first page that says something else after it.
    """
    then, now = (repository.file_at_top(commit, IGNORED_REVISIONS) or "" for commit in (before, "HEAD"))
    if then == now:
        return
    for name in sorted(ignored_revisions(now) - ignored_revisions(then)):
        page = next(_rewritten_pages(repository, name), None)
        if page:
            yield name, page


def _rewritten_pages(repository: Repository, commit: str) -> Iterator[str]:
    try:
        name = repository.commit(commit)
    except HandbookError:
        return  # It is not in the history, so nothing is left out.
    for change in next(repository.log(name)).file_changes:
        if change.path.endswith(".md") and _words(repository, change.before) != _words(
            repository, change.after
        ):
            yield change.path


def _words(repository: Repository, blob: str | None) -> list[bytes]:
    return _WORDS_AND_SIGNS.findall(repository.read(blob)) if blob else []
