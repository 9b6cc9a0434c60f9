"""Compares who signed a record with who committed each of its lines. No message contains an address."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from handbook.baseline import Baseline
from handbook.clock import day_of_commit
from handbook.files.tree import Folder
from handbook.findings import Location, Problem, Severity
from handbook.git.authors import Author
from handbook.git.blame import BlamedLine
from handbook.git.repository import WHOLE_HISTORY, Repository
from handbook.model import Handbook
from handbook.registers.editorial_changes import (
    EDITORIAL_FILE,
    EDITORIAL_FOLDER,
    EditorialChange,
    EditorialChanges,
    EditorialRecord,
)
from handbook.registers.evidence_folder import evidence_paths, is_shipped
from handbook.registers.filed_for import FiledFor
from handbook.registers.loading import load_folder, load_optional_register
from handbook.registers.owners import FILE, Owner, Owners
from handbook.registers.review_records import FileLines, Reading, ReviewFile
from handbook.rules.signers import (
    Verdict,
    filed_after_leaving,
    is_vouched,
    judge_author,
    judge_filed,
    may_take_back,
    new_role,
    nobody_in_office,
    unknown,
)
from handbook.text.counting import counted

# A reading that is filed later, or dated later than it was filed, was not written down when it happened.
MOST_DAYS_TO_FILE: Final = 7
_TIME_TO_FILE: Final = datetime.timedelta(days=MOST_DAYS_TO_FILE)
_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignedLines:
    """Lines that a holder of one of these roles signed on a day. `act` follows "who" in a sentence.

    If somebody else filed them, `filed_for` says for whom.
    """

    where: FileLines
    roles: Sequence[str]
    day: datetime.date
    act: str
    filed_for: FiledFor | None = None


@dataclass(frozen=True, slots=True)
class _Witness:
    """What git knows of the lines of files; it is asked once for each file and commit.

    In a change, what somebody else filed is a warning: whoever accepts the change can compare it.
    """

    repository: Repository
    handbook: Handbook
    is_of_change: bool = False
    lines: dict[str, Mapping[int, BlamedLine]] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)

    def origin(self, path: str, line: int) -> BlamedLine | None:
        """Return the commit of a line, or None if it is not committed."""
        if path not in self.lines:
            self.lines[path] = self.repository.blame(path)
        return self.lines[path].get(line)

    def author(self, origin: BlamedLine) -> Author:
        """Return who made the commit of a line."""
        if origin.commit not in self.authors:
            self.authors[origin.commit] = self.repository.author(origin.commit)
        return self.authors[origin.commit]

    @property
    def owners(self) -> Owners:
        """Return the owners whose holders sign."""
        return self.handbook.registers.owners

    def committed_on(self, origin: BlamedLine) -> datetime.date:
        """Return the day of the commit of a line, as its committer's clock had it."""
        return self._day(origin.commit, self.author(origin).seconds)

    def filed_on(self, origin: BlamedLine) -> datetime.date:
        """Return the day on which a line was committed: not before what its commit builds on."""
        tomorrow = datetime.datetime.combine(self.handbook.today + _DAY, datetime.time.max, datetime.UTC)
        times = self.repository.times_by_history(int(tomorrow.timestamp()))
        own = self.author(origin).seconds
        return self._day(origin.commit, max(own, times.get(origin.commit, own)))

    def _day(self, commit: str, seconds: int) -> datetime.date:
        return day_of_commit(commit, seconds, ZoneInfo(self.handbook.registers.organization.time_zone))

    def addresses(self, where: FileLines) -> set[str | None]:
        """Return who wrote some lines; None is somebody unknown."""
        origins = {self.origin(where.path, line) for line in where.lines}
        return {
            None if origin is None or origin.is_edge else self.author(origin).address.casefold()
            for origin in origins
        }


def signature_problems(
    review_file: ReviewFile, handbook: Handbook, repository: Repository, *, is_of_change: bool = False
) -> Iterator[Problem]:
    """Yield the lines of a record that someone other than a holder of the role committed, or may have."""
    witness = _Witness(repository, handbook, is_of_change)
    for signed in _signed_lines(review_file):
        yield from _problems_of_lines(signed, witness)
    yield from _problems_of_filing(review_file, witness)
    yield from _problems_of_absence(review_file)
    yield from _problems_of_lone_author(review_file, witness)


def withdrawal_problems(
    before: ReviewFile, now: ReviewFile, handbook: Handbook, repository: Repository
) -> Iterator[Problem]:
    """Yield the readings that a change takes back although no holder of the role did."""
    owners = handbook.registers.owners
    for role, reading in before.record.readings.items():
        owner = owners.find(owners.now_called(role))
        if reading is None or now.record.readings.get(role) or owner is None or not owner.holders:
            continue
        holders = [tenure.holder for tenure in owner.tenures if tenure.includes(handbook.today)]
        path = before.file_for(role)
        commit = repository.last_commit_of(path)
        is_theirs = commit is not None and may_take_back(repository.author(commit), holders, owners)
        if not is_theirs and repository.is_committed(path):
            message = (
                f"it is not shown that a holder took back the reading of {role}; restore it, and let a holder"
                " take it back in a commit of their own"
            )
            yield Problem.at(now.location("readings", role), message, path=now.path)


