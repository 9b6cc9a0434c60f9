"""`handbook edition docx`: an edition as a Word document, for counsel."""

from pathlib import Path

import click

from handbook.audit.past_site import past_site
from handbook.audit.read_evidence import printed_document, site_of_edition, word_facts
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written, write_new
from handbook.formats.word_document import word_document
from scripts.edition.options import site_option
from scripts.options import exits_with_status, repository_of, root_option
from scripts.site.publication import expressions_for
from scripts.site.rendered_states import known_edition


@click.command(name="docx", epilog="Exit status: 0 if the document was written, 2 if not.")
@click.argument("name", metavar="EDITION")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The new file; by default, edition-EDITION.docx in the current folder.",
)
@root_option
@site_option
@exits_with_status
def command(name: str, out: Path | None, root: Path, site_branch: str) -> int:
    """Write an edition as a Word document, in which counsel can comment and track changes.

    It has every page as it was published, with its owner and the days of its reviews. Pictures are named by
    their alternative text. The same edition gives the same bytes. Comments and changes do not come back into
    pages by themselves: edit the pages, or import another document with `handbook import`.
    """
    repository, expressions_of = repository_of(root), expressions_for(root)
    published = Published(repository, site_branch)
    manifest = published.manifest(known_edition(published, name))
    target = out or Path(f"edition-{manifest.edition}.docx")
    if target.exists():
        raise HandbookError(f"{target} already exists, so nothing was written; name another file with --out")
    past = past_site(repository, manifest.commit, manifest.published, expressions_of=expressions_of)
    printed = printed_document(past, manifest, site_of_edition(published, manifest))({})
    try:
        write_new(target, [word_document(printed, word_facts(past))])
    except OSError as error:
        raise cannot_be_written(target, error) from None
    click.echo(f"{target}: edition {manifest.edition}, {len(manifest.pages)} pages")
    return 0
