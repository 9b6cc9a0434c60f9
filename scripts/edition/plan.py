"""`handbook edition plan`: what the next edition would be, and what blocks it."""

import datetime
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from handbook.acknowledgements.asked import asked_by
from handbook.acknowledgements.editions import asked_editions
from handbook.acknowledgements.record.folder import FOLDER, has_record
from handbook.acknowledgements.record.opening import open_to_read
from handbook.acknowledgements.reopening import Reopening, reopening_lines, reopenings
from handbook.check.reports import Report, as_text
from handbook.check.runner import check, choose_rules
from handbook.comparison.change_record import FILE, ChangeReport, read_change_report
from handbook.comparison.formats import facts, readers_in_words, summary
from handbook.editions.branch_index import unmanaged_files
from handbook.editions.manifest import Manifest, PageChange, changed_pages, page_records, withdrawals
from handbook.editions.names import Edition, next_edition, refuse_name
from handbook.editions.published_branch import Published
from handbook.editions.verification import later_source
from handbook.errors import HandbookError
from handbook.findings import Severity
from handbook.git.commit_time import seconds_of
from handbook.git.publisher import Publisher
from handbook.git.repository import WHOLE_HISTORY
from handbook.model import Handbook
from handbook.registers.acknowledgements import PAGE
from handbook.reviews.unreviewed import UnreviewedText, unreviewed_texts
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import in_shell, one_line, short_commit
from scripts.command_name import with_real_command
from scripts.edition.build import BuiltEdition, build_edition
from scripts.edition.options import behind_origin, effective_option, site_option, withdraw_option
from scripts.options import (
    branch_option,
    exits_with_status,
    format_option,
    record_option,
    repository_of,
    root_option,
)
from scripts.site.locked_environment import refuse_other_libraries
from scripts.site.publication import read_handbook

# Of more pages with the same reason, only the folders are named.
_MOST_NAMED: Final = 10
_KINDS: Final = {"new": "new", "gone": "gone", "text": "text changed", "facts": "facts changed"}


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """What an edition should be. Values that are None are chosen when the edition is planned.

    `branch` is the branch that the edition has to be published from, and `withdraws` has the names of
    editions that wait for their day.
    """

    name: Edition | None
    effective: datetime.date | None
    branch: str | None
    withdraws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The next edition: its manifest without files, what changed since the former, and what blocks it.

    `unreviewed` has the pages whose text is not the one that was reviewed, and `overtaken` a sentence for
    each edition that waits for its day and would then undo this one. `asks` is what people would be asked to
    accept anew. `changes` are those of the sources. `report` has those that readers see; it is None if
    nothing was built.
    """

    manifest: Manifest
    former: Edition | None
    changes: Sequence[PageChange]
    blockers: Sequence[str]
    unreviewed: Sequence[UnreviewedText] = ()
    overtaken: Sequence[str] = ()
    report: ChangeReport | None = None
    asks: Sequence[Reopening] = ()


@click.command(
    name="plan", epilog="Exit status: 0, 1 if something blocks the edition, 2 if the command could not run."
)
@root_option
@branch_option
@site_option
@effective_option
@withdraw_option
@record_option
@click.option("--no-build", is_flag=True, help="Compare only the sources, which is faster but finds less.")
@format_option("The format of the output.")
@exits_with_status
def command(
    root: Path,
    branch: str | None,
    site_branch: str,
    effective: datetime.date | None,
    withdraws: tuple[str, ...],
    record: Path | None,
    no_build: bool,
    name: str,
) -> int:
    """Show what the next edition would change, and what blocks it.

    The site is built as publishing would build it. So the changes are those that readers would see, and a
    page that cannot be built is found now. Pages whose text is not the one that was reviewed are listed;
    under docs/policy/ and docs/law/, they block the edition. The audiences that publishing would ask to
    accept pages anew are listed, with the number of people if there is a record of who accepted what.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    request = EditionRequest(None, effective, branch, withdraws)
    with Publisher(root).checkout(repository.commit("HEAD")) as folder:
        plan = make_plan(published, folder, request)
        asks = _asks(plan, published, folder, root, Path.cwd() / record if record else root / FOLDER)
        plan = replace(plan, asks=asks)
        if not no_build:
            plan = with_build(plan, published, folder, seconds_of(repository, plan.manifest.commit))
    text = with_real_command("\n".join(_plan_lines(plan)))
    click.echo(as_document(_plan_record(plan)) if name == "json" else f"{text}\n", nl=False)
    return int(bool(plan.blockers))


