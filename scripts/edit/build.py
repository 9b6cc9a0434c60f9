"""`handbook edit build`: writes the editor into a site."""

from pathlib import Path
from typing import Final

import click

from handbook.editing.configuration import configuration, page_folders
from handbook.editing.editor_files import FOLDER, editor_files, replace_folder, require_own
from handbook.editing.saving import Saving, saving_of
from handbook.files.tree import Folder
from handbook.hosting.compressed_files import require_site
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.organization import load_organization
from scripts.edit.packages import installed_packages
from scripts.edition.options import DATA_EPILOG
from scripts.options import exits_with_status, root_option

_WITH_REQUESTS: Final = "each change becomes a branch and a request to merge it, which others approve"
_WITHOUT: Final = "each change goes to the branch {branch}, from which somebody merges it by a pull request"


@click.command(name="build", epilog=DATA_EPILOG)
@click.argument("site", default="site", type=click.Path(file_okay=False, path_type=Path))
@root_option
@exits_with_status
def command(site: Path, root: Path) -> int:
    """Write the editor into the folder edit/ of SITE, or of site/ if none is named.

    SITE is the folder that is published: the built site, or an unpacked branch of editions. The first run
    installs Sveltia CMS and its icons into build/, by npm, and needs a network. The editor saves to the
    repository that organization.yml names. An edition never has the editor.
    """
    require_site(site)
    require_own(site / FOLDER)
    saving = saving_of(load_organization(Folder(root)))
    registers = read_registers(Folder(root))
    files = _files(root, registers, saving)
    replace_folder(site / FOLDER, files)
    click.echo(f"{site / FOLDER}: written, for {saving.host}/{saving.path}", err=True)
    click.echo(_WITH_REQUESTS if saving.makes_requests else _WITHOUT.format(branch=saving.branch), err=True)
    return 0


def _files(root: Path, registers: Registers, saving: Saving) -> dict[str, bytes]:
    paths = [path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md")]
    settings = configuration(
        registers, page_folders(paths), saving.settings(), makes_requests=saving.makes_requests
    )
    language = registers.organization.main_language
    return editor_files(installed_packages(), settings, saving.api_host, language)
