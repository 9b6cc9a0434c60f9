"""Asks MkDocs which pages it would publish, and what they may say."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.structure.files import Files, InclusionLevel, get_files, set_exclusions

from handbook.errors import HandbookError
from handbook.expressions import Expressions
from handbook.languages import language_of
from handbook.organization import Organization, load_organization
from handbook.pages import Boundary, PageSource

_PUBLISHED = (InclusionLevel.INCLUDED, InclusionLevel.UNDEFINED, InclusionLevel.NOT_IN_NAV)
# What these plugins do only says how files are shown, and costs as much as the whole check.
_SHOWS_ONLY = ("mkdocs_static_i18n", "material.plugins.search")


@dataclass(frozen=True, slots=True)
class Publication:
    """What a build would publish. `sources` holds each file once, in every language."""

    organization: Organization
    sources: list[PageSource]
    expressions: Expressions


def read_publication(root: Path) -> Publication:
    """Load the site's configuration and its plugins, and list the pages of a build.

    Raises:
        HandbookError: when MkDocs cannot load the configuration or organization.yml is wrong.

    """
    if not (root / "mkdocs.yml").is_file():
        raise HandbookError(f"there is no handbook in {root}; go to its folder, or name it with --root")
    organization = load_organization(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        config = _load(root)
        files = _published_files(config)
    except PluginError as error:
        raise HandbookError(str(error)) from None
    except MkDocsException as error:
        raise HandbookError(f"mkdocs.yml cannot be used: {error}") from None
    folder = os.path.relpath(config.docs_dir, root).replace(os.sep, "/")
    sources = list(_sources(files, organization, Boundary(root), folder))
    plugin: Any = config.plugins["macros"]
    return Publication(organization, sources, plugin.expressions)


def _load(root: Path) -> MkDocsConfig:
    config = load_config(str(root / "mkdocs.yml"))
    if "macros" not in config.plugins or "i18n" not in config.plugins:
        raise HandbookError(
            "mkdocs.yml does not name the plugins macros and i18n; take them back from the sample"
        )
    config.plugins.on_startup(command="build", dirty=False)
    for handle in config.plugins.events["config"]:
        if not handle.__module__.startswith(_SHOWS_ONLY):
            config = handle(config) or config
    return config


def _published_files(config: MkDocsConfig) -> Files:
    """Ask MkDocs and every plugin but the language plugin, which only sorts files by language.

    Our own hook is left out too: it stops at broken pages, and here they are to be listed.
    """
    files = get_files(config)
    for handle in config.plugins.events["files"]:
        if not handle.__module__.startswith((*_SHOWS_ONLY, "macros")):
            files = handle(files, config=config) or files
    set_exclusions(files, config)
    return files


def _sources(
    files: Files, organization: Organization, boundary: Boundary, folder: str
) -> Iterator[PageSource]:
    for file in files:
        path = file.abs_src_path
        if path is None or not file.is_documentation_page() or file.inclusion not in _PUBLISHED:
            continue
        language = language_of(file.src_uri, organization.languages)
        if language:
            yield PageSource(path, f"{folder}/{file.src_uri}", language, boundary.leads_outside(path))
