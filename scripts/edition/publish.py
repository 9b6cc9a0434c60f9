"""`handbook edition publish`: publishes the last commit as an edition, for good."""

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from handbook.comparison.change_record import ChangeReport
from handbook.comparison.formats import summary
from handbook.content.fingerprints import sha256
from handbook.editions.branch_index import (
    alias_change,
    alias_target,
    form_of_alias,
    is_calendar,
    is_managed,
)
from handbook.editions.chain import sum_line
from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest
from handbook.editions.mike_versions import ALIAS, VERSIONS, with_alias, with_edition
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.signing import keys_of_publishers
from handbook.editions.tags import tag_message, tag_name
from handbook.errors import HandbookError
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher, PublishTransaction
from handbook.git.tag_signature import tag_signature
from handbook.hosting.latest import Latest
from handbook.registers.owners import FILE
from handbook.registers.publishers import plain_key
from scripts.command_name import with_real_command
from scripts.edition.build import BuiltEdition, build_edition, hashes
from scripts.edition.options import effective_option, site_option, size, timestamp_ca_option, withdraw_option
from scripts.edition.plan import EditionRequest, Plan, make_plan, report_of, unreviewed_lines
from scripts.edition.timestamp_request import Authority, Stamp, refuse_address, request_stamp, roots_in
from scripts.options import branch_option, exits_with_status, repository_of, root_option
from scripts.site.locked_environment import refuse_other_libraries


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition that was published: how it was planned, and its manifest, with every file.

    `report` is what changed for readers, if the code of the edition records that, and `stamp` is None if no
    authority was asked.
    """

    plan: Plan
    manifest: Manifest
    report: ChangeReport | None
    stamp: Stamp | None


@click.command(name="publish", epilog="Exit status: 0 if the edition was published, 2 if nothing was.")
@click.argument("edition", required=False)
@root_option
@branch_option
@site_option
@effective_option
@withdraw_option
@click.option(
    "--timestamp",
    metavar="URL",
    help="Have the manifest stamped by the authority at this address (RFC 3161), and keep the stamp.",
)
@timestamp_ca_option
@click.option(
    "--timestamp-seconds",
    "patience",
    type=click.FloatRange(0, min_open=True),
    default=30,
    show_default=True,
    help="How long to wait for the authority.",
)
@click.option(
    "--latest",
    "form",
    type=click.Choice([form.value for form in Latest]),
    help="What `latest` is: a link, a copy of the edition in force, or pages that lead to it, for hosts that"
    " refuse links. Without it, what it was before, and at first a link.",
)
@exits_with_status
def command(
    edition: str | None,
    root: Path,
    branch: str | None,
    site_branch: str,
    effective: datetime.date | None,
    withdraws: tuple[str, ...],
    timestamp: str | None,
    timestamp_ca: Path | None,
    patience: float,
    form: str | None,
) -> int:
    """Publish the last commit of the main branch as an edition.

    EDITION is its name, such as 2026.1; without it, the next name of the year is used. The site goes into
    a folder of its own on the branch of editions, with a manifest of every file. An annotated tag vouches
    for the manifest, which names the one before it. Nothing leaves this computer until you push the branch
    and the tag.

    Mail the line that is printed at the end to somebody outside, and write it into the minutes: `handbook
    edition verify --against` later shows with it that no edition was dropped or rewritten.

    An urgent edition may take effect before one that waits for its day. That one still takes effect on its
    day, without what is in this one, unless you withdraw it with --withdraw.

    With --timestamp, an outside authority also attests when the manifest existed. It is sent the SHA-256 of
    the manifest and nothing else. If it gives no sound timestamp, nothing is published.
    """
    request = EditionRequest(Edition.parse(edition) if edition else None, effective, branch, withdraws)
    roots = roots_in(timestamp_ca) or b""
    if timestamp:
        refuse_address(timestamp)
    authority = Authority(timestamp, roots, patience) if timestamp else None
    published = Published(repository_of(root), site_branch)
    publication = _publish(published, root, request, authority, Latest(form) if form else None)
    for line in _outcome(publication):
        click.echo(with_real_command(line))
    for line in _what_next(published, publication):
        click.echo(with_real_command(line), err=True)
    return 0


def _publish(
    published: Published,
    root: Path,
    request: EditionRequest,
    authority: Authority | None,
    latest: Latest | None,
) -> Publication:
    """Build the edition that is asked for from the last commit, and publish it.

    Raises:
        HandbookError: with what blocks it; nothing was published then.

    """
    repository, publisher = published.repository, Publisher(root)
    with publisher.checkout(repository.commit("HEAD")) as folder, TemporaryDirectory() as name:
        plan = make_plan(published, folder, request)
        if plan.blockers:
            raise HandbookError("nothing was published:\n" + "\n".join(plan.blockers))
        refuse_other_libraries(folder)
        address = authority.address if authority else None
        draft, work = plan.manifest.model_copy(update={"timestamp": address}), Path(name)
        seconds = seconds_of(repository, draft.commit)
        built = build_edition(folder, published, published.manifests, draft, seconds, work, sys.executable)
        manifest = draft.model_copy(update={"files": hashes(built.site), "top": hashes(built.top)})
        stamp = request_stamp(authority, manifest) if authority else None
        publication = Publication(plan, manifest, report_of(built), stamp)
        form = latest or form_of_alias(published)
        publisher.publish(_written(publisher, published, publication, built, form))
    return publication


def _outcome(publication: Publication) -> Iterator[str]:
    """Yield what was published, what changed, what nobody reviewed, and the line for the minutes."""
    manifest, report = publication.manifest, publication.report
    yield f"published {manifest.edition}: {size(manifest)}, in force from {manifest.effective}"
    if report and report.before:
        yield f"{summary(report)} To read the changes: handbook edition diff {report.before} {report.after}"
    yield from unreviewed_lines(publication.plan.unreviewed)
    if publication.stamp:
        yield f"timestamp: {publication.stamp.timestamp}"
    yield f"to mail and to minute: {sum_line(manifest, sha256(manifest.as_bytes()))}"


def _written(
    publisher: Publisher,
    published: Published,
    publication: Publication,
    built: BuiltEdition,
    latest: Latest,
) -> PublishTransaction:
    """Write the commit and the tag, to which no ref points yet."""
    manifest, stamp = publication.manifest, publication.stamp
    folder = manifest.edition
    target = alias_target([*published.manifests, manifest], manifest.published)
    files: dict[str, Path | bytes] = {
        **{f"{folder}/{path}": file for path, file in built.site.items()},
        **built.top,
        **{path: file for path, file in built.site.items() if is_calendar(path)},
        f"{folder}/{MANIFEST}": manifest.as_bytes(),
        **(
            {f"{folder}/{TOKEN}": stamp.token, f"{folder}/{CERTIFICATES}": stamp.certificates}
            if stamp
            else {}
        ),
        VERSIONS: with_alias(with_edition(published.read(VERSIONS), manifest.name), target),
        ".nojekyll": b"",
    }
    message = tag_message(manifest)
    removed = published.hashes_of(lambda path: is_managed(path) or is_calendar(path)).keys() - files.keys()
    alias = alias_change(published, latest, target, {*published.paths, *files} - removed)
    files |= alias.files
    gone = removed | set(alias.gone)
    commit = publisher.commit(published.commit, message, files, alias.links, gone, alias.copies)
    tag = publisher.write_tag(tag_name(folder), manifest.commit, message)
    _refuse_other_keys(published, manifest, tag)
    unfinished = published.tag(manifest.name)
    return PublishTransaction(
        published.branch,
        commit,
        published.local,
        tag_name(folder),
        tag,
        unfinished.object if unfinished else None,
    )


def _refuse_other_keys(published: Published, manifest: Manifest, tag: str) -> None:
    """Refuse to publish an edition that `handbook edition verify` would not accept.

    Raises:
        HandbookError: if publishers are registered, and the tag is not signed by one of them.

    """
    keys = keys_of_publishers(published, manifest.published)
    signers = set(map(plain_key, tag_signature(published.repository.root, tag).keys))
    if keys is not None and not keys & signers:
        remedy = "set one with `git config user.signingKey`, or let a publisher publish"
        reason = f"git here signs with no publisher's key in {FILE}"
        raise HandbookError(f"nothing was published: {reason}; {remedy}")


def _what_next(published: Published, publication: Publication) -> Iterator[str]:
    """Yield what people have to do next."""
    manifest = publication.manifest
    yield f"for counsel, as a Word document: handbook edition docx {manifest.edition}"
    yield f"to send it: git push --atomic origin {published.branch} {tag_name(manifest.edition)}"
    if manifest.effective > manifest.published:
        until = alias_target(published.manifests, manifest.published)
        yield f"{ALIAS} leads to {until}; on {manifest.effective}, run `handbook edition refresh`"
    yield from publication.plan.overtaken
