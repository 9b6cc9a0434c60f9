"""What readers saw change with each edition: the place for it on a page, and where the feed is."""

from typing import Final

from mkdocs.utils import get_relative_url

from macros.context.registry import MacroContext, macro
from macros.context.site import Site

PAGE: Final = "docs/audit/changes.md"
FEED: Final = "changes.xml"
TOP_FEED: Final = f"editions/{FEED}"
PLACE: Final = '<div class="what-changed-here"></div>'


@macro()
def what_changed(context: MacroContext) -> str:
    """Show what readers see other than before, edition by edition, the newest first.

    It is found when all pages are built, and stands on `docs/audit/changes.md` only.

    Example: {{ what_changed() }}
    """
    return PLACE


def feed_address(site: Site, path: str, address: str) -> str | None:
    """Return where the feed is, from a page; None where the page does not name it, or there is none.

    Among editions it stands beside them, so that who follows it hears of the next one.
    """
    if path != PAGE or not site.editions.manifests:
        return None
    return (
        f"../{get_relative_url(TOP_FEED, address)}" if site.editions.own else get_relative_url(FEED, address)
    )
