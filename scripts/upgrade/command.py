"""`handbook upgrade`: brings a newer release into the handbook, and keeps what is the adopter's."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.git.repository import Repository
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.upgrades.adopted_base import base_at, find_base, refuse_older
from handbook.upgrades.file_plan import FilePlan
from handbook.upgrades.left_changes import (
    redline_of,
    state_after,
    state_writes,
)
from handbook.upgrades.plan import plan_upgrade
from handbook.upgrades.report import as_records, summary
from handbook.upgrades.snapshot import Snapshot
from handbook.upgrades.sources import ReleaseSource, opened_source
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, format_option, repository_of, require_handbook, root_option
from scripts.redlines import show_redline
from scripts.setup.bootstrap import setup_command
from scripts.upgrade.decisions import decider
from scripts.upgrade.pending import pending_changes

_EPILOG: Final = (
    "Exit status: 0 if everything was written or shown, 1 if conflicts are left, 2 if nothing was written."
)
_UNDO: Final = (
    "nothing is committed: read `git diff`, then commit it, or undo it with"
    f" `git stash --include-untracked`; then run `{setup_command()}`, `handbook schema --write`, and"
    " `handbook check`"
)
_RUNS: Final = 0o111


@click.command(name="upgrade", epilog=_EPILOG)
@click.argument("source", required=False)
@click.option(
    "--revision", metavar="REV", help="Commit or tag, if SOURCE is a clone; by default, its last one."
)
@click.option("--base", metavar="PLACE", help="The release that was adopted, if the command cannot find it.")
@click.option(
    "--accept",
    "accepted",
    metavar="all|none|FILE",
    multiple=True,
    help="Take the changes of all rules, of none, or of a page or folder; can be repeated.",
)
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML file with the lists `accept` and `leave`, which name each rule that changes.",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen, with each change of a rule.")
@click.option("--pending", is_flag=True, help="Show what was left of earlier upgrades; --accept takes it.")
@format_option("How to show a dry run, or what is pending.")
@root_option
@exits_with_status
@changes_files()
def command(
    source: str | None,
    revision: str | None,
    base: str | None,
    accepted: tuple[str, ...],
    answers: Path | None,
    dry_run: bool,
    pending: bool,
    name: str,
    root: Path,
) -> int:
    """Bring a newer release into this handbook. Nothing that you wrote is lost.

    SOURCE is a tag or a commit that was fetched, a clone, a folder, or a zip or tar file. The tool and the
    pages about it are replaced. Other pages and registers are merged with your edits, and each change of
    a rule, in docs/policy/ and docs/law/, is shown so that you can accept or leave it. Where both of you
    changed the same words, yours stay. The sample's evidence and contacts are never brought in.
    """
    require_handbook(root)
    if pending:
        return pending_changes(root, accepted, name)
    if source is None:
        raise HandbookError("name the release: a tag that was fetched, a clone, a folder, or an archive")
    if name != "text" and not dry_run:
        raise HandbookError("--format is for --dry-run and --pending")
    with opened_source(root, source, revision) as release:
        own = repository_of(root)
        _require_clean(own)
        known = _base(own, release, base)
        refuse_older(release.history, known)
        plans = plan_upgrade(root, known, release.snapshot)
    if dry_run:
        return _show(plans, known, release.snapshot, name)
    rules = [plan for plan in plans if plan.is_rule]
    chosen = decider(accepted, answers)(rules)
    refused = [rule for rule in rules if rule.path not in chosen]
    if refused:
        plans = plan_upgrade(root, known, release.snapshot, {rule.path for rule in refused})
    return _upgrade(root, plans, known, release.snapshot, refused)


def _require_clean(own: Repository) -> None:
    rows = own.ask("status", "--porcelain", "-z", "--untracked-files=normal", "--", ".").split("\0")
    changed = [one_line(row[3:]) for row in rows if row]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise HandbookError(
            "an upgrade begins only if everything is committed, so that it can be undone: commit"
            f" {changed[0]}{more}"
        )


def _base(own: Repository, release: ReleaseSource, place: str | None) -> Snapshot:
    if place is None:
        return find_base(own, release.snapshot, release.history)
    if Path(place).exists():
        with opened_source(own.root, place) as base:
            return base.snapshot
    return base_at(own.root, place)


def _show(plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, name: str) -> int:
    if name == "json":
        click.echo(as_document(as_records(plans, base, release)), nl=False)
        return 0
    for rule in (plan for plan in plans if plan.is_rule):
        click.echo(f"\n{one_line(rule.path)}{': the release removes it' if rule.after is None else ''}")
        show_redline(redline_of(rule.before, rule.after))
    click.echo("\n" + with_real_command(summary(plans, base, release, "would be")))
    return 0


def _upgrade(
    root: Path, plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, refused: Sequence[FilePlan]
) -> int:
    stays = {rule.path for rule in refused}
    plans = [plan for plan in plans if plan.path not in stays]
    written = [plan for plan in plans if plan.is_change]
    left = [*refused, *(plan for plan in plans if plan.conflicts)]
    state = state_writes(root, state_after(root, release, written, left))
    write_files(root, [*_writes(root, written), *state])
    _let_run(root, release, written)
    if not written and not state:
        click.echo(f"nothing to do: this handbook has {one_line(release.name)} already")
        return 0
    click.echo(with_real_command(summary(plans, base, release, "were", len(refused))))
    click.echo(with_real_command(f"next: {_UNDO}"), err=True)
    return int(any(plan.conflicts for plan in plans))


def _writes(root: Path, plans: Sequence[FilePlan]) -> list[FileWrite]:
    return [
        FileWrite(root / plan.path, plan.after, None if plan.moved_from else plan.before) for plan in plans
    ]


def _let_run(root: Path, release: Snapshot, written: Sequence[FilePlan]) -> None:
    """Let the system run what it may run in the release."""
    for plan in written:
        if plan.path in release.executable and plan.after is not None:
            file = root / plan.path
            file.chmod(file.stat().st_mode | _RUNS)
