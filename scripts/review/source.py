"""`handbook review source`: records that an external source changed."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import replace_file
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.loading import load_optional_register, parse_register
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.registers.sources import Source, SourceList
from handbook.rules.reviewed_pages import sources_changed_since_review
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_value import scalar, with_value
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.options import DayParameter, exits_with_status, root_option
from scripts.review.options import EPILOG
from scripts.site.publication import read_handbook


@click.command(name="source", epilog=EPILOG)
@click.argument("name", metavar="NAME")
@root_option
@click.option(
    "--changed",
    "day",
    type=DayParameter(),
    required=True,
    metavar="DATE",
    help="Day on which the source changed.",
)
@click.option("--note", required=True, metavar="TEXT", help="What changed, for the reviewers.")
@exits_with_status
@changes_files()
def command(name: str, root: Path, day: datetime.date, note: str) -> int:
    """Record that an external source changed, such as a platform's terms or a law.

    NAME is a source in registers/sources.yml. Each page that lists it under `sources` and was last reviewed
    before that day is due now.
    """
    handbook, _ = read_handbook(root)
    variables = handbook.registers.organization.variables
    known = load_optional_register(Folder(root), SOURCES_FILE, SourceList, variables=variables)[0].sources
    if name not in known:
        raise HandbookError(f"there is no source '{name}' in {SOURCES_FILE}; {did_you_mean(name, known)}")
    _refuse_day(name, known[name], day, handbook)
    file = root / SOURCES_FILE
    after = with_value(file.read_bytes().decode("utf-8"), ("sources", name, "changed"), day.isoformat())
    after = with_value(after, ("sources", name, "note"), scalar(note.strip()))
    parse_register(after.encode("utf-8"), SOURCES_FILE, SourceList, variables=variables)
    replace_file(file, after)
    click.echo(f"{SOURCES_FILE}: {name} changed on {day}")
    _list_due_pages(root, name)
    return 0


def _refuse_day(name: str, known: Source, day: datetime.date, handbook: Handbook) -> None:
    if day > handbook.today:
        raise HandbookError(f"{day} is in the future; record the change when it has taken effect")
    if known.changed and day < known.changed:
        raise HandbookError(
            f"'{name}' is known to have changed on {known.changed}, after {day}; give a later day"
        )


def _list_due_pages(root: Path, name: str) -> None:
    handbook, _ = read_handbook(root)
    due = [page.path for page in handbook.pages if name in dict(sources_changed_since_review(page, handbook))]
    for path in due:
        click.echo(f"{path}: due now")
    if due:
        click.echo(with_real_command(f"Next: handbook review start {' '.join(due)}"))
    else:
        click.echo("No page that lists it was last reviewed before that day.")
