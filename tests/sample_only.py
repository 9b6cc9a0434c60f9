"""Leaves out the tests that judge the sample once a handbook is somebody's own, and says so.

They expect the sample's organization, roles, pages, and records. A test belongs to them if it uses what is
made from those: one of the fixtures, or `make_folder`; or if it is in a folder whose tests read the whole
sample. Any other is marked `sample`, or its module is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from handbook.files.tree import Folder
from handbook.registers.evidence_folder import is_sample

MARKER: Final = "sample"
# Everything that is made from pages, registers, or organization.yml of the sample; others rest on these.
FIXTURES: Final = frozenset(
    ("sample_site", "site", "expressions", "handbook", "folder", "published", "later")
)
FOLDERS: Final = ("browser", "docs")
_LEFT_OUT: Final = pytest.StashKey[int]()


def leave_out(root: Path, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the tests that judge the sample out of `items`, unless the handbook at `root` is the sample."""
    if is_sample(Folder(root)):
        return
    judging = list(filter(judges_the_sample, items))
    config.stash[_LEFT_OUT] = len(judging)
    config.hook.pytest_deselected(items=judging)
    items[:] = [item for item in items if not judges_the_sample(item)]


def judges_the_sample(item: pytest.Item) -> bool:
    """Tell whether a test expects what only the sample has."""
    used: Sequence[str] = getattr(item, "fixturenames", ())
    makes_folders = hasattr(getattr(item, "module", None), "make_folder")
    is_in_folder = item.path.relative_to(Path(__file__).parent).parts[0] in FOLDERS
    is_marked = item.get_closest_marker(MARKER) is not None
    return is_marked or makes_folders or is_in_folder or not FIXTURES.isdisjoint(used)


def summary(config: pytest.Config) -> Iterator[str]:
    """Yield what was left out, if anything was."""
    number = config.stash.get(_LEFT_OUT, 0)
    if number:
        yield (
            f"{number} tests were left out: they judge the sample, and this handbook is somebody's own,"
            " by its organization.yml"
        )
