"""Determines what an audit pack covers: which days, up to which commit, with which editions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from handbook.editions.manifest import Manifest
from handbook.editions.names import Edition
from handbook.editions.published_branch import Published
from handbook.editions.terms import in_force_between
from handbook.editions.verification import differences
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.past_handbook import commit_of_day
from handbook.registers.organization import load_organization


@dataclass(frozen=True, slots=True)
class Scope:
    """What a pack covers, up to a commit: an edition, or the days from `first` to `last`."""

    name: str
    commit: str
    edition: Manifest | None
    first: datetime.date | None
    last: datetime.date
    editions: Sequence[Manifest]


def scope_of(
    repository: Repository,
    published: Published,
    branch: str | None,
    edition: str | None,
    days: tuple[datetime.date | None, datetime.date | None],
) -> Scope:
    """Return what to pack: an edition, or the days from the first to the last.

    Raises:
        HandbookError: if it is neither, or an edition is not as it was published.

    """
    first, last = days
    if edition and not first and not last:
        manifest = _sound(published, Edition.parse(edition))
        name = f"audit-pack-{manifest.edition}"
        return Scope(name, manifest.commit, manifest, None, manifest.published, [manifest])
    if edition or not first:
        raise HandbookError("name what to pack: --edition 2026.1, or --from 2026-01-01 --to 2026-12-31")
    return _period(repository, published, branch or repository.main_branch(), first, last)


def _period(
    repository: Repository,
    published: Published,
    branch: str,
    first: datetime.date,
    last: datetime.date | None,
) -> Scope:
    organization = load_organization(repository.tree(repository.commit(branch)))
    today = organization.today()
    last = last or today
    if last > today:
        raise HandbookError(f"{last} is still to come; name {today} or an earlier day in --to")
    if first > last:
        raise HandbookError(f"{first} is after {last}; give the earlier day in --from")
    commit = commit_of_day(repository, branch, last, organization)
    names = {name for name in in_force_between(published.manifests, first, last) if name}
    editions = [_sound(published, name) for name in sorted(names)]
    return Scope(f"audit-pack-{first}-to-{last}", commit, None, first, last, editions)


def _sound(published: Published, edition: Edition) -> Manifest:
    """Return the manifest of an edition that is as it was published.

    Raises:
        HandbookError: if it is not.

    """
    difference = next(differences(published, edition), None)
    if difference:
        place = f"{edition}/{difference.path}" if difference.path else edition
        fix = f"no pack was made; `handbook edition verify {edition}` lists every difference"
        raise HandbookError(f"{place}: {difference.message}\n{fix}")
    return published.manifest(edition)
