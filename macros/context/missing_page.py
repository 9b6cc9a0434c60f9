"""What a reader gets at an address without a page: where the frame leads, and whom to ask.

A host shows 404.html at any depth, so its addresses are paths from the top of the host. The one at the top
of the branch of editions is for hosts that serve no other. It leads to the edition in force, and takes its
styles from the edition that wrote it, which stay there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handbook.editions.manifest import in_force
from handbook.editions.mike_versions import ALIAS
from macros.context.inbox import inbox_address
from macros.context.page_facts import ContactDetails, asked
from macros.context.page_frame import PageFrame
from macros.context.served_path import path_of_editions, served_path
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText

FILE: Final = "404.html"
# A template of the frame that is written to the top of the branch of editions, as `FILE`.
TOP_TEMPLATE: Final = "404_top.html"
TEMPLATES: Final[Sequence[str]] = (FILE, TOP_TEMPLATE)


@dataclass(frozen=True, slots=True)
class MissingPage:
    """The frame, the path that its addresses begin with, and whom to ask; `inbox` leads to them, too."""

    frame: PageFrame
    base: str
    asked: ContactDetails
    hours: LocalizedText
    reply_target: LocalizedText
    inbox: str


def missing_page(
    site: Site, catalog: Catalog, frame: PageFrame, template: str, address: str | None
) -> MissingPage:
    """Return what 404.html shows, or the one at the top; `address` is where the site is served."""
    organization, own = site.organization, served_path(site, address)
    contact = asked(site, "social_media", catalog.language)
    base = _base_at_top(site, own) if template == TOP_TEMPLATE else own
    return MissingPage(
        replace(frame, kind="missing", assets=f"{own}{frame.assets}"),
        base,
        contact,
        site.say(organization.monitoring_hours, catalog.language),
        site.say(organization.reply_target, catalog.language),
        inbox_address(site, catalog, contact, LocalizedText(catalog["missing.title"])),
    )


def _base_at_top(site: Site, own: str) -> str:
    """Return the alias; until the first edition takes effect, the alias leads to no pages."""
    manifests = site.editions.manifests or ()
    has_alias = bool(manifests) and in_force(manifests, manifests[-1].published) is not None
    return f"{path_of_editions(site)}{ALIAS}/" if has_alias else own
