"""What of the navigation a build shows, and which section of it each page stands in."""

import posixpath
import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Any, Final

_LINK: Final = re.compile(r'<a\s[^<>]*?href="([^":?#]+\.md)["#]')


def without(navigation: Any, names: Collection[str]) -> Any:
    """Return a `nav` of mkdocs.yml without the pages of these names, and without what is empty then."""
    if isinstance(navigation, list):
        return [kept for item in navigation if (kept := without(item, names))]
    if isinstance(navigation, dict):
        return {title: kept for title, item in navigation.items() if (kept := without(item, names))}
    return None if str(navigation).removeprefix("./") in names else navigation


def sections_of(navigation: Any) -> dict[str, str]:
    """Return the title of the section of a `nav` that each page stands in, by the page's path.

    A page at the top of the navigation stands in none.
    """
    titled = (item for item in navigation or () if isinstance(item, dict))
    return {
        f"docs/{name.removeprefix('./')}": str(title)
        for item in titled
        for title, inner in item.items()
        if isinstance(inner, list)
        for name in _names(inner)
    }


def _names(navigation: Any) -> Iterator[str]:
    if isinstance(navigation, list):
        for item in navigation:
            yield from _names(item)
    elif isinstance(navigation, dict):
        for inner in navigation.values():
            yield from _names(inner)
    else:
        yield str(navigation)


def dead_links(html: str, name: str, left_out: Collection[str]) -> Iterator[str]:
    """Say which links of the page `name` lead to pages that were left out."""
    folder = posixpath.dirname(name)
    targets = (posixpath.normpath(posixpath.join(folder, unescape(one))) for one in _LINK.findall(html))
    for target in sorted({target for target in targets if target in left_out}):
        yield (
            f"the link to docs/{target} leads nowhere, as its `applies_to` is for other organizations; put"
            " the link between {% if applies(…) %} and {% endif %}"
        )
