"""Reads the pages and files that a build publishes, and stops if one cannot be shown truthfully."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.check.reports import Report, as_text
from handbook.content.assets import Asset, asset_at
from handbook.content.languages import is_replaced, language_of
from handbook.content.pages import Boundary, Page, PageSource, read_page
from handbook.files.links import LINKED
from handbook.findings import Finding
from handbook.rules import RULES
from handbook.text.quoting import without_commands

# A build stops only if MkDocs cannot show a page truthfully, or never ends. An overdue page is still served.
STOPS_THE_BUILD: Final = [RULES[code] for code in ("FMT001", "FMT002", "HTM001", "REV002")]


def published_pages(
    files: Files, config: MkDocsConfig, languages: Sequence[str]
) -> Iterator[tuple[str, tuple[File, Page]]]:
    """Yield the name of each page that MkDocs would publish, with its file and the page itself."""
    boundary = Boundary(root_of(config))
    for file in files:
        if file.abs_src_path is None or file.inclusion is InclusionLevel.EXCLUDED:
            continue
        if Path(file.abs_src_path).is_relative_to(config.docs_dir) and boundary.leads_outside(
            file.abs_src_path
        ):
            raise PluginError(f"docs/{file.src_uri}:1:1: the file {LINKED}")
        if is_replaced(file.src_uri, files.src_uris, languages):
            continue
        language = language_of(file.src_uri, languages)
        if file.is_documentation_page() and language:
            source = PageSource(file.abs_src_path, f"docs/{file.src_uri}", language)
            yield file.src_uri, (file, read_page(source))


def read_again(known: Page, file: File) -> Page:
    """Return a page as its file is now, or the page that is known if the file is the same."""
    page = read_page(PageSource(str(file.abs_src_path), known.path, known.language), known)
    problems, known_problems = page.front_matter.form_problems, known.front_matter.form_problems
    return known if (page.text, problems) == (known.text, known_problems) else page


def published_assets(files: Files, config: MkDocsConfig) -> Iterator[Asset]:
    """Yield the files that are published beside the pages, without those of the theme."""
    for file in files:
        path = file.abs_src_path
        if path is None or file.inclusion is InclusionLevel.EXCLUDED or file.is_documentation_page():
            continue
        if Path(path).is_relative_to(config.docs_dir):
            yield asset_at(f"docs/{file.src_uri}", path)


def root_of(config: MkDocsConfig) -> Path:
    """Return the root folder of the handbook."""
    return Path(config.config_file_path).parent


def stop_at(subject: str, findings: Sequence[Finding]) -> None:
    """Stop the build if there are findings."""
    if findings:
        report = without_commands(as_text(Report(sorted(findings))))
        raise PluginError(f"fix {subject} first:\n{report}")
