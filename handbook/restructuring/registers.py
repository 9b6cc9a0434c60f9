"""The files that name pages or roles, beside the pages themselves, without the records that were filed."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.evidence_folder import SAMPLE_FOLDER, SHIPPED_FOLDER, is_sample
from handbook.registers.review_records import RECORD_PATHS
from handbook.restructuring.draft import Draft
from handbook.yaml.edit_scalars import NewValue, lines_to_change, with_scalars
from handbook.yaml.located import KeyPath

CONFIGURATION: Final = "mkdocs.yml"
_OF_TESTS: Final = "tests/docs"
_FOLDERS: Final = ("registers", f"{SAMPLE_FOLDER}/registers")
# The parts of mkdocs.yml that name pages: the menu, and the pages that the frame leads to.
_OF_PAGES: Final = ("nav", "extra")


def register_files(tree: FileTree) -> Iterator[str]:
    """Yield the registers, without the records of reviews and of editorial changes, which stay as filed.

    What the tests ask of the sample's pages is one of them in the sample alone. Elsewhere, it belongs to the
    tool, and a change of it would mix what runs with what people read.
    """
    for folder in (*_FOLDERS, _OF_TESTS) if is_sample(tree) else _FOLDERS:
        for name in tree.paths(folder):
            path = f"{folder}/{name}"
            if name.endswith(".yml") and not path.startswith((*RECORD_PATHS, f"{SHIPPED_FOLDER}/")):
                yield path


def edit_registers(draft: Draft, new_value: Callable[[str], NewValue], what: str) -> None:
    """Change values in every register; `new_value` returns, for the path of a file, what values are to be."""
    for path in register_files(draft):
        edit_values(draft, path, new_value(path), what)


def edit_values(draft: Draft, path: str, new_value: NewValue, what: str) -> None:
    """Change values in one file, and say on which lines.

    Raises:
        HandbookError: if the file is not YAML, or a value cannot be changed in it.

    """
    try:
        edited = with_scalars(draft.text(path), new_value)
    except HandbookError as error:
        raise HandbookError(f"{path}: {error}") from None
    draft.edit(path, edited.text, edited.lines, what)


def page_values(new_page: Callable[[str, str], str | None]) -> Callable[[str], NewValue]:
    """Return how the registers name other pages: a value that is nothing but the path of a page.

    `new_page` gets that path and the anchor after it, and returns what to write; None to leave it.
    """

    def new_value(_path: KeyPath, value: str) -> str | None:
        page, _, anchor = value.partition("#")
        return new_page(page, anchor) if _is_page(page) else None

    return lambda _file: new_value


def _is_page(value: str) -> bool:
    return value.endswith(".md") and re.search(r"\s", value) is None


def menu_values(new_page: Callable[[str], str | None], folder: str) -> NewValue:
    """Return how `nav` and `extra` of mkdocs.yml name other pages, by paths below the folder of pages."""

    def new_value(path: KeyPath, value: str) -> str | None:
        if path[0] not in _OF_PAGES or not _is_page(value):
            return None
        new = new_page(f"{folder}/{value.removeprefix('./')}")
        return new.removeprefix(f"{folder}/") if new else None

    return new_value


def lines_that_name(tree: FileTree, path: str, wanted: NewValue) -> list[int]:
    """Return the lines on which a file has a value that `wanted` would change."""
    return lines_to_change((tree.read(path) or b"").decode("utf-8"), wanted)
