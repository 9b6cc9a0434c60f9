"""The shell lines of the workflow, as GitHub runs them, with a `gh` that only notes what it is asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from scripts.cli import main
from tests.conftest import ROOT
from tests.events import said, with_change
from tests.scripts.conftest import Git
from tests.scripts.review.comments.rounds import REVIEW, filled, form_of, issues, let_hold, record_of
from tests.scripts.review.rounds import review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

if shutil.which("bash") is None:
    pytest.skip("the workflow needs bash", allow_module_level=True)

WORKFLOW = ROOT / ".github" / "workflows" / "reviews.yml"
GH = """#!/bin/sh
case "$*" in
  *--paginate*) echo '[]' ;;
  *) echo "$*" >> "$NOTES" ;;
esac
"""


@pytest.fixture
def checkout(git: Git, tmp_path: Path) -> Git:
    """A clone of a repository with an open review, set up as `make setup` leaves it."""
    let_hold(git.root)
    (git.root / ".gitignore").write_text(".venv\n.cache/\n__pycache__/\n")
    written(review(git.root, "start", "docs"))
    git.commit("2026-11-20")
    git("config", "receive.denyCurrentBranch", "updateInstead")
    git("clone", "--quiet", str(git.root), str(tmp_path / "clone"))
    clone = Git(tmp_path / "clone", begin=False)
    (clone.root / ".venv" / "bin").mkdir(parents=True)
    (clone.root / ".venv" / "bin" / "handbook").symlink_to(Path(sys.executable).with_name("handbook"))
    return clone


def _run(job: str, checkout: Git, event: bytes = b"{}") -> list[str]:
    """Run the steps of a job, and return what it asks `gh` for."""
    folder = checkout.root.parent / f"job-{job}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    (folder / "event.json").write_bytes(event)
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **workflow["env"],
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "NOTES": str(folder / "notes"),
        "RUNNER_TEMP": str(folder),
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_REPOSITORY": "example/handbook",
        "NUMBER": "7",
        "MAIN": "main",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    for step in workflow["jobs"][job]["steps"]:
        if "run" in step and step["run"] != "make setup":
            command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
            done = subprocess.run(command, cwd=checkout.root, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    return (folder / "notes").read_text().splitlines()


def test_the_job_opens_an_issue(checkout: Git) -> None:
    label, issue = _run("issues", checkout)
    assert label.startswith("label create handbook-review --force")
    assert issue.startswith("api --silent --method POST repos/example/handbook/issues --input")


def test_the_job_files_a_comment_pushes_it_and_answers(checkout: Git, git: Git) -> None:
    (issue,) = issues(checkout.root)
    text = filled(form_of("platform-lead", issue["body"])) + "\n$(touch hacked) `touch hacked` ${{ 1 }}\n"
    (answer,) = _run("comment", checkout, said("github", "dana", text, REVIEW))
    assert answer.startswith("api --silent --method POST repos/example/handbook/issues/7/comments --input")
    assert record_of(git.root, "platform-lead.yml")["filed_for"]["account"] == "github:dana"
    assert git("log", "-1", "--format=%ae").strip() == "handbook-reviews@users.noreply.github.com"
    assert git("log", "-1", "--format=%s").strip() == f"Sign the review {REVIEW} as platform-lead"
    assert not list(checkout.root.rglob("hacked"))


def test_the_job_answers_what_is_refused_and_pushes_nothing(checkout: Git, git: Git) -> None:
    before = git("rev-parse", "HEAD")
    (answer,) = _run("comment", checkout, said("github", "nobody", "/sign platform-lead", REVIEW))
    assert "issues/7/comments" in answer
    assert git("rev-parse", "HEAD") == before


def test_nothing_that_people_write_is_put_into_a_shell() -> None:
    """Expressions stand in `with`, `env`, and `if` alone."""
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    lines = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert any("review comment" in line for line in lines)
    assert not [line for line in lines if "${{" in line]


GITLAB = ROOT / ".gitlab" / "ci" / "reviews.yml"
CURL = """#!/bin/sh
echo "$*" >> "$NOTES"
"""


def _run_on_gitlab(job: str, checkout: Git, origin: Git, event: bytes) -> list[str]:
    """Run the lines of a job, and return what it asks `curl` for."""
    folder = checkout.root.parent / f"gitlab-{job}"
    folder.mkdir()
    for name, text in (("curl", CURL), ("make", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "payload.json").write_bytes(event)
    settings = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "NOTES": str(folder / "notes"),
        "TRIGGER_PAYLOAD": str(folder / "payload.json"),
        "CI_DEFAULT_BRANCH": "main",
        "CI_SERVER_HOST": "gitlab.example.org",
        "ADDRESS": "https://gitlab.example.org/api/v4/projects/5",
        "REPOSITORY": str(origin.root),
        "HANDBOOK_TOKEN": "of nobody",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    lines = [*settings[".reviews"]["before_script"], *settings[job]["script"]]
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", "\n".join(lines)]
    done = subprocess.run(command, cwd=checkout.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return (folder / "notes").read_text().splitlines()


def test_the_job_on_gitlab_records_an_approval_on_the_branch_of_the_change(checkout: Git, git: Git) -> None:
    owners = git.root / "registers" / "owners.yml"
    owners.write_text(owners.read_text().replace("github:dana", "gitlab:dana"))
    git.commit("2026-11-20")
    git("switch", "--quiet", "--create", "spelling")
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Texts.", 1))
    tip = git.commit("2026-11-20")
    git("switch", "--quiet", "main")

    def approved(event: dict[str, Any]) -> None:
        event["object_attributes"]["last_commit"]["id"] = tip

    event = with_change("gitlab-merge-request-approved", approved)
    (answer,) = _run_on_gitlab("review-comment", checkout, git, event)
    assert "merge_requests/12/notes" in answer
    assert git("log", "-1", "--format=%s", "spelling").strip() == "Record an editorial change"
    assert git("log", "-1", "--format=%s", "main").strip() != "Record an editorial change"
    files = git("diff", "--name-only", f"{tip}..spelling").split()
    assert [file.rpartition("/")[0] for file in files] == ["registers/editorial_changes"]


def test_an_approval_of_a_change_from_a_fork_names_no_branch(tmp_path: Path) -> None:
    def forked(event: dict[str, Any]) -> None:
        event["object_attributes"]["source_project_id"] = 6

    for change, branch in ((lambda _event: None, "spelling\n"), (forked, "")):
        file = tmp_path / "event.json"
        file.write_bytes(with_change("gitlab-merge-request-approved", change))
        command = ["review", "approved-branch", "--event", str(file)]
        assert CliRunner().invoke(main, command).stdout == branch
