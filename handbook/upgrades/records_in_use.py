"""Which records the pages of a handbook name, so that none of them goes with a release."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from handbook.files.tree import Folder
from handbook.upgrades.adopted_state import normalized
from handbook.upgrades.compared_file import ComparedFile
from handbook.upgrades.file_plan import FilePlan
from handbook.upgrades.file_texts import as_text
from handbook.upgrades.snapshot import Snapshot
from handbook.yaml.located import read_mapping

# How a page names a record: to a macro, or among its sources.
_NAMING: Final = re.compile(r"\{[{%].*?[%}]\}|^sources:[^\n]*", re.MULTILINE | re.DOTALL)
_NAME: Final = re.compile(r"[\w-]+")


def names_in_use(
    tree: Folder, plans: Mapping[str, FilePlan], release: Snapshot, left: Collection[str]
) -> frozenset[str]:
    """Return the words with which pages that are not those of the release may name records."""
    names: set[str] = set()
    for path in pages_now(tree):
        text = plans[path].after if path in plans and path not in left else tree.read(path)
        if text is not None and normalized(path, text) != normalized(path, release.files.get(path, b"")):
            names.update(_NAME.findall(" ".join(_NAMING.findall(as_text(text)))))
    return frozenset(names)


def removed_records(file: ComparedFile) -> set[str]:
    """Return the names of the records that a release no longer has."""
    before, after = (
        {str(name) for value in read_mapping(as_text(data or b"")).data.values() for name in _names(value)}
        for data in (file.base, file.theirs)
    )
    return before - after


def _names(value: object) -> Iterable[object]:
    return value if isinstance(value, Mapping) else ()


def pages_now(tree: Folder) -> set[str]:
    """Return the Markdown files that the handbook has, by their paths."""
    docs = tree.root / "docs"
    return {file.relative_to(tree.root).as_posix() for file in docs.rglob("*.md") if file.is_file()}