def replayed_readings(
    review_file: ReviewFile, before: ReviewFile | None, baseline: Baseline
) -> Iterator[Problem]:
    """Yield the readings that a change brings although each of their lines was committed before it.

    They were taken back before the change, and a merge with something older brought them back.
    """
    witness, base = _Witness(baseline.repository, baseline.handbook), baseline.commit
    for role, reading in review_file.record.readings.items():
        if base is None or reading is None or (before and before.record.readings.get(role)):
            continue
        where = review_file.lines_of("readings", role)
        origins = {origin for _, origin in _first_lines(where, witness)}
        if origins and all(
            origin and baseline.repository.has_ancestor(base, origin.commit) for origin in origins
        ):
            message = f"this reading of {role} was taken back before this change; let a holder sign again"
            yield Problem.at(review_file.location("readings", role), message, path=where.path)


def editorial_signature_problems(
    handbook: Handbook, repository: Repository, filed: Collection[EditorialChange] | None = None
) -> Iterator[Problem]:
    """Yield the editorial changes that someone other than a holder of the role recorded, or may have.

    For a change, those that were `filed` before it are left out.
    """
    witness = _Witness(repository, handbook, is_of_change=filed is not None)
    tree, filed = Folder(repository.root), filed or ()
    for path in _places_of_own_people(tree, EDITORIAL_FILE, handbook):
        register, source = load_optional_register(tree, path, EditorialChanges)
        for number, change in enumerate(register.changes):
            where = FileLines(path, source.lines_of(("changes", number)))
            if change not in filed:
                yield from _problems_of_lines(_signed_change(where, change), witness)
    for folder in _places_of_own_people(tree, EDITORIAL_FOLDER, handbook):
        for path, (record, source) in load_folder(tree, folder, EditorialRecord).items():
            where = FileLines(path, source.lines_of(()))
            if any(change not in filed for change in record.changes):
                yield from _problems_of_lines(_signed_change(where, record), witness)


def _places_of_own_people(tree: Folder, path: str, handbook: Handbook) -> list[str]:
    """Return where records are whose roles are those of this handbook; those of a release are of others."""
    is_sample = handbook.registers.organization.sample
    return [place for place in evidence_paths(tree, path) if is_sample or not is_shipped(place)]


def _signed_change(where: FileLines, change: EditorialChange | EditorialRecord) -> SignedLines:
    act = f"recorded an editorial change as {change.by}"
    return SignedLines(where, [change.by], change.date, act, change.filed_for)


def _signed_lines(review_file: ReviewFile) -> Iterator[SignedLines]:
    record = review_file.record
    for role, reading in record.readings.items():
        if reading:
            where = review_file.lines_of("readings", role)
            yield SignedLines(where, [role], reading.date, f"signed as {role}", reading.filed_for)
    if record.meeting:
        where, roles = review_file.lines_of("meeting"), record.meeting.took_part
        act = f"recorded the meeting of {', '.join(roles)}"
        yield SignedLines(where, roles, record.meeting.date, act, record.meeting.filed_for)
    if record.abandoned:
        where, role = review_file.lines_of("abandoned"), record.abandoned.by
        yield SignedLines(where, [role], record.abandoned.date, f"gave the review up as {role}")


def _problems_of_lines(signed: SignedLines, witness: _Witness) -> Iterator[Problem]:
    """Judge each commit that wrote some of the lines, on the first of these.

    Of several roles, it is enough that a holder of one of them made the commit. Roles without holders vouch
    for nothing if another role has some.
    """
    owners = [witness.owners.find(witness.owners.now_called(role)) for role in signed.roles]
    held = [owner for owner in owners if owner and owner.holders]
    first_lines = list(_first_lines(signed.where, witness))
    for line, origin in first_lines if held else first_lines[:1]:
        verdicts = [_verdict(owner, origin, signed, witness) for owner in held or owners]
        mildest = max(filter(None, verdicts), key=_mildness, default=None)
        if mildest and None not in verdicts:
            severity, message = mildest
            yield Problem.at(Location(line, 1), message, severity, signed.where.path)


def _mildness(verdict: Verdict) -> int:
    return verdict[0].rank


def _verdict(
    owner: Owner | None, origin: BlamedLine | None, signed: SignedLines, witness: _Witness
) -> Verdict | None:
    """Return what speaks against a commit by a holder of one role, or None."""
    if owner is None and witness.is_of_change:
        return new_role(signed.act)
    if owner is None:  # It may have been dissolved since.
        return unknown(signed.act, f"{FILE} has no such role")
    if not owner.holders:
        return unknown(signed.act, f"{FILE} lists no holders of the role")
    tenures = [tenure for tenure in owner.tenures if tenure.includes(signed.day)]
    if not tenures:
        return nobody_in_office(signed.act, signed.day)
    if origin is None or origin.is_edge:
        severity, message = unknown(signed.act, _why_unknown(origin))
        # A change has to show who signed, and a clone without its commits cannot.
        return (Severity.ERROR if origin and witness.is_of_change else severity), message
    filed = witness.filed_on(origin)
    holders = [tenure.holder for tenure in tenures if not tenure.to or filed <= tenure.to + _TIME_TO_FILE]
    if not holders:
        return filed_after_leaving(signed.act, filed)
    return _verdict_on_author(witness.author(origin), holders, signed, witness)


