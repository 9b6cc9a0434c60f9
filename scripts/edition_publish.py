"""`handbook edition publish`: a state of the handbook goes to the branch of editions, for good."""

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from handbook.editions import Edition, Manifest
from handbook.errors import HandbookError
from handbook.published import ALIAS, MANIFEST, TAG, VERSIONS, Published, listed_versions, tag_message
from handbook.publishing_git import Publication, Publisher
from scripts.command import branch_option, repository_of, root_option, told_in_a_sentence
from scripts.edition_build import build_edition
from scripts.edition_command import effective_option, seconds_of, site_option, size
from scripts.edition_plan import make_plan

# To whoever opens the address of the site: a page, not a script, so that a strict policy lets it through.
_START: Final = (
    b'<!doctype html>\n<html lang="en">\n<title>Handbook</title>\n'
    b'<meta http-equiv="refresh" content="0; url=latest/">\n<a href="latest/">Handbook</a>\n</html>\n'
)


@click.command(name="publish", epilog="Exit status: 0 published, 2 nothing was published.")
@click.argument("edition", required=False)
@root_option
@branch_option
@site_option
@effective_option
@told_in_a_sentence
def command(
    edition: str | None, root: Path, branch: str | None, site_branch: str, effective: datetime.date | None
) -> int:
    """Publish the last commit of the main branch as EDITION, such as 2026.1; without it, as the next.

    The site goes to a folder of its own on the branch of editions, with its manifest, and an annotated
    tag vouches for it. Nothing is sent anywhere.
    """
    wanted = Edition.parse(edition) if edition else None
    repository, publisher = repository_of(root), Publisher(root)
    published = Published(repository, site_branch)
    with publisher.checkout(repository.commit("HEAD")) as folder, TemporaryDirectory() as name:
        plan = make_plan(repository, published, folder, wanted, effective, branch)
        if plan.blockers:
            raise HandbookError("nothing was published:\n" + "\n".join(plan.blockers))
        site, draft = Path(name), plan.manifest
        files = build_edition(folder, draft.name, seconds_of(repository, draft.commit), site)
        manifest = draft.model_copy(update={"files": files})
        publisher.publish(_written(publisher, published, manifest, site))
    click.echo(f"published {manifest.edition}: {size(manifest)}, in force from {manifest.effective}")
    click.echo(f"to send it: git push --atomic origin {site_branch} {TAG}{manifest.edition}", err=True)
    return 0


def _written(publisher: Publisher, published: Published, manifest: Manifest, site: Path) -> Publication:
    """Write the commit and the tag, which no ref knows yet."""
    edition, name = manifest.name, manifest.edition
    files = {
        f"{name}/{MANIFEST}": manifest.as_bytes(),
        VERSIONS: listed_versions(published.read(VERSIONS), edition),
        ".nojekyll": b"",
    }
    if published.read("index.html") is None:
        files["index.html"] = _START
    message = tag_message(manifest)
    commit = publisher.commit_edition(name, site, files, {ALIAS: name}, published.commit, message)
    tag = publisher.write_tag(f"{TAG}{name}", manifest.commit, message)
    unfinished = published.tag(edition)
    return Publication(
        published.branch,
        commit,
        published.local,
        f"{TAG}{name}",
        tag,
        unfinished.object if unfinished else None,
    )
