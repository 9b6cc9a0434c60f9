"""The event `on_post_build`: writes the files beside the pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority

from handbook.clock import now
from handbook.errors import HandbookError
from macros.context.page_frame import page_frame
from macros.context.read_pages import root_of
from macros.context.search_pages import search_files
from macros.context.site import Site
from macros.events.build_state import current_catalog, current_site, frame_pages, plugin_of
from macros.outputs.edition_list import top_files
from macros.outputs.history_documents import history_documents

# The endings of the files that people read.
_READ: Final = (".html", ".xml")


@event_priority(100)
def _write_outputs(config: MkDocsConfig) -> None:
    """Write the files beside the pages, once and before the other languages are built."""
    if not plugin_of(config, "i18n").is_default_language_build:
        return
    # The check loads this module too, and would spend 45 ms, most of it on icalendar.
    from macros.outputs.all_outputs import outputs

    site = current_site(config)
    try:
        for files in (site.assets.files, *outputs(site, now())):
            write_below(Path(config.site_dir), files, site)
    except HandbookError as error:
        raise PluginError(str(error)) from None
    if site.editions.build:
        write_below(site.editions.build.top, top_files(site, Path(str(config.theme.custom_dir))), site)


@event_priority(100)
def _write_histories(config: MkDocsConfig) -> None:
    """Write the history of each page that is in the language that was built."""
    site, catalog = current_site(config), current_catalog(config)
    frame = page_frame(site, catalog, site.navigation, None, frame_pages(config))
    write_below(Path(config.site_dir), history_documents(site, catalog, frame, config), site)


@event_priority(100)
def _write_search(config: MkDocsConfig) -> None:
    """Write the index of the language that was built."""
    site, language = current_site(config), current_catalog(config).language
    write_below(Path(config.site_dir), search_files(site, language), site)


@event_priority(-200)
def _write_changes(config: MkDocsConfig) -> None:
    """Write what changed for readers, once the pages of every language are there."""
    if plugin_of(config, "i18n").building:
        return
    # The check loads this module too, and would spend 19 ms.
    from macros.outputs.change_files import change_files, top_feed

    site, folder = current_site(config), Path(config.site_dir)
    try:
        files = dict(change_files(site, root_of(config), folder))
    except HandbookError as error:
        raise PluginError(str(error)) from None
    write_below(folder, files, site)
    if site.editions.build:
        write_below(site.editions.build.top, top_feed(files), site)


@event_priority(-200)
def _write_acknowledgements(config: MkDocsConfig) -> None:
    """Write what readers are asked to accept, once the pages of every language are there."""
    if plugin_of(config, "i18n").building:
        return
    # The check loads this module too.
    from macros.outputs.acknowledgements import acknowledgement_files

    site, folder = current_site(config), Path(config.site_dir)
    try:
        files = dict(acknowledgement_files(site, root_of(config), folder))
    except HandbookError as error:
        raise PluginError(str(error)) from None
    write_below(folder, files, site)


on_post_build = CombinedEvent(
    _write_outputs, _write_histories, _write_search, _write_changes, _write_acknowledgements
)


def write_below(folder: Path, files: Mapping[str, bytes], site: Site) -> None:
    """Write files below a folder, those that people read in the variants of their languages."""
    for path, data in files.items():
        if path.endswith(_READ):
            data = site.variants.markup(data.decode("utf-8")).encode("utf-8")
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
