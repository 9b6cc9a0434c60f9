"""Takes pages that are not published out of the navigation, and finds links that lead to them."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from typing import Any, Final

_LINK: Final = re.compile(r'<a\s[^<>]*?href="([^":?#]+\.md)["#]')


def without(navigation: Any, names: Collection[str]) -> Any:
    """Return a `nav` of mkdocs.yml without these pages, and without sections that are then empty."""
    if isinstance(navigation, list):
        return [kept for item in navigation if (kept := without(item, names))]
    if isinstance(navigation, dict):
        return {title: kept for title, item in navigation.items() if (kept := without(item, names))}
    return None if str(navigation).removeprefix("./") in names else navigation


def dead_links(html: str, name: str, left_out: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each page that the page `name` links to and that was left out, with its reason."""
    folder = posixpath.dirname(name)
    targets = (posixpath.normpath(posixpath.join(folder, unescape(link))) for link in _LINK.findall(html))
    for target in sorted({target for target in targets if target in left_out}):
        yield f"the link to docs/{target} leads nowhere, because {left_out[target]}"
