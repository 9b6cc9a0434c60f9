"""Reads what a change consists of: its files, and the settings that count as they were before it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from handbook.content.change import CONFIGURATION, ChangedFiles, is_text, runs, runs_beside
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.site_configuration import read_site_configuration
from handbook.errors import HandbookError
from handbook.files.tree import FileTree, Folder
from handbook.findings import Location
from handbook.git.objects import CommitTree
from handbook.git.repository import Repository, WorkingTreeChanges
from handbook.history.ignored_revisions import left_out_commits
from handbook.registers.evidence_folder import is_shipped
from handbook.registers.organization import load_organization

# Releases of the tool; editions are named 2026.1.
_RELEASES: Final = "v[0-9]*"
# The menu names pages from here.
_PAGES: Final = "docs/"


def read_change(
    repository: Repository, commit: str, changes: WorkingTreeChanges, installation: Path
) -> ChangedFiles:
    """Return the change from a commit to the files on disk.

    `installation` is the folder of the code that runs. It counts as a release, unless it is what is judged.
    """
    before, now = repository.tree(commit), Folder(repository.root)
    paths = {*changes.touched, *changes.moved, *changes.moved.values()}
    menu_words = _menu_words(before, now, changes.moved) if CONFIGURATION in paths else ()
    if CONFIGURATION in paths and _about_the_build(before) == _about_the_build(now):
        paths.remove(CONFIGURATION)
    paths.update(filter(runs_beside, repository.changes_beside(commit)))
    running = list(filter(runs, paths))
    mixes = bool(running) and any(map(is_text, paths))
    return ChangedFiles.of(
        paths,
        _hidden(before, now) if CONFIGURATION in paths else (),
        is_release=mixes and _is_release(repository, [*running, *filter(is_shipped, paths)], installation),
        develops_the_tool=_develops_the_tool(before),
        menu_words=menu_words,
        left_out=left_out_commits(repository, commit),
    )


def _about_the_build(tree: FileTree) -> object:
    """Return what mkdocs.yml says beside its navigation; if it cannot be read, nothing equals it."""
    try:
        return read_site_configuration(tree.read(CONFIGURATION) or b"").about_the_build
    except HandbookError:
        return object()


def _menu_words(before: FileTree, now: FileTree, moved: Mapping[str, str]) -> Iterable[tuple[str, Location]]:
    """Return what only the menu of `now` says, or says of another page; nothing if one cannot be read.

    `moved` maps paths to those before.
    """
    try:
        then, today = (
            read_site_configuration(tree.read(CONFIGURATION) or b"").menu_words for tree in (before, now)
        )
    except HandbookError:
        return ()
    names = {_in_menu(path): _in_menu(old) for path, old in moved.items()}
    return [
        (words, location)
        for (words, page), location in today.items()
        if (words, names.get(page, page)) not in then
    ]


def _in_menu(path: str) -> str:
    return path.removeprefix(_PAGES)


def _develops_the_tool(before: FileTree) -> bool:
    try:
        return load_organization(before).develops_the_tool
    except HandbookError:
        return False


def _hidden(before: CommitTree, now: Folder) -> Iterator[str]:
    """Yield the pages that only other settings take off the site."""
    languages = load_organization(now).languages
    then, today = (parse_settings(tree.read(CONFIGURATION) or b"{}") for tree in (before, now))
    for path in sorted(before.entries):
        was_page = then.is_page(path, languages)
        if was_page and not today.is_page(path, languages) and (now.root / path).is_file():
            yield path


def _is_release(repository: Repository, running: Iterable[str], installation: Path) -> bool:
    now = Folder(repository.root)
    if not installation.samefile(repository.root) and _agree(running, now, Folder(installation)):
        return True
    tags = repository.ask("tag", "--list", _RELEASES).split()
    return any(_agree(running, now, repository.tree(repository.commit(f"refs/tags/{tag}"))) for tag in tags)


def _agree(paths: Iterable[str], now: FileTree, release: FileTree) -> bool:
    """Tell whether the files at some paths are the same in two trees, except the navigation."""
    special: dict[str, Callable[[FileTree], object]] = {CONFIGURATION: _about_the_build}
    return all(
        (special[path](now) == special[path](release))
        if path in special
        else now.read(path) == release.read(path)
        for path in paths
    )
