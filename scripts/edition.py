"""`handbook edition`: publishes states of the handbook for good, and shows that nobody changed them."""

import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from handbook.checker import check, choose_rules
from handbook.editions import (
    Edition,
    Manifest,
    PageChange,
    changed_files,
    changed_pages,
    in_force,
    next_edition,
    page_records,
    refuse_name,
)
from handbook.errors import HandbookError
from handbook.findings import Severity
from handbook.git import Repository
from handbook.known_past import told
from handbook.published import (
    ALIAS,
    MANIFEST,
    TAG,
    VERSIONS,
    Difference,
    Published,
    listed_versions,
    tag_message,
)
from handbook.publishing_git import Publication, Publisher
from handbook.reports import Report, as_text
from scripts.command import Day, branch_option, format_option, repository_of, root_option, told_in_a_sentence
from scripts.edition_build import build_edition
from scripts.publication import read_handbook

# To whoever opens the address of the site: a page, not a script, so that a strict policy lets it through.
_START: Final = (
    b'<!doctype html>\n<html lang="en">\n<title>Handbook</title>\n'
    b'<meta http-equiv="refresh" content="0; url=latest/">\n<a href="latest/">Handbook</a>\n</html>\n'
)
_KINDS: Final = {"new": "new", "gone": "gone", "text": "other text", "facts": "other facts"}
_DATA_EPILOG: Final = "Exit status: 0, or 2 when the command could not run."
_site_option = click.option(
    "--site-branch", default="gh-pages", show_default=True, metavar="NAME", help="Where editions are kept."
)
_effective_option = click.option(
    "--effective", type=Day(), metavar="DATE", help="When it takes effect; without it, today."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do now: the manifest without its files, what changed, and what blocks."""

    manifest: Manifest
    former: Edition | None
    changes: Sequence[PageChange]
    blockers: Sequence[str]


@click.group(name="edition")
def command() -> None:
    """Publish states of the handbook that nobody changes any more.

    Start with `handbook edition plan`.
    """


@command.command(name="plan", epilog="Exit status: 0, 1 something blocks, 2 the command could not run.")
@root_option
@branch_option
@_site_option
@_effective_option
@format_option("How it is shown.")
@told_in_a_sentence
def plan_command(
    root: Path, branch: str | None, site_branch: str, effective: datetime.date | None, name: str
) -> int:
    """Show what the next edition would be, what changed since the last one, and what blocks it."""
    repository = repository_of(root)
    published = Published(repository, site_branch)
    with Publisher(root).checkout(repository.commit("HEAD")) as folder:
        plan = _plan(repository, published, folder, None, effective, branch)
    click.echo(_json(_plan_record(plan)) if name == "json" else "\n".join(_plan_lines(plan)))
    return int(bool(plan.blockers))


@command.command(epilog="Exit status: 0 published, 2 nothing was published.")
@click.argument("edition", required=False)
@root_option
@branch_option
@_site_option
@_effective_option
@told_in_a_sentence
def publish(
    edition: str | None, root: Path, branch: str | None, site_branch: str, effective: datetime.date | None
) -> int:
    """Publish the last commit of the main branch as EDITION, such as 2026.1; without it, as the next.

    The site goes to a folder of its own on the branch of editions, with its manifest, and an annotated
    tag vouches for it. Nothing is sent anywhere.
    """
    wanted = Edition.parse(edition) if edition else None
    repository, publisher = repository_of(root), Publisher(root)
    published = Published(repository, site_branch)
    with publisher.checkout(repository.commit("HEAD")) as folder, TemporaryDirectory() as name:
        plan = _plan(repository, published, folder, wanted, effective, branch)
        if plan.blockers:
            raise HandbookError("nothing was published:\n" + "\n".join(plan.blockers))
        site, draft = Path(name), plan.manifest
        seconds, origin = _seconds(repository, draft.commit), told(repository.root, draft.commit)
        files = build_edition(folder, draft.name, seconds, site, origin)
        manifest = draft.model_copy(update={"files": files})
        publisher.publish(_written(publisher, published, manifest, site))
    click.echo(f"published {manifest.edition}: {_size(manifest)}, in force from {manifest.effective}")
    click.echo(f"to send it: git push --atomic origin {site_branch} {TAG}{manifest.edition}", err=True)
    return 0


@command.command(name="list", epilog=_DATA_EPILOG)
@root_option
@_site_option
@format_option("How it is shown.")
@told_in_a_sentence
def list_command(root: Path, site_branch: str, name: str) -> int:
    """List the editions, the newest first."""
    manifests = Published(repository_of(root), site_branch).manifests[::-1]
    if name == "json":
        click.echo(_json({"editions": [_manifest_record(one) for one in manifests]}))
        return 0
    for one in manifests:
        click.echo(f"{one.edition}  published {one.published}, in force from {one.effective}, {_size(one)}")
    if not manifests:
        click.echo("no edition is published yet; see `handbook edition plan`", err=True)
    return 0


@command.command(
    name="in-force", epilog="Exit status: 0, 1 nothing was in force, 2 the command could not run."
)
@click.argument("day", type=Day(), metavar="DATE")
@click.argument("page", required=False)
@root_option
@_site_option
@format_option("How it is shown.")
@told_in_a_sentence
def in_force_command(day: datetime.date, page: str | None, root: Path, site_branch: str, name: str) -> int:
    """Say which edition was in force on DATE, and what it says of PAGE, such as docs/policy/work.md.

    The day on which an edition takes effect decides, and not the day of its publication.
    """
    manifests = Published(repository_of(root), site_branch).manifests
    found = in_force(manifests, day)
    if found is None:
        first = min((one.effective for one in manifests), default=None)
        known = f"the first takes effect on {first}" if first else "none is published yet"
        click.echo(f"no edition was in force on {day}; {known}", err=True)
        return 1
    record = found.page(page) if page else None
    if page and record is None:
        click.echo(f"edition {found.edition}, in force on {day}, has no page {page}", err=True)
        return 1
    if name == "json":
        one = {"page": record.model_dump(mode="json")} if record else {}
        click.echo(_json({"day": day.isoformat(), **_manifest_record(found), **one}))
        return 0
    click.echo(f"{found.edition}, in force from {found.effective}, published {found.published}")
    if record:
        click.echo(f"{record.path}: {record.title or 'without a title'}")
        click.echo(f"owner: {record.owner or 'unknown'}; last review: {record.last_reviewed or 'unknown'}")
        click.echo(f"text: {record.fingerprint}; to read it: git show {TAG}{found.edition}:{record.path}")
    return 0


@command.command(epilog="Exit status: 0 as published, 1 something was changed, 2 it could not be judged.")
@click.argument("edition", required=False)
@root_option
@_site_option
@click.option("--rebuild", is_flag=True, help="Build it again from its tag, and compare every byte.")
@format_option("How it is shown.")
@told_in_a_sentence
def verify(edition: str | None, root: Path, site_branch: str, rebuild: bool, name: str) -> int:
    """Tell whether EDITION, or every edition without it, still is what was published.

    Compares its files, its manifest and its tag with one another.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    chosen = [Edition.parse(edition)] if edition else sorted(published.taken)
    if not chosen:
        raise HandbookError("no edition is published here; fetch the branch of editions and the tags first")
    found = [one for edition in chosen for one in published.differences(edition)]
    if rebuild:
        found += [
            one for edition in chosen for one in _rebuilt(repository, Publisher(root), published, edition)
        ]
    if name == "json":
        record = {"editions": [str(one) for one in chosen], "differences": [asdict(one) for one in found]}
        click.echo(_json(record))
    else:
        for one in found:
            click.echo(f"{one.edition}{'/' + one.path if one.path else ''}: {one.message}")
        for good in sorted({str(one) for one in chosen} - {one.edition for one in found}):
            click.echo(_vouched(published, Edition.parse(good), rebuild))
    return int(bool(found))


def _plan(
    repository: Repository,
    published: Published,
    folder: Path,
    wanted: Edition | None,
    effective: datetime.date | None,
    branch: str | None,
) -> Plan:
    """Judge a checkout of HEAD, and the repository around it."""
    handbook, _ = read_handbook(folder)
    today = handbook.registers.organization.today()
    edition = wanted or next_edition(published.taken, today.year)
    manifest = Manifest(
        edition=str(edition),
        commit=repository.commit("HEAD"),
        published=today,
        effective=effective or today,
        pages=page_records(handbook.pages),
        files={},
    )
    former = published.manifests[-1] if published.manifests else None
    findings = [
        one for one in check(handbook, choose_rules()).findings if one.severity == Severity.ERROR.value
    ]
    blockers = list(_blockers(repository, published, manifest, former, branch))
    if findings:
        shown = as_text(Report(findings)).strip()
        blockers.append(f"the check does not pass; mend this first:\n{shown}")
    changes = tuple(changed_pages(former.pages if former else (), manifest.pages))
    return Plan(manifest, former.name if former else None, changes, blockers)


def _blockers(
    repository: Repository,
    published: Published,
    manifest: Manifest,
    former: Manifest | None,
    branch: str | None,
) -> Iterator[str]:
    """Yield a sentence for each reason not to publish, the check apart."""
    if repository.ask("status", "--porcelain", "--untracked-files=normal", "--", ":/"):
        yield "there are changes that are not committed; commit them, or put them away with `git stash -u`"
    main = branch or repository.main_branch()
    if repository.commit(main) != manifest.commit:
        short = main.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        yield f"editions are published from {short}, and this is another commit; run `git switch {short}`"
    if published.is_behind():
        there = published.branch
        yield f"{there} here lacks what origin has; run `git fetch origin {there}:{there}`"
    try:
        refuse_name(manifest.name, published.taken, manifest.published.year)
    except HandbookError as error:
        yield str(error)
    if manifest.effective < manifest.published:
        yield f"{manifest.effective} is past; name today, or a later day on which it is to take effect"
    if former and manifest.effective < former.effective:
        yield f"{former.edition} takes effect on {former.effective}; name that day or a later one"


def _written(publisher: Publisher, published: Published, manifest: Manifest, site: Path) -> Publication:
    """Write the commit and the tag, which no ref knows yet."""
    edition, name = manifest.name, manifest.edition
    files = {
        f"{name}/{MANIFEST}": manifest.as_bytes(),
        VERSIONS: listed_versions(published.read(VERSIONS), edition),
        ".nojekyll": b"",
    }
    if published.read("index.html") is None:
        files["index.html"] = _START
    message = tag_message(manifest)
    commit = publisher.commit_edition(name, site, files, {ALIAS: name}, published.commit, message)
    tag = publisher.write_tag(f"{TAG}{name}", manifest.commit, message)
    unfinished = published.tag(edition)
    return Publication(
        published.branch,
        commit,
        published.local,
        f"{TAG}{name}",
        tag,
        unfinished.object if unfinished else None,
    )


def _rebuilt(
    repository: Repository, publisher: Publisher, published: Published, edition: Edition
) -> Iterator[Difference]:
    """Build an edition again from its tag, and name each file that is not what it was made of."""
    tag = published.tag(edition)
    if tag is None or edition not in published.editions:
        return  # Which is told already.
    with publisher.checkout(tag.commit) as folder, TemporaryDirectory() as name:
        seconds, origin = _seconds(repository, tag.commit), told(repository.root, tag.commit)
        built = build_edition(folder, edition, seconds, Path(name), origin)
        pages = page_records(read_handbook(folder)[0].pages)
    for path, what in changed_files(built, published.hashes(edition)):
        yield Difference(str(edition), path, f"{what}: the commit of the tag builds another")
    for change in changed_pages(published.manifest(edition).pages, pages):
        message = f"the manifest does not say of {change.path} what the commit of the tag does"
        yield Difference(str(edition), MANIFEST, message)


def _vouched(published: Published, edition: Edition, rebuilt: bool) -> str:
    tag = published.tag(edition)
    how = "not signed"
    if tag and tag.is_signed:
        known = published.signature_holds(tag)
        how = "signature good" if known else "signature not known here; ask for the key of who publishes"
    again = "; built again, every byte is the same" if rebuilt else ""
    files = len(published.manifest(edition).files)
    return f"{edition}: {files} files, manifest and tag agree ({how}){again}"


def _seconds(repository: Repository, commit: str) -> int:
    """Return when a commit was made, in seconds since 1970."""
    return int(repository.ask("show", "--no-patch", "--format=%ct", commit))


def _size(manifest: Manifest) -> str:
    return f"{len(manifest.pages)} pages, {len(manifest.files)} files"


def _plan_lines(plan: Plan) -> Iterator[str]:
    one = plan.manifest
    since = f"since {plan.former}" if plan.former else "as nothing was published before"
    yield f"{one.edition} of {one.commit[:10]}, in force from {one.effective}, with {len(one.pages)} pages"
    yield f"{len(plan.changes)} pages differ {since}"
    for change in plan.changes:
        yield f"  {change.path}: {_KINDS[change.kind]} (for {', '.join(change.audience) or 'unknown'})"
    yield from (f"blocked: {blocker}" for blocker in plan.blockers)
    if not plan.blockers:
        yield "nothing blocks it; run `handbook edition publish`"


def _plan_record(plan: Plan) -> dict[str, Any]:
    facts = plan.manifest.model_dump(mode="json", exclude={"files", "pages"})
    changes = [asdict(change) for change in plan.changes]
    former = str(plan.former) if plan.former else None
    return {**facts, "former": former, "changes": changes, "blockers": list(plan.blockers)}


def _manifest_record(manifest: Manifest) -> dict[str, Any]:
    """Show a manifest without its lists, which are in the branch of editions."""
    facts: dict[str, Any] = manifest.model_dump(mode="json", exclude={"files", "pages"})
    return {**facts, "pages": len(manifest.pages), "files": len(manifest.files)}


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(command())
