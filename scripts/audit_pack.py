"""`handbook audit pack`: one folder, and its zip, that an auditor reads and verifies without us."""

import base64
import datetime
import mimetypes
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import click

from handbook.audit_evidence import Evidence, PackedEdition, pack_of
from handbook.audit_pack import MANIFEST, refuse_taken, write_pack
from handbook.compliance import Tally, days_between, tally
from handbook.edition_changes import changes_between, recorded_changes
from handbook.editions import Edition, Manifest, in_force
from handbook.errors import HandbookError
from handbook.git import CommitTree, Repository
from handbook.languages import language_of
from handbook.model import Handbook
from handbook.organization import load_organization
from handbook.page_history import narrowed, read_history, redline_of
from handbook.past_pages import page_versions
from handbook.places import Places, sections_of
from handbook.print_document import print_document, printed_pages
from handbook.published import MANIFEST as EDITION_MANIFEST
from handbook.published import Published
from handbook.site_settings import Settings, parse_settings
from handbook.what_changed import WhatChanged
from scripts.command import Day, branch_option, repository_of, root_option, told_in_a_sentence
from scripts.edition_command import seconds_of
from scripts.past import commit_of_day, read_past
from scripts.site_build import said_meanwhile

_VERIFIER: Final = Path(__file__).with_name("verify_pack.py")
# Beyond so many days, compliance is shown for each week; beyond the second number, for each month.
_EACH_DAY: Final = 92
_EACH_WEEK: Final = 3 * 366
# No later moment is written on a file, whatever a commit says: 2100-01-01, in seconds since 1970.
_LATEST: Final = 4_102_444_800
_PICTURES: Final = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

Print: TypeAlias = Callable[[str, int], bytes]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a pack is about: an edition, or the days from `first` to `last`; up to which commit."""

    name: str
    commit: str
    edition: Manifest | None
    first: datetime.date | None
    last: datetime.date
    editions: Sequence[Manifest]


@dataclass(frozen=True, slots=True)
class _Past:
    """The handbook as a commit has it, judged on a day."""

    seconds: int
    tree: CommitTree
    settings: Settings
    handbook: Handbook
    places: Places


@click.command(name="pack", epilog="Exit status: 0, or 2 when no pack was made.")
@root_option
@branch_option
@click.option(
    "--site-branch", default="gh-pages", show_default=True, metavar="NAME", help="Where editions are kept."
)
@click.option("--edition", metavar="NAME", help="Pack this edition, such as 2026.1, and all that led to it.")
@click.option("--from", "first", type=Day(), metavar="DATE", help="Pack a period instead: its first day.")
@click.option(
    "--to", "last", type=Day(), metavar="DATE", help="The last day of the period; without it, today."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="Where the folder and the zip are written; without it, here.",
)
@click.option("--without-pdf", is_flag=True, help="Leave out the PDF of each edition, which needs Chromium.")
@told_in_a_sentence
def command(
    root: Path,
    branch: str | None,
    site_branch: str,
    edition: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
    out: Path,
    without_pdf: bool,
) -> int:
    """Write a folder, and its zip, that an auditor reads offline and verifies without this software.

    It holds the register of pages, the records of reviews, the history with redlines, waivers, compliance
    over time, and the published pages, also as one PDF; and verify.py, which checks all of it. The same
    edition or period gives the same bytes. With --edition, nothing later than its commit is in it.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    scope = _scope(repository, published, branch, edition, (first, last))
    refuse_taken(out, scope.name)
    printing = None if without_pdf or not scope.editions else _printing()
    with said_meanwhile(f"making {scope.name}"):
        evidence = _evidence(repository, published, scope, printing)
        written = write_pack(pack_of(evidence, _VERIFIER.read_bytes()), out)
    click.echo(f"{written.archive}: {written.files} files")
    click.echo(f"SHA-256 of the zip: {written.archive_sum}")
    click.echo(f"SHA-256 of {MANIFEST}: {written.manifest_sum}")
    click.echo("give the auditor these numbers by another way than the pack", err=True)
    return 0


def _scope(
    repository: Repository,
    published: Published,
    branch: str | None,
    edition: str | None,
    days: tuple[datetime.date | None, datetime.date | None],
) -> _Scope:
    first, last = days
    if edition and not first and not last:
        manifest = _sound(published, Edition.parse(edition))
        name = f"audit-pack-{manifest.edition}"
        return _Scope(name, manifest.commit, manifest, None, manifest.published, [manifest])
    if edition or not first:
        raise HandbookError("name what to pack: --edition 2026.1, or --from 2026-01-01 --to 2026-12-31")
    return _period(repository, published, branch or repository.main_branch(), first, last)


def _period(
    repository: Repository,
    published: Published,
    branch: str,
    first: datetime.date,
    last: datetime.date | None,
) -> _Scope:
    organization = load_organization(repository.tree(repository.commit(branch)))
    today = organization.today()
    last = last or today
    if last > today:
        raise HandbookError(f"{last} is still to come; name {today} or an earlier day in --to")
    if first > last:
        raise HandbookError(f"{first} is after {last}; give the earlier day in --from")
    commit = commit_of_day(repository, repository.first_parents(branch), last, organization.time_zone)
    every = published.manifests
    days = {first, *(one.effective for one in every if first < one.effective <= last)}
    found = {one.name for day in days if (one := in_force(every, day))}
    editions = [_sound(published, name) for name in sorted(found)]
    return _Scope(f"audit-pack-{first}-to-{last}", commit, None, first, last, editions)


