"""Brings what is new in organization.yml, without the values of the sample.

A new contact falls back to one that the handbook has, what is new of a contact is only named, and any other
new key comes as a comment, so that nobody calls an invented number.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from handbook.upgrades.merging.merged_text import MergedText
from handbook.upgrades.merging.yaml_merge import Path, Preferences, merge_yaml
from handbook.yaml.edit_lines import compose, value_at

# Both say that a handbook is the product's own.
_OF_THE_PRODUCT: Final = frozenset(("sample", "develops_the_tool"))
_PREFERRED_CONTACT: Final = "people"


@dataclass(frozen=True, slots=True)
class MergedOrganization:
    """The merged file, and the names of the keys that are new in it."""

    merged: MergedText
    new: tuple[str, ...]


def merge_organization(base: str, ours: str, theirs: str) -> MergedOrganization:
    """Merge what a release has in organization.yml into that of a handbook.

    Raises:
        HandbookError: if one of them is not YAML.

    """
    new: list[str] = []
    preferences = Preferences(
        is_ours=_is_the_products,
        keeps_values=True,
        addition=partial(_addition, new, _contact_of(ours)),
    )
    return MergedOrganization(merge_yaml(base, ours, theirs, preferences), tuple(new))


def _is_the_products(path: Path) -> bool:
    return path[-1][0] in _OF_THE_PRODUCT


def _contact_of(ours: str) -> str | None:
    contacts = value_at(compose(ours), "contacts")
    names = [str(key.value) for key, _ in contacts.value] if contacts else []
    return _PREFERRED_CONTACT if _PREFERRED_CONTACT in names else next(iter(names), None)


def _addition(new: list[str], contact: str | None, path: Path, text: str, column: int) -> str:
    """Return what is written for a key that only the release has."""
    if path[0] == ("accounts",):
        return ""
    new.append(".".join(name[-1] for name in path))
    if path[0] == ("contacts",) and len(path) > 2:
        return ""
    if path[0] == ("contacts",) and len(path) == 2 and contact:
        return f"{path[-1][0]}:\n{' ' * column}  falls_back_to: {contact} # new in this release\n"
    indent = " " * column
    lines = text.removesuffix("\n").split("\n")
    return f"# {lines[0]}\n" + "".join(f"{indent}# {line.removeprefix(indent)}\n" for line in lines[1:])
