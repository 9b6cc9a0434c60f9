"""What the JSON Schema of a field says beyond its type, for editors that read schemas while somebody types.

A schema refuses nothing that the check accepts. The check is the judge, and names the line and the remedy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

# Names that this handbook has given, in its registers. An editor proposes them.
GivenName: TypeAlias = Literal["role", "platform", "platform_section", "source", "text"]
# The key of a schema that says which of these names are proposed.
PROPOSES: Final = "x-proposes"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a text as a regular expression of ECMA-262 and of Python, and what to write instead."""

    pattern: str
    advice: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of a text of this form."""
        return {**handler(schema), "pattern": self.pattern, "patternErrorMessage": self.advice}


@dataclass(frozen=True, slots=True)
class Proposes:
    """Names that are proposed for a value. Any other is accepted, because registers change."""

    names: GivenName

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return a schema that refers to the names."""
        return {PROPOSES: self.names}


@dataclass(frozen=True, slots=True)
class OneOf:
    """The only values of a text whose check is not by its type."""

    values: Sequence[str]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of one of the values."""
        return {"type": "string", "enum": list(self.values)}
