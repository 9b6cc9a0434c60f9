"""`handbook training export`: the pages of one audience as a package for learning systems."""

import os
from pathlib import Path
from typing import Final

import click

from handbook.clock import today
from handbook.content.languages import base_of
from handbook.editions.manifest import Manifest, in_force
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written, write_new
from handbook.files.tree import Folder
from handbook.registers.organization import Organization, load_organization
from handbook.text.counting import counted
from handbook.training.formats import FORMATS
from handbook.training.read_course import read_course
from scripts.edition.options import site_option
from scripts.options import exits_with_status, repository_of, root_option
from scripts.site.rendered_states import known_edition

_ENOUGH: Final = 60


@click.command(name="export", epilog="Exit status: 0 if the package was written, 2 if not.")
@click.option(
    "--track",
    required=True,
    metavar="AUDIENCE",
    help="Who is asked: an audience of registers/acknowledgements.yml, such as work.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default=next(iter(FORMATS)),
    show_default=True,
    help="The format of the package.",
)
@click.option(
    "--out",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The new file, such as work.zip.",
)
@click.option(
    "--edition", "name", metavar="NAME", help="The edition, such as 2026.1; without it, the one in force."
)
@click.option(
    "--language", metavar="CODE", help="The language, such as fr; without it, the main one of the handbook."
)
@click.option(
    "--mastery",
    type=click.IntRange(0, 100),
    default=_ENOUGH,
    show_default=True,
    metavar="PERCENT",
    help="How many answers have to be right to pass, in percent.",
)
@root_option
@site_option
@exits_with_status
def command(
    track: str,
    format_name: str,
    target: Path,
    name: str | None,
    language: str | None,
    mastery: int,
    root: Path,
    site_branch: str,
) -> int:
    """Write the pages that an audience is asked to accept as a package for learning systems.

    It has the pages as the edition published them, the questions, and the reply. The learning system gets
    how far people are, the score, and the receipt that names the edition and the text. Nothing is asked of
    another host. The same edition gives the same bytes. Links to other pages lead to the address that
    organization.yml names as `handbook`. For each language and each later edition, export another package.
    """
    if os.path.lexists(target):
        raise HandbookError(f"{target} already exists, so nothing was written; name another file with --out")
    organization = load_organization(Folder(root))
    published = Published(repository_of(root), site_branch)
    manifest = _edition(published, name, organization)
    chosen = base_of(language or organization.main_language)
    course = read_course(published, manifest, track, chosen, organization.handbook, mastery)
    try:
        write_new(target, [FORMATS[format_name](course)])
    except OSError as error:
        raise cannot_be_written(target, error) from None
    shown = f"{counted(len(course.pages), 'page')}, {counted(len(course.text.questions), 'question')}"
    click.echo(f"{target}: edition {manifest.edition}, {track} in {course.language}: {shown}")
    return 0


def _edition(published: Published, name: str | None, organization: Organization) -> Manifest:
    """Return the edition of a name or, without one, the edition in force."""
    if name:
        return published.manifest(known_edition(published, name))
    manifest = in_force(published.manifests, today(organization.time_zone))
    if manifest is None:
        raise HandbookError(
            f"no edition on {published.branch} is in force today; publish one with "
            "`handbook edition publish`, or name one with --edition"
        )
    return manifest
