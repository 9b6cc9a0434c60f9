"""Every change of every page as JSON, of which a run reads only what was committed since the last run."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from handbook.files.cache_file import KeptFile
from handbook.git.repository import Repository
from handbook.history.beginning import require_beginning
from handbook.history.changes import BranchEnd, History
from handbook.history.commit_dates import tags_of_editions
from handbook.history.formats import EncodedHistory, encode_history, json_parts
from handbook.history.keeping.history_settings import HistorySettings, fingerprint_of_settings, read_settings
from handbook.history.keeping.later_changes import LaterChanges, later_changes
from handbook.history.page_history import HistoryQuery, read_history
from handbook.history.redline_cache import RedlineCache
from handbook.history.redlines import read_redlines
from handbook.history.uncommitted import uncommitted_pages

_FILE: Final = "history"
# How many digits the length of the facts has.
_WIDTH: Final = 10


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """The changes of a branch up to its end, and the pages that exist there, as they were read on a day.

    `has_future` is true if a commit was dated after that day.
    """

    end: BranchEnd
    pages: frozenset[str]
    day: date
    has_future: bool
    encoded: EncodedHistory

    def holds_on(self, day: date) -> bool:
        """Tell whether the same would be read on another day."""
        return day == self.day or (day > self.day and not self.has_future)


def whole_history(repository: Repository, tip: str) -> Sequence[bytes | memoryview]:
    """Return the JSON of every change of a branch, and of the pages on disk that differ from it, in parts.

    Raises:
        HandbookError: as `read_settings`, `read_history`, and `read_redlines` do.

    """
    basis = _basis(repository)
    file = KeptFile(repository.kept_folder, _FILE)
    kept = None if repository.is_shallow else _kept(file, basis)
    if kept is None:
        repository.start_log(tip)  # Git works on it while the registers are imported.
    settings = read_settings(repository.root, repository.kept_folder)
    if kept and not _still_holds(repository, kept, settings):
        kept = None
    read = kept if kept and kept.end.tip == tip else _read(repository, tip, settings, kept)
    if read is not kept and basis == _basis(repository):
        file.write_body(_written(basis, read))
    pending = uncommitted_pages(read.pages, repository, tip, settings.is_page)
    return json_parts(pending, read.encoded)


def _basis(repository: Repository) -> str:
    """Return all that a history depends on, besides its commits and the day."""
    facts = (
        repository.git_version,
        repository.prefix,
        fingerprint_of_settings(repository.root),
        tags_of_editions(repository),
    )
    return json.dumps(facts)


def _still_holds(repository: Repository, kept: ReadHistory, settings: HistorySettings) -> bool:
    """Tell whether the same would be read today.

    Raises:
        HandbookError: if git no longer knows the commit that the history begins after.

    """
    require_beginning(repository, settings.since)
    return kept.holds_on(settings.today)


def _read(
    repository: Repository, tip: str, settings: HistorySettings, kept: ReadHistory | None
) -> ReadHistory:
    later = kept and later_changes(repository, tip, kept.end, kept.pages, settings)
    if kept and later:
        return _extended(repository, kept, later, settings.today)
    return _read_anew(repository, tip, settings)


def _extended(repository: Repository, kept: ReadHistory, later: LaterChanges, day: date) -> ReadHistory:
    redlines = read_redlines(repository.root, later.history, None)
    new = encode_history(later.history, redlines.encoded).changes
    changes = b",\n".join(part for part in (new, kept.encoded.changes) if part)
    encoded = replace(kept.encoded, changes=changes)
    return replace(kept, end=later.history.end, pages=later.pages, day=day, encoded=encoded)


def _read_anew(repository: Repository, tip: str, settings: HistorySettings) -> ReadHistory:
    history = history_of(repository, tip, settings)
    redlines = read_redlines(repository.root, history, RedlineCache(repository.kept_folder))
    return ReadHistory(
        history.end,
        frozenset(path for path, page in history.pages.items() if page.exists),
        settings.today,
        any(commit.why == "in the future" for commit in history.misdated),
        encode_history(history, redlines.encoded),
    )


def history_of(repository: Repository, tip: str, settings: HistorySettings) -> History:
    """Read the history of every page, as the settings ask.

    Raises:
        HandbookError: as `read_history` does.

    """
    query = HistoryQuery(
        settings.time_zone,
        settings.is_page,
        settings.names,
        settings.roles_of,
        settings.today,
        settings.since,
    )
    return read_history(repository, tip, query)


def _written(basis: str, read: ReadHistory) -> bytes:
    """Return what is kept: the length of the facts, the facts, and the changes as they are printed."""
    facts = {
        "basis": basis,
        "branch": [read.end.tip, read.end.day.isoformat(), read.end.commits, read.end.foreign],
        "pages": sorted(read.pages),
        "day": read.day.isoformat(),
        "has_future": read.has_future,
        "end": read.encoded.end.decode(),
    }
    head = json.dumps(facts).encode()
    return b"".join((b"%0*d" % (_WIDTH, len(head)), head, read.encoded.changes))


def _kept(file: KeptFile, basis: str) -> ReadHistory | None:
    """Return what an earlier run read, if it still holds."""
    body = file.read_body()
    if not body:
        return None
    start = _WIDTH + int(body[:_WIDTH].tobytes())
    facts = json.loads(body[_WIDTH:start].tobytes())
    if facts["basis"] != basis:
        return None
    tip, day, commits, foreign = facts["branch"]
    return ReadHistory(
        BranchEnd(tip, date.fromisoformat(day), commits, foreign),
        frozenset(facts["pages"]),
        date.fromisoformat(facts["day"]),
        facts["has_future"],
        EncodedHistory(body[start:], facts["end"].encode()),
    )
