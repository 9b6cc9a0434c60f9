"""Reads the pages and files that a build publishes, and stops if one cannot be shown truthfully."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.check.reports import Report, as_text
from handbook.content.assets import Asset, asset_at
from handbook.content.languages import language_of
from handbook.content.pages import Boundary, Page, PageSource, read_page
from handbook.findings import Finding
from handbook.rules import RULES
from macros.context.site import Site

# Only what MkDocs cannot show truthfully stops a build. An overdue page is still served.
STOPS_THE_BUILD: Final = [RULES[code] for code in ("FMT001", "FMT002", "REV002")]


def _read(files: Files, config: MkDocsConfig, site: Site) -> Iterator[tuple[str, tuple[File, Page]]]:
    """Read what MkDocs would publish: the name of each page, its file, and the page itself."""
    boundary = Boundary(_root(config))
    for file in files:
        if file.abs_src_path is None or file.inclusion is InclusionLevel.EXCLUDED:
            continue
        if Path(file.abs_src_path).is_relative_to(config.docs_dir) and boundary.leads_outside(
            file.abs_src_path
        ):
            raise PluginError(
                f"docs/{file.src_uri} is a link to a place outside the handbook; replace it by the file"
            )
        language = language_of(file.src_uri, site.organization.languages)
        if file.is_documentation_page() and language:
            source = PageSource(file.abs_src_path, f"docs/{file.src_uri}", language)
            yield file.src_uri, (file, read_page(source))


def _assets(files: Files, config: MkDocsConfig) -> Iterator[Asset]:
    """List what is published beside the pages; what the theme brings is not the pages' own."""
    for file in files:
        path = file.abs_src_path
        if path is None or file.inclusion is InclusionLevel.EXCLUDED or file.is_documentation_page():
            continue
        if Path(path).is_relative_to(config.docs_dir):
            yield asset_at(f"docs/{file.src_uri}", path)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _stop_at(what: str, findings: Sequence[Finding]) -> None:
    if findings:
        raise PluginError(f"{what} must be mended first:\n{as_text(Report(sorted(findings)))}")
