"""The configuration of the editor, made from `organization.yml`, the registers, and the folders of pages.

It is data in a file of its own, which the page reads as JSON: no text of a page or a register becomes code.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from handbook.content.languages import UNMARKED
from handbook.editing.fields import KINDS, fields
from handbook.errors import HandbookError
from handbook.registers.all_registers import Registers
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.organization import Organization
from handbook.schemas.given_names import in_language

FORMAT: Final = "lines-frontmatter"
_DOCS: Final = "docs"
# Pictures go to the main branch at once, past any approval: so none is shown, and none is small enough.
_NO_PICTURES: Final = {
    "media_folder": "docs/.none",
    "media_libraries": {"default": {"config": {"max_file_size": 0}}},
}
_MESSAGES: Final = {"create": "Add {{path}}", "update": "Edit {{path}}"}


def page_folders(paths: Sequence[str]) -> list[str]:
    """Return the folders that have pages to edit, by the paths of all files; pages about the tool are not."""
    pages = (path for path in paths if path.endswith(".md") and not is_about_the_tool(path))
    return sorted({PurePosixPath(page).parent.as_posix() for page in pages})


def configuration(
    registers: Registers, folders: Sequence[str], backend: Mapping[str, Any], *, makes_requests: bool
) -> dict[str, Any]:
    """Return what `configuration.json` holds: settings of Sveltia CMS, and the kind of each key of a page.

    Raises:
        HandbookError: if there is no page to edit.

    """
    if not folders:
        raise HandbookError("there is no page to edit below docs/")
    organization = registers.organization
    page_fields = fields(registers)
    # Elsewhere, a new page would need a text in a language that nobody reads there.
    creates = UNMARKED in organization.languages
    settings = {
        "backend": {**backend, **({"commit_messages": _MESSAGES} if "repo" in backend else {})},
        "publish_mode": "editorial_workflow" if makes_requests else "simple",
        "app_title": f"Handbook of {in_language(organization.name, organization.main_language)}",
        **_NO_PICTURES,
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "i18n": _languages(organization),
        "collections": [_collection(*each, page_fields, creates=creates) for each in _named(folders)],
    }
    if organization.handbook:
        settings["site_url"] = settings["display_url"] = organization.handbook
    return {"keys": KINDS, "sveltia": settings}


def _languages(organization: Organization) -> dict[str, Any]:
    """Return the languages; the one of files without a suffix is first, whichever readers get first.

    Sveltia CMS writes a new page in this one and in whatever languages somebody adds.
    """
    others = [language for language in organization.text_languages if language != UNMARKED]
    return {
        "structure": "multiple_files",
        "locales": [UNMARKED, *others],
        "default_locale": UNMARKED,
        "initial_locales": list(dict.fromkeys((UNMARKED, organization.main_language))),
        "omit_default_locale_from_file_path": True,
    }


def _named(folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each folder with the name of its collection, which becomes a part of the names of branches."""
    for folder in folders:
        inside = folder.removeprefix(_DOCS).strip("/")
        yield inside.replace("/", "-") or "top", folder


def _collection(
    name: str, folder: str, page_fields: Sequence[Mapping[str, Any]], *, creates: bool
) -> dict[str, Any]:
    """Return one folder as Sveltia CMS needs it: two collections in one folder would mix up their files."""
    label = " / ".join(
        part.replace("-", " ").capitalize() for part in PurePosixPath(folder).parts if part != _DOCS
    )
    return {
        "name": name,
        "label": label or "Pages at the top",
        "label_singular": f"Page in {label}" if label else "Page at the top",
        "folder": folder,
        "extension": "md",
        "format": FORMAT,
        "create": creates,
        "delete": False,
        "publish": False,
        "slug": {"template": "{{title}}", "editable": ["create"]},
        "summary": "{{title}}",
        "i18n": True,
        "fields": list(page_fields),
    }
