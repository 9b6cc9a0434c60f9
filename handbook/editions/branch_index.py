"""The files beside the editions on their branch: the list of editions, and the alias.

The build of each edition writes the list again, and the manifest of that edition vouches for it. The alias
leads to the edition in force; until the first edition takes effect, it leads to the list. The calendars of
due days are those of the main branch, so they change without an edition, and no manifest vouches for them.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from handbook.clock import time_of_commit
from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, changed_files, in_force
from handbook.editions.mike_versions import ALIAS, VERSIONS, aliased
from handbook.editions.published_branch import Published
from handbook.editions.terms import in_force_between
from handbook.editions.verification import Difference
from handbook.errors import HandbookError
from handbook.hosting.latest import Latest, form_of, redirects

LIST: Final = "editions"
START: Final = "index.html"
MISSING: Final = "404.html"
SEARCH: Final = "search"
CALENDAR: Final = "reviews.ics"
CALENDARS_OF_OWNERS: Final = "reviews"
_OWNER_CALENDAR: Final = re.compile(rf"{CALENDARS_OF_OWNERS}/[^/]+\.ics")
_DAY: Final = datetime.timedelta(days=1)


def is_managed(path: str) -> bool:
    """Tell whether a file at the top of the branch is one that publishing an edition writes."""
    return path in (START, MISSING) or path.startswith(f"{LIST}/")


def owner_calendar(role: str) -> str:
    """Return the path of the calendar of a role, at the top of the branch and in a site."""
    return f"{CALENDARS_OF_OWNERS}/{role}.ics"


def is_calendar(path: str) -> bool:
    """Tell whether a file at the top of the branch, or of a site, is a calendar of due days."""
    return path == CALENDAR or _OWNER_CALENDAR.fullmatch(path) is not None


def alias_target(manifests: Sequence[Manifest], day: datetime.date) -> str:
    """Return what the alias should lead to on a day."""
    manifest = in_force(manifests, day)
    return manifest.edition if manifest else LIST


def form_of_alias(published: Published) -> Latest:
    """Return the form of the alias on the branch; on a branch without editions, it will be a link."""
    return form_of(published.read(f"{ALIAS}/{START}"))


def alias_goal(published: Published) -> str | None:
    """Return what the alias leads to, whatever its form is, or None if that is neither edition nor list."""
    if published.link(ALIAS) is not None:
        return published.link(ALIAS)
    goals = (*map(str, published.editions), LIST)
    return next((goal for goal in goals if _leads_to(published, goal)), None)


def _leads_to(published: Published, goal: str) -> bool:
    objects = published.objects_in(ALIAS)
    if not objects or form_of_alias(published) is Latest.COPY:
        return bool(objects) and objects == published.objects_in(goal)
    pages = redirects(ALIAS, goal, published.paths)
    expected = {path: sha256(page) for path, page in pages.items()}
    return published.hashes_of(lambda path: path.startswith(f"{ALIAS}/")) in (
        {**expected, **_hashes_of_search(published, goal)},
        expected,  # Pages led to an edition before the search of the missing page did.
    )


def _hashes_of_search(published: Published, goal: str) -> Mapping[str, str]:
    """Return the files of the search of an edition, by their path below the alias."""
    indexes = published.hashes_of(lambda path: path.startswith(f"{goal}/{SEARCH}/"))
    return {f"{ALIAS}/{path.removeprefix(f'{goal}/')}": digest for path, digest in indexes.items()}


@dataclass(frozen=True, slots=True)
class AliasChange:
    """What leads the alias elsewhere: files, links, copies of folders, and the files to delete."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    gone: Collection[str] = ()


