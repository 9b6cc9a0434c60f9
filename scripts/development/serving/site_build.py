"""Builds the handbook with MkDocs, and then single pages of it with what the last build left behind.

MkDocs builds a site only as a whole. Its functions for one page are private, and this module alone uses
them: a page that is made by them, with the files, the navigation, and the templates of the last build, is
the page that the next build would make.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import unquote

import jinja2
from mkdocs import utils
from mkdocs.commands.build import _build_page, _populate_page, build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as BuiltPage

from handbook.build_context import BuildContext
from handbook.content.languages import language_of, main_path, reading_order
from handbook.content.pages import Page
from scripts.development.serving.build_messages import collected_messages
from scripts.development.serving.problems import BuildProblem, problems_in, problems_of

_LAST: Final = -1000
_Made = TypeVar("_Made")
IsSuperseded: TypeAlias = Callable[[], bool]


class Superseded(Exception):
    """Somebody saved a file while the handbook was built, so that the build is not worth its time."""


@dataclass(frozen=True, slots=True)
class BuiltLanguage:
    """What the pages of one language are made with.

    `unread` has the attributes of each page before it was read, by its file below `docs/`.
    """

    files: Files
    navigation: Navigation
    templates: jinja2.Environment
    unread: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site in a folder, and what its pages are made with, by language."""

    folder: Path
    config: MkDocsConfig
    languages: Mapping[str, BuiltLanguage]

    @property
    def context(self) -> BuildContext:
        """Return the context of the build, with its pages."""
        context: BuildContext = vars(self.config.plugins["macros"])["build_context"]
        return context

    def page(self, path: str) -> Page | None:
        """Return a page as it was built, by its path from the handbook's root."""
        return self.context.pages.get(path.removeprefix("docs/"))

    def addresses_of(self, path: str) -> list[str]:
        """Return where the page at a path is read: in its language, and where it stands in for others."""
        name = path.removeprefix("docs/")
        files = (language.files.src_uris.get(name) for language in self.languages.values())
        return [unquote(file.url).removeprefix("./") for file in files if file] or self._next_addresses_of(
            name
        )

    def _next_addresses_of(self, name: str) -> list[str]:
        """Return where a new page will be read."""
        languages = list(self.languages)
        own = language_of(name, languages)
        stem = main_path(name, languages).removesuffix(".md")
        folder = f"{stem}/".removesuffix("index/")
        shown_in = [language for language in languages if own in reading_order(languages, language)]
        return [folder if language == languages[0] else f"{language}/{folder}" for language in shown_in]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, if anything, and what is wrong.

    Without `site`, nothing was made, and the problems are why.
    """

    site: BuiltSite | None
    problems: Sequence[BuildProblem] = ()


class _Recorder(BasePlugin):  # type: ignore[no-untyped-call,type-arg] # It has no settings.
    """Keeps what the pages of each language are made with, and ends a build that is superseded."""

    def __init__(self, is_superseded: IsSuperseded) -> None:
        self.is_superseded = is_superseded
        self._navigation: Navigation | None = None
        self._unread: dict[str, Mapping[str, object]] = {}
        self.languages: dict[str, BuiltLanguage] = {}
        self.error: Exception | None = None

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, **_: object) -> None:
        """Keep the menu."""
        self._navigation = nav

    @event_priority(_LAST)
    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Keep the rest."""
        assert self._navigation is not None  # noqa: S101 - MkDocs makes the menu first
        language = _languages(config).current_language
        self.languages[language] = BuiltLanguage(files, self._navigation, env, self._unread)
        self._unread = {}

    def on_pre_page(self, page: BuiltPage, **_: object) -> BuiltPage:
        """Keep a page as it is before it is read, unless the build is superseded."""
        if self.is_superseded():
            raise Superseded
        self._unread[page.file.src_uri] = dict(vars(page))
        return page

    def on_post_page(self, output: str, **_: object) -> str:
        """End a build that is superseded, before a page is written."""
        if self.is_superseded():
            raise Superseded
        return output

    def on_build_error(self, error: Exception) -> None:
        """Keep the first error: MkDocs puts another in its place."""
        self.error = self.error or error


def build_site(root: Path, folder: Path, address: str, is_superseded: IsSuperseded) -> BuildResult:
    """Build the handbook in `root` into a folder, as `handbook build` does, but do not stop at warnings.

    Raises:
        Superseded: if somebody saved a file meanwhile.

    """
    recorder, clean_directory = _Recorder(is_superseded), utils.clean_directory

    def work() -> MkDocsConfig:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=False)
        config.plugins["serving"] = recorder
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            build(config, serve_url=address)
        except Abort as abort:
            raise recorder.error or abort from None
        recorder.is_superseded = _never  # The pages that are built alone later are what somebody waits for.
        return config

    try:
        config, problems = _attempt(work, root)
    finally:
        utils.clean_directory = clean_directory  # The language plugin replaces it until a build is done.
    site = BuiltSite(folder, config, dict(recorder.languages)) if config else None
    return BuildResult(site, problems)


def _never() -> bool:
    return False


def build_page(site: BuiltSite, path: str, root: Path) -> BuildResult:
    """Build a page that the last build knows again, by its path, in each language that shows it."""

    def work() -> BuiltSite:
        for name, language in site.languages.items():
            file = language.files.src_uris.get(path.removeprefix("docs/"))
            if file:
                _build_file(site.config, name, language, file)
        return site

    built, problems = _attempt(work, root)
    problems = [problem if problem.path else replace(problem, path=path) for problem in problems]
    return BuildResult(built, problems)


def _build_file(config: MkDocsConfig, name: str, language: BuiltLanguage, file: File) -> None:
    """Make a page as MkDocs does, once the settings are those of its language again."""
    page, files = file.page, language.files
    assert page is not None  # noqa: S101 - the last build has made it
    vars(page).clear()
    vars(page).update(language.unread[file.src_uri])
    _languages(config).current_language = name
    config = config.plugins.on_config(config)
    config.plugins.on_env(language.templates, config=config, files=files)
    documents = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    _populate_page(page, config, files)
    is_excluded = file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
    _build_page(page, config, documents, language.navigation, language.templates, excluded=is_excluded)
    page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)


def _languages(config: MkDocsConfig) -> Any:
    """Return the plugin that builds one language after the other; MkDocs does not know its attributes."""
    return config.plugins["i18n"]


def _attempt(work: Callable[[], _Made], root: Path) -> tuple[_Made | None, list[BuildProblem]]:
    """Do some work of a build, and return what it made, and what is wrong.

    Raises:
        Superseded: if the work is.

    """
    with collected_messages() as messages:
        try:
            made, error = work(), None
        except Superseded:
            raise
        except Exception as reason:  # noqa: BLE001 - no mistake ends the server, in a template or elsewhere
            made, error = None, reason
    problems = [problem for message in messages for problem in problems_in(message, root)]
    # Before it aborts, MkDocs says why.
    if error is not None and not (problems and isinstance(error, Abort)):
        problems += problems_of(error, root)
    return made, problems
