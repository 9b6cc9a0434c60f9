"""What the links of a page lead to, in the build of each language."""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from handbook.content.languages import UNMARKED, language_of, reading_order
from handbook.content.mkdocs_settings import FIRST_OF_FOLDER, PublishedFile
from handbook.text.suggestions import nearest

_START: Final = "index.md"
_TOP: Final = "./"


@dataclass(frozen=True)
class LinkTargets:
    """The published files by their names below the folder of pages, and how MkDocs looks for them.

    Each language is built on its own, from its files, and where it lacks one from that of the main language,
    or else the English one.
    `has_folders` tells whether each page has a folder of its own, as with `use_directory_urls`.
    """

    names: Collection[str]
    languages: Sequence[str]
    has_folders: bool = True

    def builds_with(self, name: str) -> list[str]:
        """Return the languages in whose builds a page is shown, its own first."""
        own = language_of(name, self.languages)
        shown = [language for language in self.languages if self.is_in_build(name, language)]
        return sorted(shown, key=lambda language: language != own)

    def file_for(self, name: str, language: str) -> str | None:
        """Return the file that a link to `name` leads to in the build of a language, or None."""
        path = PurePosixPath(_START if name == "." else name)
        for wanted in (language, self.languages[0]):
            localized = _with_language(path, wanted)
            if self.is_in_build(localized, language):
                return localized
        plain = path.as_posix()
        return plain if self.is_in_build(plain, language) else None

    def is_address(self, address: str) -> bool:
        """Tell whether a page or a file is at an address below the site, in any language."""
        first, _, rest = address.partition("/")
        inner = rest if first in self.languages[1:] else address
        return _folder_of(inner) in self._addresses

    def address_of(self, name: str) -> str:
        """Return the address of a page or a file within one language, below the root of the site."""
        file = PublishedFile(_without_language(name, language_of(name, self.languages)))
        if not file.is_page:
            return file.name
        if self.has_folders:
            return file.address
        folder, slash, last = file.name.rpartition(".")[0].rpartition("/")
        return f"{folder}{slash}{'index' if last in FIRST_OF_FOLDER else last}.html"

    def rival_of(self, name: str) -> str | None:
        """Return a page that has the address of another in some build, so that readers get only one; or None.

        Addresses that differ only in capitals are the same file on Windows and macOS.
        """
        return min(self._rivals.get(name, ()), default=None)

    @cached_property
    def _rivals(self) -> Mapping[str, list[str]]:
        by_address: dict[str, list[str]] = {}
        for name in self.names:
            if PublishedFile(name).is_page:
                for address in self._addresses_in_builds(name):
                    by_address.setdefault(address, []).append(name)
        crowded = (names for names in by_address.values() if len(names) > 1)
        return {name: [other for other in names if other != name] for names in crowded for name in names}

    def _addresses_in_builds(self, name: str) -> Iterator[str]:
        address = self.address_of(name).casefold().removeprefix(_TOP)
        for language in self.languages:
            if self.is_in_build(name, language):
                yield address if language == self.languages[0] else f"{language.casefold()}/{address}"

    def nearest_to(self, target: str) -> str | None:
        """Return the published file whose name is closest to one that does not exist, or None."""
        same_name = [name for name in self.names if posixpath.basename(name) == posixpath.basename(target)]
        return same_name[0] if len(same_name) == 1 else nearest(target, self.names)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        addresses = (self.address_of(name) for name in self.names)
        return frozenset(_folder_of(address) for address in addresses)

    def is_in_build(self, name: str, language: str) -> bool:
        """Tell whether the build of a language has a file: the first in the order of its readers."""
        own, order = language_of(name, self.languages), reading_order(self.languages, language)
        if name not in self.names or own not in order:
            return False
        plain = PurePosixPath(_without_language(name, own))
        better = order[: order.index(own)]
        return not any(file in self.names for each in better for file in _files_in(plain, each))


def _folder_of(address: str) -> str:
    """Return an address without what a server adds to that of a folder."""
    return "" if address == _TOP else address.removesuffix("index.html").rstrip("/")


def relative_target(name: str, path: str) -> str:
    """Return the name of the file that a relative path in the page `name` means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path).lstrip("/"))


def relative_link(name: str, target: str) -> str:
    """Return the path of a file as the page `name` writes it in a link."""
    return posixpath.relpath(target, posixpath.dirname(name) or ".")


def _files_in(path: PurePosixPath, language: str) -> tuple[str, ...]:
    """Return the names that the file at a path may have in a language."""
    named = _with_language(path, language)
    return (named, path.as_posix()) if language == UNMARKED else (named,)


def _with_language(path: PurePosixPath, language: str) -> str:
    return path.with_name(f"{path.stem}.{language}{path.suffix}").as_posix() if path.name else path.as_posix()


def _without_language(name: str, language: str | None) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem.removesuffix(f'.{language}')}{ending}"
