"""Finds what is on the branch of editions although publishing an edition never wrote it."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.editions.branch_index import CALENDAR, CALENDARS_OF_OWNERS, LIST, MISSING, START, is_calendar
from handbook.editions.mike_versions import ALIAS, VERSIONS, oddities
from handbook.editions.published_branch import NOT_PLAIN, Published
from handbook.editions.verification import Difference
from handbook.errors import HandbookError

# GitHub Pages keeps the address of the site in CNAME.
_FILES: Final = frozenset((CALENDAR, MISSING, START, VERSIONS, ".nojekyll", "CNAME"))
_FOLDERS: Final = frozenset((ALIAS, CALENDARS_OF_OWNERS, LIST))
# Where others would be led, if one of these files were a link.
_PLAIN: Final = _FILES - {START, MISSING, VERSIONS}
_LIKE_AN_EDITION: Final = re.compile(r"[vV]?20\d\d(\D.*)?", re.DOTALL)


def unexpected_files(published: Published) -> Iterator[Difference]:
    """Yield the files and folders, and the names in `versions.json`, that no edition brought there."""
    editions = list(map(str, published.editions))
    for name in published.top_names:
        if name not in _FILES | _FOLDERS and name not in editions:
            yield Difference(None, name, _what_it_is(name, published.branch))
    for path in published.hashes_of(_is_out_of_place):
        yield Difference(None, path, _what_it_is(path, published.branch))
    for path, digest in published.hashes_of(_is_plain).items():
        if digest.startswith(NOT_PLAIN):
            yield Difference(None, path, "is a link or a program where a file has to be; remove it")
    try:
        yield from (Difference(None, VERSIONS, text) for text in oddities(published.read(VERSIONS), editions))
    except HandbookError:
        return  # It is named as unreadable anyway.


def _is_out_of_place(path: str) -> bool:
    """Tell whether a file is in a folder that has the name of a file, or beside the calendars of owners."""
    folder, _, inside = path.partition("/")
    return bool(inside) and (folder in _FILES or (folder == CALENDARS_OF_OWNERS and not is_calendar(path)))


def _is_plain(path: str) -> bool:
    return path in _PLAIN or is_calendar(path)


def _what_it_is(name: str, branch: str) -> str:
    if _LIKE_AN_EDITION.fullmatch(name):
        return f"looks like an edition, but nothing vouches for it; remove it from {branch}"
    return f"was put on {branch} by somebody, not by an edition, and readers can open it; remove it"
