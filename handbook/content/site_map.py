"""The address of each page in the site, and its section of the navigation."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from handbook.content.languages import main_path
from handbook.content.navigation_targets import navigation_targets
from handbook.content.pages import Page


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Where the site shows its pages, by their paths, in a handbook of these languages.

    `addresses` are those within one language, as MkDocs makes them; `sections` are titles of the
    navigation.
    """

    addresses: Mapping[str, str]
    sections: Mapping[str, str]
    languages: Sequence[str]

    def address_of(self, page: Page) -> str:
        """Return the address of a page below the root of the site, in the language that it is written in."""
        address = self.addresses.get(self.original_of(page)) or self._without_language(page)
        # A page in a language that the handbook does not have is shown to readers of the main one.
        is_main = page.language == self.languages[0] or page.language not in self.languages
        return address if is_main else f"{page.language}/{address.removeprefix('./')}"

    def _without_language(self, page: Page) -> str:
        own = self.addresses[page.path]
        if own.endswith("/"):
            return quote(address_of_path(page.path, self.languages)) or "./"
        return own.replace(f".{page.language}.html", ".html")

    def original_of(self, page: Page) -> str:
        """Return the path of the page that a translation translates, or of the page itself."""
        return main_path(page.path, self.languages)

    def section_of(self, page: Page) -> str | None:
        """Return the section of a page, or of the page that it translates; None if it is in no section."""
        return self.sections.get(self.original_of(page))


def address_of_path(path: str, languages: Sequence[str]) -> str:
    """Return where readers find the page of a file, below the site and within one language, not encoded."""
    file = PurePosixPath(main_path(path, languages).removeprefix("docs/")).with_suffix("")
    folder = file.parent if file.name in ("index", "README") else file
    return "" if folder == PurePosixPath() else f"{folder}/"


def linked_file(address: str, file: str) -> str:
    """Return the file of a built site to which an address in another of its files leads."""
    path = unquote(urlsplit(address).path)
    if not path:
        return file
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    return posixpath.join("" if joined == "." else joined, "index.html") if is_folder else joined


def sections_of(navigation: Any, folder: str = "docs") -> dict[str, str]:
    """Return the title of the top-level section of a `nav` that each page is in, by the page's path.

    A page that the navigation names outside of sections is left out.
    """
    items = (item for item in navigation or () if isinstance(item, dict))
    return {
        f"{folder}/{target}": str(title)
        for item in items
        for title, inner in item.items()
        if isinstance(inner, list)
        for target in navigation_targets(inner)
    }
