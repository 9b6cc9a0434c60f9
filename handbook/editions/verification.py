"""Compares the files, the manifest and the tag of a published edition with one another."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from handbook.clock import day_of_commit
from handbook.content.fingerprints import sha256
from handbook.editions.chain import chain_problems
from handbook.editions.editions_json import LISTED, listed_days
from handbook.editions.manifest import TOKEN, Manifest, changed_files, read_manifest
from handbook.editions.mike_versions import VERSIONS, listed
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.signing import signature_problem
from handbook.editions.tags import Tag, tag_name
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.commit_time import seconds_of
from handbook.git.repository import Repository
from handbook.registers.organization import load_organization
from handbook.text.quoting import short_commit

# By how much the days of two time zones differ at most, if the organization has moved since.
_ZONES: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was published: in which edition, in which of its files (or none), and how.

    Without an edition, it is a file at the top of the branch.
    """

    edition: str | None
    path: str | None
    message: str


def differences(published: Published, edition: Edition) -> Iterator[Difference]:
    """Yield what is not as it was when the edition was published."""
    name = str(edition)
    if edition not in published.editions:
        yield Difference(name, None, _why_missing(published))
        return
    data = published.read(f"{edition}/{MANIFEST}") or b""
    tag = published.tag(edition)
    yield from (Difference(name, MANIFEST, message) for message in _tag_problems(edition, tag, data))
    try:
        manifest = read_manifest(data)
    except HandbookError as error:
        yield Difference(name, MANIFEST, str(error))
        return
    yield from _manifest_differences(edition, manifest, tag)
    yield from _source_differences(published, manifest)
    problems = *chain_problems(published, manifest), *_day_problems(published, manifest, tag)
    yield from (Difference(name, MANIFEST, message) for message in problems)
    if tag and (problem := signature_problem(published, tag, manifest.published)):
        yield Difference(name, None, problem)
    yield from _timestamp_differences(published, manifest)
    for path, what in changed_files(manifest.files, published.hashes(manifest)):
        yield Difference(name, path, f"{what} since the edition was published")
    yield from _listing_differences(published, edition)


def _why_missing(published: Published) -> str:
    branch = published.branch
    if published.commit is None:
        return f"there is no branch {branch} here; fetch it with `git fetch origin {branch}`"
    return f"is not on the branch {branch}; it was removed, or never published"


def _tag_problems(edition: Edition, tag: Tag | None, manifest: bytes) -> Iterator[str]:
    if tag is None:
        fix = "fetch the tags with `git fetch --tags`, or ask who removed it"
        yield f"nothing vouches for it, because there is no tag {tag_name(edition)}; {fix}"
    elif tag.manifest is None:
        yield f"the tag {tag.name} names no manifest; it was replaced after the edition was published"
    elif tag.manifest != sha256(manifest):
        yield f"is not the manifest that the tag {tag.name} vouches for"


def _manifest_differences(edition: Edition, manifest: Manifest, tag: Tag | None) -> Iterator[Difference]:
    if manifest.name != edition:
        message = f"says that it is the manifest of {manifest.edition}"
        yield Difference(str(edition), MANIFEST, message)
    if tag and tag.commit != manifest.commit:
        tagged, promised = short_commit(tag.commit), short_commit(manifest.commit)
        commits = f"the tag {tag.name} is on {tagged}, and the manifest names {promised}"
        yield Difference(str(edition), None, f"{commits}; one of them was changed")


def _source_differences(published: Published, manifest: Manifest) -> Iterator[Difference]:
    """Yield that an edition was made of something that is not the handbook, or was not there yet.

    A shallow clone may not have it, and tells nothing.
    """
    repository = published.repository
    main = load_organization(Folder(repository.root)).repository_branch
    if repository.is_shallow:
        return
    if not repository.is_on_main(manifest.commit, main):
        source = f"its source {short_commit(manifest.commit)} is not in the history of the branch {main}"
        remedy = f"fetch it with `git fetch origin {main}`, or ask who published the edition, and of what"
        yield Difference(manifest.edition, None, f"{source}; {remedy}")
    elif day := later_source(repository, manifest):
        source = f"its source {short_commit(manifest.commit)} is of {day}, later"
        message = f"says that it was published on {manifest.published}, and {source}; one of them is false"
        yield Difference(manifest.edition, MANIFEST, message)


def later_source(repository: Repository, manifest: Manifest) -> datetime.date | None:
    """Return the day of the commit that an edition was made of, if it is after the edition; otherwise None.

    Raises:
        HandbookError: if no calendar has that day.

    """
    zone = ZoneInfo(load_organization(Folder(repository.root)).time_zone)
    day = day_of_commit(manifest.commit, seconds_of(repository, manifest.commit), zone)
    return day if day > manifest.published + _ZONES else None


def _day_problems(published: Published, manifest: Manifest, tag: Tag | None) -> Iterator[str]:
    """Yield what is wrong with the days that a manifest gives, which decide what was in force."""
    effective = manifest.effective.isoformat()
    if manifest.effective < manifest.published:
        yield f"says that it took effect on {effective}, before it was published on {manifest.published}"
    if tag and tag.manifest and tag.effective != effective:
        tagged = f"says {tag.effective}" if tag.effective else "names no day"
        taken = f"says that it takes effect on {effective}"
        yield f"{taken}, and the tag {tag.name} {tagged}; one of them was changed"
    for name in manifest.withdraws:
        withdrawn = Edition.parse(name)
        begun = _effective_day(published, withdrawn)
        if begun is None or begun <= manifest.published or withdrawn >= manifest.name:
            yield f"withdraws {name}, which was not waiting on {manifest.published}"
    for fact, listed_fact in listed_days(published.read(LISTED), manifest):
        yield f"says {fact}, and {LISTED} says {listed_fact}; one of them was changed"
    former = published.before(manifest.name)
    day = _published_on(published, former) if former else None
    if day and manifest.published < day:
        yield f"says that it was published on {manifest.published}, and {former}, the one before it, on {day}"


def _timestamp_differences(published: Published, manifest: Manifest) -> Iterator[Difference]:
    if not manifest.timestamp:
        return
    # Loading the library takes 0.2 seconds, and every build of the site imports this module.
    from handbook.editions.timestamps import stored_timestamp

    try:
        stored_timestamp(published, manifest)
    except HandbookError as error:
        yield Difference(manifest.edition, TOKEN, str(error))


def _effective_day(published: Published, edition: Edition) -> datetime.date | None:
    return published.manifest(edition).effective if edition in published.editions else None


def _published_on(published: Published, edition: Edition) -> datetime.date | None:
    try:
        return published.manifest(edition).published
    except HandbookError:
        return None  # It is named as unreadable anyway.


def _listing_differences(published: Published, edition: Edition) -> Iterator[Difference]:
    try:
        if str(edition) not in listed(published.read(VERSIONS)):
            message = f"{VERSIONS} does not list it, so readers cannot choose it"
            yield Difference(str(edition), None, message)
    except HandbookError as error:
        yield Difference(str(edition), None, str(error))
