"""A tree of files as it will be once some of them are written or removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.files.tree import FileTree


@dataclass(frozen=True, slots=True)
class ChangedTree:
    """The files of a tree, with others in the place of some of them; None means a removed one."""

    before: FileTree
    changed: Mapping[str, bytes | None]

    def read(self, path: str) -> bytes | None:
        """Return what will be in a file, or None if there is none."""
        return self.changed[path] if path in self.changed else self.before.read(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted."""
        return self._merged(self.before.names(folder), folder, depth=0)

    def paths(self, folder: str) -> list[str]:
        """Return the files in a folder and in the folders directly in it, sorted, by paths from there."""
        return self._merged(self.before.paths(folder), folder, depth=1)

    def written_below(self, folder: str) -> Iterator[str]:
        """Yield the files that will be written, at any depth below a folder, by paths from there."""
        return (path for path, data in self._changed_below(folder) if data is not None)

    def _merged(self, before: list[str], folder: str, depth: int) -> list[str]:
        gone = {path for path, data in self._changed_below(folder) if data is None}
        new = {path for path in self.written_below(folder) if path.count("/") <= depth}
        return sorted({*before} - gone | new)

    def _changed_below(self, folder: str) -> Iterator[tuple[str, bytes | None]]:
        start = f"{folder}/"
        return (
            (path.removeprefix(start), data) for path, data in self.changed.items() if path.startswith(start)
        )
