"""`handbook edition verify`: checks that editions are still as they were published."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

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
    trusted = roots_in(timestamp_ca)
    kept = list(map(read_sum, sums))
    repository = repository_of(root)
    published = Published(repository, site_branch)
    chosen = _chosen(published, edition)
    if rebuild:
        _refuse_shallow(repository)
    today = load_organization(Folder(root)).today()
    wrong = [difference for each in chosen for difference in differences(published, each)]
    has_sound_manifests = all(difference.path != MANIFEST for difference in wrong)
    checks_top = bool(not edition and published.editions and has_sound_manifests)
    wrong += top_differences(published, today) if checks_top else ()
    wrong += () if edition else unexpected_files(published)
    for each in chosen if rebuild else ():
        wrong += rebuild_differences(repository, root, published, each)
    wrong += _against_differences(published, kept)
    wrong += _untrusted(published, chosen, wrong, trusted) if trusted is not None else ()
    notes = list(map(with_real_command, _notes(published, chosen, wrong, kept, rebuild, trusted)))
    if name == "json":
        record = {"editions": list(map(str, chosen)), "differences": list(map(asdict, wrong)), "notes": notes}
        click.echo(as_document(record), nl=False)
        return int(bool(wrong))
    for line in (*map(with_real_command, map(_line, wrong)), *notes):
        click.echo(line)
    if checks_top:
        _show_top(published, wrong, today)
    return int(bool(wrong))


def _notes(
    published: Published,
    chosen: Collection[Edition],
    wrong: Collection[Difference],
    kept: Collection[str],
    rebuilt: bool,
    trusted: bytes | None,
) -> Iterator[str]:
    """Yield what vouches for the editions without differences, and what cannot be known."""
    yield from _vouched_lines(published, chosen, wrong, rebuilt)
    if trusted is None and any(_is_stamped(published, edition) for edition in chosen):
        yield _NAMESAKE
    yield from _kept_lines(published, kept, wrong)
    yield from _without_witness(chosen, _covered(published, kept), wrong)


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


def _show_top(published: Published, wrong: Iterable[Difference], today: datetime.date) -> None:
    if all(difference.edition for difference in wrong):
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


def _untrusted(
    published: Published, chosen: Iterable[Edition], wrong: Iterable[Difference], trusted: bytes
) -> Iterator[Difference]:
    """Yield the timestamps, sound in themselves, that no root certificate which is trusted vouches for."""
    changed = {difference.edition for difference in wrong}
    for edition in chosen:
        if str(edition) not in changed:
            manifest = published.manifest(edition)
            try:
                stored_timestamp(published, manifest, trusted)
            except HandbookError:
                own = stored_timestamp(published, manifest)
                root = f"its root is {own.authority}, SHA-256 {own.root}" if own else "it has another root"
                yield Difference(str(edition), TOKEN, f"no root in --timestamp-ca vouches for it; {root}")


def _covered(published: Published, sums: Iterable[str]) -> set[Edition]:
    """Return the editions that a timestamp, or a number that somebody kept, vouches for."""
    editions = [edition_with_sum(published, digest) for digest in sums]
    editions += [edition for edition in published.editions if _is_stamped(published, edition)]
    return {former for edition in editions if edition for former in vouched_by(published, edition)}


def _without_witness(
    chosen: Iterable[Edition], covered: Collection[Edition], wrong: Iterable[Difference]
) -> Iterator[str]:
    """Yield a sentence on what cannot be known of the editions that nobody outside vouches for."""
    changed = {difference.edition for difference in wrong}
    sound = [str(edition) for edition in chosen if str(edition) not in changed and edition not in covered]
    if names := ", ".join(sound):
        unknown = "whether manifest, tag, branch, and packs were all rewritten alike cannot be known here"
        yield f"no timestamp of {names}: {unknown}; use --against with a SHA-256 that somebody kept"


def _is_stamped(published: Published, edition: Edition) -> bool:
    try:
        return published.manifest(edition).timestamp is not None
    except HandbookError:
        return False  # It is named as unreadable anyway.


def _kept_lines(published: Published, sums: Iterable[str], wrong: Collection[Difference]) -> Iterator[str]:
    """Yield what each number that somebody kept vouches for, if nothing differs."""
    for digest in () if wrong else sums:
        if edition := edition_with_sum(published, digest):
            editions = ", ".join(map(str, vouched_by(published, edition)))
            yield f"SHA-256 {digest} vouches for {editions}"


def _vouched_lines(
    published: Published, chosen: Collection[Edition], wrong: Iterable[Difference], rebuilt: bool
) -> Iterator[str]:
    """Yield a line for each edition without differences."""
    changed = {difference.edition for difference in wrong}
    again = "; built again, every byte is the same" if rebuilt else ""
    for edition in sorted(chosen):
        if str(edition) not in changed:
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
