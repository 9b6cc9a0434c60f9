"""The handbook's own roles in a release, whose files name those of the sample."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from handbook.files.tree import FileTree
from handbook.registers.owners import FILE as OWNERS
from handbook.registers.policies import FILE as POLICIES
from handbook.upgrades.snapshot import Snapshot
from handbook.yaml.located import read_mapping

_OWNER_OF_PAGE: Final = re.compile(
    r"(?P<before>\A\ufeff?---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?owner:[ \t]*)(?P<role>[\w-]+)(?=[ \t\r\n#])"
)
_OWNER_OF_POLICY: Final = re.compile(r"(?P<before>\n[ \t]+owner:[ \t]*)(?P<role>[\w-]+)(?=[ \t\r\n#])")


def renamed_roles(tree: FileTree, base: Snapshot) -> Mapping[str, str]:
    """Return which role of the handbook has the pages of each role that the handbook no longer has.

    If several have them, it is the one that has most of the pages as they were adopted.
    """
    own = _roles(tree.read(OWNERS))
    counts: dict[str, Counter[str]] = {}
    for former, role in _owners(tree, base):
        if former not in own and role in own:
            counts.setdefault(former, Counter())[role] += 1
    return {former: roles.most_common(1)[0][0] for former, roles in counts.items()}


def with_own_roles(state: Snapshot, renamed: Mapping[str, str]) -> Snapshot:
    """Return a state whose pages and policies are owned by the handbook's own roles."""
    if not renamed:
        return state
    files, earlier = _renamed(state.files, renamed), _renamed(state.earlier, renamed)
    return replace(state, files=files, earlier=earlier)


def _renamed(files: Mapping[str, bytes], renamed: Mapping[str, str]) -> Mapping[str, bytes]:
    return {path: _with_own_role(path, data, renamed) for path, data in files.items()}


def _with_own_role(path: str, data: bytes, renamed: Mapping[str, str]) -> bytes:
    if path != POLICIES and not _is_page(path):
        return data
    text = data.decode("utf-8", "surrogateescape")
    owner = _OWNER_OF_POLICY if path == POLICIES else _OWNER_OF_PAGE
    after = owner.sub(lambda match: match["before"] + renamed.get(match["role"], match["role"]), text)
    return after.encode("utf-8", "surrogateescape")


def _is_page(path: str) -> bool:
    return path.startswith("docs/") and path.endswith(".md")


def _owners(tree: FileTree, base: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the owner of each page as it was adopted, and the one that it has now."""
    for path in filter(_is_page, base.files):
        before, now = (
            _OWNER_OF_PAGE.match((data or b"").decode("utf-8", "replace"))
            for data in (base.files[path], tree.read(path))
        )
        if before and now:
            yield before["role"], now["role"]


def _roles(owners: bytes | None) -> frozenset[str]:
    data = read_mapping((owners or b"").decode("utf-8-sig", "replace")).data.get("owners")
    return frozenset(map(str, data)) if isinstance(data, dict) else frozenset()
