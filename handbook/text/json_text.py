"""JSON as this project writes it."""

import json


def as_document(data: object) -> str:
    """Return data as JSON that can be written as UTF-8, even if the name of a file in it cannot."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
