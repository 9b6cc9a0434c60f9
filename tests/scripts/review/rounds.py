"""Takes handbooks through reviews with `handbook review`, as people do."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from click.testing import CliRunner, Result

from scripts.cli import main


def review(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["review", arguments[0], "--root", str(root), *arguments[1:]], catch_exceptions=False
    )


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["check", "--root", str(root), "--today", "2026-11-20", *arguments], catch_exceptions=False
    )


def written(result: Result) -> str:
    """Return the output of a command that succeeded."""
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(result: Result) -> str:
    """Return the reason of a command that failed."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


def answers_file(root: Path, pages: Sequence[str]) -> str:
    """Write what a role answers for pages, outside of the handbook."""
    readings = {page: {"verdict": "keep", "note": f"Tried what {page} says."} for page in pages}
    content = {"environment": "Nothing new.", "legal": "None since the last review.", "pages": readings}
    return _written(root.parent / "answers.yml", content)


def decisions_file(root: Path, pages: Sequence[str], outcome: str = "unchanged") -> str:
    """Write what a meeting decides about pages, outside of the handbook."""
    content = {"pages": {page: {"outcome": outcome, "reason": f"What {page} says holds."} for page in pages}}
    return _written(root.parent / "decisions.yml", content)


def _written(file: Path, content: object) -> str:
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return str(file)
