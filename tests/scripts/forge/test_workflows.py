"""The shell lines of the workflows do what they should, in a repository with the merge of a change.

Nothing of GitHub or GitLab is here: `make`, `gh`, and `curl` are programs of a few lines that take their
places and write down how they were called. What needs the platforms, such as artifacts, is done by the test.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PAGE, ROOT
from tests.scripts.conftest import Git

HANDBOOK = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m scripts.cli "$@"\n'
# Sets nothing up, and puts the command where set-up would have put it; a build is a folder.
MAKE = """#!/bin/sh
[ "$1" = -C ] && cd "$2" && shift 2
mkdir -p .venv/bin && cp "$STUBS/handbook" .venv/bin/handbook
[ "$1" = setup ] || mkdir -p site
"""
# Answers what is there already, and writes down everything else.
CALL = """#!/bin/sh
case "$*" in
  *"$EXISTING_ADDRESS"*) cat "$STUBS/existing.json" ;;
  *) echo "$*" >> "$STUBS/calls" ;;
esac
"""
# Workflows that an organization adds are its own.
SHIPPED = ("change.yml", "owners.yml", "publish-handbook.yml", "reviews.yml")
WORKFLOWS = [file for name in SHIPPED if (file := ROOT / ".github" / "workflows" / name).is_file()]
NOT_TRUSTED = "pull_request_target"
CREATE = "api --silent --method POST"
TOKEN = "of nobody"  # noqa: S105 - no password
# An organization may delete the files of a platform that it does not use.
on_github = pytest.mark.skipif(not (ROOT / ".github").is_dir(), reason="there are no files for GitHub here")
on_gitlab = pytest.mark.skipif(not (ROOT / ".gitlab").is_dir(), reason="there are no files for GitLab here")


class Runner:
    """A folder with the merge of a change checked out, and the programs that take the places of others."""

    def __init__(self, root: Path, source: Git) -> None:
        self.stubs, self.temporary, self.folder = root / "stubs", root / "temp", root / "work"
        for folder in (self.stubs, self.temporary):
            folder.mkdir()
        source("clone", "--quiet", str(source.root), str(self.folder))
        self.git = Git(self.folder, begin=False)
        for name, text in {"handbook": HANDBOOK, "make": MAKE, "gh": CALL, "curl": CALL}.items():
            (self.stubs / name).write_text(text)
            (self.stubs / name).chmod(0o755)
        self.answer([])

    def answer(self, existing: Sequence[object]) -> None:
        """Say what the platform answers when it is asked what is there."""
        (self.stubs / "existing.json").write_text(json.dumps(existing))
        (self.stubs / "calls").write_text("")

    @property
    def calls(self) -> list[str]:
        return (self.stubs / "calls").read_text().splitlines()

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run lines as the platforms do: the first one that fails ends them."""
        environment = {
            "PATH": f"{self.stubs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.temporary),
            "STUBS": str(self.stubs),
            "SOURCE_DATE_EPOCH": "1795176000",
            "EXISTING_ADDRESS": "?",
            **variables,
        }
        command = ["bash", "-e", "-o", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def github(self, workflow: str, job: str, **variables: str) -> list[subprocess.CompletedProcess[str]]:
        """Run each `run` of a job, also after one that failed; what only some runs do is left out."""
        variables |= {
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "GITHUB_REPOSITORY": "us/handbook",
            "GITHUB_SERVER_URL": "https://github.test",
            "GITHUB_RUN_ID": "1",
        }
        return [
            self.run(step["run"], **variables)
            for step in _loaded(ROOT / ".github" / "workflows" / workflow)["jobs"][job]["steps"]
            if "run" in step and ("if" not in step or "cancelled" in step["if"])
        ]

    def gitlab(self, part: str, job: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the lines of a job, with those before it."""
        jobs = _loaded(ROOT / ".gitlab" / "ci" / part)
        chosen = jobs[job]
        before = jobs[chosen["extends"]].get("before_script", []) if "extends" in chosen else []
        variables |= {
            "CI_COMMIT_SHA": self.git(
                "for-each-ref", "--format=%(objectname)", "refs/remotes/origin/change"
            ).strip(),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_IID": "5",
            "CI_PIPELINE_URL": "https://gitlab.test/1",
            "ADDRESS": "https://gitlab.test/api",
            "BASE": str(self.temporary / "base"),
        }
        return self.run("\n".join([*before, *chosen["script"]]), **variables)


def _loaded(file: Path) -> Mapping[str, Any]:
    text = file.read_text("utf-8").replace("\non:", "\n'on':")  # YAML 1.1 takes the key for `true`.
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.fixture
def change(git: Git) -> Git:
    """A change of a page on the branch `change`, while the main branch went on."""
    git("switch", "--quiet", "--create", "change")
    (git.root / "docs" / "other.md").write_text(PAGE.replace("A page", "Other").replace("Text.", "New text."))
    (git.root / "docs" / "new.md").write_text(PAGE.replace("owner: platform-lead\n", ""))
    git.commit("2026-11-02")
    git("switch", "--quiet", "main")
    (git.root / "docs" / "index.md").write_text(PAGE.replace("Text.", "Text of the main branch."))
    git.commit("2026-11-03")
    return git


@pytest.fixture
def runner(change: Git, tmp_path: Path) -> Runner:
    return Runner(tmp_path, change)


@on_github
def test_a_pull_request_is_judged_by_its_base_and_gets_one_comment(runner: Runner) -> None:
    runner.git("merge", "--quiet", "--no-ff", "--no-edit", "origin/change")
    set_up, check, approvals = runner.github("change.yml", "check")
    assert set_up.returncode == 0, set_up.stderr
    assert check.returncode == 1
    assert "::error file=docs/new.md,line=1," in check.stdout
    assert "::error file=docs/index.md" not in check.stdout
    assert approvals.returncode == 0, approvals.stderr
    told = (runner.temporary / "approvals.md").read_text()
    assert "| docs/other.md | its text changes |" in told
    assert "docs/index.md" not in told
    assert (runner.temporary / "summary.md").read_text() == told
    (runner.temporary / "approvals").mkdir()
    (runner.temporary / "approvals.md").rename(runner.temporary / "approvals" / "approvals.md")
    posted = _comment(runner)
    assert runner.calls == [
        f"{CREATE} repos/us/handbook/issues/5/comments --input {runner.temporary}/requests/1.json"
    ]
    assert "| docs/other.md | its text changes |" in posted
    assert "Not known, because the site with this change, or without it, could not be built." in posted
    runner.answer([{"id": 12, "body": posted, "user": {"login": "github-actions[bot]"}}])
    assert _comment(runner) == ""
    assert runner.calls == []


def _comment(runner: Runner) -> str:
    """Run the job that comments; return the text that it sends, or nothing."""
    address = "repos/us/handbook/issues/5/comments"
    sent = runner.temporary / "requests"
    for file in sent.glob("*") if sent.exists() else ():
        file.unlink()
    if sent.exists():
        sent.rmdir()
    variables = {"NUMBER": "5", "PREVIEW": "", "EXISTING_ADDRESS": f"--paginate {address}"}
    done = runner.github("change.yml", "comment", **variables)
    assert [each.returncode for each in done] == [0, 0], done[-1].stderr
    request = sent / "1.json"
    return str(json.loads(request.read_text())["body"]) if request.exists() else ""


@on_github
def test_a_pull_request_is_built_and_told_what_readers_will_notice(runner: Runner) -> None:
    runner.git("merge", "--quiet", "--no-ff", "--no-edit", "origin/change")
    (build, changes) = runner.github("change.yml", "build")
    assert build.returncode == 0
    assert changes.returncode == 0, changes.stderr
    report = (runner.temporary / "changes.md").read_text()
    assert "<ins>New text</ins>" in report
    assert "main branch" not in report


@on_github
def test_owners_get_issues_from_a_daily_run(runner: Runner) -> None:
    done = runner.github("owners.yml", "issues", WITH_LINKS="", EXISTING_ADDRESS="labels=handbook-owner")
    assert [each.returncode for each in done] == [0, 0], done[-1].stderr
    label, *created = runner.calls
    assert label.startswith("label create handbook-owner --force --repo us/handbook")
    assert created
    assert all(call.startswith(f"{CREATE} repos/us/handbook/issues --input") for call in created)


@on_gitlab
def test_a_merge_request_is_judged_by_its_base_and_gets_one_comment(runner: Runner) -> None:
    check = runner.gitlab("change.yml", "check")
    assert check.returncode == 1
    assert "docs/new.md:1:1: error OWN001" in check.stdout
    findings = json.loads((runner.folder / "build" / "findings.json").read_text())
    assert "docs/new.md" in {finding["location"]["path"] for finding in findings}
    assert "CHG001" not in check.stdout
    assert "its text changes" in (runner.folder / "build" / "approvals.md").read_text()
    runner.git("worktree", "remove", "--force", str(runner.temporary / "base"))
    comment = runner.gitlab(
        "change.yml", "comment", HANDBOOK_COMMENT_TOKEN=TOKEN, EXISTING_ADDRESS="notes?per_page"
    )
    assert comment.returncode == 0, comment.stderr
    (call,) = runner.calls
    assert "--request POST" in call
    assert call.endswith("https://gitlab.test/api/merge_requests/5/notes")


@on_gitlab
def test_owners_get_issues_from_a_scheduled_pipeline(runner: Runner) -> None:
    done = runner.gitlab(
        "owners.yml", "owners", HANDBOOK_TOKEN=TOKEN, TRY_LINKS="", EXISTING_ADDRESS="issues?"
    )
    assert done.returncode == 0, done.stderr
    assert runner.calls
    assert all(call.endswith("https://gitlab.test/api/issues") for call in runner.calls)


@on_github
def test_the_branch_of_editions_is_brought_up_to_date_and_unpacked(published: Git, tmp_path: Path) -> None:
    runner = Runner(tmp_path, published)
    done = runner.github("publish-handbook.yml", "site")
    assert [each.returncode for each in done] == [0, 0, 0, 0], [each.stderr for each in done]
    assert runner.calls == ["auth setup-git"]
    assert (runner.folder / "public" / "2026.1" / "edition.json").is_file()
    assert "edition-2026.1" in published("tag", "--list")


@on_gitlab
def test_gitlab_pages_gets_copies_and_compressed_files(published: Git, tmp_path: Path) -> None:
    runner = Runner(tmp_path, published)
    done = runner.gitlab(
        "publish-handbook.yml",
        "pages",
        CI_DEFAULT_BRANCH="main",
        CI_SERVER_HOST="gitlab.test",
        REPOSITORY=str(published.root),
    )
    assert done.returncode == 0, done.stderr
    public = runner.folder / "public"
    assert not (public / "latest").is_symlink()
    assert (public / "latest" / "index.html.gz").is_file()


@pytest.mark.skipif(not (ROOT / ".devcontainer").is_dir(), reason="there is no container here")
def test_the_container_needs_a_name_and_no_address() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert "/" not in container["image"]
    assert (ROOT / container["postCreateCommand"].removeprefix("python3 ")).is_file()


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_may_do_nothing_unless_a_job_says_so_and_its_actions_are_fixed(file: Path) -> None:
    flow = _loaded(file)
    assert flow["permissions"] == {}
    assert NOT_TRUSTED not in str(flow["on"])
    for job in flow["jobs"].values():
        assert "permissions" in job
        for step in job["steps"]:
            name, _, revision = step.get("uses", "actions/none@" + "0" * 40).partition("@")
            assert name.startswith("actions/")
            assert len(bytes.fromhex(revision)) == 20


@on_github
def test_where_the_change_runs_nothing_can_be_written() -> None:
    jobs = _loaded(ROOT / ".github" / "workflows" / "change.yml")["jobs"]
    assert jobs["build"]["permissions"] == jobs["check"]["permissions"] == {"contents": "read"}
    assert "secrets." not in (ROOT / ".github" / "workflows" / "change.yml").read_text()


@on_gitlab
def test_only_the_comment_gets_its_token() -> None:
    jobs = _loaded(ROOT / ".gitlab" / "ci" / "change.yml")
    scoped = {
        name for name, job in jobs.items() if job.get("environment", {}).get("name") == "handbook-comment"
    }
    named = {name for name, job in jobs.items() if "HANDBOOK_COMMENT_TOKEN" in str(job)}
    assert scoped == named == {"comment"}


@on_github
@on_gitlab
def test_the_templates_of_both_platforms_say_the_same() -> None:
    ours = ROOT / ".github" / "pull_request_template.md"
    assert ours.read_text() == (ROOT / ".gitlab" / "merge_request_templates" / "Default.md").read_text()
    github = {file.name: file.read_text() for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md")}
    gitlab = {file.name: file.read_text() for file in (ROOT / ".gitlab" / "issue_templates").glob("*.md")}
    assert len(gitlab) == 3
    assert {name: text.split("---\n\n", 1)[1] for name, text in github.items()} == gitlab
    assert not any("labels:" in text for text in github.values())
