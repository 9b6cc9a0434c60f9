"""What CHG002 says of organization.yml: the values that readers get, and that no review covers."""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic.fields import FieldInfo

from handbook.baseline import Baseline
from handbook.findings import Problem
from handbook.model import Handbook
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.yaml.located import KeyPath
from handbook.yaml.record import Record

# CHG002 says of these what they decide.
_SETTINGS: Final = frozenset(
    {
        *("prevailing_language", "translate_within", "history_since", "leave_out", "develops_the_tool"),
        *("sample", "history_names"),
    }
)
# Nobody reads these in a page.
_WRITTEN_BY_ADOPT: Final = frozenset({"adopted", "undecided"})


def unreviewed_values(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each value of organization.yml that a change makes another without a review."""
    before, now = (each.registers.organization for each in (baseline.handbook, handbook))
    if before.sample and not now.sample:
        return  # Whoever adopts the handbook decides all of it.
    source = handbook.registers.accounts.organization_source
    for path, value in _changed(before, now, ()):
        key = ".".join(map(str, path))
        message = f"`{key}` {_becomes(value)}, which no review covers; make sure that it is right"
        yield Problem.at(source.value_location_of(path), message, path=ORGANIZATION_FILE)


def _changed(
    before: object, now: object, path: KeyPath, *, is_fact: bool = False
) -> Iterator[tuple[KeyPath, object]]:
    """Yield the path and the new value of each fact that differs in two records, or in lists of them.

    `is_fact` is true if no review covers what they have.
    """
    if isinstance(before, list) and isinstance(now, list):
        for number, new in enumerate(now):
            if new not in before:
                old = before[number] if len(before) == len(now) else None
                yield from _changed(old, new, (*path, number), is_fact=is_fact)
    elif isinstance(now, Record) and (before is None or isinstance(before, Record)):
        for name in type(now).model_fields if before else now.model_fields_set:
            old, new = getattr(before, name, None), getattr(now, name)
            if old != new:
                is_own = is_fact or _is_fact(name, type(now).model_fields[name], now)
                yield from _changed(old, new, (*path, name), is_fact=is_own)
    elif is_fact:
        yield from _changed_texts(before, now, path)


def _is_fact(name: str, field: FieldInfo, record: Record) -> bool:
    is_unseen = name in record.not_reviewed or field.exclude is True
    return is_unseen and name not in _SETTINGS | _WRITTEN_BY_ADOPT


def _changed_texts(before: object, now: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        differing = (key for key in {**before, **now} if before.get(key) != now.get(key))
        yield from (((*path, key), now.get(key)) for key in differing)
    else:
        yield path, now


def _becomes(value: object) -> str:
    return f"is '{value}' now" if isinstance(value, str) and value else "changes"