def make_plan(published: Published, folder: Path, request: EditionRequest) -> Plan:
    """Plan an edition from a checkout of HEAD and the repository around it."""
    handbook, _ = read_handbook(folder)
    today = handbook.registers.organization.today()
    edition = request.name or next_edition(published.taken, today.year)
    former = published.manifests[-1] if published.manifests else None
    manifest = Manifest(
        edition=str(edition),
        commit=published.repository.commit("HEAD"),
        published=today,
        effective=request.effective or today,
        pages=page_records(handbook.pages),
        files={},
        former=published.manifest_sum(former.name) if former else None,
        withdraws=tuple(str(Edition.parse(name)) for name in request.withdraws),
    )
    blockers = [*_blockers(published, manifest, former, request.branch), *_check_blocker(handbook)]
    unreviewed = tuple(unreviewed_texts(handbook.pages, handbook))
    blockers += _must_be_reviewed([text for text in unreviewed if text.is_binding])
    changes = tuple(changed_pages(former.pages if former else (), manifest.pages))
    overtaken = tuple(overtaken_lines(published, manifest))
    return Plan(manifest, former.name if former else None, changes, blockers, unreviewed, overtaken)


def _asks(plan: Plan, published: Published, folder: Path, root: Path, record: Path) -> tuple[Reopening, ...]:
    """Return whom an edition would ask anew, with numbers of people from the record if there is one."""
    handbook, _ = read_handbook(folder)
    if not handbook.page(PAGE):
        return ()  # The edition asks nobody, because it has no page on which to answer.
    register, manifest = handbook.registers.acknowledgements, plan.manifest
    editions = asked_editions(published, manifest.published)
    asked = asked_by(handbook, manifest.edition)
    with ExitStack() as stack:
        kept = register.record.people
        store = stack.enter_context(open_to_read(record, root, kept)) if has_record(record) else None
        return tuple(reopenings(editions, manifest, asked, register, store))


def with_build(plan: Plan, published: Published, folder: Path, seconds: int) -> Plan:
    """Build the edition and add what would change for readers; an error of the build blocks the plan."""
    with TemporaryDirectory() as name:
        try:
            refuse_other_libraries(folder)
            earlier = published.manifests
            built = build_edition(
                folder, published, earlier, plan.manifest, seconds, Path(name), sys.executable
            )
        except HandbookError as error:
            return replace(plan, blockers=[*plan.blockers, str(error)])
        return replace(plan, report=report_of(built))


def report_of(built: BuiltEdition) -> ChangeReport | None:
    """Return what changed for readers, as the build recorded it; None if older code built the edition."""
    file = built.site.get(FILE)
    return read_change_report(file.read_bytes()) if file else None


