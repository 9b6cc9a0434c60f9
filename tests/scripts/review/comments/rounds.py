"""Takes a review through comments, as people write them."""

import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from tests.events import said
from tests.scripts.review.rounds import review

REVIEW = "2026-11-20-docs"
HOLDERS = {"platform-lead": "dana", "communications-lead": "robin"}


def let_hold(root: Path, platform: str = "github") -> None:
    """Let accounts hold the two roles, and jobs@example.org file for them."""
    file = root / "registers" / "owners.yml"
    text = file.read_text(encoding="utf-8")
    for role, name in HOLDERS.items():
        text = text.replace(f"\n  {role}:\n", f"\n  {role}:\n    holders: ['{platform}:{name}']\n")
    file.write_text(f"{text}\nfiles_for_others: [social@example.org]\n", encoding="utf-8")


def issues(root: Path, existing: object = None) -> list[dict[str, Any]]:
    """Return what `handbook review issues` has a job do."""
    file = root.parent / "existing.json"
    file.write_text(json.dumps(existing or []), encoding="utf-8")
    result = review(root, "issues", "--existing", str(file), "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["issues"]
    return found


def form_of(role: str, body: str) -> str:
    """Return the form of a role from the text of an issue, as people copy it."""
    start = body.index(f"/sign {role}")
    return body[start : body.index("```", start)]


def filled(form: str) -> str:
    """Fill in a form as somebody who finds nothing to change, with another sentence for each page."""
    number = count(1)
    form = re.sub(r"- \[ \] (keep|unchanged)$", r"- [x] \1", form, flags=re.MULTILINE)
    form = re.sub(r"^Met on:.*", "Met on: 2026-11-20", form, flags=re.MULTILINE)
    return re.sub(
        r"^(Looked at|Reason|Environment|Law): *$",
        lambda match: f"{match[1]}: What part {next(number)} says holds.",
        form,
        flags=re.MULTILINE,
    )


def comment(
    root: Path, text: str, account: str, platform: str = "github", identity: int = 1, status: int = 0
) -> dict[str, Any]:
    """Hand the event of a comment to the command, as a job does, and return what the job gets."""
    file = root.parent / "event.json"
    file.write_bytes(said(platform, account, text, REVIEW, identity))
    result = review(root, "comment", "--event", str(file), "--format", "json")
    assert result.exit_code == status, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def record_of(root: Path, name: str) -> dict[str, Any]:
    """Return a file of the review."""
    text = (root / "registers" / "reviews" / REVIEW / name).read_text(encoding="utf-8")
    record: dict[str, Any] = yaml.safe_load(text)
    return record
