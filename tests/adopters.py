"""Somebody who adopted this handbook some commits ago."""

from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY
from tests.records import record
from tests.scripts.conftest import Git

SAMPLE_LINE = "sample: true\n"


def require_history() -> None:
    """Skip a test where the history of this repository is not there."""
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the repository is not a clone, so it has no history")
    if Git(ROOT, begin=False)("rev-parse", "--is-shallow-repository").strip() == "true":
        pytest.skip("this is a shallow clone, which lacks the commit that the handbook was adopted from")
    if SAMPLE_LINE not in (ROOT / "organization.yml").read_text("utf-8"):
        pytest.skip("this handbook was adopted, so its history is not that of the tool")


def adopted_upstream(start: str, tmp_path: Path) -> Git:
    """Clone this repository as of a commit, and adopt it as its README says."""
    Git(tmp_path)("clone", "--quiet", ROOT.as_uri(), "adopter")
    git = Git(tmp_path / "adopter")
    git("switch", "--quiet", "--create", "own", start)
    file = git.root / "organization.yml"
    text = file.read_text("utf-8").replace("Example Reading Network", "Riverside Library")
    file.write_text(text.replace(SAMPLE_LINE, ""), encoding="utf-8")
    for invented in (git.root / "registers" / "reviews").glob("*.yml"):
        invented.unlink()
    (git.root / "registers" / "editorial_changes.yml").unlink(missing_ok=True)
    git.commit("2026-11-27", "Adopt the handbook")
    own = git.root / "registers" / "reviews" / "2026-11-28-own.yml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(record({"docs/index.md": f"sha256:{'0' * 64}"}, TODAY), encoding="utf-8")
    accounts = git.root / "registers" / "accounts.yml"
    accounts.write_text("# Ours.\naccounts: []\n", encoding="utf-8")
    git.commit("2026-11-28", "Review the start page")
    return git
