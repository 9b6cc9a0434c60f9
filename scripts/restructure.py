"""What the commands share that change a page or a role everywhere: the plan, its writing, and its report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from handbook.content.languages import main_path
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.draft import Draft, line_numbers
from handbook.restructuring.drafted_handbook import folder_of, pages_of
from handbook.restructuring.made_files import plan_made_files
from handbook.restructuring.mentions import CODE, mentions, page_pattern, role_pattern
from handbook.text.counting import counted
from handbook.text.quoting import one_line
from handbook.text.suggestions import nearest
from scripts.command_name import with_real_command
from scripts.file_changes import write_files
from scripts.site.publication import read_handbook

EPILOG: Final = "Exit status: 0 if everything was written, 2 if nothing was."
_MOST_MENTIONS: Final = 12
_UNDO: Final = "git stash --include-untracked"
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
as_option = click.option(
    "--as", "role", metavar="ROLE", help="Role that vouches that reviewed pages changed in no other way."
)


def begin(root: Path) -> ChangePlan:
    """Read the handbook, and begin a change of it.

    Raises:
        HandbookError: if it cannot be read.

    """
    handbook, context = read_handbook(root)
    return ChangePlan(handbook, Draft(Folder(root)), context.expressions_of)


def finish(root: Path, plan: ChangePlan, left: Sequence[tuple[str, list[int]]], dry_run: bool) -> None:
    """Write all files or none, and say what changed, what is left with the old name, and what to do next."""
    plan_made_files(plan)
    writes = plan.draft.writes(root)
    if not dry_run:
        write_files(root, writes)
    for note in plan.draft.notes:
        click.echo(one_line(note))
    for sentence in plan.remarks:
        click.echo(with_real_command(one_line(f"note: {sentence}")))
    _show_mentions(left)
    if dry_run:
        click.echo("nothing was written", err=True)
        return
    click.echo(with_real_command("next: handbook check"), err=True)
    if (root / ".git").exists():
        click.echo(f"to undo it, with all else that is not committed: {_UNDO}", err=True)


def left_with_page(root: Path, plan: ChangePlan, page: str) -> list[tuple[str, list[int]]]:
    """Return the files that name a page that is no longer there, with the lines.

    Raises:
        HandbookError: if code names it, because a macro relies on the page then.

    """
    mentioned = list(mentions(root, plan.draft, page_pattern(page)))
    for path, lines in mentioned:
        if path.endswith(CODE):
            raise HandbookError(f"{path}:{lines[0]} names {page}, so a macro relies on it; it stays as it is")
    return mentioned


def left_with_role(root: Path, plan: ChangePlan, role: str) -> list[tuple[str, list[int]]]:
    """Return the files that have the former name of a role, with the lines."""
    mentioned = mentions(root, plan.draft, role_pattern(role))
    return [(path, lines) for path, lines in mentioned if not path.endswith(CODE)]


def _show_mentions(mentioned: Sequence[tuple[str, list[int]]]) -> None:
    for path, lines in mentioned[:_MOST_MENTIONS]:
        click.echo(
            one_line(f"left as it is: {path}: the old name on {line_numbers(lines)}; see if it has to change")
        )
    if mentioned[_MOST_MENTIONS:]:
        more = counted(len(mentioned) - _MOST_MENTIONS, "more file")
        click.echo(f"left as it is: {more} with the old name")


def page_named(handbook: Handbook, name: str, root: Path) -> str:
    """Return the path of the page that somebody names: with or without its folder and ending.

    Raises:
        HandbookError: if there is none, with the nearest.

    """
    languages = handbook.registers.organization.languages
    pages = {main_path(path, languages) for path in pages_of(handbook)}
    for path in _spellings(handbook, name, root):
        if main_path(path, languages) in pages:
            return main_path(path, languages)
    folders = [
        path
        for path in _spellings(handbook, name, root)
        if any(page.startswith(f"{path.rstrip('/')}/") for page in pages)
    ]
    if folders:
        raise HandbookError(f"{folders[0].rstrip('/')} is a folder; name one of its pages")
    meant = nearest(f"{folder_of(handbook)}/{name}", pages) or nearest(name, pages)
    advice = f"did you mean '{meant}'?" if meant else "name it as in docs/policy/work.md"
    raise HandbookError(f"there is no page '{name}'; {advice}")


def refuse_renamed_by_hand(handbook: Handbook, page: str, new: str, root: Path) -> None:
    """Refuse to move a page whose file was renamed by hand, because nothing that names it has followed.

    Raises:
        HandbookError: if the page does not exist, but the new path does.

    """
    pages = frozenset(pages_of(handbook))
    old, there = (
        [path for path in _spellings(handbook, name, root) if path in pages] for name in (page, new)
    )
    if there and not old:
        raise HandbookError(
            f"there is no page '{page}', but there is a page {there[0]}; if you renamed the file by hand,"
            " change its name back and run this again, so that links, registers, and the menu follow"
        )


def _spellings(handbook: Handbook, name: str, root: Path) -> Sequence[str]:
    written = Path(name).as_posix()
    absolute = Path.cwd() / name
    paths = [absolute.relative_to(root).as_posix()] if absolute.is_relative_to(root) else []
    paths += [written, f"{folder_of(handbook)}/{written}"]
    return [spelling for path in paths for spelling in (path, f"{path.rstrip('/')}.md")]
