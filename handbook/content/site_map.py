"""Where each page stands in the site: its address, and the section of the navigation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook.content.languages import main_path
from handbook.content.pages import Page


@dataclass(frozen=True, slots=True)
class SiteMap:
    """What the site says of pages, by their paths, in a handbook of these languages.

    `addresses` are those within one language, as MkDocs makes them; `sections` are the titles of the
    navigation.
    """

    addresses: Mapping[str, str]
    sections: Mapping[str, str]
    languages: Sequence[str]

    def address_of(self, page: Page) -> str:
        """Return where a page is read, below the site and in the language that it is written in."""
        if page.language == self.languages[0]:
            return self.addresses[page.path]
        own = self.addresses[page.path].replace(f".{page.language}", "", 1)
        address = self.addresses.get(self.original_of(page), own)
        return f"{page.language}/{address.removeprefix('./')}"

    def original_of(self, page: Page) -> str:
        """Return the path of the page that a translation renders, or of the page itself."""
        return main_path(page.path, self.languages)

    def section_of(self, page: Page) -> str | None:
        """Return the section that a page, or the page that it renders, stands in; None at the top."""
        return self.sections.get(self.original_of(page))


def sections_of(navigation: Any, folder: str = "docs") -> dict[str, str]:
    """Return the title of the section of a `nav` that each page stands in, by the page's path.

    A page at the top of the navigation stands in none.
    """
    titled = (item for item in navigation or () if isinstance(item, dict))
    return {
        f"{folder}/{name.removeprefix('./')}": str(title)
        for item in titled
        for title, inner in item.items()
        if isinstance(inner, list)
        for name in _names(inner)
    }


def _names(navigation: Any) -> Iterator[str]:
    if isinstance(navigation, list):
        for item in navigation:
            yield from _names(item)
    elif isinstance(navigation, dict):
        for inner in navigation.values():
            yield from _names(inner)
    else:
        yield str(navigation)
