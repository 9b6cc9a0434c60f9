"""`handbook edition verify`: checks that editions are still as they were published."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from handbook.editions.branch_index import LIST, START, alias_target, is_late, top_differences
from handbook.editions.chain import edition_with_sum, read_sum, vouched_by
from handbook.editions.manifest import TOKEN, Manifest
from handbook.editions.mike_versions import ALIAS
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.signing import signature_in_words
from handbook.editions.timestamps import stored_timestamp
from handbook.editions.unexpected_files import unexpected_files
from handbook.editions.verification import Difference, differences
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.registers.organization import load_organization
from handbook.reviews.unreviewed import unreviewed_in_edition
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.command_name import with_real_command
from scripts.edition.options import site_option, timestamp_ca_option
from scripts.edition.plan import unreviewed_lines
from scripts.edition.rebuild import rebuild_differences
from scripts.edition.timestamp_request import roots_in
from scripts.options import exits_with_status, format_option, repository_of, root_option
from scripts.site.publication import expressions_for

_NAMESAKE: Final = (
    "whether a timestamp is by the authority of that name is not known here: compare the SHA-256 of the root"
    " with the one that the authority publishes, or name its certificate in --timestamp-ca"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is verified, and what people kept outside of the repository to verify it with.

    `has_all` is true if nobody chose an edition, so that what is beside them is checked, too. `sums` has the
    SHA-256 of manifests, and `roots` the certificates (PEM) that alone are trusted, or None.
    """

    published: Published
    editions: Sequence[Edition]
    has_all: bool
    rebuilds: bool
    sums: Sequence[str]
    roots: bytes | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What differs from what was published; `has_checked_top` tells whether the top could be compared."""

    request: Request
    differences: Sequence[Difference]
    has_checked_top: bool

    @property
    def sound(self) -> list[Edition]:
        """The editions that were verified and have no differences."""
        changed = {difference.edition for difference in self.differences}
        return [edition for edition in self.request.editions if str(edition) not in changed]


@click.command(
    name="verify",
    epilog="Exit status: 0 if all is as published, 1 if something was changed, 2 if it could not be checked.",
)
@click.argument("edition", required=False)
@root_option
@site_option
@click.option("--rebuild", is_flag=True, help="Build each edition again from its tag and compare every byte.")
@click.option(
    "--against",
    "sums",
    multiple=True,
    metavar="SUM",
    help="The SHA-256 that somebody kept when an edition was published; can be given more than once.",
)
@timestamp_ca_option
@format_option("The format of the output.")
@exits_with_status
def command(
    edition: str | None,
    root: Path,
    site_branch: str,
    rebuild: bool,
    sums: tuple[str, ...],
    timestamp_ca: Path | None,
    name: str,
) -> int:
    """Check that editions are still as they were published.

    The files, the manifest and the tag of EDITION are compared with one another. Without EDITION, every
    edition is checked, and also what is beside the editions on their branch: the list of editions, where
    `latest` leads, and what no edition wrote. If registers/owners.yml has the keys of publishers, each
    edition must be signed by one of them.

    Each manifest names the one before it. So --against, with the number that somebody kept outside of this
    repository, shows that its edition and those before it are the ones that were published.

    A timestamp shows when a manifest existed. It is checked offline, with the certificates that were kept
    with it. With --timestamp-ca, only a root certificate that you got from the authority yourself counts.
    """
    roots, kept = roots_in(timestamp_ca), list(map(read_sum, sums))
    repository = repository_of(root)
    published = Published(repository, site_branch)
    request = Request(published, _chosen(published, edition), not edition, rebuild, kept, roots)
    if rebuild:
        _refuse_shallow(repository)
    today = load_organization(Folder(root)).today()
    verification = _verified(request, root, today)
    if name == "json":
        click.echo(as_document(_record(verification)), nl=False)
    else:
        _show(verification, today)
    return int(bool(verification.differences))


def _verified(request: Request, root: Path, today: datetime.date) -> Verification:
    """Compare the editions with what was published, and what is beside them if all are verified."""
    published = request.published
    wrong = [difference for edition in request.editions for difference in differences(published, edition)]
    has_sound_manifests = all(difference.path != MANIFEST for difference in wrong)
    checks_top = bool(request.has_all and published.editions and has_sound_manifests)
    wrong += top_differences(published, today) if checks_top else ()
    wrong += unexpected_files(published) if request.has_all else ()
    for edition in request.editions if request.rebuilds else ():
        wrong += rebuild_differences(published.repository, root, published, edition)
    wrong += _against_differences(published, request.sums)
    known = Verification(request, wrong, checks_top)
    untrusted = _untrusted(known, request.roots) if request.roots is not None else ()
    return replace(known, differences=[*wrong, *untrusted])


def _record(verification: Verification) -> dict[str, Any]:
    return {
        "editions": list(map(str, verification.request.editions)),
        "differences": list(map(asdict, verification.differences)),
        "notes": list(map(with_real_command, _notes(verification))),
    }


def _show(verification: Verification, today: datetime.date) -> None:
    lines = [*map(_line, verification.differences), *_notes(verification)]
    for line in map(with_real_command, lines):
        click.echo(line)
    if verification.has_checked_top:
        _show_top(verification, today)


def _notes(verification: Verification) -> Iterator[str]:
    """Yield what vouches for the editions without differences, and what cannot be known."""
    request = verification.request
    yield from _vouched_lines(verification)
    if request.roots is None and any(_is_stamped(request.published, each) for each in request.editions):
        yield _NAMESAKE
    yield from _kept_lines(verification)
    yield from _without_witness(verification)


def _chosen(published: Published, edition: str | None) -> list[Edition]:
    """Return the edition that was named, or all of them."""
    chosen = [Edition.parse(edition)] if edition else sorted(published.taken)
    if not chosen:
        raise HandbookError("no edition is published here; fetch the branch of editions and the tags first")
    return chosen


def _refuse_shallow(repository: Repository) -> None:
    if repository.is_shallow:
        raise HandbookError(
            f"an edition shows its history, and this clone has only the end of it; {WHOLE_HISTORY}"
        )


def _show_top(verification: Verification, today: datetime.date) -> None:
    published = verification.request.published
    if all(difference.edition for difference in verification.differences):
        click.echo(f"beside the editions: {LIST}/ and {START} agree with {published.editions[-1]}")
    if is_late(published, today):
        due = alias_target(published.manifests, today)
        refresh = with_real_command("run `handbook edition refresh`")
        click.echo(f"{ALIAS} does not lead to {due} yet; {refresh}", err=True)


def _line(difference: Difference) -> str:
    place = "/".join(part for part in (difference.edition, difference.path) if part)
    return ": ".join(map(one_line, filter(None, (place, difference.message))))


def _against_differences(published: Published, sums: Iterable[str]) -> Iterator[Difference]:
    for digest in sums:
        if edition_with_sum(published, digest) is None:
            state = f"no edition on {published.branch} has a manifest with the SHA-256 {digest}"
            reason = "the edition was removed or changed, or is not fetched yet"
            yield Difference(None, None, f"{state}; {reason}")


def _untrusted(verification: Verification, roots: bytes) -> Iterator[Difference]:
    """Yield the timestamps, sound in themselves, that none of the trusted root certificates vouches for."""
    published = verification.request.published
    for edition in verification.sound:
        manifest = published.manifest(edition)
        try:
            stored_timestamp(published, manifest, roots)
        except HandbookError:
            own = stored_timestamp(published, manifest)
            root = f"its root is {own.authority}, SHA-256 {own.root}" if own else "it has another root"
            yield Difference(str(edition), TOKEN, f"no root in --timestamp-ca vouches for it; {root}")


def _covered(request: Request) -> set[Edition]:
    """Return the editions that a timestamp, or a number that somebody kept, vouches for."""
    published = request.published
    editions = [edition_with_sum(published, digest) for digest in request.sums]
    editions += [edition for edition in published.editions if _is_stamped(published, edition)]
    return {former for edition in editions if edition for former in vouched_by(published, edition)}


def _without_witness(verification: Verification) -> Iterator[str]:
    """Yield a sentence on what cannot be known of the editions that nobody outside vouches for."""
    covered = _covered(verification.request)
    if names := ", ".join(str(edition) for edition in verification.sound if edition not in covered):
        unknown = "whether manifest, tag, branch, and packs were all rewritten alike cannot be known here"
        yield f"no timestamp of {names}: {unknown}; use --against with a SHA-256 that somebody kept"


def _is_stamped(published: Published, edition: Edition) -> bool:
    try:
        return published.manifest(edition).timestamp is not None
    except HandbookError:
        return False  # It is named as unreadable anyway.


def _kept_lines(verification: Verification) -> Iterator[str]:
    """Yield what each number that somebody kept vouches for, if nothing differs."""
    published = verification.request.published
    for digest in () if verification.differences else verification.request.sums:
        if edition := edition_with_sum(published, digest):
            editions = ", ".join(map(str, vouched_by(published, edition)))
            yield f"SHA-256 {digest} vouches for {editions}"


def _vouched_lines(verification: Verification) -> Iterator[str]:
    """Yield a line for each edition without differences."""
    published = verification.request.published
    again = "; built again, every byte is the same" if verification.request.rebuilds else ""
    for edition in verification.sound:
        manifest, tag = published.manifest(edition), published.tag(edition)
        files = counted(len(manifest.files), "file")
        signed = signature_in_words(published, tag, manifest.published) if tag else "no tag"
        yield f"{edition}: {files}, manifest and tag agree ({signed}){again}"
        if timestamp := stored_timestamp(published, manifest):
            yield f"{edition}: {timestamp}"
        yield from _review_lines(published, manifest)


def _review_lines(published: Published, manifest: Manifest) -> Iterator[str]:
    """Yield the pages of an edition that were not as they were reviewed. It is what it was, all the same."""
    try:
        unreviewed = unreviewed_in_edition(
            published.repository, manifest, expressions_for(published.repository.root)
        )
    except HandbookError as error:
        yield f"{manifest.edition}: whether its pages were as reviewed is unknown here: {error}"
        return
    yield from (f"{manifest.edition}: {line}" for line in unreviewed_lines(unreviewed))
