"""`handbook upgrade`: brings a newer release into the handbook, and keeps what is the adopter's."""

import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

import click
from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.formats.redlines import marked
from handbook.git.repository import Repository
from handbook.record import Record
from handbook.registers.loading import load_register
from handbook.text.quoting import one_line
from handbook.text.redline import Piece
from handbook.text.suggestions import did_you_mean
from handbook.upgrades.adopted_base import base_at, find_base, refuse_older
from handbook.upgrades.adopted_state import AdoptedState, read_state
from handbook.upgrades.file_plan import FilePlan
from handbook.upgrades.left_changes import (
    LeftChange,
    left_changes,
    redline_of,
    state_after,
    state_writes,
    without,
)
from handbook.upgrades.plan import plan_upgrade
from handbook.upgrades.report import as_records, summary
from handbook.upgrades.snapshot import Snapshot
from handbook.upgrades.sources import ReleaseSource, opened_source
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, format_option, repository_of, root_option
from scripts.terminal import painter

_EPILOG: Final = (
    "Exit status: 0 if everything was written or shown, 1 if conflicts are left, 2 if nothing was written."
)
_UNDO: Final = (
    "nothing is committed: read `git diff`, then commit it, or undo it with"
    " `git stash --include-untracked`; then run `make setup`, and `handbook check`"
)
_TAKE: Final = "; take one with: handbook upgrade --pending --accept FILE"
_ALL: Final = "all"
_NONE: Final = "none"
_OF_A_HANDBOOK: Final = ("mkdocs.yml", "organization.yml")
_RUNS: Final = 0o111
_CHOICES: Final = {"a": "accept", "l": "leave", "A": "accept this and the others", "L": "leave all others"}


