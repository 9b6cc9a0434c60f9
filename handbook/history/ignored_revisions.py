"""Commits that the history leaves out, such as a reformatting."""

import re
from typing import Final

from handbook.errors import HandbookError

IGNORED_REVISIONS: Final = ".git-blame-ignore-revs"
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
