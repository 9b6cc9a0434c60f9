"""What an upgrade does with a file, by its path: replace it, merge it, or leave it alone."""

from enum import Enum
from pathlib import PurePosixPath
from typing import Final

from handbook.registers.evidence_folder import SAMPLE_FOLDER, SHIPPED_FOLDER, is_about_the_tool
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.schemas.schema_files import FOLDER as SCHEMAS
from handbook.schemas.schema_files import FROM_REGISTERS

# What an upgrade remembers in the handbook.
STATE_FOLDER: Final = "registers/adopted/"
_TEXTS: Final = ("docs/", "registers/")
_RULES: Final = ("docs/policy/", "docs/law/")
_EVIDENCE: Final = (
    *("registers/reviews/", "registers/editorial_changes/", "registers/editorial_changes.yml"),
    *("registers/waivers/", "registers/waivers.yml", "registers/accounts.yml", "registers/links.yml"),
    "registers/acknowledgement_counts.yml",
    "registers/open_questions.yml",
)
# Settings of the repository and of what serves it, which adopters write, too.
_SETTINGS: Final = (
    *(".github/", ".gitlab/", ".gitlab-ci.yml", ".gitignore", ".gitattributes", "CODEOWNERS"),
    *(".vscode/", ".devcontainer/", ".editorconfig", "renovate.json"),
)
# What adopters write into for their own readers.
_DOCUMENTS: Final = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE")
# The last ones are made here, from the adopter's own registers.
_NEVER: Final = (".git/", ".acknowledgements/", ".cache/", ".venv/", "site/", "build/", *FROM_REGISTERS)


class FileKind(Enum):
    """What decides how an upgrade treats a file."""

    TOOL = "tool"
    SETTING = "setting"
    CONFIGURATION = "configuration"
    ORGANIZATION = "organization"
    RULE = "rule"
    PAGE = "page"
    REGISTER = "register"
    ASSET = "asset"
    EVIDENCE = "evidence"
    SAMPLE = "sample"
    STATE = "state"
    NEVER = "never"


def kind_of(path: str) -> FileKind:
    """Return the kind of the file at a path from the root of the handbook."""
    for kind, places in _PLACES:
        if path.startswith(places):
            return kind
    if path in _DOCUMENTS:
        return FileKind.PAGE
    return _kind_of_text(path) if path.startswith(_TEXTS) else FileKind.TOOL


_PLACES: Final = (
    (FileKind.NEVER, _NEVER),
    (FileKind.STATE, (STATE_FOLDER,)),
    (FileKind.SAMPLE, (f"{SAMPLE_FOLDER}/",)),
    (FileKind.TOOL, (f"{SHIPPED_FOLDER}/", f"{SCHEMAS}/")),
    (FileKind.EVIDENCE, _EVIDENCE),
    (FileKind.SETTING, _SETTINGS),
    (FileKind.ORGANIZATION, (ORGANIZATION_FILE,)),
    (FileKind.CONFIGURATION, ("mkdocs.yml",)),
)


def _kind_of_text(path: str) -> FileKind:
    ending = PurePosixPath(path).suffix
    if is_about_the_tool(path):
        return FileKind.TOOL
    if ending == ".md":
        return FileKind.RULE if path.startswith(_RULES) else FileKind.PAGE
    return FileKind.REGISTER if ending == ".yml" else FileKind.ASSET
