"""The approval of a change with the label `editorial`: recorded, or refused as the command refuses."""

from pathlib import Path

import pytest
import yaml

from handbook.registers.editorial_changes import EDITORIAL_FOLDER
from tests.events import as_bytes, recorded
from tests.scripts.conftest import Git
from tests.scripts.review.comments.rounds import Answered, answered, let_hold
from tests.scripts.review.rounds import check

pytestmark = pytest.mark.usefixtures("on_20_november")

DAY = "2026-11-20"
PAGE = "docs/other.md"


@pytest.fixture
def change(git: Git) -> Git:
    """A branch on which a word of a page was corrected, from a main branch whose roles have holders."""
    let_hold(git.root)
    git.commit("2026-11-02")
    git("switch", "--quiet", "--create", "spelling")
    _edit(git, PAGE, "Text.", "Texts.")
    return git


def _edit(git: Git, path: str, before: str, after: str) -> None:
    file = git.root / path
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after, 1))
    git.commit(DAY)


def _approve(
    git: Git, account: str = "dana", title: str = "Correct a word", status: int = 0, **more: str
) -> Answered:
    event = recorded("github-pull-request-review-approved")
    tip = git("rev-parse", "HEAD").strip()
    event["review"]["user"] = event["sender"] = {**event["sender"], "login": account}
    event["review"]["commit_id"] = more.get("approved", tip)
    event["pull_request"]["head"]["sha"] = more.get("tip", tip)
    event["pull_request"]["title"] = title
    return answered(git.root, as_bytes(event), status)


def _records(root: Path) -> list[Path]:
    folder = root / EDITORIAL_FOLDER
    return sorted(folder.iterdir()) if folder.exists() else []


def test_the_approval_of_an_owner_records_the_change(change: Git) -> None:
    assert "REV006" in check(change.root).stdout
    answer = _approve(change, title="Correct a misspelled word: texts")
    assert (answer.result, answer.sent[0][1]) == ("filed", "issues/12/comments")
    (file,) = _records(change.root)
    record = yaml.safe_load(file.read_text())
    assert (record["by"], record["why"]) == ("platform-lead", "Correct a misspelled word: texts")
    assert record["filed_for"] == {
        "account": "github:dana",
        "comment": "https://github.com/example/handbook/pull/12#pullrequestreview-237895671",
    }
    change.commit(DAY, answer.commit)
    assert check(change.root).stdout == ""
    assert check(change.root, "--changed-since", "main").exit_code == 0


def test_a_role_that_edits_every_page_may_approve(change: Git) -> None:
    assert "by `communications-lead`, for github:robin" in _approve(change, "robin").answer


@pytest.mark.parametrize(
    ("account", "title", "more", "named"),
    [
        ("sam", "A word", {}, "github:sam holds no role that may record this editorial change"),
        ("dana", "A <b>word</b>", {}, "take out `<b>`"),
        ("dana", " ", {}, "it is empty"),
        ("dana", "A word", {"approved": "a" * 40}, "approve it again"),
        ("dana", "A word", {"tip": "a" * 40}, "approve it again"),
    ],
)
def test_what_the_approval_does_not_cover_is_refused(
    change: Git, account: str, title: str, more: dict[str, str], named: str
) -> None:
    assert named in _approve(change, account, title, 1, **more).answer
    assert not _records(change.root)


def test_more_than_wording_is_refused(change: Git) -> None:
    _edit(change, PAGE, "Texts.", "You must not post.")
    answer = _approve(change, status=1).answer
    assert "more than editorial" in answer
    assert "a word of duty (must)" in answer


def test_a_new_page_is_refused(change: Git) -> None:
    (change.root / "docs" / "new.md").write_text((change.root / PAGE).read_text())
    change.commit(DAY)
    assert "docs/new.md is new" in _approve(change, status=1).answer


def test_a_change_names_no_editors_of_its_own(change: Git) -> None:
    _edit(change, "registers/owners.yml", "['github:dana']", "['github:dana', 'github:sam']")
    answer = _approve(change, "sam", status=1).answer
    assert "holds no role" in answer
    assert answer.endswith("approve the change again.\n")


def test_a_change_is_recorded_once(change: Git) -> None:
    change.commit(DAY, _approve(change).commit)
    assert "nothing to record" in _approve(change, status=1).answer