def _sound(published: Published, edition: Edition) -> Manifest:
    """Return the manifest of an edition that is as it was published.

    Raises:
        HandbookError: when it is not.

    """
    wrong = next(published.differences(edition), None)
    if wrong:
        where = f"{wrong.edition}/{wrong.path}" if wrong.path else wrong.edition
        raise HandbookError(
            f"{where}: {wrong.message}\nno pack was made; `handbook edition verify {edition}` tells all"
        )
    return published.manifest(edition)


def _evidence(
    repository: Repository, published: Published, scope: _Scope, printing: Print | None
) -> Evidence:
    past = _past(repository, scope.commit, scope.last)
    organization = past.handbook.registers.organization
    is_page = partial(_is_page, past.settings, organization.languages)
    names, zone = organization.history_names, organization.time_zone
    roles_of = past.handbook.registers.owners.roles_of
    history = read_history(repository, scope.commit, zone, names, is_page, roles_of)
    return Evidence(
        name=scope.name,
        title=_title(past.handbook),
        commit=scope.commit,
        seconds=past.seconds,
        first=scope.first,
        last=scope.last,
        edition=scope.edition,
        handbook=past.handbook,
        places=past.places,
        tree=past.tree,
        history=narrowed(history, (), scope.first, scope.last if scope.first else None),
        redline_of=partial(redline_of, repository),
        tallies=_tallies(repository, scope, zone),
        editions=[_packed(repository, published, one, printing) for one in scope.editions],
    )


def _past(repository: Repository, commit: str, day: datetime.date) -> _Past:
    tree = repository.tree(commit)
    settings = parse_settings(tree.read("mkdocs.yml") or b"{}")
    handbook = read_past(tree, day, lambda _: {})
    files = (file for file in settings.published(tree.entries) if file.is_page)
    addresses = {f"{settings.folder}/{file.name}": file.address for file in files}
    sections = sections_of(settings.navigation, settings.folder)
    places = Places(addresses, sections, handbook.registers.organization.languages)
    seconds = seconds_of(repository, commit)
    return _Past(min(max(seconds, 0), _LATEST), tree, settings, handbook, places)


def _is_page(settings: Settings, languages: Sequence[str], path: str) -> bool:
    found = settings.publishes(path, ())
    return bool(found and found.is_page and language_of(found.name, languages))


def _tallies(repository: Repository, scope: _Scope, zone: str) -> list[Tally]:
    """Count the pages in order from the first day, or the first commit, to the last day."""
    begin = repository.first_parents(scope.commit)[-1].seconds
    first = scope.first or datetime.datetime.fromtimestamp(begin, datetime.UTC).date()
    first = min(first, scope.last)
    span = (scope.last - first).days
    every = "day" if span <= _EACH_DAY else "week" if span <= _EACH_WEEK else "month"
    days = days_between(first, scope.last, every)
    return tally(page_versions(repository, scope.commit, zone, days), days)


def _packed(
    repository: Repository, published: Published, manifest: Manifest, printing: Print | None
) -> PackedEdition:
    tag = published.tag(manifest.name)
    assert tag is not None  # noqa: S101 - an edition without its tag is not sound
    site = {path: published.read(f"{manifest.edition}/{path}") or b"" for path in manifest.files}
    written = published.read(f"{manifest.edition}/{EDITION_MANIFEST}") or b""
    pdf = _printed(_past(repository, manifest.commit, manifest.published), manifest, site, printing)
    return PackedEdition(manifest, written, tag, site, _changes(published, manifest), pdf)


def _changes(published: Published, manifest: Manifest) -> WhatChanged | None:
    """Return what an edition says that it changed; one that says nothing is compared with the former."""
    earlier = [one for one in published.manifests if one.name < manifest.name]
    if (recorded := recorded_changes(published, manifest)) or not earlier:
        return recorded
    return changes_between(published, max(earlier, key=lambda one: one.name), manifest)


def _printed(past: _Past, manifest: Manifest, site: dict[str, bytes], printing: Print | None) -> bytes | None:
    if printing is None:
        return None
    pages = printed_pages(past.handbook.pages, past.places, site)
    html = {page.file: site[page.file].decode("utf-8", "replace") for page in pages}
    pictures = {path: _inline(path, data) for path, data in site.items() if path.endswith(_PICTURES)}
    return printing(print_document(manifest, pages, html, _title(past.handbook), pictures), past.seconds)


def _inline(path: str, data: bytes) -> str:
    """Return an address that holds the picture itself."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _printing() -> Print:
    from scripts.printing import as_pdf, printer

    return partial(as_pdf, printer())


def _title(handbook: Handbook) -> str:
    organization = handbook.registers.organization
    return f"{organization.say(organization.name, organization.languages[0])}: social media handbook"


if __name__ == "__main__":
    sys.exit(command())
