"""The state of a build, as the events get at it: the plugins, the site, and the texts in a language."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from macros.context.page_frame import FramePages
from macros.context.site import Site
from macros.plugin import build_context_of
from macros.presentation.catalog import Catalog


def frame_pages(config: MkDocsConfig) -> FramePages:
    """Return the pages that the frame links to, as mkdocs.yml names them."""
    return FramePages(config.extra.get("search_page"), config.extra.get("emergency_page"))


def plugin_of(config: MkDocsConfig, name: str) -> Any:
    """Return a plugin, typed as Any because MkDocs does not know the attributes of its class."""
    return config.plugins[name]


def current_site(config: MkDocsConfig) -> Site:
    """Return the context of the build, which `on_config` has set."""
    site = build_context_of(plugin_of(config, "macros"))
    assert site is not None  # noqa: S101 - `on_config` has set it
    return site


def current_catalog(config: MkDocsConfig) -> Catalog:
    """Return the texts in the language that is being built."""
    return current_site(config).catalogs[plugin_of(config, "i18n").current_language]
