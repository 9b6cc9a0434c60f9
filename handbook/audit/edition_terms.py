"""The editions as auditors ask for them: which was in force on which days, and who published it."""

import datetime
from collections.abc import Callable, Sequence

from pydantic import Field

from handbook.editions.manifest import Manifest
from handbook.editions.terms import terms
from handbook.yaml.record import Record


class EditionTerm(Record):
    """An edition, and the days on which it was in force."""

    edition: str = Field(description="The name of the edition.")
    published: datetime.date = Field(description="The day on which it was published.")
    effective: datetime.date = Field(description="The day on which it takes effect.")
    in_force_from: datetime.date | None = Field(
        description="The first day on which it was in force; null if it never was."
    )
    in_force_to: datetime.date | None = Field(
        description="The last day on which it was; null if no edition that this pack knows took its place."
    )
    commit: str = Field(description="The commit that it was built from.")
    published_by: str | None = Field(
        description="Who published it, by name or by role, as the organization chose; null if it shows"
        " none, or if nobody is known."
    )


class EditionTerms(Record):
    """The editions up to the last day of the pack."""

    editions: tuple[EditionTerm, ...] = Field(description="The editions, the first to take effect first.")


def edition_terms(
    manifests: Sequence[Manifest], publisher_of: Callable[[Manifest], str | None]
) -> EditionTerms:
    """Return the days on which each edition was in force, and who published it."""
    return EditionTerms(
        editions=tuple(
            EditionTerm(
                edition=term.manifest.edition,
                published=term.manifest.published,
                effective=term.manifest.effective,
                in_force_from=term.first if term.has_days else None,
                in_force_to=term.last if term.has_days else None,
                commit=term.manifest.commit,
                published_by=publisher_of(term.manifest),
            )
            for term in terms(manifests)
        )
    )
