"""Which files the theme publishes beside those of the handbook."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_THEME: Final = "material"
# MkDocs takes the templates and pages of a theme for no files of the site.
_NEVER_PUBLISHED: Final = (".html", ".md", ".py", ".pyc", "mkdocs_theme.yml")


def theme_files(folder: str, has_file: Callable[[str], bool]) -> Callable[[str], bool]:
    """Return what tells whether the theme publishes a file of a name.

    `folder` has the files that outweigh those of Material, and `has_file` tells whether the handbook has a
    file at a path.
    """
    package = find_spec(_THEME)
    below = [Path(path, "templates") for path in (package and package.submodule_search_locations) or ()]

    def is_in_theme(name: str) -> bool:
        if name.endswith(_NEVER_PUBLISHED) or ".." in name.split("/"):
            return False
        return has_file(f"{folder}/{name}") or any((templates / name).is_file() for templates in below)

    return is_in_theme