class _Answers(Record):
    accept: list[str] = Field(default_factory=list, examples=[["docs/policy/work.md"]])
    leave: list[str] = Field(default_factory=list, examples=[["docs/law/photos.md"]])


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
    changed the same words, yours stay. The sample's evidence and contacts never come.
    """
    if not all((root / name).is_file() for name in _OF_A_HANDBOOK):
        raise HandbookError(f"there is no handbook in {root}; change to its folder, or name it with --root")
    if pending:
        return _pending(root, accepted, name)
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
    chosen = _decider(accepted, answers)(rules)
    refused = [rule for rule in rules if rule.path not in chosen]
    if refused:
        plans = plan_upgrade(root, known, release.snapshot, {rule.path for rule in refused})
    return _upgrade(root, plans, known, release.snapshot, refused)


def _require_clean(own: Repository) -> None:
    rows = own.ask("status", "--porcelain", "-z", "--untracked-files=normal", "--", ".").split("\0")
    changed = [one_line(row[3:]) for row in rows if row]
    if changed:
        shown = ", ".join(changed[:3]) + (" and others" if len(changed) > 3 else "")
        raise HandbookError(f"{shown} is not committed; commit it, so that the upgrade can be undone")


def _base(own: Repository, release: ReleaseSource, place: str | None) -> Snapshot:
    if place is None:
        return find_base(own, release.snapshot, release.history)
    if Path(place).exists():
        with opened_source(own.root, place) as base:
            return base.snapshot
    return base_at(own.root, place)


Decider = Callable[[Sequence[FilePlan]], Collection[str]]


def _decider(accepted: Sequence[str], answers: Path | None) -> Decider:
    """Return what chooses the changes of rules that are taken."""
    if answers and accepted:
        raise HandbookError("give --accept or --answers, not both")
    if answers:
        return lambda rules: _from_file(answers, [rule.path for rule in rules])
    if accepted:
        return lambda rules: _named(accepted, [rule.path for rule in rules])
    return _asked


def _named(accepted: Sequence[str], paths: Sequence[str]) -> set[str]:
    if {_ALL, _NONE} & set(accepted):
        if len(accepted) > 1:
            raise HandbookError("--accept all and --accept none stand alone; name pages, or one of both")
        return set(paths) if accepted == (_ALL,) else set()
    chosen: set[str] = set()
    for name in accepted:
        place = name.rstrip("/")
        matches = [path for path in paths if path == place or path.startswith(f"{place}/")]
        if not matches:
            raise HandbookError(f"{one_line(name)} is no change to accept here; {_known(name, paths)}")
        chosen.update(matches)
    return chosen


def _known(name: str, paths: Sequence[str]) -> str:
    return did_you_mean(name, paths) if paths else "there is none"


def _from_file(file: Path, paths: Sequence[str]) -> set[str]:
    given = load_register(Folder(file.parent), file.name, _Answers)
    named = [*given.accept, *given.leave]
    if twice := sorted({path for path in named if named.count(path) > 1}):
        raise HandbookError(f"{file.name} names {', '.join(twice)} twice; accept it or leave it")
    if unknown := sorted(set(named) - set(paths)):
        raise HandbookError(
            f"{file.name} names {unknown[0]}, which is no change; {_known(unknown[0], paths)}"
        )
    if missing := sorted(set(paths) - set(named)):
        raise HandbookError(f"{file.name} does not say what to do with {', '.join(missing)}; add each")
    return set(given.accept)


def _asked(rules: Sequence[FilePlan]) -> Collection[str]:
    if rules and not sys.stdin.isatty():
        raise HandbookError(
            f"{len(rules)} rules change, and nobody is at a terminal to decide; see them with --dry-run, then"
            " give --accept all, --accept none, --accept FILE, or --answers FILE"
        )
    chosen: set[str] = set()
    for number, rule in enumerate(rules, 1):
        click.echo(f"\n{number} of {len(rules)}: {one_line(rule.path)}")
        _show_redline(redline_of(rule.before, rule.after))
        if rule.after is None:
            click.echo("The release removes this page.")
        answer = _ask()
        if answer == "A":
            return chosen | {each.path for each in rules[number - 1 :]}
        if answer == "L":
            break
        if answer == "a":
            chosen.add(rule.path)
    return chosen


def _ask() -> str:
    words = ", ".join(f"{key} = {meaning}" for key, meaning in _CHOICES.items())
    try:
        return str(click.prompt(f"Your rule or theirs? {words}", type=click.Choice(list(_CHOICES))))
    except click.Abort:
        raise HandbookError("\nstopped, so nothing was written") from None


def _show_redline(pieces: Sequence[Piece]) -> None:
    paint = painter()
    click.echo("".join(paint(marked(piece), piece.mark.value) for piece in pieces).rstrip("\n"))


def _show(plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, name: str) -> int:
    if name == "json":
        click.echo(json.dumps(as_records(plans, base, release), ensure_ascii=False, indent=2))
        return 0
    for rule in (plan for plan in plans if plan.is_rule):
        click.echo(f"\n{one_line(rule.path)}{': the release removes it' if rule.after is None else ''}")
        _show_redline(redline_of(rule.before, rule.after))
    click.echo("\n" + with_real_command(summary(plans, base, release, "would be")))
    return 0


def _upgrade(
    root: Path, plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, refused: Sequence[FilePlan]
) -> int:
    plans = [plan for plan in plans if plan not in refused]
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


def _pending(root: Path, accepted: Sequence[str], name: str) -> int:
    state = read_state(Folder(root))
    left = left_changes(root, state) if state else []
    if accepted and state:
        return _take(root, state, left, _named(accepted, [change.path for change in left]))
    if name == "json":
        click.echo(json.dumps([_record(change) for change in left], ensure_ascii=False, indent=2))
        return 0
    for change in left:
        click.echo(
            f"\n{one_line(change.path)}{': the release removed it' if change.proposed is None else ''}"
        )
        _show_redline(change.redline)
        for conflict in change.conflicts:
            click.echo(f"{one_line(change.path)}:{conflict.line}: stays as you have it; the release says:")
            click.echo(conflict.theirs.rstrip("\n"))
    click.echo(with_real_command(f"{len(left)} left{_TAKE if left else ''}"), err=True)
    return 0


def _record(change: LeftChange) -> dict[str, object]:
    pieces = [{"mark": piece.mark.value, "text": piece.text} for piece in change.redline]
    conflicts = [{"line": conflict.line, "theirs": conflict.theirs} for conflict in change.conflicts]
    return {"path": change.path, "redline": pieces, "conflicts": conflicts}


def _take(root: Path, state: AdoptedState, left: Sequence[LeftChange], chosen: Collection[str]) -> int:
    taken = [change for change in left if change.path in chosen]
    done = {change.path for change in taken if not change.conflicts}
    changes = [
        FileWrite(root / change.path, change.proposed, change.ours)
        for change in taken
        if change.proposed != change.ours
    ]
    write_files(root, [*changes, *state_writes(root, without(state, done))])
    for change in taken:
        click.echo(f"{one_line(change.path)}: {'removed' if change.proposed is None else 'changed'}")
        for conflict in change.conflicts:
            click.echo(f"{one_line(change.path)}:{conflict.line}: stays as you have it; change it by hand")
    return int(len(done) < len(taken))
