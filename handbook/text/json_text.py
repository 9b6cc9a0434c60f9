"""JSON as this project writes it."""

import json


def as_document(data: object) -> str:
    """Write data as JSON that is UTF-8 whatever it holds: the bytes of a file's name need not be."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
