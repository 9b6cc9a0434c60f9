"""What a build knows of a site beside its pages: other files, Markdown, and the menu."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pathspec.gitignore import GitIgnoreSpec

from handbook.content.mkdocs_settings import FIRST_OF_FOLDER, PAGE_ENDINGS
from handbook.content.site_configuration import FILE, SiteConfiguration
from handbook.findings import Location
from handbook.markup.markdown_settings import MarkdownSettings, markdown_settings
from handbook.markup.rendered_pages import RenderedPages
from handbook.yaml.located import KeyPath

# The keys of `extra` in mkdocs.yml that name a page.
FRAME_PAGES: Final = ("search_page", "emergency_page")
_EXCLUDED: Final = f"{FILE} keeps that file off the site; publish it, or remove the link"
_UNPUBLISHED: Final = "the name of that file keeps it off the site; rename it, or remove the link"


@dataclass(frozen=True)
class PublishedSite:
    """The folder of pages, and names below it: of all `files`, and of pages that are `left_out`.

    `left_out` has the reason for each, `patterns` match the files that are not published on purpose, `menu`
    has the entries of the menu and the pages that the frame leads to, and `has_folders` says that each page
    is published in a folder of its own.
    """

    folder: str = "docs"
    settings: MarkdownSettings = field(default_factory=MarkdownSettings)
    files: Collection[str] = ()
    patterns: Collection[GitIgnoreSpec] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    menu: tuple[tuple[Location, str], ...] = ()
    has_folders: bool = True
    rendered: RenderedPages = field(default_factory=RenderedPages, compare=False)

    @classmethod
    def of(
        cls,
        configuration: SiteConfiguration,
        folder: str,
        files: Collection[str],
        patterns: Collection[GitIgnoreSpec],
    ) -> "PublishedSite":
        """Return what mkdocs.yml says of a site with these files; `patterns` match what is not published."""
        data, mapping = configuration.mapping.data, configuration.mapping
        named = [(("nav", *path), target) for path, target in _menu_of(data.get("nav"))]
        named += [(("extra", key), page) for key, page in _pages_of_frame(data.get("extra"))]
        menu = tuple((mapping.value_location_of(path), target) for path, target in named)
        has_folders = data.get("use_directory_urls") is not False
        return cls(folder, markdown_settings(data), files, patterns, {}, menu, has_folders)

    def without(self, reasons: Mapping[str, str]) -> "PublishedSite":
        """Return the site without some pages, by their paths, each with the reason."""
        left_out = {path.removeprefix(f"{self.folder}/"): reason for path, reason in reasons.items()}
        return replace(self, left_out=left_out)

    def reason_for_absence(self, name: str) -> str | None:
        """Return why a file is not published and what to do, or None if there is no such file."""
        if name in self.left_out:
            return self.left_out[name]
        if name not in self.files:
            return None
        return _EXCLUDED if self.is_excluded(name) else _UNPUBLISHED

    def is_excluded(self, name: str) -> bool:
        """Tell whether mkdocs.yml, or a dot before its name, keeps a file off the site on purpose."""
        return any(pattern.match_file(name) for pattern in self.patterns)

    def twins_of(self, name: str) -> Iterator[str]:
        """Yield the files beside a page that would have its address; MkDocs publishes only one of them."""
        folder, slash, last = name.rpartition(".")[0].rpartition("/")
        stems = FIRST_OF_FOLDER if last in FIRST_OF_FOLDER else (last,)
        names = (f"{folder}{slash}{stem}{ending}" for stem in stems for ending in PAGE_ENDINGS)
        yield from (
            twin for twin in names if twin != name and twin in self.files and not self.is_excluded(twin)
        )


def _pages_of_frame(extra: object) -> Iterator[tuple[str, str]]:
    """Yield the pages for the search and for emergencies, to which the frame of each page leads."""
    for key in FRAME_PAGES:
        page = extra.get(key) if isinstance(extra, Mapping) else None
        if isinstance(page, str):
            yield key, page


def _menu_of(navigation: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield what each entry of a `nav` leads to, with the path of keys to it."""
    if isinstance(navigation, str):
        yield path, navigation
    elif isinstance(navigation, Mapping):
        for key, inner in navigation.items():
            yield from _menu_of(inner, (*path, key))
    elif isinstance(navigation, list):
        for number, inner in enumerate(navigation):
            yield from _menu_of(inner, (*path, number))
