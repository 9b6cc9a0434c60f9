"""What somebody can put into a history to mislead or to stop whoever reads it."""

import datetime

import pytest

from handbook.errors import HandbookError
from handbook.git.ages import TextAges
from handbook.git.repository import Repository
from tests.scripts.conftest import Git

# Names that look like what git writes between two commits.
ODD_NAMES = ("a\x01commit b", "a\x1e1", "A", "1795780800", "\n1795780800", ":100644")


@pytest.mark.parametrize("name", ["main", "main~0"])
def test_a_tag_does_not_stand_for_the_branch_of_the_same_name(git: Git, name: str) -> None:
    git("tag", "main")
    with Repository(git.root) as repository:
        with pytest.raises(HandbookError, match="refs/heads/main"):
            repository.commit(name)
        assert repository.commit("refs/heads/main") == git.head()


def test_a_tag_does_not_stand_for_a_commit_of_the_same_name(git: Git) -> None:
    name = git.head()[:10]
    git("tag", name, git.commit())
    with Repository(git.root) as repository, pytest.raises(HandbookError, match=name):
        repository.commit(name)


def test_a_file_may_have_any_name(git: Git) -> None:
    for name in ODD_NAMES:
        (git.root / name).write_text("Text.", encoding="utf-8")
    last = git.commit("2026-11-02")
    with Repository(git.root) as repository:
        *_, change = repository.tree_changes("HEAD")
    assert (change.commit.name, sorted(change.files)) == (last, sorted(ODD_NAMES))
    ages = TextAges(git.root)
    assert {ages.of_page(name) for name in ODD_NAMES} == {datetime.date(2026, 11, 2)}
    assert ages.of_page("docs/index.md") == datetime.date(2026, 11, 1)


def test_a_commit_without_a_time_is_a_sentence(git: Git) -> None:
    made = git("cat-file", "commit", "HEAD").replace("+0000", "").replace("1793534400", "never")
    file = git.root / "commit"
    file.write_text(made, encoding="utf-8")
    git("update-ref", "HEAD", git("hash-object", "-t", "commit", "-w", "--literally", str(file)).strip())
    with Repository(git.root) as repository:
        for read in (repository.first_parents, repository.tree_changes, repository.log, repository.author):
            with pytest.raises(HandbookError, match="no date"):
                list(read(git.head()))  # type: ignore[arg-type]
    assert TextAges(git.root).of_page("docs/index.md") is None
