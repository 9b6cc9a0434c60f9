"""The counts that go into git and onto the site: without names, and without numbers that point at people.

A number below three is written as "fewer than 3", zero included. As all parts add up to the number of people
who are asked, a single such part could be computed, and so could several that are all two: another part is
then withheld. If fewer than five people are asked, no part is given.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from handbook.acknowledgements.report import AudienceLine, AudienceLines
from handbook.registers.acknowledgement_counts import FEWER, FEWEST, WITHHELD

_FEWEST_ASKED: Final = 5
_HEAD: Final = """# yaml-language-server: $schema={schema}
# How many people accepted which edition. `handbook acknowledge report --write` writes this file.
"""
_PARTS: Final = ("accepted", "declined", "exceptions", "not_answered")


def counts_text(counts: AudienceLines, schema: str) -> str:
    """Return the register; `schema` is the path of its schema from the file."""
    lines = [_HEAD.format(schema=schema), f"day: {counts.day.isoformat()}\n"]
    entries = [line for entry in counts.lines for line in _entry(entry)]
    lines += ["counts:\n", *entries] if entries else ["counts: []\n"]
    return "".join(lines)


def _entry(line: AudienceLine) -> Iterator[str]:
    yield f"  - audience: {line.audience}\n"
    yield f'    edition: "{line.edition}"\n'
    yield from (f"    {name}: {shown}\n" for name, shown in published_counts(line).items())


def published_counts(line: AudienceLine) -> Mapping[str, int | str]:
    """Return what is published of the counts of an audience; nothing if it is not known who is in it."""
    if line.asked is None:
        return {}
    exceptions = (line.exceptions_asked or 0) + (line.exceptions_granted or 0)
    parts = (line.accepted or 0, line.declined or 0, exceptions, line.not_answered or 0)
    if line.asked < _FEWEST_ASKED:
        return {"asked": _rounded(line.asked), **dict.fromkeys(_PARTS, WITHHELD)}
    return {"asked": line.asked, **_protected(dict(zip(_PARTS, parts, strict=True)))}


def _rounded(number: int) -> int | str:
    return FEWER if number < FEWEST else number


def _protected(parts: Mapping[str, int]) -> dict[str, int | str]:
    shown = {name: _rounded(number) for name, number in parts.items()}
    small = [name for name in parts if shown[name] == FEWER]
    is_known = sum(parts[name] for name in small) == len(small) * (FEWEST - 1)
    if len(small) == 1 or (small and is_known):
        shown[min(parts.keys() - set(small), key=lambda name: (parts[name], name))] = WITHHELD
    return shown
