"""How findings are shown: one pure function a format, one module each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from handbook.findings import Finding
from handbook.reports.json import as_json
from handbook.reports.text import as_text, summary

__all__ = ["FORMATS", "as_json", "as_text", "summary"]

FORMATS: Final[Mapping[str, Callable[[Sequence[Finding]], str]]] = {
    "text": as_text,
    "json": as_json,
}
