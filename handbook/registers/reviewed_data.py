"""What a review answers for in the records that pages show."""

import datetime
from collections.abc import Collection, Mapping
from typing import TypeAlias

from handbook.yaml.record import Record

PlainData: TypeAlias = "str | int | float | bool | list[PlainData] | dict[str, PlainData] | None"


def reviewed_data(value: object, language: str) -> PlainData:
    """Return a value as plain data for a fingerprint, with the texts of one language.

    Fields that no review answers for are left out. So are fields with their default value: a field that a
    later version adds changes no fingerprint.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Record):
        return {
            name: reviewed_data(getattr(value, name), language)
            for name, field in type(value).model_fields.items()
            if name not in value.not_reviewed and getattr(value, name) != field.default
        }
    if isinstance(value, Mapping):
        if language in value and all(isinstance(text, str) for text in value.values()):
            return str(value[language])  # A text that is written in several languages.
        return {str(key): reviewed_data(item, language) for key, item in value.items()}
    if isinstance(value, Collection):
        return [reviewed_data(item, language) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else type(value).__name__
