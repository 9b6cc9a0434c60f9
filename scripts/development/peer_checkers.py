"""Other checkers, run on the same pages by the benchmark, which installs them for itself alone."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from handbook.content.audiences import AUDIENCES
from scripts.development.timing import Command

CHECK_JSONSCHEMA = "check-jsonschema==0.39.0"
MARKDOWNLINT = "markdownlint-cli2@0.24.1"
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "description", "owner", "last_reviewed"],
    "properties": {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "owner": {"enum": ["platform-lead", "communications-lead"]},
        "last_reviewed": {"type": "string"},
        "review_every": {"pattern": "^[1-6] months?$"},
        "audience": {"type": "array", "items": {"enum": list(AUDIENCES)}},
        "legal_review": {"type": "string"},
    },
}


def check_jsonschema(docs: Path, folder: Path) -> Command | None:
    """Install check-jsonschema and take the front matter out of the pages; None where it cannot be had."""
    python = folder / "python"
    program = [str(python / "bin" / "python"), "-m", "pip", "install", "--quiet", CHECK_JSONSCHEMA]
    if not _installed([sys.executable, "-m", "venv", str(python)], program):
        return None
    schema = folder / "schema.json"
    schema.write_text(json.dumps(_SCHEMA), encoding="utf-8")
    blocks = folder / "blocks"
    blocks.mkdir()
    for number, page in enumerate(sorted(docs.rglob("*.md"))):
        block = _FRONT_MATTER.match(page.read_text(encoding="utf-8"))
        (blocks / f"{number}.yml").write_text(block[1] if block else "", encoding="utf-8")
    files = sorted(map(str, blocks.iterdir()))
    return [str(python / "bin" / "check-jsonschema"), "--schemafile", str(schema), *files]


def markdownlint(docs: Path, folder: Path) -> Command | None:
    """Install markdownlint-cli2; None where it cannot be had."""
    if shutil.which("npm") is None:
        return None
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    if not _installed([*install, "--prefix", str(folder / "node"), MARKDOWNLINT]):
        return None
    program = folder / "node" / "node_modules" / ".bin" / "markdownlint-cli2"
    return [str(program), f"{docs}/**/*.md"]


PEERS: dict[str, Callable[[Path, Path], Command | None]] = {
    "check-jsonschema, on the front matter alone": check_jsonschema,
    "markdownlint-cli2": markdownlint,
}


def _installed(*commands: Sequence[str]) -> bool:
    done = (subprocess.run(command, capture_output=True, check=False) for command in commands)
    return all(one.returncode == 0 for one in done)
