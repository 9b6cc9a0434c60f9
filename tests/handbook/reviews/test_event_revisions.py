"""The revision of an event grows with each change of its page, whatever clocks said."""

import datetime
from collections.abc import Callable, Mapping

from handbook.files.tree import Folder
from handbook.git.source_repository import SourceRepository
from handbook.history.history_for_build import history_for_build
from handbook.registers.all_registers import read_registers
from handbook.reviews.calendar import Revision
from handbook.reviews.event_revisions import event_revisions
from tests.conftest import PAGE
from tests.scripts.conftest import Git

PATHS = ["docs/index.md", "docs/other.md"]


def _revisions(git: Git) -> Mapping[str, Revision]:
    registers, source = read_registers(Folder(git.root)), SourceRepository(git.root)
    history = history_for_build(source, registers.organization, registers.owners, PATHS)
    return event_revisions(history, source)


def _noon(day: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC)


def test_a_revision_grows_only_when_its_page_changes(git: Git) -> None:
    assert _revisions(git) == dict.fromkeys(PATHS, Revision(0, _noon(1)))
    git.commit("2026-11-05", "Nothing about a page")
    (git.root / "docs" / "index.md").write_text(f"{PAGE}More.\n", "utf-8")
    git.commit("2026-11-10")
    assert _revisions(git) == {
        "docs/index.md": Revision(2, _noon(10)),
        "docs/other.md": Revision(0, _noon(1)),
    }


def test_a_clock_that_runs_backward_makes_no_revision_earlier(git: Git) -> None:
    for day, text in (("2026-11-10", "More."), ("2026-10-01", "Still more.")):
        (git.root / "docs" / "index.md").write_text(f"{PAGE}{text}\n", "utf-8")
        git.commit(day)
    assert _revisions(git)["docs/index.md"] == Revision(2, _noon(10))


def test_without_the_whole_history_no_revision_is_claimed(git: Git, clone: Callable[..., Git]) -> None:
    git.commit("2026-11-05")
    assert _revisions(clone("--depth=1")) == {}
