"""`handbook edition verify`: checks that editions are still as they were published."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from handbook.comparison.rendered_pages import rendered_pages
from handbook.editions.branch_index import LIST, START, alias_target, is_late, top_differences
from handbook.editions.manifest import PageRecord, changed_files, changed_pages
from handbook.editions.mike_versions import ALIAS
from handbook.editions.names import Edition
from handbook.editions.published_branch import MANIFEST, Published
from handbook.editions.site_files import FolderFiles
from handbook.editions.verification import Difference, differences, signature_holds
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.registers.organization import load_organization
from handbook.text.counting import counted
from handbook.text.quoting import one_line
from scripts.edition.build import SITE, build_edition, hashes
from scripts.edition.options import as_json, site_option
from scripts.options import exits_with_status, format_option, repository_of, root_option
from scripts.site.build import announce_code_of
from scripts.site.locked_environment import python_for
from scripts.site.rendered_states import records_of


@click.command(
    name="verify", epilog="Exit status: 0 as published, 1 something was changed, 2 it could not be checked."
)
@click.argument("edition", required=False)
@root_option
@site_option
@click.option("--rebuild", is_flag=True, help="Build each edition again from its tag and compare every byte.")
@format_option("The format of the output.")
@exits_with_status
def command(edition: str | None, root: Path, site_branch: str, rebuild: bool, name: str) -> int:
    """Check that editions are still as they were published.

    The files, the manifest and the tag of EDITION are compared with one another. Without EDITION, every
    edition is checked, and also what is beside the editions on their branch: the list of editions, and
    where `latest` leads.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    chosen = [Edition.parse(edition)] if edition else sorted(published.taken)
    if not chosen:
        raise HandbookError("no edition is published here; fetch the branch of editions and the tags first")
    if rebuild and repository.is_shallow:
        raise HandbookError(
            f"an edition shows its history, and this clone has only the end of it; {WHOLE_HISTORY}"
        )
    today = load_organization(Folder(root)).today()
    wrong = [difference for each in chosen for difference in differences(published, each)]
    has_sound_manifests = all(difference.path != MANIFEST for difference in wrong)
    checks_top = bool(not edition and published.editions and has_sound_manifests)
    if checks_top:
        wrong += top_differences(published, today)
    if rebuild:
        wrong += [difference for each in chosen for difference in _rebuilt(repository, root, published, each)]
    if name == "json":
        record = {"editions": list(map(str, chosen)), "differences": list(map(asdict, wrong))}
        click.echo(as_json(record))
    else:
        for line in (*map(_line, wrong), *_vouched_lines(published, chosen, wrong, rebuild)):
            click.echo(line)
        if checks_top:
            _show_top(published, wrong, today)
    return int(bool(wrong))


def _show_top(published: Published, wrong: Iterable[Difference], today: datetime.date) -> None:
    if all(difference.edition for difference in wrong):
        click.echo(f"beside the editions: {LIST}/ and {START} agree with {published.editions[-1]}")
    if is_late(published, today):
        due = alias_target(published.manifests, today)
        click.echo(f"{ALIAS} does not lead to {due} yet; run `handbook edition refresh`", err=True)


def _line(difference: Difference) -> str:
    place = "/".join(part for part in (difference.edition, difference.path) if part)
    return f"{one_line(place)}: {one_line(difference.message)}"


def _rebuilt(
    repository: Repository, root: Path, published: Published, edition: Edition
) -> Iterator[Difference]:
    """Build an edition again from its tag, and yield what differs from what was published."""
    tag = published.tag(edition)
    if tag is None or edition not in published.editions:
        return  # This is among the differences already.
    try:
        own = published.manifest(edition)
        earlier = [published.manifest(former) for former in published.editions if former < edition]
    except HandbookError as error:
        yield Difference(str(edition), None, f"cannot be built again: {error}")
        return
    with Publisher(root).checkout(tag.commit) as folder, TemporaryDirectory() as name:
        seconds, python = seconds_of(repository, tag.commit), python_for(folder, root)
        announce_code_of(f"edition {edition}")
        built = build_edition(folder, published, earlier, own, seconds, Path(name), python)
        site, top = hashes(built.site), hashes(built.top)
        pages = _pages(folder, Path(name, SITE))
    for path, what in changed_files(site, published.hashes(edition)):
        yield Difference(str(edition), path, f"{what}, compared with a new build from the tag")
    for path, what in changed_files(top, own.top):
        message = f"{path} {what}, compared with a new build from the tag"
        yield Difference(str(edition), MANIFEST, message)
    for change in changed_pages(own.pages, pages):
        message = f"records {change.path} differently from the commit of the tag"
        yield Difference(str(edition), MANIFEST, message)


def _pages(folder: Path, site: Path) -> list[PageRecord]:
    """Return what a manifest should record of a checkout, which is every page that its site shows.

    The site tells which pages those are, because the code of the checkout may be older than this code.
    """
    records = records_of(folder)
    shown = rendered_pages(FolderFiles(site), records)
    return [record for record in records if record.path in shown]


def _vouched_lines(
    published: Published, chosen: Collection[Edition], wrong: Iterable[Difference], rebuilt: bool
) -> Iterator[str]:
    """Yield a line for each edition without differences."""
    changed = {difference.edition for difference in wrong}
    again = "; built again, every byte is the same" if rebuilt else ""
    for edition in sorted(chosen):
        if str(edition) not in changed:
            files = counted(len(published.manifest(edition).files), "file")
            yield f"{edition}: {files}, manifest and tag agree ({_signature(published, edition)}){again}"


def _signature(published: Published, edition: Edition) -> str:
    tag = published.tag(edition)
    if not tag or not tag.is_signed:
        return "not signed"
    is_good = signature_holds(published, tag)
    return "signature good" if is_good else "signature not known here; ask the publisher for the key"
