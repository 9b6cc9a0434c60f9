"""The facts of the organization are read from its file once."""

from pathlib import Path

from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.registers.organization import load_located_organization, load_organization


def test_each_state_of_the_file_is_read_once(folder: Path) -> None:
    organization = load_organization(Folder(folder))
    assert read_registers(Folder(folder)).organization is organization
    assert load_located_organization(Folder(folder))[0] is organization
    file = folder / "organization.yml"
    file.write_bytes(file.read_bytes().replace(b"charity", b"retail"))
    assert load_organization(Folder(folder)).sector == "retail"
