"""The file `versions.json`, as mike writes it and as the theme reads it for its list of editions."""

import json
from typing import Any, Final

from handbook.editions.names import Edition
from handbook.errors import HandbookError

VERSIONS: Final = "versions.json"
ALIAS: Final = "latest"


def with_edition(versions: bytes | None, edition: Edition) -> bytes:
    """Return `versions.json` with one more edition, the newest first."""
    rows = [row for row in _rows(versions) if row["version"] != str(edition)]
    rows.insert(0, {"version": str(edition), "title": str(edition), "aliases": []})
    return _written(rows)


def with_alias(versions: bytes | None, target: str) -> bytes:
    """Return `versions.json` with the alias on the edition `target`, and on no other."""
    rows = [{**row, "aliases": [ALIAS] if row["version"] == target else []} for row in _rows(versions)]
    return _written(rows)


def listed(versions: bytes | None) -> list[str]:
    """Return the editions that are listed."""
    return [row["version"] for row in _rows(versions)]


def aliased(versions: bytes | None) -> list[str]:
    """Return the editions that `versions.json` says the alias leads to."""
    return [row["version"] for row in _rows(versions) if ALIAS in row.get("aliases", ())]


def _written(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, indent=2).encode()


def _rows(data: bytes | None) -> list[dict[str, Any]]:
    try:
        rows = json.loads(data or b"[]")
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(map(_is_row, rows)):
        raise HandbookError(
            f"{VERSIONS} on the branch of editions cannot be read; restore it from its history"
        )
    return rows


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("version"), str)
        and isinstance(row.get("aliases", []), list)
    )
