"""Which files a mkdocs.yml, of today or of a past day, publishes.

MkDocs decides that with the patterns of pathspec, and so does this module: the history of a handbook asks
the question for thousands of commits, and MkDocs cannot be started for each.
"""

import re
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import yaml
from pathspec.gitignore import GitIgnoreSpec

from handbook.content.file_names import is_utf_8
from handbook.content.languages import is_replaced, language_of
from handbook.errors import HandbookError
from handbook.yaml.located import too_deep

# What PyYAML and pathspec raise if a file says something else, such as `!!int ""` or `exclude_docs: "[z-a]"`.
_UNUSABLE: Final = (yaml.YAMLError, re.error, RecursionError, AttributeError, LookupError, ValueError)
_DEEPEST: Final = 100
_ALWAYS_EXCLUDED: Final = GitIgnoreSpec.from_lines((".*", "/templates/"))
_KEYS: Final = ("exclude_docs", "draft_docs", "not_in_nav")
PAGE_ENDINGS: Final = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
FIRST_OF_FOLDER: Final = ("index", "README")


class _Loader(yaml.CSafeLoader):
    """Reads mkdocs.yml, and ignores tags that name Python code or environment variables."""


def _ignored(loader: _Loader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_multi_constructor("", _ignored)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that a build would publish. `name` is its path below the folder of pages."""

    name: str

    @property
    def is_page(self) -> bool:
        """Tell whether MkDocs makes a page of the file."""
        return self.name.endswith(PAGE_ENDINGS)

    def page_language(self, languages: Sequence[str]) -> str | None:
        """Return the language of the page, or None if the file is not a page in one of `languages`."""
        return language_of(self.name, languages) if self.is_page else None

    @property
    def address(self) -> str:
        """Return the address of a page within one language, below the root of the site."""
        stem = self.name.rpartition(".")[0]
        folder, _, last = stem.rpartition("/")
        shown = folder if last in FIRST_OF_FOLDER else stem
        return quote(f"{shown}/") if shown else "./"


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says about published files: all below `folder`, except those that match `patterns`.

    Pages that match `not_in_nav` are published, and are in no menu on purpose.
    """

    folder: str
    navigation: object
    patterns: tuple[GitIgnoreSpec, ...]
    not_in_nav: GitIgnoreSpec | None = None
    _judged: dict[str, PublishedFile | None] = field(default_factory=dict, compare=False)

    def published(self, paths: Collection[str]) -> Iterator[PublishedFile]:
        """Yield the files that MkDocs would publish, in the order of their paths."""
        return (file for path in sorted(paths) if (file := self.published_file(path, paths)))

    def is_page(self, path: str, languages: Sequence[str], paths: Container[str] = ()) -> bool:
        """Tell whether MkDocs would publish a file, beside the others, as a page in one of `languages`."""
        file = self.published_file(path, paths)
        if file is None or is_replaced(path, paths, languages):
            return False
        return file.page_language(languages) is not None

    def published_file(self, path: str, paths: Container[str]) -> PublishedFile | None:
        """Return the file at a path if MkDocs would publish it beside the others at `paths`."""
        folder, _, name = path.rpartition("/")
        index = f"{folder}/index.md"
        if name == "README.md" and index in paths and self._included(index):
            return None
        return self._included(path)

    def _included(self, path: str) -> PublishedFile | None:
        if path not in self._judged:
            self._judged[path] = self._judge(path) if path.startswith(self.folder + "/") else None
        return self._judged[path]

    def _judge(self, path: str) -> PublishedFile | None:
        name = path.removeprefix(self.folder + "/")
        return PublishedFile(name) if is_utf_8(name) and not self.is_excluded(name) else None

    def is_excluded(self, name: str) -> bool:
        """Tell whether a file below `folder` is not published on purpose, or begins with a dot."""
        return any(spec.match_file(name) for spec in self.patterns)


@cache
def parse_settings(data: bytes) -> Settings:
    """Read mkdocs.yml.

    Raises:
        HandbookError: if it is not YAML, or not the settings of a site.

    """
    try:
        if too_deep(data.decode(errors="replace"), _DEEPEST):
            raise ValueError("it is nested too deep")
        config: Any = yaml.load(data, _Loader)  # noqa: S506 - a safe loader that ignores tags
        if not isinstance(config, dict):
            raise ValueError("there are no keys in it")
        excluded, drafts, quiet = (_patterns(config.get(key)) for key in _KEYS)
        folder = str(config.get("docs_dir", "docs")).strip("/")
        return Settings(folder, config.get("nav"), (_ALWAYS_EXCLUDED + excluded, drafts), quiet)
    except _UNUSABLE as error:
        raise HandbookError(f"mkdocs.yml of that day cannot be used: {error}") from None


def _patterns(lines: Any) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(lines.splitlines() if lines else ())


def page_test(root: Path, languages: Sequence[str]) -> Callable[[str], bool]:
    """Return a test of whether MkDocs would publish a path as a page, by the mkdocs.yml on disk.

    Raises:
        HandbookError: if that file cannot be used.

    """
    configuration = root / "mkdocs.yml"
    settings = parse_settings(configuration.read_bytes() if configuration.is_file() else b"{}")
    return partial(settings.is_page, languages=languages)