def _must_be_reviewed(texts: Iterable[UnreviewedText]) -> Iterator[str]:
    """Yield what has to be reviewed first: page by page, or by folder if many have the same reason."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(text.reason, []).append(one_line(text.path))
    for reason, paths in groups.items():
        if len(paths) > _MOST_NAMED:
            folders = Counter(path.rpartition("/")[0] for path in paths)
            listed = ", ".join(f"{folder}: {number}" for folder, number in folders.items())
            review = " ".join(["handbook review start", *map(in_shell, folders)])
            yield f"{len(paths)} pages ({listed}): {reason}, and nobody may be held to them; run `{review}`"
            continue
        for path in paths:
            review = f"handbook review start {in_shell(path)}"
            yield f"{path}: {reason}, and nobody may be held to it; run `{review}`"


def unreviewed_lines(unreviewed: Iterable[UnreviewedText]) -> Iterator[str]:
    """Yield a line for each page that is not as it was reviewed."""
    return (f"not as reviewed: {one_line(text.path)} ({text.reason})" for text in unreviewed)


def _check_blocker(handbook: Handbook) -> Iterator[str]:
    """Yield the errors of the check, if there are any, as one reason not to publish."""
    findings = check(handbook, choose_rules()).findings
    errors = [finding for finding in findings if finding.severity == Severity.ERROR.value]
    if errors:
        yield f"the check does not pass; fix this first:\n{as_text(Report(errors)).strip()}"


def _blockers(
    published: Published, manifest: Manifest, former: Manifest | None, branch: str | None
) -> Iterator[str]:
    """Yield a sentence for each reason not to publish, except the check."""
    repository = published.repository
    if repository.ask("status", "--porcelain", "--untracked-files=normal", "--", ":/"):
        yield "there are changes that are not committed; commit them, or put them away with `git stash -u`"
    main = branch or repository.main_branch()
    if repository.commit(main) != manifest.commit:
        short = main.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        yield f"editions are published from {short}, and this is another commit; run `git switch {short}`"
    if repository.is_shallow:
        yield f"an edition shows its history, and this clone has only the end of it; {WHOLE_HISTORY}"
    behind = behind_origin(published)
    if behind:
        yield behind
    for path in map(one_line, unmanaged_files(published)):
        yield f"publishing would overwrite {path} on {published.branch}, which no edition wrote; remove it"
    try:
        refuse_name(manifest.name, published.taken, manifest.published.year)
    except HandbookError as error:
        yield str(error)
    if former and manifest.name.year < former.name.year:
        today = f"it is {manifest.published} on this computer"
        yield f"{former.edition} is published already, and {today}; correct its clock"
    if day := later_source(repository, manifest):
        today = f"it is {manifest.published} on this computer"
        yield f"the last commit is of {day}, and {today}; correct its clock, or else commit again"
    if manifest.effective < manifest.published:
        yield f"{manifest.effective} is in the past; name today or a later day in --effective"
    waiting = {str(edition.name) for edition in waiting_editions(published.manifests, manifest.published)}
    for name in manifest.withdraws:
        if name not in waiting:
            yield f"{name} does not wait for its day, so it cannot be withdrawn; see `handbook edition list`"


def waiting_editions(manifests: Sequence[Manifest], day: datetime.date) -> list[Manifest]:
    """Return the editions that have yet to take effect after a day."""
    withdrawn = withdrawals(manifests)
    return [known for known in manifests if known.effective > day and known.name not in withdrawn]


def overtaken_lines(published: Published, manifest: Manifest) -> Iterator[str]:
    """Yield a line for each waiting edition that takes effect after this one, but was made before it."""
    for known in waiting_editions(published.manifests, manifest.effective):
        if known.edition not in manifest.withdraws and known.name != manifest.name:
            fate = f"takes effect on {known.effective}, without what {manifest.edition} changes"
            yield f"{known.edition} {fate}; --withdraw {known.edition} stops it"


def _plan_lines(plan: Plan) -> Iterator[str]:
    manifest = plan.manifest
    facts = f"in force from {manifest.effective}, with {counted(len(manifest.pages), 'page')}"
    yield f"{manifest.edition} of {short_commit(manifest.commit)}, {facts}"
    yield from _report_lines(plan.report) if plan.report and plan.former else _source_lines(plan)
    yield from unreviewed_lines(plan.unreviewed)
    yield from plan.overtaken
    yield from reopening_lines(plan.asks)
    yield from (f"blocked: {blocker}" for blocker in plan.blockers)
    if not plan.blockers:
        yield "nothing blocks it; run `handbook edition publish`"


def _source_lines(plan: Plan) -> Iterator[str]:
    pages = counted(len(plan.changes), "changed page")
    yield f"{pages} since {plan.former}" if plan.former else "nothing was published before"
    for change in plan.changes:
        readers = ", ".join(change.audience) or "unknown"
        yield f"  {one_line(change.path)}: {_KINDS[change.kind]} (for {readers})"


def _report_lines(report: ChangeReport) -> Iterator[str]:
    yield f"{summary(report)} To read the changes: handbook changes --since {report.before}"
    for readers, pages in report.by_audience():
        yield f"  for {readers_in_words(readers)}:"
        yield from (f"    {one_line(page.path)}: {'; '.join(facts(page))}" for page in pages)


def _plan_record(plan: Plan) -> dict[str, Any]:
    known = plan.manifest.model_dump(mode="json", exclude={"files", "pages", "top", "former"})
    changes = [asdict(change) for change in plan.changes]
    former = str(plan.former) if plan.former else None
    report = plan.report.model_dump(mode="json") if plan.report else None
    return {
        **known,
        "former": former,
        "changes": changes,
        "seen": report,
        "unreviewed": list(map(asdict, plan.unreviewed)),
        "asks": list(map(asdict, plan.asks)),
        "blockers": list(plan.blockers),
    }
