"""What changed for readers with each edition: its place on a page, and the address of the feed."""

from typing import Final

from mkdocs.utils import get_relative_url

from macros.context.registry import MacroContext, macro
from macros.context.site import Site

PAGE: Final = "docs/audit/changes.md"
FEED: Final = "changes.xml"
TOP_FEED: Final = f"editions/{FEED}"
PLACE: Final = '<div class="what-changed-here"></div>'


@macro(templates=("documents/what_changed.html",))
def what_changed(context: MacroContext) -> str:
    """Show what changed for readers, edition by edition, newest first.

    The end of the build fills it in, once all pages are there, and on `docs/audit/changes.md` only.

    Example: {{ what_changed() }}
    """
    return PLACE


def feed_address(site: Site, path: str, address: str) -> str | None:
    """Return a relative link from a page to the feed; None if the page does not name it or none exists.

    The feed of the editions is beside them, so that its readers hear of the next one.
    """
    if path != PAGE or not site.editions.manifests:
        return None
    return (
        f"../{get_relative_url(TOP_FEED, address)}" if site.editions.own else get_relative_url(FEED, address)
    )
