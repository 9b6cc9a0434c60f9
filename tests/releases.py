"""Two small releases of the tool, and handbooks that adopted the first one in three ways."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.scripts.conftest import Git

PAGE = """---
title: {title}
description: What it is about.
owner: lead
last_reviewed: 2026-10-14
legal_review: 2026-10-14
---

# {title}

One rule holds.

Ask {{{{ contact("press") }}}} first.

The end.
"""
ORGANIZATION = """\
# Edit this file first.

# This organization is invented.
sample: true
name: Example
sector: charity # healthcare or charity
languages: [en]

# Whom to ask.
contacts:
  press:
    role: Press office
    phone: "+1 555 0101"
  people:
    role: People team
# Delete this line.
develops_the_tool: true
"""
MKDOCS = """\
site_name: Handbook
nav:
  - index.md
  - Rules:
      - policy/work.md
      - policy/old.md
  - Help:
      - practice/crisis.md
      - practice/gone.md
theme:
  name: material
"""
OWNERS = "# The roles.\nowners:\n  lead:\n    title: Lead\n"
OLD: Mapping[str, str] = {
    ".gitignore": ".cache/\n",
    "README.md": "# Handbook\n\nRead it.\n",
    "Makefile": "all:\n",
    "handbook/__init__.py": '"""Old."""\n',
    "handbook/gone.py": "OLD = 1\n",
    "overrides/main.html": "<main>\n",
    "docs/contributing/index.md": "# How to edit\n",
    "docs/index.md": PAGE.format(title="Start"),
    "docs/policy/work.md": PAGE.format(title="Work"),
    "docs/policy/general.md": PAGE.format(title="General"),
    "docs/policy/old.md": PAGE.format(title="Old"),
    "docs/practice/crisis.md": PAGE.format(title="Crisis"),
    "docs/practice/gone.md": PAGE.format(title="Gone"),
    "docs/picture.png": "PNG 1",
    "registers/owners.yml": OWNERS,
    "registers/accounts.yml": "accounts: []\n",
    "registers/sources.yml": "sources:\n  law-a:\n    title: A\n  law-b:\n    title: B\n",
    "sample/registers/waivers.yml": "waivers: [invented]\n",
    "organization.yml": ORGANIZATION,
    "mkdocs.yml": MKDOCS,
}
_GONE = ("handbook/gone.py", "docs/practice/gone.md", "docs/policy/old.md")
NEW: Mapping[str, str] = {path: text for path, text in OLD.items() if path not in _GONE} | {
    "handbook/__init__.py": '"""New."""\n',
    "handbook/upgraded.py": "NEW = 1\n",
    "run": "#!/bin/sh\n",
    "docs/contributing/index.md": "# How to edit, anew\n",
    "docs/policy/work.md": PAGE.format(title="Work").replace("One rule holds.", "Two rules hold."),
    "docs/policy/general.md": PAGE.format(title="General").replace("The end.", "The very end."),
    "docs/practice/crisis.md": PAGE.format(title="Crisis").replace("2026-10-14", "2026-11-20"),
    "docs/practice/video.md": PAGE.format(title="Video"),
    "docs/practice/video.fr.md": PAGE.format(title="Vidéo"),
    "registers/owners.yml": OWNERS + "  legal:\n    title: Legal lead\n",
    "registers/sources.yml": "sources:\n  law-a:\n    title: A, amended\n",
    "sample/registers/waivers.yml": "waivers: [invented, again]\n",
    "organization.yml": ORGANIZATION.replace("+1 555 0101", "+1 555 0199")
    .replace("healthcare or charity", "healthcare, charity or other")
    .replace("# Delete", '  emergencies:\n    role: Duty manager\n    phone: "+1 555 0190"\n# Delete')
    .replace("languages: [en]\n", 'languages: [en]\nemergency_number: "911"\n'),
    "mkdocs.yml": MKDOCS.replace("      - policy/old.md\n", "")
    .replace("practice/gone.md", "practice/video.md")
    .replace("material", "other"),
}


def put(root: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if "run" in files:
        (root / "run").chmod(0o755)
    return root


def upstream(root: Path) -> Git:
    """Make the repository of the tool, with the tags v1 and v2."""
    git = Git(put(root, OLD))
    git.commit("2026-11-01", "Release v1")
    git("tag", "v1")
    for path in _GONE:
        (root / path).unlink()
    put(root, NEW)
    git.commit("2026-11-20", "Release v2")
    git("tag", "v2")
    return git


def fork(source: Git, root: Path) -> Git:
    """Clone the tool as of v1."""
    source("clone", "--quiet", source.root.as_uri(), str(root))
    git = Git(root)
    git("switch", "--quiet", "--create", "own", "v1")
    return git


def copy(root: Path) -> Git:
    """Begin a repository with a copy of v1."""
    git = Git(put(root, OLD))
    git.commit("2026-11-02", "Begin")
    return git


def edit(root: Path) -> None:
    """Adopt a handbook, and change what an adopter changes."""
    organization = root / "organization.yml"
    text = organization.read_text("utf-8").replace("sample: true\n", "").replace("Example", "Riverside")
    text = text.replace("charity #", "healthcare #").replace("+1 555 0101", "+1 212 555 7788")
    organization.write_text(text.replace("develops_the_tool: true\n", ""), encoding="utf-8")
    crisis = root / "docs" / "practice" / "crisis.md"
    reviewed = crisis.read_text("utf-8").replace("2026-10-14", "2026-11-28")
    crisis.write_text(reviewed.replace("One rule", "Our rule"), encoding="utf-8")
    general = root / "docs" / "policy" / "general.md"
    general.write_text(general.read_text("utf-8").replace("One rule", "Our rule"), encoding="utf-8")
    (root / "docs" / "practice" / "sale.md").write_text(
        PAGE.format(title="Sale").replace("One", "{{ source('law-b') }} One"), encoding="utf-8"
    )
    owners = root / "registers" / "owners.yml"
    owners.write_text(owners.read_text("utf-8") + "  branch:\n    title: Branch lead\n", encoding="utf-8")
    (root / "registers" / "accounts.yml").write_text("accounts:\n  - platform: x\n", encoding="utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8").replace("crisis.md\n", "crisis.md\n      - practice/sale.md\n")
    config.write_text(text, encoding="utf-8")


def adopted(kind: str, source: Git, root: Path) -> Git:
    """Return a handbook that adopted v1: as a fork, a copy, or an archive whose beginning git never saw."""
    git = fork(source, root) if kind == "fork" else copy(root)
    edit(root)
    if kind == "archive":
        shutil.rmtree(root / ".git")
        git = Git(root)
    git.commit("2026-11-10", "Adopt")
    return git
