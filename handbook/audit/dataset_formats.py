"""Writes data for auditors as JSON, as the JSON Schema that describes it, and as CSV."""

from typing import Any, Final

from handbook.formats.csv_table import as_csv as records_as_csv
from handbook.text.json_text import as_document
from handbook.yaml.record import Record

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def as_json(document: Record) -> str:
    """Return a document with every fact as JSON."""
    return as_document(document.model_dump(mode="json"))


def as_schema(model: type[Record]) -> str:
    """Return the JSON Schema (draft 2020-12) of a kind of document, with a description of each fact."""
    return as_document({"$schema": _DIALECT, **model.model_json_schema(mode="serialization")})


def as_csv(document: Record) -> str:
    """Return the records of a document as CSV, one a line, after columns with its other facts.

    The document has one field that is a tuple of records.
    """
    fields = {name: getattr(document, name) for name in type(document).model_fields}
    (rows,) = (name for name, value in fields.items() if isinstance(value, tuple))
    records = fields.pop(rows)
    return records_as_csv(_record_of(type(document), rows), records, fields)


def _record_of(model: type[Record], name: str) -> type[Record]:
    annotation: Any = model.model_fields[name].annotation
    record: type[Record] = annotation.__args__[0]
    return record
