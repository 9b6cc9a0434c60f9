"""Takes a review through comments, as people write them."""

import json
import re
import shutil
from dataclasses import dataclass
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
    jobs: list[dict[str, Any]] = json.loads(result.stdout)["issues"]
    return jobs


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


@dataclass(frozen=True, slots=True)
class Answered:
    """What a job gets for an event: what to send, and the message of the commit."""

    result: str
    sent: list[tuple[str, str, dict[str, Any]]]
    commit: str

    @property
    def answer(self) -> str:
        return str(self.sent[0][2]["body"]) if self.sent else ""

    @property
    def closes(self) -> bool:
        return self.sent[-1][2] in ({"state": "closed"}, {"state_event": "close"})


def answered(root: Path, event: bytes, status: int = 0, existing: object = None) -> Answered:
    """Hand an event to the command, as a job does."""
    folder, file, known = (root.parent / name for name in ("requests", "event.json", "existing.json"))
    shutil.rmtree(folder, ignore_errors=True)
    file.write_bytes(event)
    known.write_text(json.dumps(existing or []))
    options = ("--existing", str(known), "--requests", str(folder))
    result = review(root, "comment", "--event", str(file), *options)
    assert result.exit_code == status, result.output
    commit = (folder / "commit").read_text() if (folder / "commit").exists() else ""
    return Answered("refused" if status else "filed" if commit else "nothing", sent_from(folder), commit)


def sent_from(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the requests that a job sends, as it reads them."""
    rows = [line.split(" ") for line in (folder / "list").read_text().splitlines()]
    return [(method, path, json.loads((folder / file).read_text())) for method, path, file in rows]


def comment(
    root: Path, text: str, account: str, platform: str = "github", identity: int = 1, status: int = 0
) -> Answered:
    """Write a comment on the issue, and return what becomes of it."""
    return answered(root, said(platform, account, text, REVIEW, identity), status)


def record_of(root: Path, name: str) -> dict[str, Any]:
    """Return a file of the review."""
    text = (root / "registers" / "reviews" / REVIEW / name).read_text(encoding="utf-8")
    record: dict[str, Any] = yaml.safe_load(text)
    return record
