"""The list of editions for programs, `editions/editions.json`, and the schema that describes it."""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import Field

from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import MANIFEST
from handbook.editions.tags import tag_name
from handbook.editions.terms import InForcePeriod, terms
from handbook.yaml.record import Record

SCHEMA: Final = "editions.schema.json"
LISTED: Final = "editions/editions.json"
_COMPARED: Final = ("published", "effective", "commit")


class ListedEdition(Record):
    """One edition. Scripts in old editions read this, so fields may be added but never changed."""

    edition: str = Field(description="Its name, from the year and its number in that year.")
    published: datetime.date = Field(description="The day on which it was published.")
    effective: datetime.date = Field(description="The day on which it takes effect.")
    in_force_from: datetime.date | None = Field(
        description="The first day on which it is in force; null if it never is."
    )
    in_force_to: datetime.date | None = Field(
        description="The last day on which it is in force; null while no other edition takes its place."
    )
    pages: int = Field(description="How many pages it has.")
    address: str = Field(description="Where it is read, as an address relative to this file.")
    manifest: str = Field(description="Its manifest, with the SHA-256 of each file, relative to this file.")
    commit: str = Field(description="The commit of its source.")
    tag: str = Field(description="The git tag that vouches for it.")


class EditionList(Record):
    """All editions, the newest first. The days are those of `time_zone`."""

    organization: str = Field(description="Whose handbook it is.")
    time_zone: str = Field(description="The time zone of the days, by its name in the IANA database.")
    editions: tuple[ListedEdition, ...]


def edition_list(manifests: Iterable[Manifest], organization: str, time_zone: str) -> EditionList:
    """Return the editions with their days, the newest first."""
    rows = sorted(terms(manifests), key=lambda term: term.manifest.name, reverse=True)
    return EditionList(
        organization=organization, time_zone=time_zone, editions=tuple(_listed(term) for term in rows)
    )


def _listed(term: InForcePeriod) -> ListedEdition:
    manifest = term.manifest
    return ListedEdition(
        edition=manifest.edition,
        published=manifest.published,
        effective=manifest.effective,
        in_force_from=term.first if term.has_days else None,
        in_force_to=term.last if term.has_days else None,
        pages=len(manifest.pages),
        address=f"../{manifest.edition}/",
        manifest=f"../{manifest.edition}/{MANIFEST}",
        commit=manifest.commit,
        tag=tag_name(manifest.edition),
    )


def list_as_bytes(editions: EditionList) -> bytes:
    """Serialize the list of editions as JSON, with a reference to its schema."""
    return _json({"$schema": SCHEMA, **editions.model_dump(mode="json")})


def schema_as_bytes() -> bytes:
    """Serialize the JSON Schema (draft 2020-12) of the list of editions."""
    schema = EditionList.model_json_schema()
    schema["properties"]["$schema"] = {"type": "string"}
    return _json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def _json(record: object) -> bytes:
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode()


def listed_days(data: bytes | None, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield each fact that the list gives otherwise: in the manifest, and in the list.

    A list that cannot be read is not compared, because it does not have the sum that its edition vouches for.
    """
    rows = _listed_rows(data)
    row = next((row for row in rows if row.get("edition") == manifest.edition), None)
    if rows and row is None:
        yield f"that it is {manifest.edition}", "nothing of it"
    own = manifest.as_record()
    for fact in _COMPARED if row else ():
        if row and row.get(fact) != own[fact]:
            yield f"{fact} {own[fact]}", f"{row.get(fact)}"


def _listed_rows(data: bytes | None) -> list[dict[str, Any]]:
    try:
        rows = json.loads(data or b"{}")["editions"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
