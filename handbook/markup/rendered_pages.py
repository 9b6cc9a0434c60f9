"""Renders each text once, and keeps what it becomes between runs, in `.cache/` of a handbook."""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final

from handbook.files.cache_file import CACHE_FOLDER, CacheFile
from handbook.files.kept_results import KeptResults
from handbook.git.repository import Repository
from handbook.markup.markdown_settings import MarkdownSettings
from handbook.markup.refused_html import Refusal
from handbook.markup.rendering import Link, Markup, Renderer
from handbook.text.markdown.cost import costly_markdown

# What a text becomes depends on these modules of `handbook`.
_SOURCES: Final = (
    *("markup/markdown_settings", "markup/refused_html", "markup/rendered_pages", "markup/rendering"),
    *("text/markdown/code", "text/markdown/cost", "text/markdown/read_together"),
)
# Starting processes takes about as long as rendering so many pages.
_WORTH_PROCESSES: Final = 300
_AT_ONCE: Final = 100
_CHEAP: Final = "cheap-"
_ROWS_A_PAGE: Final = 2


def markup_cache(repository: Repository) -> CacheFile | None:
    """Return the cache of a handbook, or None if it is committed.

    Somebody else wrote it then, and could hide a dead link.
    """
    # Some systems take .Cache for the same folder.
    committed = repository.ask("ls-files", "--", f":(icase){CACHE_FOLDER}")
    return None if committed else CacheFile(Path(repository.root), "markup", _SOURCES)


class RenderedPages:
    """What texts become. Nothing is read from the cache, or kept in it, before somebody asks."""

    def __init__(self, cache_file: CacheFile | None = None) -> None:
        self._results = KeptResults(cache_file)
        self._renderer = cache(Renderer)

    def markup(self, text: str, settings: MarkdownSettings) -> Markup:
        """Return what a text becomes whose macros have been called."""
        name = _name(text, settings)
        row = self._results.result(name)
        if row is not None:
            return _decoded(row)
        made = self._renderer(settings).markup(text)
        self._results.add(name, _encoded(made))
        return made

    def is_cheap(self, source: str, settings: MarkdownSettings) -> bool:
        """Tell whether Markdown can render the source of a page in bounded time."""
        name = f"{_CHEAP}{_name(source, settings)}"
        if self._results.result(name) is not None:
            return True
        is_cheap = next(costly_markdown(source), None) is None
        if is_cheap:
            self._results.add(name, b"true")
        return is_cheap

    def may_lack(self, pages: int) -> bool:
        """Tell whether earlier runs kept the results of fewer than `pages` pages."""
        return self._results.may_lack(pages * _ROWS_A_PAGE)

    def prepare(self, texts: Iterable[str], settings: MarkdownSettings) -> None:
        """Render many texts at once, by several processes if that is worth it."""
        named = ((_name(text, settings), text) for text in texts)
        missing = {name: text for name, text in named if self._results.result(name) is None}
        if len(missing) < _WORTH_PROCESSES:
            return
        for name, row in zip(missing, _rendered_by_processes(list(missing.values()), settings), strict=True):
            self._results.add(name, row)

    def keep(self) -> None:
        """Write what this run needed to the cache, and as much of what earlier runs needed."""
        self._results.keep()


def _name(text: str, settings: MarkdownSettings) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=20, key=settings.fingerprint).hexdigest()


def _encoded(markup: Markup) -> bytes:
    refusals = [astuple(refusal) for refusal in markup.refusals]
    record = [sorted(markup.anchors), markup.links, refusals, markup.failure]
    return json.dumps(record, separators=(",", ":")).encode()


def _decoded(row: bytes) -> Markup:
    anchors, links, refusals, failure = json.loads(row)
    return Markup(
        frozenset(anchors),
        tuple(Link(*link) for link in links),
        tuple(Refusal(*refusal) for refusal in refusals),
        failure,
    )


def _rendered_by_processes(texts: Sequence[str], settings: MarkdownSettings) -> Iterator[bytes]:
    # These take 15 ms to import, and pages that are in the cache need neither.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(parts)), get_context("spawn")) as pool:
        yield from chain.from_iterable(pool.map(partial(_rendered, settings), parts))


def _rendered(settings: MarkdownSettings, texts: Collection[str]) -> list[bytes]:
    renderer = Renderer(settings)
    return [_encoded(renderer.markup(text)) for text in texts]
