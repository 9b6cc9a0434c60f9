"""CHG: what a change may consist of."""

from collections.abc import Iterator, Sequence
from typing import Final

from handbook.content.change import CONFIGURATION, Change
from handbook.findings import Problem, Severity
from handbook.rules.registry import rule

_MOST_NAMED: Final = 5


@rule("CHG001", "Change does not mix pages with what runs", severity=Severity.ERROR)
def change_mixes_nothing(change: Change | None) -> Iterator[Problem]:
    """A change that edits a page together with the code that judges it can weaken the rule it breaks.

    Applies with `--changed-since`. Pages, registers, and `organization.yml` are one kind of change; what
    runs is the other: `mkdocs.yml` except its `nav`, code, templates, dependencies, workflows, and settings
    of git. Pages about the tool belong to both. A change of what runs alone is a notice, and an update to a
    release is no mixture: each file that runs is then the same as in the installation that checks, or as
    in a tag such as `v1.2`. `develops_the_tool: true` in `organization.yml` turns the rule off, if it was
    there before the change.

    Bad:  `docs/policy/work.md` and `handbook/rules/structure.py`
    Good: `docs/policy/work.md` and `registers/owners.yml`
    """
    if change is None or change.develops_the_tool:
        return
    if change.running:
        yield _about_what_runs(change)
    for path in change.hidden:
        yield Problem(
            1,
            f"{path} is no longer published, although its file is there; publish it, or delete the file",
            severity=Severity.WARNING,
            path=CONFIGURATION,
        )


def _about_what_runs(change: Change) -> Problem:
    path, running = change.running[0], _named(change.running)
    if not change.texts:
        message = f"this change touches what runs: {running}; somebody who reads code reviews it"
        return Problem(1, message, severity=Severity.INFO, path=path)
    if change.is_release:
        message = f"this change updates the tool to a release: {running}"
        return Problem(1, message, severity=Severity.INFO, path=path)
    message = (
        f"this change mixes what runs ({running}) with what people read ({_named(change.texts)});"
        " put each into a change of its own"
    )
    return Problem(1, message, path=path)


def _named(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
