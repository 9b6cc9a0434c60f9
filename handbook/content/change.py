"""What a change consists of: what people read, and what runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Self

from handbook.findings import Location

CONFIGURATION: Final = "mkdocs.yml"
_TEXT: Final = ("docs/", "registers/", "sample/")
_TEXT_FILES: Final = ("organization.yml",)
# Pages about the tool change together with it.
_ABOUT_THE_TOOL: Final = ("docs/contributing/", "docs/audit/")
# In the folders of text, only these can run; every other kind is data or is found by FMT003.
_CODE: Final = frozenset(
    (
        *(".py", ".pyc", ".pyd", ".pth", ".so", ".dll", ".exe", ".sh", ".bat", ".cmd", ".ps1"),
        *(".js", ".mjs", ".cjs", ".wasm", ".css", ".html", ".htm", ".toml", ".cfg", ".ini"),
    )
)
# Elsewhere, only these are known not to run.
_DOCUMENTS: Final = frozenset(
    (
        *(".md", ".txt", ".pdf", ".odt", ".docx", ".ods", ".xlsx", ".csv"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic"),
    )
)
_WITHOUT_ENDING: Final = frozenset(("LICENSE", "NOTICE", "AUTHORS", "README", "COPYING"))
# Folders whose files are part of the tool, whatever their kind.
_TOOL: Final = ("handbook/", "macros/", "scripts/", "overrides/")
_DEPENDENCIES: Final = ("requirements", "constraints")
# Neither runs: what `handbook remind` has sent, what is made from pages and owners (rule OWN003), and texts
# that an editor inserts for whoever asks.
_NEITHER: Final = frozenset(
    (".reminders.json", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".vscode/handbook.code-snippets")
)


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """The changed files that people read (`texts`), and those that run when the site is built or checked.

    `hidden` are pages whose file is there but which this change takes off the site, and `menu_words` titles
    and addresses that it gives the menu, which no page has. `is_release` says that
    what runs is, byte for byte, what a release has; `develops_the_tool` that this is the tool's own
    repository, as it was before the change. `left_out` are the commits that it takes out of the history
    although they change what a page says, each with the path of the page. `paths` are all changed files.
    """

    texts: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    is_release: bool = False
    develops_the_tool: bool = False
    menu_words: tuple[tuple[str, Location], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        paths: Iterable[str],
        hidden: Iterable[str] = (),
        *,
        is_release: bool = False,
        develops_the_tool: bool = False,
        menu_words: Iterable[tuple[str, Location]] = (),
        left_out: Iterable[tuple[str, str]] = (),
    ) -> Self:
        """Return the change of the files at these paths from the root."""
        ordered = sorted(paths)
        texts = tuple(filter(is_text, ordered))
        running = tuple(filter(runs, ordered))
        beside = tuple(menu_words), tuple(left_out)
        return cls(texts, running, tuple(hidden), is_release, develops_the_tool, *beside, tuple(ordered))


def is_text(path: str) -> bool:
    """Tell whether a file is a page, a register, or shown by one; pages about the tool are not counted."""
    in_folder = path.startswith(_TEXT) and not path.startswith(_ABOUT_THE_TOOL)
    return (in_folder or path in _TEXT_FILES) and not runs(path)


def runs(path: str) -> bool:
    """Tell whether a file decides what a build, a check, a workflow or a hook of git does.

    What is not known to be harmless counts as running.
    """
    file = PurePosixPath(path)
    if path in _NEITHER:
        return False
    if any(part.startswith(".") for part in file.parts) or path.startswith(_TOOL):
        return True
    if path.startswith(_TEXT) or path in _TEXT_FILES:
        return file.suffix.lower() in _CODE
    return not _is_document(file)


def runs_beside(path: str) -> bool:
    """Tell whether a file outside of the handbook's folder is a workflow, or a setting of git."""
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(path).parts)


def _is_document(file: PurePosixPath) -> bool:
    if not file.suffix:
        return file.name in _WITHOUT_ENDING
    names_libraries = file.suffix == ".txt" and any(word in file.name.lower() for word in _DEPENDENCIES)
    return file.suffix.lower() in _DOCUMENTS and not names_libraries
