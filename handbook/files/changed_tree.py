"""A tree of files as it will be once some of them are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.files.tree import FileTree


@dataclass(frozen=True, slots=True)
class ChangedTree:
    """The files of a tree, with others in the place of some of them."""

    before: FileTree
    changed: Mapping[str, bytes]

    def read(self, path: str) -> bytes | None:
        """Return what will be in a file, or None if there is none."""
        return self.changed[path] if path in self.changed else self.before.read(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted."""
        new = (path for path in self._changed_below(folder) if "/" not in path)
        return sorted({*self.before.names(folder), *new})

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it, sorted, by paths from there."""
        new = (path for path in self._changed_below(folder) if path.count("/") < 2)
        return sorted({*self.before.paths(folder), *new})

    def _changed_below(self, folder: str) -> Iterator[str]:
        start = f"{folder}/"
        return (path.removeprefix(start) for path in self.changed if path.startswith(start))
