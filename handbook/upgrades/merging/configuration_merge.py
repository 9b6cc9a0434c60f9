"""Merges mkdocs.yml: the navigation is the handbook's, everything else is the tool's."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from yaml.nodes import Node

from handbook.authoring.navigation import with_page
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import is_placed
from handbook.errors import HandbookError
from handbook.upgrades.merging.merged_text import MergedText
from handbook.upgrades.merging.yaml_merge import merge_yaml
from handbook.upgrades.merging.yaml_regions import content_end, plain
from handbook.yaml.edit_lines import compose, scalars, value_at

_DOCS: Final = "docs/"
_WITHOUT: Final = "nav: []\n"


def merge_configuration(
    base: str, ours: str, theirs: str, pages: Iterable[str], moved: Mapping[str, str]
) -> MergedText:
    """Merge three states of mkdocs.yml.

    `pages` are the Markdown files that the handbook will have, and `moved` has new paths by old ones.

    Raises:
        HandbookError: if one of them cannot be read.

    """
    before, own, new = (_split(text) for text in (base, ours, theirs))
    rest = merge_yaml(before[1], own[1], new[1])
    published = {page.removeprefix(_DOCS) for page in pages}
    navigation = _navigation(before[0], own[0], new[0], published, moved)
    merged = rest.text.replace(_WITHOUT, navigation, 1)
    for page in _new_pages(before[0], new[0]):
        if page in published and not is_placed(parse_settings(merged.encode()).navigation, page):
            merged = with_page(merged, page)
    return MergedText(merged, rest.conflicts)


def _split(text: str) -> tuple[str, str]:
    """Return the lines of the navigation, and the other ones with an empty navigation."""
    root = compose(text)
    navigation = value_at(root, "nav")
    if root is None or navigation is None:
        return "", text
    key = next(key for key, _ in root.value if key.value == "nav")
    start, end = key.start_mark.index, content_end(text, navigation)
    return text[start:end], text[:start] + _WITHOUT + text[end:]


def _navigation(base: str, ours: str, theirs: str, published: set[str], moved: Mapping[str, str]) -> str:
    if not ours or _meaning(ours) == _meaning(base):
        return theirs if ours else ""
    merged = _renamed(ours, moved)
    try:
        both = merge_yaml(_renamed(base, moved), merged, theirs)
    except HandbookError:
        both = MergedText(merged)
    pages = _pages(both.text)
    if not both.conflicts and len(set(pages)) == len(pages):
        merged = both.text
    return _without(merged, {page for page in _pages(merged) if page not in published})


def _meaning(text: str) -> object:
    node = compose(text)
    return plain(node) if node else None


def _pages(navigation: str) -> list[str]:
    return [node.value for node in scalars(compose(navigation)) if node.value.endswith(".md")]


def _new_pages(base: str, theirs: str) -> list[str]:
    known = set(_pages(base))
    return [page for page in _pages(theirs) if page not in known]


def _renamed(navigation: str, moved: Mapping[str, str]) -> str:
    for before, after in moved.items():
        old, new = (path.removeprefix(_DOCS) for path in (before, after))
        entry = rf"^([ \t]*- (?:[^:\n]+: )?[\"']?){re.escape(old)}(?=[\"']?[ \t]*$)"
        navigation = re.sub(entry, rf"\g<1>{new}", navigation, flags=re.MULTILINE)
    return navigation


def _without(navigation: str, gone: set[str]) -> str:
    """Leave out pages that no longer exist. A page on a line with others stays, and the check names it."""
    for page in gone:
        entry = rf"^[ \t]*- (?:[^:\n]+: )?[\"']?{re.escape(page)}[\"']?[ \t]*\n"
        shorter = re.sub(entry, "", navigation, flags=re.MULTILINE)
        navigation = shorter if _has_no_empty_section(compose(shorter)) else navigation
    return navigation


def _has_no_empty_section(navigation: Node | None) -> bool:
    return all(node.value for node in scalars(navigation))
