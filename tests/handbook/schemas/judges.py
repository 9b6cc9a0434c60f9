"""What judges a value as an editor does, and a value as an editor reads it."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from pydantic import ValidationError
from referencing import Registry, Resource

from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.registers.variables import Variables
from handbook.schemas.schema_files import FOLDER, path_of
from handbook.yaml.located import read_mapping
from handbook.yaml.record import Record
from tests.conftest import ROOT


@cache
def judge(name: str) -> Draft7Validator:
    """Return what judges by a schema of the repository, with the names that the schema refers to."""
    schemas = {file.name: json.loads(file.read_text("utf-8")) for file in (ROOT / FOLDER).iterdir()}
    registry: Registry[Any] = Registry().with_resources(
        (file, Resource.from_contents(schema)) for file, schema in schemas.items()
    )
    schema = schemas[Path(path_of(name)).name]
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)


def as_read(value: Any) -> Any:
    """Return a value as an editor reads it: a day is a text."""
    if isinstance(value, dict):
        return {key: as_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def complaints(name: str, value: Any) -> list[str]:
    """Return what a schema refuses in a value."""
    return [f"{error.json_path}: {error.message}" for error in judge(name).iter_errors(as_read(value))]


def accepts(model: type[Record], value: Any) -> bool:
    """Tell whether a record accepts a value, whose texts may name the variables of the sample."""
    try:
        return not list(model.model_validate(value, context=_variables()).problems())
    except ValidationError:
        return False


@cache
def _variables() -> Variables:
    return load_organization(Folder(ROOT)).variables


def read(file: Path) -> dict[str, Any]:
    """Return the content of a YAML file as the check reads it."""
    source = read_mapping(file.read_text("utf-8"))
    assert source.problem is None, file
    return dict(source.data)
