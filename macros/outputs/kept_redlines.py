"""The redlines of pages as readers saw them, kept between builds: what readers once saw never changes."""

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from handbook.content.pages import Page
from handbook.files.cache_file import KeptRows
from handbook.files.kept_results import KeptResults
from handbook.git.repository import Repository
from handbook.history.changes import Change
from handbook.history.redlines import decode_redline, encode_redline
from handbook.text.redline import Mark, Piece
from macros.context.site import Site
from macros.outputs.rendered_changes import RenderedChanges

_MACROS: Final = Path(__file__).parents[1]


def results_in(folder: Path) -> KeptResults:
    """Return the results that earlier builds kept in `Repository.kept_folder`."""
    return KeptResults(KeptRows(folder, "rendered-redlines"))


class KeptRedlines:
    """Compares the pages of a site before and after their changes, each pair of texts once.

    `results` are those of `results_in`. They depend on the code of `handbook` and `macros`, on the
    renderer of expressions, on both texts, and on what organization.yml said at the time of each.
    """

    def __init__(self, site: Site, repository: Repository, results: KeptResults) -> None:
        self._site = site
        self._rendered = RenderedChanges(site, repository)
        self._results = results

    def redline(self, change: Change, page: Page) -> list[Piece]:
        """Return the shortened redline of a change, without the text that is left out.

        It is empty if readers saw no difference.

        Raises:
            HandbookError: if git does not have the texts, for example in a partial clone.

        """
        name = self._name(change, page.language)
        encoded = self._results.result(name)
        if encoded is None:
            pieces = self._rendered.redline(change, page)
            has_changed = any(piece.mark is not Mark.KEPT for piece in pieces)
            encoded = encode_redline(pieces if has_changed else [])
            self._results.add(name, encoded)
        return decode_redline(encoded)

    def keep(self) -> None:
        """Keep what was computed, for the next build."""
        self._results.keep()

    def _name(self, change: Change, language: str) -> str:
        variant = self._site.organization.variant(language)
        organizations = self._rendered.organizations(change)
        facts = (code_of_macros(), change.before, change.after, organizations, language, variant)
        return sha256(repr(facts).encode()).hexdigest()


@cache
def code_of_macros() -> str:
    """Return the SHA-256 of the macros with their catalogs and templates, and the version of the renderer."""
    whole = sha256(version("jinja2").encode())
    for file in sorted(_files()):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(_MACROS):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)
