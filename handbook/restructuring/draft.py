"""A handbook as it would be after a change that is not written yet."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.changed_tree import ChangedTree
from handbook.files.tree import Folder
from handbook.text.counting import counted

_BOM: Final = "\ufeff"
_MOST_LINES: Final = 12
_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass
class Draft:
    """The files of a handbook in a folder, with those that a change writes or removes: a `FileTree`.

    `notes` say what changes, one line a file, in the order of the changes.
    """

    folder: Folder
    notes: list[str] = field(default_factory=list)
    _files: dict[str, bytes | None] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        """Return what would be in a file, or None."""
        return self._tree.read(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files that would be in a folder, sorted."""
        return self._tree.names(folder)

    def paths(self, folder: str) -> list[str]:
        """Return the files that would be in a folder and in those directly in it, by paths from there."""
        return self._tree.paths(folder)

    def text(self, path: str) -> str:
        """Return the text of a file, with its line ends.

        Raises:
            HandbookError: if there is no such file, or if it is not UTF-8.

        """
        data = self.read(path)
        try:
            return (data or b"").decode("utf-8")
        except UnicodeDecodeError:
            raise HandbookError(f"{path} is not UTF-8; see `handbook check {path}`") from None

    def write(self, path: str, text: str, note: str = "") -> None:
        """Plan to write a text to a file, and report it."""
        self.write_bytes(path, text.encode("utf-8"), note)

    def write_bytes(self, path: str, data: bytes, note: str = "") -> None:
        """Plan to write bytes to a file, and report it."""
        self._files[path] = data
        self._note(note)

    def edit(self, path: str, text: str, lines: Iterable[int], what: str) -> None:
        """Plan another text for a file, and report the lines that change."""
        numbers = list(lines)
        if text != self.text(path):
            self.write(path, text, f"{path}: {counted(len(numbers), what)}, {line_numbers(numbers)}")

    def remove(self, path: str, note: str = "") -> None:
        """Plan to remove a file, and report it."""
        self._files[path] = None
        self._note(note)

    def changes(self, path: str) -> bool:
        """Tell whether the plan writes or removes a file."""
        return path in self._files

    def is_removed(self, path: str) -> bool:
        """Tell whether the plan removes a file, rather than writes it or leaves it as it is."""
        return path in self._files and self._files[path] is None

    def paths_below(self, folder: str) -> list[str]:
        """Return the files that are written, at any depth below a folder, by their paths from the root."""
        return [f"{folder}/{path}" for path in self._tree.written_below(folder)]

    def writes(self, root: Path) -> list[FileWrite]:
        """Return what has to be written, new files first, and removed files last."""
        before = {path: self.folder.read(path) for path in self._files}
        writes = [
            FileWrite(root / path, data, before[path])
            for path, data in self._files.items()
            if data != before[path]
        ]
        return sorted(writes, key=lambda write: (write.data is None, write.before is not None))

    @property
    def _tree(self) -> ChangedTree:
        return ChangedTree(self.folder, self._files)

    def _note(self, note: str) -> None:
        if note:
            self.notes.append(note)


def line_numbers(numbers: list[int]) -> str:
    """Return numbers of lines for people, each once, and only the first of many."""
    unique = sorted(dict.fromkeys(numbers))
    more = f" and {len(unique) - _MOST_LINES} more" if unique[_MOST_LINES:] else ""
    return f"{'line' if len(unique) == 1 else 'lines'} {', '.join(map(str, unique[:_MOST_LINES]))}{more}"


def with_line_ends_of(raw: str, text: str) -> str:
    """Return a text, whose lines end with LF, with the byte order mark and the line ends of another.

    Both have as many lines.
    """
    mark = _BOM if raw.startswith(_BOM) else ""
    ends = _END.findall(raw)
    return mark + "".join(map("".join, zip_longest(text.split("\n"), ends, fillvalue="")))


# Edits the text of a page, whose lines end with LF, and returns the lines that changed, counted from 0.
EditText = Callable[[str], tuple[str, list[int]]]


def edit_links(draft: Draft, path: str, edit: EditText) -> None:
    """Edit the links in the text of a page, and keep its line ends."""
    raw = draft.text(path)
    text = raw.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    edited, lines = edit(text)
    draft.edit(path, with_line_ends_of(raw, edited), (line + 1 for line in lines), "link")
