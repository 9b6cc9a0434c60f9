"""A repository as it was in one commit: who wrote the lines of its files, and who its authors were."""

import os
from collections.abc import Mapping
from pathlib import Path

from handbook.git.blame import BlamedLine, read_blame
from handbook.git.repository import Repository


class PastRepository(Repository):
    """Answers about the files of a commit rather than about those on disk.

    Raises:
        HandbookError: if the folder is not in a repository, or git is missing or fails.

    """

    def __init__(self, root: Path, commit: str) -> None:
        super().__init__(root)
        self._commit = commit

    def blame(self, path: str) -> Mapping[int, BlamedLine]:
        """Return the commit of each line of a file, by its number."""
        options = ("--line-porcelain", "--no-textconv")
        done = self._run("-c", "blame.ignoreRevsFile=", "blame", *options, self._commit, "--", path)
        return dict(read_blame(os.fsdecode(done.stdout), self.is_shallow))

    def author_names(self) -> Mapping[str, str]:
        """Return the name of each author by mail address in lower case, as the newest commit has it."""
        form = ("--format=%ae%x00%an", "--no-show-signature", "--reverse")
        rows = self.ask("log", *form, "--end-of-options", self._commit).splitlines()
        pairs = (row.partition("\0") for row in rows)
        return {address.casefold(): name for address, _, name in pairs}
