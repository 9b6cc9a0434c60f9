"""Which pages and registers a command of `handbook translate` is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.content.translation.changed_parts import Translation
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.text.suggestions import nearest
from scripts.options import files_at


@dataclass(frozen=True, slots=True)
class Chosen:
    """Translations of pages, and registers by their paths."""

    pages: Sequence[Translation]
    registers: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Register:
    path: str


def chosen_files(handbook: Handbook, paths: Sequence[str], root: Path) -> Chosen:
    """Return what is at some paths: pages, registers, or folders of both.

    Raises:
        HandbookError: if there is nothing to be translated at one of them.

    """
    registers = list(
        map(_Register, dict.fromkeys(text.file for text in handbook.registers.written_texts.texts))
    )
    pages: dict[str, Translation] = {}
    files: dict[str, None] = {}
    for path in paths:
        translations = {each.page.path: each for each in _translations(handbook, path, root)}
        named = dict.fromkeys(each.path for each in files_at(registers, path, root))
        if not translations and not named:
            raise HandbookError(_nothing_at(handbook, path, root))
        pages |= translations
        files |= named
    return Chosen(list(pages.values()), list(files))


def _translations(handbook: Handbook, path: str, root: Path) -> Iterator[Translation]:
    for page in files_at(handbook.pages, path, root):
        if translation := handbook.translation(page):
            yield translation


def _nothing_at(handbook: Handbook, path: str, root: Path) -> str:
    if list(files_at(handbook.pages, path, root)):
        return f"{path} is an original; name its translation, such as docs/policy/work.fr.md"
    if path.endswith(".md") and (root / path).is_file():
        return (
            f"{path} is not published in this handbook, so nothing follows its original; `applies_to` in the"
            " page decides, and `leave_out` and `accounts` in organization.yml"
        )
    known = [page.path for page in handbook.pages if handbook.translation(page)]
    meant = nearest(path, known)
    advice = f"did you mean '{meant}'?" if meant else "`handbook translate status` lists them"
    return f"{path} is neither a translation nor a register with texts by language; {advice}"
