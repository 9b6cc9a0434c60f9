"""JSON as this project writes it."""

import json
import re
from typing import Final

from handbook.text.quoting import STEERING

_STEERING: Final = re.compile(f"[{STEERING}]")


def as_document(data: object) -> str:
    """Return data as JSON that can be written as UTF-8, and whose reader's terminal obeys nothing in it."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return _STEERING.sub(lambda character: f"\\u{ord(character[0]):04x}", text)
