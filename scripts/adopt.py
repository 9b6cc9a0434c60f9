"""`handbook adopt`: makes the sample handbook that of an organization, and says what is left to decide."""

import datetime
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import click

from handbook.adoption.answers import EXAMPLE, Answers
from handbook.adoption.plan import adoption, require_unadopted
from handbook.adoption.remains import Remains, comparisons, remains
from handbook.adoption.roles import role_problems
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.git.repository import NoRepositoryError, Repository
from handbook.registers.links import load_links
from handbook.registers.loading import load_located_register, required_file
from handbook.registers.organization import Organization, load_organization
from handbook.registers.owners import FILE as OWNERS
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.upgrades.adopted_state import adopted_files
from handbook.yaml.record import RecordProblem
from scripts.adoption_questions import ask_answers, correctable, discard_answers
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import with_proposals, write_files
from scripts.options import exits_with_status, format_option, require_handbook, root_option, today_option
from scripts.site.publication import read_handbook

_EPILOG: Final = (
    "Exit status: 0 if everything was written, 2 if nothing was. With --status: 0 if nothing is left to"
    " decide, 1 if something is."
)


@click.command(name="adopt", epilog=_EPILOG)
@root_option
@today_option
@click.option(
    "--answers",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read the answers from this YAML file; without it, you are asked.",
)
@click.option("--example", is_flag=True, help="Print an example of such a file, and write nothing.")
@click.option("--status", is_flag=True, help="Say what is still the sample's or undecided.")
@format_option("With --status: how it is shown.")
@exits_with_status
@changes_files()
def command(
    root: Path, today: datetime.date | None, file: Path | None, example: bool, status: bool, name: str
) -> int:
    """Make this handbook your organization's own.

    Writes your answers into organization.yml and the registers, removes what is the sample's alone, and
    writes `never` in place of the days of reviews that you have not made. Everything is written, or nothing.
    """
    if example:
        click.echo(EXAMPLE.read_text(encoding="utf-8"), nl=False)
        return 0
    if status:
        return show_status(root, today, name)
    require_handbook(root)
    organization = load_organization(Folder(root))
    require_unadopted(organization)
    answers = _answers_in(file, root) if file else ask_answers(root)
    day = today or organization.today()
    kept = _remembered(root)
    with nullcontext() if file else correctable():
        changes = adoption(root, answers, day, _beginning(root, answers, day))
    _refuse_uncommitted(root, changes)
    write_files(root, [*with_proposals(root, changes), *kept])
    discard_answers(root)
    click.echo(_summary(root, changes))
    return 0


def _answers_in(file: Path, root: Path) -> Answers:
    """Return the answers in a file, in which each mistake is named with its line."""
    owners = required_file(Folder(root), OWNERS).decode("utf-8")
    judge = partial(_problems_of_roles, owners=owners)
    return load_located_register(Folder(file.parent), file.name, Answers, judge)[0]


def _problems_of_roles(answers: Answers, owners: str) -> Iterator[RecordProblem]:
    return role_problems(answers.roles, owners)


def show_status(root: Path, today: datetime.date | None, name: str = "text") -> int:
    """Print what is still the sample's or undecided; return 1 if something is."""
    handbook, _ = read_handbook(root, today)
    organization = handbook.registers.organization
    if organization.sample:
        left = [Remains("adoption", "this is the sample, of an invented organization", "handbook adopt")]
    else:
        left = remains(handbook, load_links(Folder(root)))
    if name == "json":
        click.echo(as_document([asdict(item) for item in left]), nl=False)
    else:
        click.echo(with_real_command(_as_text(organization, left)))
        compared = None if organization.sample else comparisons(handbook)
        click.echo(f"\n{compared}" if compared else "", nl=bool(compared))
    return int(not all(item.is_optional for item in left))


def _as_text(organization: Organization, left: list[Remains]) -> str:
    since = f" adopted this handbook on {organization.adopted}." if organization.adopted else ":"
    name = one_line(organization.say(organization.name, organization.main_language))
    if not left:
        return f"{name}{since} Nothing is left of the sample that the files show."
    lines = [f"{name}{since} Still the sample's, or undecided:", ""]
    for item in left:
        named = f"{item.subject} (optional)" if item.is_optional else item.subject
        lines += [one_line(f"{named}: {item.state}"), f"    next: {one_line(item.next)}"]
    return "\n".join(lines)


def _beginning(root: Path, answers: Answers, day: datetime.date) -> datetime.date | str | None:
    """Return where the organization's own history begins: after the last commit, or today without one."""
    if answers.history == "keep":
        return None
    try:
        with Repository(root) as repository:
            return day if repository.is_empty else repository.commit("HEAD")
    except NoRepositoryError:
        return day


def _refuse_uncommitted(root: Path, changes: list[FileWrite]) -> None:
    """Refuse to change a file that differs from the last commit, so that all of it can be undone."""
    try:
        with Repository(root) as repository:
            touched = set() if repository.is_empty else set(repository.changes_since("HEAD").touched)
    except NoRepositoryError:
        return
    mixed = sorted(touched & {change.target.relative_to(root).as_posix() for change in changes})
    if mixed:
        named = ", ".join(mixed[:3]) + (f", and {len(mixed) - 3} more" if len(mixed) > 3 else "")
        raise HandbookError(f"{named}: changed since the last commit; commit that first, then run this again")


def _is_in_repository(root: Path) -> bool:
    try:
        with Repository(root):
            return True
    except NoRepositoryError:
        return False


def _remembered(root: Path) -> list[FileWrite]:
    """Return what a later upgrade has to know of the handbook as it is before the adoption."""
    try:
        return [
            FileWrite(path, data, Folder(root).read(path.relative_to(root).as_posix()))
            for path, data in adopted_files(root).items()
        ]
    except OSError as error:
        raise HandbookError(
            f"{error.filename} cannot be read ({error.strerror}); see who may read it"
        ) from None


def _summary(root: Path, changes: list[FileWrite]) -> str:
    names = [change.target.relative_to(root).as_posix() for change in changes]
    pages = sum(name.startswith("docs/") for name in names)
    others = [name for name in names if not name.startswith("docs/")]
    undo = "to undo all of it: git stash --include-untracked"
    if not _is_in_repository(root):
        undo = "this folder is not in a git repository, so only a copy of it that you made before undoes this"
    return with_real_command(
        f"written: {', '.join(others)}, and the front matter of {counted(pages, 'page')}\n"
        f"next: see what is left to decide with: handbook adopt --status\n"
        f"then: commit it, and start the first review with: handbook review start\n{undo}"
    )
