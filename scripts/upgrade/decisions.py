"""Takes the decisions about rules that change: from an option, from a file, or from a person."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

import click
from pydantic import Field

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.loading import load_register
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean
from handbook.upgrades.file_plan import FilePlan
from handbook.upgrades.left_changes import redline_of
from handbook.yaml.record import Record
from scripts.redlines import show_redline

_ALL: Final = "all"
_NONE: Final = "none"
_CHOICES: Final = {"a": "accept", "l": "leave", "A": "accept this and the others", "L": "leave all others"}


class _Answers(Record):
    accept: list[str] = Field(default_factory=list, examples=[["docs/policy/work.md"]])
    leave: list[str] = Field(default_factory=list, examples=[["docs/law/photos.md"]])


Decider = Callable[[Sequence[FilePlan]], Collection[str]]


def decider(accepted: Sequence[str], answers: Path | None) -> Decider:
    """Return what chooses the changes of rules that are taken."""
    if answers and accepted:
        raise HandbookError("give --accept or --answers, not both")
    if answers:
        return lambda rules: _from_file(answers, [rule.path for rule in rules])
    if accepted:
        return lambda rules: named(accepted, [rule.path for rule in rules])
    return _asked


def named(accepted: Sequence[str], paths: Sequence[str]) -> set[str]:
    """Return the paths that the option --accept names: all, none, or pages and folders.

    Raises:
        HandbookError: if it names something else.

    """
    if {_ALL, _NONE} & set(accepted):
        if len(accepted) > 1:
            raise HandbookError("--accept all and --accept none stand alone; name pages, or one of both")
        return set(paths) if accepted == (_ALL,) else set()
    chosen: set[str] = set()
    for name in accepted:
        place = name.rstrip("/")
        matches = [path for path in paths if path == place or path.startswith(f"{place}/")]
        if not matches:
            raise HandbookError(f"{one_line(name)} is not a change to accept here; {_known(name, paths)}")
        chosen.update(matches)
    return chosen


def _known(name: str, paths: Sequence[str]) -> str:
    return did_you_mean(name, paths) if paths else "there is none"


def _from_file(file: Path, paths: Sequence[str]) -> set[str]:
    given = load_register(Folder(file.parent), file.name, _Answers)
    named = [*given.accept, *given.leave]
    if twice := sorted({path for path in named if named.count(path) > 1}):
        raise HandbookError(f"{file.name} names {', '.join(twice)} twice; accept it or leave it")
    if unknown := sorted(set(named) - set(paths)):
        raise HandbookError(
            f"{file.name} names {unknown[0]}, which is not a change; {_known(unknown[0], paths)}"
        )
    if missing := sorted(set(paths) - set(named)):
        raise HandbookError(f"{file.name} does not say what to do with {', '.join(missing)}; add each")
    return set(given.accept)


def _asked(rules: Sequence[FilePlan]) -> Collection[str]:
    if rules and not sys.stdin.isatty():
        raise HandbookError(
            f"{len(rules)} rules change, and nobody is at a terminal to decide; see them with --dry-run, then"
            " give --accept all, --accept none, --accept FILE, or --answers FILE"
        )
    chosen: set[str] = set()
    for number, rule in enumerate(rules, 1):
        click.echo(f"\n{number} of {len(rules)}: {one_line(rule.path)}")
        show_redline(redline_of(rule.before, rule.after))
        if rule.after is None:
            click.echo("The release removes this page.")
        answer = _ask()
        if answer == "A":
            return chosen | {each.path for each in rules[number - 1 :]}
        if answer == "L":
            break
        if answer == "a":
            chosen.add(rule.path)
    return chosen


def _ask() -> str:
    words = ", ".join(f"{key} = {meaning}" for key, meaning in _CHOICES.items())
    try:
        return str(click.prompt(f"Your rule or theirs? {words}", type=click.Choice(list(_CHOICES))))
    except click.Abort:
        raise HandbookError("\nstopped, so nothing was written") from None