def _verdict_on_author(
    author: Author, holders: Collection[str], signed: SignedLines, witness: _Witness
) -> Verdict | None:
    """Judge who made a commit. In a change, what only a person can compare is a warning."""
    owners = witness.owners
    if signed.filed_for:
        verdict = judge_filed(author, signed.filed_for, holders, owners, signed.act)
    else:
        verdict = judge_author(author, holders, owners.platform_keys, signed.act)
    if verdict is None or verdict[0] is not Severity.INFO or not witness.is_of_change:
        return verdict
    # Anyone can name the platform as the committer, but only the platform can sign with its key.
    is_shown = not signed.filed_for and is_vouched(author, owners.platform_keys)
    return verdict if is_shown else (Severity.WARNING, verdict[1])


def _first_lines(where: FileLines, witness: _Witness) -> Iterator[tuple[int, BlamedLine | None]]:
    """Yield the commit of each line, or None without one, but each only once."""
    seen = set()
    for line in where.lines:
        origin = witness.origin(where.path, line)
        if origin not in seen:
            seen.add(origin)
            yield line, origin


def _why_unknown(origin: BlamedLine | None) -> str:
    if origin is None:
        return "these lines are not committed yet"
    return f"this clone lacks the older history; {WHOLE_HISTORY}"


def _problems_of_filing(review_file: ReviewFile, witness: _Witness) -> Iterator[Problem]:
    """Yield the readings, and the meeting, whose day is far from that of the commit that filed it."""
    for what, kind, where, day in _dated_lines(review_file):
        origin = witness.origin(where.path, where.lines[0]) if where.lines else None
        if origin and not origin.is_edge:
            committed, filed = witness.committed_on(origin), witness.filed_on(origin)
            farthest = max(committed, filed, key=lambda other: abs(other - day))
            if abs(farthest - day) > _TIME_TO_FILE:
                days = counted(abs((farthest - day).days), "day")
                wrong = f", which says {committed}, before what it builds on" if farthest > committed else ""
                message = (
                    f"{what} is dated {day}, {days} from its commit of {farthest}{wrong}; file {kind} within"
                    f" {MOST_DAYS_TO_FILE} days, or correct the date"
                )
                yield Problem.at(Location(where.lines[0], 1), message, Severity.WARNING, where.path)


def _dated_lines(review_file: ReviewFile) -> Iterator[tuple[str, str, FileLines, datetime.date]]:
    """Yield what has a day of its own, in words, what such things are called, and the line with the day."""
    for role, reading in review_file.record.readings.items():
        if reading:
            where = review_file.lines_of("readings", role, "date")
            yield f"the reading of {role}", "readings", where, reading.date
    if meeting := review_file.record.meeting:
        yield "the meeting", "meetings", review_file.lines_of("meeting", "date"), meeting.date


def _problems_of_absence(review_file: ReviewFile) -> Iterator[Problem]:
    """Yield the roles that met without a reading: nobody signed for them."""
    record = review_file.record
    for number, role in enumerate(record.meeting.took_part if record.meeting else ()):
        if not record.readings.get(role):
            message = f"{role} took part in the meeting, but signed no reading; record one, or correct it"
            yield Problem.at(
                review_file.location("meeting", "took_part", number), message, path=review_file.path
            )


def _problems_of_lone_author(review_file: ReviewFile, witness: _Witness) -> Iterator[Problem]:
    """Yield a record in which all readings of a page have the same author, with the number of pages."""
    authors = {
        role: _who_read(reading, review_file.lines_of("readings", role), witness)
        for role, reading in review_file.record.readings.items()
        if reading
    }
    pages = [path for path in review_file.record.pages if _has_lone_author(path, review_file, authors)]
    if pages:
        more = f" (and of {counted(len(pages) - 1, 'other page')})" if pages[1:] else ""
        message = f"one author committed all readings of {pages[0]}{more}; let each reader commit their own"
        location = review_file.location("readings")
        yield Problem.at(location, message, Severity.WARNING, review_file.path)


def _who_read(reading: Reading, where: FileLines, witness: _Witness) -> set[str | None]:
    """Return who wrote a reading; whoever filed it for somebody else did not read."""
    return {reading.filed_for.account.casefold()} if reading.filed_for else witness.addresses(where)


def _has_lone_author(path: str, review_file: ReviewFile, authors: Mapping[str, set[str | None]]) -> bool:
    readings = review_file.record.readings.items()
    readers = [role for role, reading in readings if reading and path in reading.pages]
    addresses = set[str | None]().union(*(authors[role] for role in readers))
    return len(readers) > 1 and len(addresses) == 1 and None not in addresses
