"""Finds the records of reviews by page and by state."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import PurePosixPath

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.editorial_changes import (
    EDITORIAL_FILE,
    EDITORIAL_FOLDER,
    EditorialChange,
    EditorialChanges,
    EditorialRecord,
)
from handbook.registers.evidence_folder import SAMPLE_FOLDER, evidence_paths, is_about_the_tool, is_shipped
from handbook.registers.loading import AnyRecord, load_folder, load_optional_register, parse_register
from handbook.registers.review_records import (
    FOLDER,
    PLAN,
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

    @property
    def retires(self) -> bool:
        """Tell whether the page was retired."""
        return self.decision.outcome == "retired"


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
        reviews: dict[tuple[str, str], list[str]] = {}
        for folder in evidence_paths(self._tree, FOLDER):
            for path in filter(_is_of_a_record, self._tree.paths(folder)):
                name, _, file = path.rpartition("/")
                reviews.setdefault((name or file, folder), []).append(f"{folder}/{path}")
        return [self._read(f"{folder}/{name}", files) for (name, folder), files in sorted(reviews.items())]

    def _read(self, place: str, files: Sequence[str]) -> ReviewFile:
        """Read a review from the file at `place`, or from the files in that folder."""
        if files == [place]:
            return ReviewFile(place, *self._parsed(place, ReviewRecord))
        plan = f"{place}/{PLAN}"
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
    def by_place(self) -> Mapping[str, ReviewFile]:
        """Return the records by their paths outside of `sample/`: two places may have one name."""
        return {review_file.path.removeprefix(f"{SAMPLE_FOLDER}/"): review_file for review_file in self.files}

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

    def last_decision_about(self, path: str) -> PageDecision | None:
        """Return what the last meeting about a page decided, or None if there was none."""
        return next(reversed(self.decisions_about(path)), None)

    def reviewed_on(self, path: str, day: datetime.date) -> PageDecision | None:
        """Return the decision of a day that kept the page; if there are several, the last."""
        newest_first = reversed(self.decisions_about(path))
        kept = (decided for decided in newest_first if decided.meeting.date == day and not decided.retires)
        return next(kept, None)

    def known_texts(
        self, path: str, since: datetime.date, editors: Collection[str] | None = None
    ) -> frozenset[str]:
        """Return the fingerprints that a page may have since a review: its own, and of editorial changes.

        With `editors`, only the changes that one of these roles recorded count.
        """
        decided = self.reviewed_on(path, since)
        first = {decided.decision.fingerprint} if decided else set()
        later = {
            change.fingerprint
            for name in self._paths_of(path)
            for change in self._changes.get(name, ())
            if change.date >= since and (editors is None or change.by in editors)
        }
        return frozenset(text for text in first | later if text)

    def changes_of(self, path: str, editors: Collection[str] | None = None) -> Iterator[EditorialChange]:
        """Yield the editorial changes of a page, even while it had another path, that may count.

        With `editors`, only those that one of these roles recorded.
        """
        for name, last in self._paths_of(path).items():
            for change in self._changes.get(name, ()):
                if change.date <= last and (editors is None or change.by in editors):
                    yield change

    def change_to(self, path: str, text: str) -> EditorialChange | None:
        """Return an editorial change that led to the text with a fingerprint, or None."""
        changes = self._changes.get(path, ())
        return next((change for change in changes if change.fingerprint == text), None)

    def readers_on(self, path: str, day: datetime.date) -> frozenset[str]:
        """Return the roles that read a page on a day, even while it had another path.

        What they found in a review that is open, or was given up, decided nothing.
        """
        names = (name for name, last in self._paths_of(path).items() if day <= last)
        return frozenset(role for name in names for role in self._readers.get((name, day), ()))

    def days_read_by(self, path: str, roles: Collection[str]) -> list[datetime.date]:
        """Return the days on which one of these roles read a page, in order."""
        pages = self._paths_of(path)
        return sorted(
            day
            for (name, day), readers in self._readers.items()
            if name in pages and day <= pages[name] and readers.intersection(roles)
        )

    @cached_property
    def _readers(self) -> Mapping[tuple[str, datetime.date], set[str]]:
        readers: dict[tuple[str, datetime.date], set[str]] = {}
        for review_file in self.files:
            meeting = review_file.record.meeting
            for role, reading in review_file.record.readings.items() if meeting else ():
                for path in reading.pages if reading else ():
                    readers.setdefault((path, reading.date), set()).add(role)  # type: ignore[union-attr]
        return readers

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
    changes = [change for path in evidence_paths(tree, EDITORIAL_FILE) for change in _in_file(tree, path)]
    changes += [
        change for path in evidence_paths(tree, EDITORIAL_FOLDER) for change in _in_folder(tree, path)
    ]
    return Reviews(ReviewFiles(tree), changes)


def _in_file(tree: FileTree, path: str) -> Iterator[EditorialChange]:
    register, _ = load_optional_register(tree, path, EditorialChanges)
    return filter(partial(_may_be_kept_at, path), register.changes)


def _in_folder(tree: FileTree, folder: str) -> Iterator[EditorialChange]:
    for path, (record, _) in load_folder(tree, folder, EditorialRecord).items():
        yield from filter(partial(_may_be_kept_at, path), record.changes)


def _may_be_kept_at(path: str, change: EditorialChange) -> bool:
    """Tell whether a change counts where it is recorded: nobody here signed what came with a release."""
    return not is_shipped(path) or all(map(is_about_the_tool, filter(None, (change.page, change.moved_from))))
