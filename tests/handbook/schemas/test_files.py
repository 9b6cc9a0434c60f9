"""The schemas that an editor reads, and the files of VS Code that lead to them."""

import json
import re
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from handbook.check.reports import Report, as_text
from handbook.content.front_matter import read_front_matter
from handbook.content.page_keys.all_keys import KEYS
from handbook.files.tree import Folder
from handbook.findings import Finding
from handbook.registers.all_registers import Registers, read_registers
from handbook.schemas.front_matter import PROPERTIES
from handbook.schemas.known_schemas import SCHEMAS, EditorSchema
from handbook.schemas.schema_files import FROM_REGISTERS, SNIPPETS, outdated, path_of, schema_files
from macros.context.site import Site
from scripts.cli import main
from tests.conftest import ROOT
from tests.handbook.schemas.judges import complaints, read

REFRESH = "run `.venv/bin/handbook schema --write`"
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
FINDINGS = [
    Finding("docs/policy/work.md", 4, 1, "REV003", "error", "overdue since 2026-10-14; review it"),
    Finding("registers/owners.yml", 12, 7, "OWN002", "warning", "nobody: fills `a`"),
    Finding("docs/a b.md", 1, 1, "STR004", "info", "a letter"),
]


@pytest.fixture(scope="module")
def registers(site: Site) -> Registers:
    return site.registers


def files_of(schema: EditorSchema) -> list[Path]:
    """Return the files of the repository that an editor judges by a schema."""
    judged = []
    for file in (ROOT / "organization.yml", *ROOT.glob("registers/**/*.yml"), *ROOT.glob("sample/**/*.yml")):
        path = file.relative_to(ROOT).as_posix()
        if any(_matches(path, pattern) for pattern in schema.files):
            judged.append(file)
    return sorted(judged)


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a path matches a pattern as editors read it: `*` is one part of a path."""
    wanted, parts = pattern.removeprefix("**/").split("/"), path.split("/")
    return len(parts) >= len(wanted) and all(
        part != "review.yml" if name == "!(review).yml" else fnmatch(part, name)
        for part, name in zip(parts[-len(wanted) :], wanted, strict=True)
    )


def test_the_schemas_are_those_of_the_records(registers: Registers) -> None:
    made = schema_files(registers)
    old = [path for path in outdated(Folder(ROOT), made) if path not in FROM_REGISTERS]
    assert old == [], REFRESH


def test_the_proposals_are_the_names_of_this_handbook(registers: Registers) -> None:
    if not registers.organization.sample:
        pytest.skip("in an adopted handbook, old proposals are not wrong: `handbook schema` names them")
    old = [path for path in outdated(Folder(ROOT), schema_files(registers)) if path in FROM_REGISTERS]
    assert old == [], REFRESH


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_file_is_valid(name: str) -> None:
    files = files_of(SCHEMAS[name])
    assert files or name in ("waiver", "editorial_change", "acknowledgement_counts")
    assert {str(file): problems for file in files if (problems := complaints(name, read(file)))} == {}


def test_every_file_has_one_schema() -> None:
    judged = [file for schema in SCHEMAS.values() for file in files_of(schema)]
    every = [
        ROOT / "organization.yml",
        *ROOT.glob("registers/**/*.yml"),
        *ROOT.glob("sample/registers/**/*.yml"),
    ]
    assert sorted(judged) == sorted(every)


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "tests" / "organizations").iterdir()), ids=lambda path: path.name
)
def test_other_organizations_are_valid(folder: Path) -> None:
    for file in folder.rglob("organization.yml"):
        assert complaints("organization", read(file)) == []


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if not schema.is_filed])
def test_a_register_names_its_schema_on_its_first_line(name: str) -> None:
    for file in files_of(SCHEMAS[name]):
        named = MODELINE.match(file.read_text("utf-8"))
        assert named, f"begin {file} with a line `# yaml-language-server: $schema=…`"
        assert (file.parent / named[1]).resolve() == ROOT / path_of(name)


def test_vs_code_knows_the_schema_of_every_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {
        f"./{path_of(name)}": schema.files[0] for name, schema in SCHEMAS.items()
    }
    # As the check reads YAML: `no` is false.
    assert settings["yaml.yamlVersion"] == "1.1"


def test_vs_code_shows_each_finding_of_the_check() -> None:
    pattern = _task("check")["problemMatcher"]["pattern"]
    lines = as_text(Report(FINDINGS)).splitlines()
    keys = ("file", "line", "column", "severity", "code", "message")
    read = [[re.fullmatch(pattern["regexp"], line)[pattern[key]] for key in keys] for line in lines]  # type: ignore[index]
    assert read == [
        [
            finding.path,
            str(finding.line),
            str(finding.column),
            finding.severity,
            finding.code,
            finding.message,
        ]
        for finding in FINDINGS
    ]
    assert not re.fullmatch(pattern["regexp"], "137 pages checked; nothing found")


def test_the_tasks_of_vs_code_run_commands_that_exist() -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    for task in tasks:
        first = task["args"][0]
        # A task that takes its command from the file as a whole gets its label as an argument.
        assert {"type", "command", "windows", "label"} <= task.keys()
        is_script = task["command"] == "python3"
        assert (ROOT / first).is_file() if is_script else first in main.list_commands(None)  # type: ignore[arg-type]


def _task(first: str) -> Any:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    return next(task for task in tasks if task["args"] == [first])


def test_front_matter_has_a_description_and_a_snippet_for_each_key() -> None:
    made = json.loads((ROOT / SNIPPETS).read_text("utf-8"))
    assert PROPERTIES.keys() == KEYS.keys() == made.keys() - {"New page"}
    assert all(definition["description"] for definition in PROPERTIES.values())


def _filled_in(body: list[str]) -> str:
    """Return what a snippet inserts if nothing is typed over it."""
    text = "\n".join(body)
    for name, value in {"YEAR": "2026", "MONTH": "11", "DATE": "20"}.items():
        text = text.replace(f"${{CURRENT_{name}}}", value)
    text = re.sub(r"\$\{\d\|([^,|]*)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$\d", "", re.sub(r"\$\{\d:([^}]*)\}", r"\1", text))


def test_what_a_snippet_inserts_is_front_matter() -> None:
    made = json.loads((ROOT / SNIPPETS).read_text("utf-8"))
    page = read_front_matter(_filled_in(made["New page"]["body"]) + "\n")
    assert (page.form_problems, page.content_problems) == ((), ())
    for key in KEYS:
        block = _filled_in(made[key]["body"])
        assert "$" not in block
        read_key = read_front_matter(f"---\n{block}\n---\nText.\n")
        assert (read_key.form_problems, read_key.content_problems) == ((), ()), block
        assert complaints("front_matter", read_key.values) == []


def test_a_new_role_is_proposed_once_the_schemas_are_written_again(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    owners = (folder / "registers" / "owners.yml").read_text("utf-8")
    write(
        "registers/owners.yml",
        f"{owners}  data-lead: {{title: Data lead, contact: privacy, decides: All data}}\n",
    )
    names = FROM_REGISTERS[0]
    made = schema_files(read_registers(Folder(folder)))
    assert names in outdated(Folder(folder), made)
    assert "data-lead" in json.loads(made[names])["definitions"]["role"]["anyOf"][0]["enum"]
    assert "data-lead" in made[SNIPPETS]
