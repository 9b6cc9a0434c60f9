"""Finds the records of reviews by page and by state."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.loading import AnyRecord, load_folder, load_optional_register, parse_register
from handbook.registers.review_records import (
    EDITORIAL_FILE,
    EDITORIAL_FOLDER,
    FOLDER,
    PLAN,
    EditorialChange,
    EditorialChanges,
    EditorialRecord,
    Meeting,
    MeetingDecision,
    Reading,
    ReviewFile,
    ReviewPlan,
    ReviewRecord,
    combined,
)
from handbook.yaml.located import LocatedMapping


@dataclass(frozen=True, slots=True)
class PageDecision:
    """The decision of one closed review about one page."""

    review_file: ReviewFile
    meeting: Meeting
    decision: MeetingDecision


class ReviewFiles(Collection[ReviewFile]):
    """The records of a handbook, oldest file name first, read when somebody first asks for one.

    In ten years there are thousands, and a check by a few rules needs none.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree

    def __iter__(self) -> Iterator[ReviewFile]:
        """Yield the records."""
        return iter(self._records)

    def __len__(self) -> int:
        """Return their number."""
        return len(self._records)

    def __contains__(self, review_file: object) -> bool:
        """Tell whether a record is among them."""
        return review_file in self._records

    @cached_property
    def _records(self) -> Sequence[ReviewFile]:
        reviews: dict[str, list[str]] = {}
        for path in filter(_is_of_a_record, self._tree.paths(FOLDER)):
            name, _, file = path.rpartition("/")
            reviews.setdefault(name or file, []).append(f"{FOLDER}/{path}")
        return [self._read(name, files) for name, files in sorted(reviews.items())]

    def _read(self, name: str, files: Sequence[str]) -> ReviewFile:
        """Read a review from its only file, or from the files in the folder `name`."""
        if files == [f"{FOLDER}/{name}"]:
            return ReviewFile(files[0], *self._parsed(files[0], ReviewRecord))
        plan = f"{FOLDER}/{name}/{PLAN}"
        if plan not in files:
            raise HandbookError(f"{plan} is missing; restore it from the history")
        parts = ((PurePosixPath(file).stem, self._parsed(file, Reading)) for file in files if file != plan)
        return combined(plan, self._parsed(plan, ReviewPlan), parts)

    def _parsed(self, path: str, model: type[AnyRecord]) -> tuple[AnyRecord, LocatedMapping]:
        return _parse(path, self._tree.read(path) or b"{}", model)


def _is_of_a_record(path: str) -> bool:
    """Tell whether a path below the folder of reviews is that of a file that counts: not of a draft."""
    return path.endswith(".yml") and "/." not in f"/{path}"


@lru_cache(maxsize=16_384)  # Records hardly change, and a change is judged beside what it was made from.
def _parse(path: str, data: bytes, model: type[AnyRecord]) -> tuple[AnyRecord, LocatedMapping]:
    return parse_register(data, path, model)


@dataclass(frozen=True)
class Reviews:
    """All records and editorial changes of a handbook, oldest file name first."""

    files: Collection[ReviewFile] = ()
    editorial: Sequence[EditorialChange] = ()

    @cached_property
    def decisions(self) -> Mapping[str, Sequence[PageDecision]]:
        """Return what closed reviews decided about each page, by its path, oldest meeting first."""
        decisions: dict[str, list[PageDecision]] = {}
        for review_file in self.files:
            if meeting := review_file.record.meeting:
                for path, decision in meeting.pages.items():
                    decisions.setdefault(path, []).append(PageDecision(review_file, meeting, decision))
        return {path: sorted(about, key=_day_of_meeting) for path, about in decisions.items()}

    def decisions_about(self, path: str) -> Sequence[PageDecision]:
        """Return what was decided about a page, oldest first, even while it had another path."""
        if path not in self._moves:
            return self.decisions.get(path, ())
        decisions = [
            decided
            for name, last in self._paths_of(path).items()
            for decided in self.decisions.get(name, ())
            if decided.meeting.date <= last
        ]
        return sorted(decisions, key=_day_of_meeting)

    def reviewed_on(self, path: str, day: datetime.date) -> PageDecision | None:
        """Return the decision of a day that kept the page; if there are several, the last."""
        newest_first = reversed(self.decisions_about(path))
        kept = (
            decided
            for decided in newest_first
            if decided.meeting.date == day and decided.decision.outcome != "retired"
        )
        return next(kept, None)

    def known_texts(self, path: str, since: datetime.date) -> frozenset[str]:
        """Return the fingerprints that a page may have since a review: its own, and of editorial changes."""
        decided = self.reviewed_on(path, since)
        first = {decided.decision.fingerprint} if decided else set()
        later = {
            change.fingerprint
            for name in self._paths_of(path)
            for change in self._changes.get(name, ())
            if change.date >= since
        }
        return frozenset(text for text in first | later if text)

    @property
    def open(self) -> Iterator[ReviewFile]:
        """Yield the records whose meeting is not written down yet, and that were not abandoned."""
        return (review_file for review_file in self.files if review_file.record.is_open)

    @property
    def open_by_page(self) -> Mapping[str, str]:
        """Return the path of the open review that each page is in, by the page's path."""
        return {path: review_file.path for review_file in self.open for path in review_file.record.pages}

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[EditorialChange]]:
        changes: dict[str, list[EditorialChange]] = {}
        for change in self.editorial:
            changes.setdefault(change.page, []).append(change)
        return changes

    @cached_property
    def _moves(self) -> Mapping[str, EditorialChange]:
        return {change.page: change for change in self.editorial if change.moved_from}

    def _paths_of(self, path: str) -> Mapping[str, datetime.date]:
        """Return the paths that a page has and had, with the last day of each."""
        paths = {path: datetime.date.max}
        move = self._moves.get(path)
        while move and move.moved_from and move.moved_from not in paths:
            paths[move.moved_from] = move.date
            move = self._moves.get(move.moved_from)
        return paths


def _day_of_meeting(decided: PageDecision) -> datetime.date:
    return decided.meeting.date


def load_reviews(tree: FileTree) -> Reviews:
    """Return the reviews of a handbook, which may have none.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """
    older, _ = load_optional_register(tree, EDITORIAL_FILE, EditorialChanges)
    files = load_folder(tree, EDITORIAL_FOLDER, EditorialRecord)
    newer = (change for record, _ in files.values() for change in record.changes)
    return Reviews(ReviewFiles(tree), [*older.changes, *newer])
