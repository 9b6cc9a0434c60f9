"""The files of schemas in a handbook: what they have to say, and which of them do not."""

from collections.abc import Mapping
from typing import Any, Final

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.all_registers import Registers, read_registers
from handbook.schemas.front_matter import front_matter_schema
from handbook.schemas.given_names import names_schema
from handbook.schemas.known_schemas import SCHEMAS
from handbook.schemas.record_schema import NAMES_FILE, record_schema
from handbook.schemas.snippets import snippets
from handbook.text.json_text import as_document
from handbook.text.suggestions import did_you_mean

FOLDER: Final = "registers/schemas"
SNIPPETS: Final = ".vscode/handbook.code-snippets"
FRONT_MATTER: Final = "front_matter"
# The files whose content follows the registers of the handbook, and not only the release.
FROM_REGISTERS: Final = (f"{FOLDER}/{NAMES_FILE}", SNIPPETS)
_ENDING: Final = ".schema.json"


def path_of(name: str) -> str:
    """Return the path of a schema from the root of the handbook."""
    return f"{FOLDER}/{name}{_ENDING}"


def schema_named(name: str) -> dict[str, Any]:
    """Return the schema of a register, a record, or the front matter.

    Raises:
        HandbookError: if there is no schema of that name.

    """
    if name == FRONT_MATTER:
        return front_matter_schema()
    if name not in SCHEMAS:
        known = [*SCHEMAS, FRONT_MATTER]
        raise HandbookError(f"there is no schema '{name}'; {did_you_mean(name, known)}")
    return record_schema(SCHEMAS[name].model)


def schema_files(registers: Registers) -> Mapping[str, str]:
    """Return what every file has to say, by its path from the root."""
    made = {path_of(name): as_document(schema_named(name)) for name in (*SCHEMAS, FRONT_MATTER)}
    return made | _from_registers(registers)


def outdated(tree: FileTree, files: Mapping[str, str]) -> list[str]:
    """Return the paths of the files that are missing or say something else."""
    return [path for path, text in files.items() if _text(tree.read(path)) != text]


def renewed_proposals(tree: FileTree) -> Mapping[str, str]:
    """Return the files that propose names of the registers of a tree, and are there with others.

    A handbook that keeps no schemas gets none.
    """
    if not any(tree.read(path) for path in FROM_REGISTERS):
        return {}
    made = _from_registers(read_registers(tree))
    kept = {path: text for path, text in made.items() if tree.read(path) is not None}
    return {path: kept[path] for path in outdated(tree, kept)}


def _from_registers(registers: Registers) -> dict[str, str]:
    return {
        f"{FOLDER}/{NAMES_FILE}": as_document(names_schema(registers)),
        SNIPPETS: as_document(snippets(registers)),
    }


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace").replace("\r\n", "\n")
