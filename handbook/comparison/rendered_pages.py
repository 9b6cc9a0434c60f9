"""Reads the pages of a built site as readers saw them: the text of each, without what surrounds it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from handbook.comparison.rendered_page import PageReader, RenderedPage
from handbook.content.languages import likely_main_path, named_language
from handbook.editions.manifest import PageRecord

# These pages list records as of the day of the build, so they change without anybody changing them.
_BUILD_DEPENDENT: Final = frozenset(
    f"docs/{name}.md"
    for name in (
        "audit/changes", "audit/compliance", "audit/downloads", "audit/editions", "audit/history",
        "audit/register", "audit/reviews", "audit/sign",
    )
)  # fmt: skip
_HTML: Final = ".html"
_MARK: Final = b"data-page="


def depends_on_build(path: str) -> bool:
    """Tell whether a page, in whatever language, lists records as of the day of the build."""
    return likely_main_path(path) in _BUILD_DEPENDENT


def rendered_pages(files: Mapping[str, bytes], records: Iterable[PageRecord] = ()) -> dict[str, RenderedPage]:
    """Return the pages of a built site by the paths of their sources.

    `files` are all files of the site. In old editions, pages do not name their sources; then the pages of
    `records` are found by their addresses.
    """
    pages = {page.path: page for page in _described(files)}
    return pages or {page.path: page for page in _by_address(files, records)}


def _described(files: Mapping[str, bytes]) -> Iterator[RenderedPage]:
    for address in _pages(files):
        data = files[address]
        if _MARK in data and (page := PageReader(address, files).read(data)):
            yield page


def _by_address(files: Mapping[str, bytes], records: Iterable[PageRecord]) -> Iterator[RenderedPage]:
    for record in records:
        address = next(filter(files.__contains__, _addresses(record.path)), None)
        page = PageReader(address, files, record).read(files[address]) if address else None
        if page:
            yield page


def _pages(files: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in files if path.endswith(_HTML))


def _addresses(path: str) -> Iterator[str]:
    """Yield the files that may show the page of a source, with a folder of its own and without."""
    stem, language = path.removeprefix("docs/").removesuffix(".md"), named_language(path)
    for name in (f"{language}/{stem.removesuffix(f'.{language}')}", stem) if language else (stem,):
        folder, last = posixpath.split(name)
        if last in ("index", "README"):
            yield posixpath.join(folder, "index.html")
        else:
            yield f"{name}/index.html"
            yield f"{name}.html"