def alias_change(published: Published, form: Latest, target: str, paths: Collection[str]) -> AliasChange:
    """Return what leads the alias to its target in a form; `paths` has every file of the branch by then."""
    before = [path for path in published.paths if path == ALIAS or path.startswith(f"{ALIAS}/")]
    if form is Latest.LINK:
        return AliasChange(links={ALIAS: target}, gone=before)
    if form is Latest.COPY:
        return AliasChange(copies={ALIAS: target}, gone=before)
    # No page can lead a script elsewhere, so the missing page at the top finds the search itself here.
    has_search = any(path.startswith(f"{target}/{SEARCH}/") for path in paths)
    copies = {f"{ALIAS}/{SEARCH}": f"{target}/{SEARCH}"} if has_search else {}
    return AliasChange(redirects(ALIAS, target, paths), copies=copies, gone=before)


def unmanaged_files(published: Published) -> Collection[str]:
    """Return the files that publishing would overwrite although no edition wrote them as they are."""
    known = published.manifests[-1].top if published.manifests else {}
    is_known = alias_goal(published) is not None
    hashes = published.hashes_of(
        lambda path: is_managed(path) or (path.startswith(f"{ALIAS}/") and not is_known)
    )
    return [path for path, digest in hashes.items() if known.get(path) != digest]


def top_differences(published: Published, today: datetime.date) -> Iterator[Difference]:
    """Compare the files beside the editions with what the newest edition vouches for."""
    newest = published.manifests[-1]
    for path, what in changed_files(newest.top, published.hashes_of(is_managed)):
        yield Difference(None, path, f"{what} since {newest.edition} was published")
    target = alias_goal(published)
    days = newest.published, max(today, newest.published)
    allowed = [str(edition or LIST) for edition in in_force_between(published.manifests, *days)]
    if target not in allowed:
        state = f"leads to {target}" if target else "leads to no edition"
        yield Difference(None, ALIAS, f"{state}; run `handbook edition refresh` to lead to {allowed[-1]}")
    yield from _alias_differences(published, target)


def _alias_differences(published: Published, target: str | None) -> Iterator[Difference]:
    try:
        if aliased(published.read(VERSIONS)) != ([] if target == LIST else [target]):
            yield Difference(None, VERSIONS, f"says that {ALIAS} leads elsewhere than it does")
    except HandbookError as error:
        yield Difference(None, VERSIONS, str(error))


@dataclass(frozen=True, slots=True)
class LivePeriod:
    """From when to when the alias led to an edition, or to the list, by the commits on the branch."""

    target: str
    first: datetime.datetime
    end: datetime.datetime


def live_periods(published: Published, day: datetime.date, zone: str) -> Sequence[LivePeriod]:
    """Return where the alias led in the course of a day in a time zone, in this order.

    The clock of whoever committed counts; when the branch was sent to a web server is not known.
    """
    day = min(day, datetime.date.max - _DAY)  # The last day of the calendar has no next one.
    starts = [datetime.datetime.combine(each, datetime.time(), ZoneInfo(zone)) for each in (day, day + _DAY)]
    moves = [(moment.astimezone(ZoneInfo(zone)), target) for moment, target in _alias_moves(published)]
    ends = [*(moment for moment, _ in moves[1:]), starts[1]]
    periods = (
        LivePeriod(target, max(moment, starts[0]), min(end, starts[1]))
        for (moment, target), end in zip(moves, ends, strict=False)
    )
    return [period for period in periods if period.first < period.end]


def _alias_moves(published: Published) -> Iterator[tuple[datetime.datetime, str]]:
    """Yield when the alias was led elsewhere, and where to, oldest first."""
    repository = published.repository
    if published.commit is None:
        return
    options = ("--first-parent", "--reverse", "--no-show-signature", "--format=%H %ct", published.commit)
    for row in repository.ask("log", *options, "--", f":(top){ALIAS}").splitlines():
        commit, _, seconds = row.partition(" ")
        moment = datetime.datetime.fromtimestamp(time_of_commit(commit, seconds), datetime.UTC)
        yield moment, alias_goal(published.at(commit)) or "nothing"


def is_late(published: Published, today: datetime.date) -> bool:
    """Tell whether the alias still leads to an edition whose successor has taken effect."""
    return alias_goal(published) != alias_target(published.manifests, today)
