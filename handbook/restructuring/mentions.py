"""Finds where a repository still mentions a name, for people to look at: code, tests, comments, and prose."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handbook.registers.evidence_folder import SHIPPED_FOLDER
from handbook.registers.moved_pages import FILE as MOVED_PAGES
from handbook.registers.review_records import RECORD_PATHS
from handbook.restructuring.draft import Draft
from handbook.upgrades.file_kinds import STATE_FOLDER

_FOLDERS: Final = (
    "docs",
    "registers",
    "sample/registers",
    "deploy",
    "overrides",
    "macros",
    ".github",
    ".gitlab",
)
_KINDS: Final = (".md", ".yml", ".yaml", ".html", ".js", ".conf", "CODEOWNERS")
CODE: Final = ".py"
_LARGEST: Final = 500_000
# What was filed keeps its names, and old addresses are meant to be old.
_KEPT: Final = (*RECORD_PATHS, f"{SHIPPED_FOLDER}/", STATE_FOLDER, MOVED_PAGES, "CHANGELOG.md")


def mentions(root: Path, draft: Draft, pattern: re.Pattern[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield the files that match, with the lines, as they would be with a draft; records are left out.

    In code, only a text that is nothing but the name counts: the others are examples.
    """
    quoted = re.compile(rf"""(?<=["'])(?:docs/)?{pattern.pattern}(?=["'])""")
    for path in _files(root):
        if draft.is_removed(path) or path.startswith(_KEPT):
            continue
        text = (draft.read(path) or b"").decode("utf-8", "replace")
        matches = (quoted if path.endswith(CODE) else pattern).finditer(text)
        if lines := [text.count("\n", 0, match.start()) + 1 for match in matches]:
            yield path, list(dict.fromkeys(lines))


def page_pattern(path: str) -> re.Pattern[str]:
    """Return what finds the path of a page, or its address, in any text."""
    name = re.escape(path.removeprefix("docs/").removesuffix(".md"))
    return re.compile(rf"(?<![\w-]){name}(?:\.md\b|/(?![\w-]))")


def role_pattern(role: str) -> re.Pattern[str]:
    """Return what finds the name of a role in any text."""
    return re.compile(rf"(?<![\w-]){re.escape(role)}(?![\w-])")


def _files(root: Path) -> Iterator[str]:
    """Yield the files in which people or programs may name a page or a role."""
    here = (file for file in root.iterdir() if file.is_file())
    walks = (os.walk(root / top) for top in _FOLDERS)
    below = (Path(folder, name) for walk in walks for folder, _, names in walk for name in names)
    for file in sorted([*here, *below]):
        is_text = file.name.endswith((*_KINDS, CODE)) and not file.is_symlink()
        if is_text and file.stat().st_size <= _LARGEST:
            yield file.relative_to(root).as_posix()
