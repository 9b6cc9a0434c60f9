"""The files of the editor, which go into the folder `edit` of a site."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.editing.exact_script import PACKAGE, exact
from handbook.errors import HandbookError
from handbook.files.atomic_write import cannot_be_written
from handbook.hosting.editor_headers import policy_in_page
from handbook.text.json_text import as_document

FOLDER: Final = "edit"
OWN_FILES: Final = Path(__file__).with_name("page")
_MARK: Final = "lines_format.js"
_OWN: Final = ("editor.js", "editor.css", _MARK)
_CMS: Final = "@sveltia/cms"
_ICONS: Final = "@fontsource-variable/material-symbols-outlined"
_ICON_FILE: Final = "files/material-symbols-outlined-latin-wght-normal.woff2"


def editor_files(
    packages: Path, configuration: Mapping[str, Any], api_host: str | None, language: str
) -> dict[str, bytes]:
    """Return what is in the folder, by paths below it; `packages` is the folder that npm installed into.

    Raises:
        HandbookError: if a package is not there as the lock file fixes it.

    """
    cms, icons = packages / _CMS, packages / _ICONS
    version = json.loads(_read(cms / "package.json"))["version"]
    texts = sorted((cms / "locales").glob("*.json"))
    return {
        "index.html": _page(api_host, language),
        **{name: (OWN_FILES / name).read_bytes() for name in _OWN},
        "configuration.json": as_document(configuration).encode(),
        "sveltia-cms.js": exact(_read(cms / "dist/sveltia-cms.js").decode()).encode(),
        "sveltia-cms.LICENSE.txt": _read(cms / "LICENSE.txt"),
        "icons.woff2": _read(icons / _ICON_FILE),
        "icons.LICENSE.txt": _read(icons / "LICENSE"),
        # It asks there for the newest version, and says so if there is one.
        f"{PACKAGE}/package.json": as_document({"version": version}).encode(),
        **{f"{PACKAGE}@{version}/locales/{file.name}": _read(file) for file in texts},
    }


def _page(api_host: str | None, language: str) -> bytes:
    templates = Environment(
        loader=FileSystemLoader(OWN_FILES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    page = templates.get_template("index.html")
    return page.render(policy=policy_in_page(api_host), language=language).encode()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise HandbookError(
            f"{file} cannot be read ({error.strerror}); delete build/editor and run this again"
        ) from None


def require_own(folder: Path) -> None:
    """Refuse a folder that is there and is not that of an editor.

    Raises:
        HandbookError: if it is somebody else's.

    """
    if folder.is_symlink() or (folder.exists() and not (folder / _MARK).is_file()):
        raise HandbookError(f"{folder} is there and has no editor in it; move it first")


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in place of a folder, so that a server has the old ones or the new ones.

    Raises:
        HandbookError: if they cannot be written, or if the folder is somebody else's.

    """
    require_own(folder)
    draft, old = (folder.with_name(f".{folder.name}.{name}") for name in ("new", "old"))
    try:
        for leftover in (draft, old):
            shutil.rmtree(leftover, ignore_errors=True)
        for name, data in files.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(data)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except OSError as error:
        raise cannot_be_written(error.filename or folder, error) from None
    finally:
        shutil.rmtree(old if folder.exists() else draft, ignore_errors=True)
