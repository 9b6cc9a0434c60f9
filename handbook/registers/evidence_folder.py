"""Where the evidence of a handbook is, such as records of reviews, waivers, links, and open questions.

That of the sample is as invented as its organization. It is below `sample/`, and is read only while
`organization.yml` says `sample: true`. The records of pages about the tool come with each release, and are
read in every handbook.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from handbook.files.tree import FileTree
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.yaml.located import read_mapping

SAMPLE_FOLDER: Final = "sample"
SHIPPED_FOLDER: Final = "registers/shipped"
# The registers that are evidence and that a macro shows.
_EVIDENCE: Final = (
    "registers/accounts.yml",
    "registers/acknowledgement_counts.yml",
    "registers/open_questions.yml",
    "registers/waivers.yml",
)
_OWN_FOLDER: Final = "registers/"
_TOOL_FOLDERS: Final = ("docs/audit/", "docs/contributing/")


def own_path(tree: FileTree, path: str) -> str:
    """Return where the handbook keeps evidence of its own, such as `registers/waivers.yml`."""
    return f"{SAMPLE_FOLDER}/{path}" if is_sample(tree) else path


def evidence_paths(tree: FileTree, path: str) -> tuple[str, str]:
    """Return where records are read: those of the handbook, and those that came with the release."""
    return own_path(tree, path), shipped_path(path)


def register_path(path: str, *, is_sample: bool) -> str:
    """Return where a register is kept; that of the sample, if it is evidence, is below `sample/`."""
    return f"{SAMPLE_FOLDER}/{path}" if is_sample and path in _EVIDENCE else path


def path_to_write(tree: FileTree, path: str, pages: Iterable[str]) -> str:
    """Return where a new record of these pages is written; the product ships those of its own pages."""
    is_shipped = is_sample(tree) and all(map(is_about_the_tool, pages))
    return shipped_path(path) if is_shipped else own_path(tree, path)


def shipped_path(path: str) -> str:
    """Return where a release brings records."""
    return f"{SHIPPED_FOLDER}/{path.removeprefix(_OWN_FOLDER)}"


def possible_paths(path: str) -> tuple[str, ...]:
    """Return where evidence may be in any handbook, of today or of a past day."""
    return path, f"{SAMPLE_FOLDER}/{path}", shipped_path(path)


def is_shipped(path: str) -> bool:
    """Tell whether a record came with the release."""
    return path.startswith(f"{SHIPPED_FOLDER}/")


def is_about_the_tool(page: str) -> bool:
    """Tell whether a page is about this tool; its release brings its review."""
    return page.startswith(_TOOL_FOLDERS)


def is_sample(tree: FileTree) -> bool:
    """Tell whether the handbook is the sample, whatever else is in its organization.yml."""
    return _says_sample(tree.read(ORGANIZATION_FILE) or b"")


@lru_cache(maxsize=64)
def _says_sample(data: bytes) -> bool:
    """Ask each state of the file once, because every register asks."""
    return read_mapping(data.decode("utf-8-sig", "replace")).data.get("sample") is True
