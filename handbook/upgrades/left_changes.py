"""Changes of a release that a handbook has not taken: rules that it left, and conflicts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.text.line_ends import as_read
from handbook.text.redline import Piece, redline, shortened
from handbook.upgrades.adopted_state import AdoptedState, fingerprint_of, read_state, state_of
from handbook.upgrades.file_kinds import STATE_FOLDER
from handbook.upgrades.file_plan import FilePlan
from handbook.upgrades.file_texts import as_data
from handbook.upgrades.merging.merged_text import Conflict
from handbook.upgrades.plan import merge_again
from handbook.upgrades.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LeftChange:
    """A file as it is, and as it would be with the change; None if the release removed it."""

    path: str
    ours: bytes
    proposed: bytes | None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def redline(self) -> list[Piece]:
        """The words that would change."""
        return redline_of(self.ours, self.proposed)


def redline_of(before: bytes | None, after: bytes | None) -> list[Piece]:
    """Return the words that differ between two states of a file, without the text that is far from them."""
    return shortened(redline(as_read(before or b""), as_read(after or b"")))


def left_changes(root: Path, state: AdoptedState) -> list[LeftChange]:
    """Return what is left of the releases so far, without what the handbook has since taken by itself.

    Raises:
        HandbookError: if a file cannot be read.

    """
    return list(_left_of(Folder(root), state))


def _left_of(tree: Folder, state: AdoptedState) -> Iterator[LeftChange]:
    for path in state.left:
        ours = tree.read(path)
        change = None if ours is None else _left_at(path, ours, state)
        if change:
            yield change


def _left_at(path: str, ours: bytes, state: AdoptedState) -> LeftChange | None:
    """Return what is left of a file, given what it holds."""
    if path not in state.hashes:
        return LeftChange(path, ours, None)
    if path not in state.copies:
        return None
    merged = merge_again(path, state.earlier.get(path, b""), ours, state.copies[path])
    proposed = as_data(merged.text, ours)
    is_taken = proposed == ours and not merged.conflicts
    return None if is_taken else LeftChange(path, ours, proposed, merged.conflicts)


def state_after(
    root: Path, release: Snapshot, written: Iterable[FilePlan], left: Sequence[FilePlan]
) -> AdoptedState:
    """Return what the handbook remembers once a release is in it.

    Raises:
        HandbookError: if what it remembers today, or a file, cannot be read.

    """
    tree, after = Folder(root), {plan.path: plan.after for plan in written}
    former = read_state(tree)

    def content(path: str) -> bytes | None:
        return after[path] if path in after else tree.read(path)

    def is_as_it_came(path: str) -> bool:
        data = content(path)
        return data is not None and fingerprint_of(path, data) == fingerprint_of(path, release.files[path])

    earlier = {plan.path: plan.base or b"" for plan in left} | dict(former.earlier if former else {})
    state = replace(state_of(release, is_as_it_came), earlier=earlier)
    now = {path: data for path in sorted(earlier) if (data := content(path)) is not None}
    paths = [path for path, data in now.items() if _left_at(path, data, state)]
    return replace(state, left=tuple(paths), earlier={path: earlier[path] for path in paths})


def state_writes(root: Path, state: AdoptedState) -> list[FileWrite]:
    """Return the changes of the folder in which a handbook remembers its release.

    Raises:
        HandbookError: if a file in it cannot be read.

    """
    tree, files = Folder(root), state.files(root)
    now = {path: tree.read(path.relative_to(root).as_posix()) for path in {*files, *_present(root)}}
    return [
        FileWrite(path, files.get(path), now[path]) for path in sorted(now) if files.get(path) != now[path]
    ]


def _present(root: Path) -> Collection[Path]:
    return [path for path in (root / STATE_FOLDER).rglob("*") if path.is_file()]


def without(state: AdoptedState, paths: Collection[str]) -> AdoptedState:
    """Return what a handbook remembers once it took some of the changes that it had left."""
    earlier: Mapping[str, bytes] = {path: data for path, data in state.earlier.items() if path not in paths}
    return replace(state, left=tuple(path for path in state.left if path not in paths), earlier=earlier)
