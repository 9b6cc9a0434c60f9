"""What an upgrade says about itself: in words, and for programs."""

from collections.abc import Iterator, Sequence
from typing import Final

from handbook.formats.redlines import as_records as redline_records
from handbook.text.quoting import one_line
from handbook.upgrades.file_plan import FileOutcome, FilePlan
from handbook.upgrades.left_changes import redline_of
from handbook.upgrades.snapshot import Snapshot

_MOST_NAMED: Final = 20
_WORDS: Final = {
    FileOutcome.NEW: "new",
    FileOutcome.REPLACED: "replaced, because you had not changed them",
    FileOutcome.MERGED: "merged with what you had changed",
    FileOutcome.REMOVED: "removed, because the release has them no more",
    FileOutcome.KEPT: "kept as you have them, although the release changed them",
}


def summary(
    plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, verb: str, left: int | None = None
) -> str:
    """Return what becomes of the files, in lines of text. `left` counts the rules that were left."""
    return "\n".join(_lines(plans, base, release, verb, left))


def _lines(
    plans: Sequence[FilePlan], base: Snapshot, release: Snapshot, verb: str, left: int | None
) -> Iterator[str]:
    yield f"release: {one_line(release.name)}"
    yield f"adopted: {one_line(base.name)}"
    for outcome, words in _WORDS.items():
        count = sum(plan.outcome is outcome and not plan.overrides for plan in plans)
        yield f"{count:5} {verb} {words}"
    yield from _named(plans)
    yield from _conflicts(plans)
    rules = sum(plan.is_rule for plan in plans)
    changes = "change of a rule" if rules == 1 else "changes of rules"
    if left is None:
        yield f"{rules} {changes} to decide"
    else:
        pending = "; see what you left with: handbook upgrade --pending" if left else ""
        yield f"{rules} {changes} accepted, {left} left{pending}"


def _named(plans: Sequence[FilePlan]) -> Iterator[str]:
    given_way = [plan.path for plan in plans if plan.overrides]
    if given_way:
        yield "what you changed of the tool gives way to the release; `git show HEAD:./FILE` has it:"
        yield from _paths(given_way)
    kept = [plan.path for plan in plans if plan.outcome is FileOutcome.KEPT and not plan.conflicts]
    if kept:
        yield "the release has these no more, and you had changed them, so they stay:"
        yield from _paths(kept)
    if keys := [key for plan in plans for key in plan.new_keys]:
        yield f"new in organization.yml, for you to fill in: {', '.join(keys)}"


def _paths(paths: Sequence[str]) -> Iterator[str]:
    for path in paths[:_MOST_NAMED]:
        yield f"  {one_line(path)}"
    if len(paths) > _MOST_NAMED:
        yield f"  and {len(paths) - _MOST_NAMED} more"


def _conflicts(plans: Sequence[FilePlan]) -> Iterator[str]:
    count = sum(len(plan.conflicts) for plan in plans)
    yield f"{count} conflict{'' if count == 1 else 's'}" + (", where your words stay:" if count else "")
    for plan in plans:
        for conflict in plan.conflicts:
            theirs = one_line(conflict.theirs.strip().partition("\n")[0])[:100]
            says = f'; the release says "{theirs}"' if theirs else ""
            yield f"  {one_line(plan.path)}:{conflict.line}: both changed this{says}"


def as_records(plans: Sequence[FilePlan], base: Snapshot, release: Snapshot) -> dict[str, object]:
    """Return the plan for programs."""
    return {
        "release": release.name,
        "commit": release.commit,
        "adopted": base.name,
        "files": [_record(plan) for plan in plans],
    }


def _record(plan: FilePlan) -> dict[str, object]:
    record: dict[str, object] = {
        "path": plan.path,
        "outcome": plan.outcome.value,
        "is_rule": plan.is_rule,
        "gives_way": plan.overrides,
        "new_keys": list(plan.new_keys),
        "conflicts": [{"line": each.line, "theirs": each.theirs} for each in plan.conflicts],
    }
    if plan.is_rule:
        record["redline"] = redline_records(redline_of(plan.before, plan.after))
    return record
