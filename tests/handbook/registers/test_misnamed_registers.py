"""A register that is called otherwise than it should be is found, and nothing else is taken for one."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.misnamed_registers import refuse_misnamed_registers
from handbook.schemas.known_schemas import known_registers


def _write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("policies: []\n", encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "registers/policies.yaml",
        "registers/Policies.yml",
        "registers/policies.yml.txt",
        "registers/policies copy.yml",
        "registers/policies (1).yml",
        "registers/polices.yml",
        "registers/policies",
        "sample/registers/policies.YML",
    ],
)
def test_a_register_under_another_name_is_told_its_own(tmp_path: Path, name: str) -> None:
    _write(tmp_path / name)
    with pytest.raises(HandbookError) as error:
        refuse_misnamed_registers(Folder(tmp_path), known_registers())
    assert str(error.value) == f"{name}:1:1: a file with this name is not read; rename it to policies.yml"


@pytest.mark.parametrize("name", ["policies copy.yml", "policies.yml.bak", "Platform-facts.csv", "team.yml"])
def test_a_copy_or_another_file_is_not_one(tmp_path: Path, name: str) -> None:
    _write(tmp_path / "registers/policies.yml")
    _write(tmp_path / "registers" / name)
    refuse_misnamed_registers(Folder(tmp_path), known_registers())
