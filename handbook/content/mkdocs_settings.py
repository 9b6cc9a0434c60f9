"""What a mkdocs.yml, of today or of a past day, says about which files are published.

MkDocs decides that with the patterns of pathspec, and so does this module: the history of a handbook asks
it of thousands of commits, and a build must not start MkDocs again for them.
"""

import re
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import quote

import yaml
from pathspec.gitignore import GitIgnoreSpec

from handbook.errors import HandbookError
from handbook.yaml.located import too_deep

# What PyYAML and pathspec make of a file that says something else: `!!int ""`, `exclude_docs: "[z-a]"`.
_UNUSABLE: Final = (yaml.YAMLError, re.error, RecursionError, AttributeError, LookupError, ValueError)
_DEEPEST: Final = 100
_ALWAYS_EXCLUDED: Final = GitIgnoreSpec.from_lines((".*", "/templates/"))
_KEYS: Final = ("exclude_docs", "draft_docs", "not_in_nav")
_PAGES: Final = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_FIRST_OF_FOLDER: Final = ("index", "README")


class _Loader(yaml.CSafeLoader):
    """Reads mkdocs.yml; tags that name Python code or the environment mean nothing here."""


def _ignored(loader: _Loader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_multi_constructor("", _ignored)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that a build would publish, by its name below the folder of pages."""

    name: str

    @property
    def is_page(self) -> bool:
        """Tell whether MkDocs makes a page of it."""
        return self.name.endswith(_PAGES)

    @property
    def address(self) -> str:
        """Return where MkDocs shows a page, within one language and below the start of the site."""
        stem = self.name.rpartition(".")[0]
        folder, _, last = stem.rpartition("/")
        shown = folder if last in _FIRST_OF_FOLDER else stem
        return quote(f"{shown}/") if shown else "./"


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says about which files are published: what `patterns` fit is not."""

    folder: str
    navigation: object
    patterns: tuple[GitIgnoreSpec, ...]
    _known: dict[str, PublishedFile | None] = field(default_factory=dict, compare=False)

    def published(self, paths: Collection[str]) -> Iterator[PublishedFile]:
        """Yield the files that MkDocs would publish."""
        return (file for path in sorted(paths) if (file := self.publishes(path, paths)))

    def publishes(self, path: str, paths: Container[str]) -> PublishedFile | None:
        """Return the file at a path, if MkDocs would publish it beside the others at `paths`."""
        folder, _, name = path.rpartition("/")
        index = f"{folder}/index.md"
        if name == "README.md" and index in paths and self._included(index):
            return None
        return self._included(path)

    def _included(self, path: str) -> PublishedFile | None:
        if path not in self._known:
            self._known[path] = self._judged(path) if path.startswith(self.folder + "/") else None
        return self._known[path]

    def _judged(self, path: str) -> PublishedFile | None:
        name = path.removeprefix(self.folder + "/")
        try:
            name.encode()
        except UnicodeEncodeError:
            raise HandbookError(f"the name of the file {path!r} is not UTF-8; rename it") from None
        return None if any(spec.match_file(name) for spec in self.patterns) else PublishedFile(name)


@cache
def parse_settings(data: bytes) -> Settings:
    """Read mkdocs.yml.

    Raises:
        HandbookError: when it is no YAML or says something else.

    """
    try:
        if too_deep(data.decode(errors="replace"), _DEEPEST):
            raise ValueError("it is nested too deep")
        config: Any = yaml.load(data, _Loader)  # noqa: S506 - a safe loader that ignores tags
        if not isinstance(config, dict):
            raise ValueError("there are no keys in it")
        excluded, drafts, _ = (_patterns(config.get(key)) for key in _KEYS)
        folder = str(config.get("docs_dir", "docs")).strip("/")
        return Settings(folder, config.get("nav"), (_ALWAYS_EXCLUDED + excluded, drafts))
    except _UNUSABLE as error:
        raise HandbookError(f"mkdocs.yml of that day cannot be used: {error}") from None


def _patterns(lines: Any) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(lines.splitlines() if lines else ())
