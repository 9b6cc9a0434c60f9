"""What of the navigation a build shows, and which links lead to what it leaves out."""

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


def dead_links(html: str, name: str, left_out: Collection[str]) -> Iterator[str]:
    """Say which links of the page `name` lead to pages that were left out."""
    folder = posixpath.dirname(name)
    targets = (posixpath.normpath(posixpath.join(folder, unescape(one))) for one in _LINK.findall(html))
    for target in sorted({target for target in targets if target in left_out}):
        yield (
            f"the link to docs/{target} leads nowhere, as its `applies_to` is for other organizations; put"
            " the link between {% if applies(…) %} and {% endif %}"
        )
