"""`handbook deploy init`: writes what a host needs into the repository."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from handbook.editing.saving import saving_of
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.hosting.headers import frames_from
from handbook.hosting.hosts import HOSTS, Choices, files_for, server_name
from handbook.registers.organization import Organization, load_organization
from scripts.deploy.options import frames_option
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, require_handbook, root_option


@click.command(name="init", epilog="Exit status: 0 if everything was written, 2 if nothing was.")
@click.argument("host", type=click.Choice(list(HOSTS)))
@click.option(
    "--name", metavar="NAME", help="Name of your server; by default, that of `handbook` in organization.yml."
)
@frames_option
@click.option("--sign-on", "signs_on", is_flag=True, help="Show nothing before people sign on.")
@root_option
@exits_with_status
@changes_files()
def command(host: str, name: str | None, frames: str | None, signs_on: bool, root: Path) -> int:
    """Write what HOST needs into the repository, and say what to do next.

    For nginx and apache, these are a configuration, a script that serves what was published last, and timers
    that run it and send reminders; for github-pages and gitlab-pages, what publishes the branch of editions;
    for headers, what a host that reads a file _headers runs. No file is ever overwritten, and either all are
    written or none. A file that is already there as it is shipped stays.
    """
    require_handbook(root)
    organization = load_organization(Folder(root))
    server = server_name(name, organization.handbook)
    choices = Choices(server, frames_from(frames), signs_on, _editor_api(organization))
    files = files_for(HOSTS[host], choices)
    missing = {path: data for path, data in files.items() if not _is_there(root / path, data)}
    _refuse_existing(root, missing)
    write_files(root, [FileWrite(root / path, data) for path, data in missing.items()])
    for path in files:
        click.echo(f"{path}: {'written' if path in missing else 'is there already, as it is shipped'}")
    click.echo(f"next: {HOSTS[host].next_step}", err=True)
    if choices.is_example and HOSTS[host].signs_on:
        click.echo(f"the server is still called {choices.name}; change the name in the files", err=True)
    click.echo("every step is on the page Publish it, docs/contributing/publish.md", err=True)
    return 0


def _editor_api(organization: Organization) -> str:
    """Return the host of the API through which the editor saves; nothing if the editor cannot save."""
    try:
        return saving_of(organization).api_host
    except HandbookError:  # `handbook edit build` says why; whoever has no editor need not know.
        return ""


def _is_there(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def _refuse_existing(root: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if os.path.lexists(root / path):
            raise HandbookError(f"{path} is there already, so nothing was written; move it first")
        folder = next(parent for parent in (root / path).parents if os.path.lexists(parent))
        if not folder.is_dir() or not folder.resolve().is_relative_to(root):
            raise HandbookError(f"{path} would be outside this handbook, so nothing was written")
