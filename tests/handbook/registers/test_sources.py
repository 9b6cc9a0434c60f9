"""What registers/sources.yml may hold, under its present names and the older one."""

import datetime
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.registers.sources import FILE, Source, load_sources
from tests.conftest import ROOT

DAY = datetime.date(2026, 11, 20)


def _load(root: Path, *lines: str) -> Source:
    """Load one source, with what every source needs before `lines`."""
    head = ("sources:", "  act:", "    title: The act", "    publisher: The parliament")
    text = "\n".join(
        [*head, "    address: https://www.example.org/act", *(f"    {line}" for line in lines), ""]
    )
    (root / "registers").mkdir(exist_ok=True)
    (root / FILE).write_text(text, encoding="utf-8")
    return load_sources(Folder(root), load_organization(Folder(ROOT))).sources["act"]


@pytest.mark.parametrize("name", ["compared", "checked"])
def test_the_day_of_the_comparison_has_an_older_name(name: str, tmp_path: Path) -> None:
    assert _load(tmp_path, f"{name}: 2026-11-20").compared == DAY


def test_what_nobody_told_of_a_source_is_unknown(tmp_path: Path) -> None:
    source = _load(tmp_path, "compared: 2026-11-20")
    assert (source.kind, source.dated, source.changed) == (None, None, None)


@pytest.mark.parametrize(
    ("lines", "key", "word"),
    [
        (["kind: official"], "2:3: 'sources.act.compared'", "missing"),
        (["checked: '2026-11-20'"], "6:14: 'sources.act.checked'", "in quotes"),
        (
            ["compared: 2026-11-20", "checked: 2026-11-20"],
            "7:5: unknown key 'sources.act.checked'",
            "compared",
        ),
        (["compared: 2026-11-20", "kind: oficial"], "7:11: 'sources.act.kind'", "'official'?"),
        (["compared: 2026-11-20", "dated: July"], "7:12: 'sources.act.dated'", "date"),
    ],
)
def test_a_mistake_is_located_and_names_what_to_do(
    lines: list[str], key: str, word: str, tmp_path: Path
) -> None:
    with pytest.raises(HandbookError) as error:
        _load(tmp_path, *lines)
    [sentence] = str(error.value).splitlines()
    assert sentence.startswith(f"{FILE}:{key} ") or sentence.startswith(f"{FILE}:{key};")
    assert word in sentence
