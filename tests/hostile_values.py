"""A copy of the sample in which every text of organization.yml, the registers and the pages tries to run.

Which fields are texts is not listed here: each is tried with the worst value that its file accepts.
"""

import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.yaml.located import KeyPath, read_shared_mapping
from tests.conftest import ROOT

# Sets a mark that a browser test looks for, and asks a host that it would notice.
_RUN: Final = "window.ran=1;new Image().src='//evil.example/'"
_QUOTES: Final = (
    f""" " autofocus tabindex=0 onfocus="{_RUN}" ' onmouseover='{_RUN}' &lt;img src=x onerror={_RUN}&gt;"""
    f""" &quot;&#60;&#x3c; javascript:{_RUN} \\" \\u0022 %22 ]]&gt; --&gt; $&amp;"""
)
_TAGS: Final = (
    f"""</title></script></style>--><script>{_RUN}</script><img src=x onerror="{_RUN}"> {{{{ 7*7 }}}}"""
)
_CONTROLS: Final = "\x07\x1b[31m\x7f\x85\u2028\u202e"
VALUES: Final = (_QUOTES + _TAGS + _CONTROLS, _QUOTES + _TAGS, _QUOTES + _CONTROLS, _QUOTES)
# These name a record, a page, or a role. With another name, less of the handbook would be shown.
_NAMES: Final = frozenset(
    {"may_name_platforms", "pages", "pages_without_sections", "platform", "retired_pages", "took_part"}
)
_LANGUAGES: Final = ("en", "fr")
_ONE_RECORD_A_FILE: Final = frozenset({"editorial_changes", "reviews", "scenarios", "shipped"})
_ENOUGH: Final = 1
# Each of its words is a key of its own, and all are alike.
_WORD_LIST: Final = "spelling.yml"
_ENOUGH_WORDS: Final = 3


def make_hostile_handbook(folder: Path) -> Path:
    """Make the handbook, and return its folder."""
    names = ("docs", "macros", "overrides", "registers", "sample")
    for name in names:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "organization.yml"):
        shutil.copy(ROOT / name, folder / name)
    for file in [folder / "organization.yml", *_unlike(sorted(folder.rglob("registers/**/*.yml")))]:
        _spoil_register(folder, file)
    for file in (folder / "docs").rglob("*.md"):
        _spoil_front_matter(file)
    return folder


def _loaded(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


def _unlike(files: Iterable[Path]) -> Iterator[Path]:
    """Yield the files; of those in folders of one record a file, only the first: the others are alike."""
    counts: Counter[tuple[str, int, bool]] = Counter()
    for file in files:
        family = next((part for part in file.parts if part in _ONE_RECORD_A_FILE), None)
        kind = (family or "", len(file.parts), file.name == "review.yml")
        if family is None or counts[kind] < _ENOUGH:
            yield file
        counts[kind] += 1


def _spoil_register(folder: Path, file: Path) -> None:
    """Append the worst value that is accepted to every text of a file, by the key of the text."""
    content = _loaded(file.read_text(encoding="utf-8"))
    keys = sorted(set(_keys_of_texts(content, "")) - _NAMES)
    left: Sequence[str] = keys[:_ENOUGH_WORDS] if file.name == _WORD_LIST else keys
    for value in VALUES:
        content, left = _spoiled(folder, file, content, left, value)
    _write(file, content)


def _spoiled(
    folder: Path, file: Path, content: Any, keys: Sequence[str], value: str
) -> tuple[Any, Sequence[str]]:
    """Append a value to the texts that take it; return the content, and the keys of the other texts.

    All texts are tried at once, and then those that no message names.
    """
    tried = list(keys)
    while tried:
        spoiled = _appended(content, tried, value, "")
        refused = _refused(folder, file, spoiled)
        if refused is None:
            return spoiled, [key for key in keys if key not in tried]
        if not refused.intersection(tried):
            return _spoiled_in_turn(folder, file, content, keys, value)
        tried = [key for key in tried if key not in refused]
    return content, keys


def _spoiled_in_turn(
    folder: Path, file: Path, content: Any, keys: Sequence[str], value: str
) -> tuple[Any, Sequence[str]]:
    """Do the same one key after the other, because a message does not say which text is refused."""
    left = []
    for key in keys:
        spoiled = _appended(content, [key], value, "")
        if _refused(folder, file, spoiled) is None:
            content = spoiled
        else:
            left.append(key)
    return content, left


def _write(file: Path, content: object) -> str:
    text: str = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return text


def _refused(folder: Path, file: Path, content: Any) -> set[str] | None:
    """Return the keys of the texts that messages name, or None if the file is accepted."""
    source = read_shared_mapping(_write(file, content))
    try:
        len(read_registers(Folder(folder)).reviews.files)
    except HandbookError as error:
        start = re.escape(file.relative_to(folder).as_posix())
        lines = {int(number) for number in re.findall(rf"^{start}:(\d+):", str(error), re.MULTILINE)}
        return {key for path, key in _places(content, (), "") if lines.intersection(source.lines_of(path))}
    return None


def _places(content: Any, path: KeyPath, key: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield where each text is, and its key."""
    if isinstance(content, str):
        yield path, key
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from _places(value, (*path, str(name)), key if name in _LANGUAGES else str(name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _places(value, (*path, number), key)


def _keys_of_texts(content: Any, key: str) -> Iterator[str]:
    if isinstance(content, str):
        yield key
    for inner, value in _parts(content, key):
        yield from _keys_of_texts(value, inner)


def _appended(content: Any, keys: Collection[str], value: str, at: str) -> Any:
    """Append a value to each text with one of the keys, below `at`."""
    if isinstance(content, str):
        return content + value if at in keys else content
    parts = [_appended(part, keys, value, inner) for inner, part in _parts(content, at)]
    if isinstance(content, dict):
        return dict(zip(content, parts, strict=True))
    return parts if isinstance(content, list) else content


def _parts(content: Any, key: str) -> list[tuple[str, Any]]:
    """Return what a record or a list holds with its keys; a language and a place in a list are none."""
    if isinstance(content, dict):
        return [(key if name in _LANGUAGES else str(name), value) for name, value in content.items()]
    return [(key, value) for value in content] if isinstance(content, list) else []


def _spoil_front_matter(file: Path) -> None:
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    values = _loaded(front)
    values |= {key: values[key] + _QUOTES for key in ("title", "description") if key in values}
    file.write_text(f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n{body}", encoding="utf-8")
