"""`handbook schema`, as somebody who edits registers uses it."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from handbook.schemas.schema_files import FROM_REGISTERS, SNIPPETS, path_of
from scripts.cli import main

NAMES = FROM_REGISTERS[0]


def schema(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", *arguments, "--root", str(folder)])


def test_it_writes_what_is_missing_or_out_of_date_and_nothing_else(folder: Path) -> None:
    schema(folder, "--write")
    (folder / NAMES).write_text("{}", encoding="utf-8")
    (folder / SNIPPETS).unlink()
    first = schema(folder)
    assert first.exit_code == 1
    assert f"out of date: {NAMES}, {SNIPPETS}; run `handbook schema --write`" in first.stderr
    written = schema(folder, "--write")
    assert (written.exit_code, written.stdout) == (0, f"{NAMES}: written\n{SNIPPETS}: written\n")
    again = schema(folder)
    assert again.exit_code == 0
    assert "owners                 registers/owners.yml\n" in again.stdout
    assert schema(folder, "--write").stdout == ""


def test_it_prints_the_schema_of_a_register(folder: Path) -> None:
    printed = schema(folder, "owners").stdout
    assert json.loads(printed)["required"] == ["owners"]
    assert printed == (folder / path_of("owners")).read_text("utf-8")


def test_a_name_that_no_schema_has_is_told_the_nearest(folder: Path) -> None:
    result = schema(folder, "onwers")
    assert (result.exit_code, result.stderr) == (
        2,
        "handbook: there is no schema 'onwers'; did you mean 'owners'?\n",
    )
    assert schema(folder, "owners", "--write").exit_code == 2


def test_a_register_with_a_mistake_is_told_and_nothing_is_written(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("registers/owners.yml", "owners: []\n")
    result = schema(folder, "--write")
    assert result.exit_code == 2
    assert "registers/owners.yml:1:9:" in result.stderr
    assert not (folder / SNIPPETS).exists()


def test_where_there_is_no_handbook_nothing_is_written(tmp_path: Path) -> None:
    result = schema(tmp_path, "--write")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_new_platform_is_proposed_at_once(folder: Path) -> None:
    schema(folder, "--write")
    result = CliRunner().invoke(
        main, ["new", "platform", "Pixelfed", "--owner", "platform-lead", "--root", str(folder)]
    )
    assert f"{NAMES}: changed\n" in result.stdout
    assert "Pixelfed" in (folder / NAMES).read_text("utf-8")
    assert schema(folder).exit_code == 0


def test_a_handbook_without_schemas_gets_none(folder: Path) -> None:
    (folder / NAMES).unlink()
    CliRunner().invoke(
        main, ["new", "platform", "Pixelfed", "--owner", "platform-lead", "--root", str(folder)]
    )
    assert not (folder / NAMES).exists()
