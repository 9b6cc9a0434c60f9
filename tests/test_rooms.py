"""Who may import whom."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FORBIDDEN = {
    "handbook": {"macros", "scripts", "mkdocs", "click"},
    "macros": {"scripts"},
    "scripts": {"macros"},
}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_nothing_it_may_not_know(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    for file in files:
        assert not FORBIDDEN[room] & set(_imports(file)), file


def test_the_domain_never_prints() -> None:
    for file in (ROOT / "handbook").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], (
            file
        )


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["development"]]
    names = {name.partition(">")[0].partition("=")[0] for name in wanted}
    page = (ROOT / "docs" / "contributing" / "dependencies.md").read_text(encoding="utf-8")
    assert names == {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
