"""Finds what is on the branch of editions although publishing an edition never wrote it."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.editions.branch_index import CALENDAR, CALENDARS_OF_OWNERS, LIST, MISSING, START, is_calendar
from handbook.editions.mike_versions import ALIAS, VERSIONS, oddities
from handbook.editions.published_branch import Published
from handbook.editions.verification import Difference
from handbook.errors import HandbookError

# GitHub Pages keeps the address of the site in CNAME.
_EXPECTED: Final = frozenset(
    (ALIAS, CALENDAR, CALENDARS_OF_OWNERS, LIST, MISSING, START, VERSIONS, ".nojekyll", "CNAME")
)
_LIKE_AN_EDITION: Final = re.compile(r"[vV]?20\d\d(\D.*)?", re.DOTALL)


def strangers(published: Published) -> Iterator[Difference]:
    """Yield the files and folders, and the names in `versions.json`, that no edition brought there."""
    editions = list(map(str, published.editions))
    for name in published.top_names:
        if name not in _EXPECTED and name not in editions:
            yield Difference(None, name, _what_it_is(name, published.branch))
    for path in published.hashes_of(_is_beside_calendars):
        yield Difference(None, path, _what_it_is(path, published.branch))
    try:
        yield from (Difference(None, VERSIONS, text) for text in oddities(published.read(VERSIONS), editions))
    except HandbookError:
        return  # It is named as unreadable anyway.


def _is_beside_calendars(path: str) -> bool:
    return path.partition("/")[0] == CALENDARS_OF_OWNERS and not is_calendar(path)


def _what_it_is(name: str, branch: str) -> str:
    if _LIKE_AN_EDITION.fullmatch(name):
        return f"looks like an edition, but nothing vouches for it; remove it from {branch}"
    return f"was put on {branch} by somebody, not by an edition, and readers can open it; remove it"
