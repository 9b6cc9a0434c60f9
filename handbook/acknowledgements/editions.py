"""What each published edition asked, and since when, as the branch of editions keeps it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from handbook.acknowledgements.asked import FILE, Asked, AskedText, pages_to_accept, read_asked
from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, in_force, withdrawals
from handbook.editions.names import Edition
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError

# The texts of an audience, by language.
Texts: TypeAlias = Mapping[str, AskedText]
EditionState: TypeAlias = Literal["former", "in_force", "waiting"]


@dataclass(frozen=True, slots=True)
class AskedEdition:
    """What an edition asks from the day on which it takes effect, and whether that day is over or to come."""

    name: Edition
    effective: datetime.date
    asked: Asked
    state: EditionState
    published: datetime.date | None = None

    def texts(self, audience: str) -> Texts:
        """Return the texts that an audience is asked to accept, by language; none if it is not asked."""
        return self.asked.audiences.get(audience, {})


@dataclass(frozen=True)
class AskedEditions:
    """The editions that asked anybody, oldest name first. Those that were withdrawn are left out."""

    editions: Sequence[AskedEdition]

    @cached_property
    def by_name(self) -> Mapping[str, Asked]:
        """Return what each edition asks, by its name."""
        return {str(edition.name): edition.asked for edition in self.editions}

    @property
    def published(self) -> Mapping[str, datetime.date]:
        """Return the day on which each edition was published, by its name."""
        return {str(edition.name): edition.published for edition in self.editions if edition.published}

    @property
    def current(self) -> AskedEdition | None:
        """Return the edition in force, or None if it asks nobody."""
        return next((edition for edition in self.editions if edition.state == "in_force"), None)

    def since(self, edition: AskedEdition, audience: str) -> datetime.date:
        """Return since when an audience has been asked what an edition asks it.

        That can be the day of an earlier edition: what is unchanged in substance is not asked again.
        """
        before = [each for each in self.editions if _order(each) < _order(edition)]
        day = edition.effective
        for earlier in sorted(before, key=_order, reverse=True):
            if not is_same(edition.texts(audience), earlier.texts(audience)):
                break
            day = earlier.effective
        return day


def _order(edition: AskedEdition) -> tuple[datetime.date, Edition]:
    return edition.effective, edition.name


def is_same(texts: Texts, before: Texts) -> bool:
    """Tell whether texts ask nobody again who accepted those before."""
    return texts.keys() <= before.keys() and not any(
        pages_to_accept(text, before[language].pages) for language, text in texts.items()
    )


def asked_editions(published: Published, today: datetime.date) -> AskedEditions:
    """Read what the published editions ask.

    Raises:
        HandbookError: if an edition cannot be read, or what it asks is not what its manifest vouches for.

    """
    manifests = published.manifests
    withdrawn, current = withdrawals(manifests), in_force(manifests, today)
    editions = []
    for manifest in manifests:
        asked = _asked(published, manifest)
        if asked and manifest.name not in withdrawn:
            state = _state(manifest, current, today)
            days = manifest.effective, asked, state, manifest.published
            editions.append(AskedEdition(manifest.name, *days))
    return AskedEditions(editions)


def _state(manifest: Manifest, current: Manifest | None, today: datetime.date) -> EditionState:
    if manifest is current:
        return "in_force"
    return "waiting" if manifest.effective > today else "former"


def _asked(published: Published, manifest: Manifest) -> Asked | None:
    """Return what an edition asks, or None if it was published before editions asked anybody."""
    data = published.read(f"{manifest.edition}/{FILE}")
    if data is None and FILE not in manifest.files:
        return None
    if data is None or manifest.files.get(FILE) != sha256(data):
        raise HandbookError(
            f"edition {manifest.edition}: {FILE} is not the file that its manifest vouches for; run"
            " `handbook edition verify`"
        )
    return read_asked(data, f"edition {manifest.edition}")
