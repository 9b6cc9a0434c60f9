"""`handbook upgrade --pending`: what was left of earlier upgrades."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import click

from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.upgrades.adopted_state import AdoptedState, read_state
from handbook.upgrades.left_changes import LeftChange, left_changes, state_writes, without
from scripts.command_name import with_real_command
from scripts.file_changes import write_files
from scripts.redlines import show_redline
from scripts.upgrade.decisions import named

_TAKE: Final = "; take one with: handbook upgrade --pending --accept FILE"


def pending_changes(root: Path, accepted: Sequence[str], name: str) -> int:
    """Show what was left, or take what the option --accept names; return the exit status.

    Raises:
        HandbookError: if it names what was not left, or a file cannot be written.

    """
    state = read_state(Folder(root))
    left = left_changes(root, state) if state else []
    if accepted and state:
        return _take(root, state, left, named(accepted, [change.path for change in left]))
    if name == "json":
        click.echo(as_document([_record(change) for change in left]), nl=False)
        return 0
    for change in left:
        click.echo(
            f"\n{one_line(change.path)}{': the release removed it' if change.proposed is None else ''}"
        )
        show_redline(change.redline)
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
