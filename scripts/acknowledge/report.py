"""`handbook acknowledge report`: how many were asked, and what they answered."""

import datetime
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from handbook.acknowledgements.counts import counts_text
from handbook.acknowledgements.editions import AskedEdition, AskedEditions
from handbook.acknowledgements.report import AudienceLines, recorded
from handbook.acknowledgements.report_formats import FORMATS
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.registers.acknowledgement_counts import FILE
from handbook.registers.evidence_folder import own_path
from handbook.schemas.schema_files import path_of
from handbook.text.suggestions import did_you_mean
from scripts.acknowledge.office import Office, office_of, reading
from scripts.command_name import with_real_command
from scripts.edition.options import DATA_EPILOG, site_option
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, format_option, record_option, root_option, today_option

_NO_NAMES = (
    "the record keeps pseudonyms, so it cannot name anybody; `handbook acknowledge remind --people FILE.csv`"
    " lists whom to remind"
)


@click.command(name="report", epilog=DATA_EPILOG)
@click.option("--edition", metavar="NAME", help="Report on this edition only, such as 2026.1.")
@click.option("--audience", metavar="NAME", help="Report on this audience only.")
@click.option("--names", is_flag=True, help="Say where each person stands with the edition in force.")
@click.option("--write", is_flag=True, help=f"Write the counts, which name nobody, into {FILE} for the site.")
@format_option("Output format.", FORMATS)
@site_option
@record_option
@root_option
@today_option
@exits_with_status
@changes_files("write")
def command(
    edition: str | None,
    audience: str | None,
    names: bool,
    write: bool,
    name: str,
    site_branch: str,
    record: Path | None,
    root: Path,
    today: datetime.date | None,
) -> int:
    """Count who was asked, accepted, declined, has or wants an exception, is late, or is to be reminded.

    An acceptance counts for a later edition as long as the text of every page is the same in substance. Who
    must accept again, and why, is counted apart. Former editions are counted by today's lists of people.
    """
    office = office_of(root, record, today)
    if names and office.register.record.people == "pseudonyms":
        raise HandbookError(_NO_NAMES)
    if write and (edition or audience):
        raise HandbookError("--write writes the counts of everybody; leave out --edition and --audience")
    editions = office.editions(site_branch)
    if audience:
        _refuse_unasked(audience, editions)
    with reading(office) as store:
        record_of_today = recorded(
            store,
            editions,
            office.register,
            office.today,
            (audience,) if audience else (),
            _chosen(editions, edition),
            with_people=names,
        )
    if write:
        click.echo(_written(office, record_of_today.counts))
        return 0
    text = FORMATS[name](record_of_today)
    click.echo(with_real_command(text) if name == "text" else text, nl=False)
    return 0


def _refuse_unasked(audience: str, editions: AskedEditions) -> None:
    asked = {name for edition in editions.editions for name in edition.asked.audiences}
    if audience not in asked:
        raise HandbookError(f"no edition asked an audience '{audience}'; {did_you_mean(audience, asked)}")


def _chosen(editions: AskedEditions, name: str | None) -> Sequence[AskedEdition] | None:
    if name is None:
        return None
    chosen = [edition for edition in editions.editions if str(edition.name) == name]
    if not chosen:
        raise HandbookError(f"edition {name} asked nobody; {did_you_mean(name, editions.by_name)}")
    return chosen


def _written(office: Office, counts: AudienceLines) -> str:
    """Write the counts, and return the path of their file."""
    tree = Folder(office.root)
    path = own_path(tree, FILE)
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    before = tree.read(path)
    after = counts_text(counts, f"{up}{path_of('acknowledgement_counts')}").encode("utf-8")
    if after != before:
        write_files(office.root, [FileWrite(office.root / path, after, before)])
    return f"{path}: the counts of {counts.day}"
