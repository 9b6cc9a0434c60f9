"""The files of a built site in a folder or on the branch of editions, each read only when it is needed."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError


class FolderFiles(Mapping[str, bytes]):
    """The files in a folder and its subfolders, by their paths in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, path: str) -> bytes:
        """Return what is in a file."""
        return self._files[path].read_bytes()

    def __contains__(self, path: object) -> bool:
        """Tell whether there is such a file, without reading it."""
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._files)

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        files = (file for file in self._folder.rglob("*") if file.is_file())
        return {file.relative_to(self._folder).as_posix(): file for file in files}


class EditionFiles(Mapping[str, bytes]):
    """The files that the manifest of an edition promises, by their paths in it.

    Raises:
        HandbookError: if a file that is read is missing.

    """

    def __init__(self, published: Published, manifest: Manifest) -> None:
        self._published = published
        self._manifest = manifest

    def __getitem__(self, path: str) -> bytes:
        """Return what is in a file."""
        if path not in self._manifest.files:
            raise KeyError(path)
        data = self._published.read(f"{self._manifest.edition}/{path}")
        if data is None:
            raise HandbookError(
                f"edition {self._manifest.edition} has lost {path}; run `handbook edition verify`"
            )
        return data

    def __contains__(self, path: object) -> bool:
        """Tell whether the manifest promises such a file, without reading it."""
        return path in self._manifest.files

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._manifest.files)

    def __len__(self) -> int:
        """Return how many files the manifest promises."""
        return len(self._manifest.files)
