"""The file `versions.json`, as mike writes it and as the theme reads it for its list of editions."""

import json
from collections.abc import Collection, Iterator
from typing import Any, Final

from handbook.editions.names import Edition
from handbook.errors import HandbookError

VERSIONS: Final = "versions.json"
ALIAS: Final = "latest"
_KEYS: Final = frozenset(("version", "title", "aliases"))


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


def oddities(versions: bytes | None, editions: Collection[str]) -> Iterator[str]:
    """Yield what the list says that publishing these editions did not write."""
    rows = _rows(versions)
    names = [row["version"] for row in rows]
    for name, row in zip(names, rows, strict=True):
        if name not in editions:
            yield f"lists {name}, which is not an edition here"
        elif row.get("title") != name:
            yield f"calls {name} '{row.get('title')}'"
        elif row.keys() - _KEYS or set(row.get("aliases", ())) - {ALIAS}:
            yield f"says more of {name} than its name and whether {ALIAS} leads to it"
    known = sorted((name for name in names if name in editions), key=Edition.parse, reverse=True)
    if [name for name in names if name in editions] != known:
        yield "lists the editions in another order than the newest first"
    yield from (f"lists {name} twice" for name in sorted(set(known)) if known.count(name) > 1)


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
