"""Puts an organization's own roles in the place of the sample's, wherever the files name them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode

from handbook.adoption.answers import RoleAnswer
from handbook.errors import HandbookError
from handbook.registers.owners import LEGAL
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_entry import with_entry
from handbook.yaml.edit_lines import Replacement, compose, with_replacements
from handbook.yaml.located import read_mapping
from handbook.yaml.record import RecordProblem

_OwnerEntry = Mapping[str, object]
# What a role that takes several has of the first of them, unless the answers say otherwise.
_INHERITED: Final = ("contact", "decides", "filled", "edits_wording")


@dataclass(frozen=True, slots=True)
class RoleMap:
    """The role of the organization that takes each role of the sample; the others stay as they are."""

    taken_by: Mapping[str, str]

    def of(self, role: str) -> str:
        """Return the role that now has the pages and tasks of a role."""
        return self.taken_by.get(role, role)


def role_map(roles: Mapping[str, RoleAnswer]) -> RoleMap:
    """Return which role takes which, as the answers say."""
    return RoleMap({taken: name for name, role in roles.items() for taken in role.takes})


def owners_after(text: str, roles: Mapping[str, RoleAnswer]) -> Mapping[str, _OwnerEntry]:
    """Return the organization's roles, first in their order, and those of registers/owners.yml that stay.

    Raises:
        HandbookError: if the answers name a role that does not exist, a page would have one reader, or no
            lawyer would be asked.

    """
    sample = _sample_roles(text)
    if not roles:
        return sample
    renamed = role_map(roles)
    for path, sentence in role_problems(roles, text):
        raise HandbookError(f"the role {path[1]} {sentence}")
    kept = {
        name: _kept(name, entry, renamed) for name, entry in sample.items() if name not in renamed.taken_by
    }
    own = {name: _own(name, role, sample, renamed) for name, role in roles.items()}
    _require_possible({**own, **kept})
    return {**own, **kept}


def owners_text(text: str, owners: Mapping[str, _OwnerEntry], renamed: RoleMap) -> str:
    """Return registers/owners.yml with these roles.

    Raises:
        HandbookError: if it cannot be changed without changing something else.

    """
    data = read_mapping(text).data
    if owners == data.get("owners"):
        return text
    after = with_entry(text, "owners", dict(owners))
    escalation = data.get("escalation")
    if isinstance(escalation, dict):
        after = with_entry(after, "escalation", {**escalation, "to": renamed.of(str(escalation.get("to")))})
    return after


def with_roles(text: str, key: str, renamed: RoleMap) -> str:
    """Return a YAML text in which every `key`, at any depth, names the roles that took those it named."""
    parts = (
        Replacement(node.start_mark.index, node.end_mark.index, renamed.of(node.value))
        for node in _values(compose(text), key)
        if renamed.of(node.value) != node.value
    )
    return with_replacements(text, parts)


def _values(node: Node | None, key: str) -> Iterator[ScalarNode]:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if name.value == key and isinstance(value, ScalarNode):
                yield value
            else:
                yield from _values(value, key)


def role_problems(roles: Mapping[str, RoleAnswer], owners: str) -> Iterator[RecordProblem]:
    """Find a role that takes what the sample does not have, or that names a role that nobody will have.

    `owners` is the text of registers/owners.yml.
    """
    sample = _sample_roles(owners)
    taken = {name for role in roles.values() for name in role.takes}
    after = {*roles, *(name for name in sample if name not in taken)}
    for name, role in roles.items():
        for number, of_sample in enumerate(role.takes):
            if of_sample not in sample:
                sentence = f"takes '{of_sample}', which is not a role of the sample"
                yield ("roles", name, "takes", number), f"{sentence}; {did_you_mean(of_sample, sample)}"
        if name in sample and name not in role.takes:
            yield (
                ("roles", name),
                "is a role of the sample, too; let yours take it, or give yours another name",
            )
        named = [
            (("deputy",), role.deputy),
            *((("read_by", n), other) for n, other in enumerate(role.read_by)),
        ]
        for path, other in named:
            if other == name:
                yield ("roles", name, *path), "names itself as its deputy or reader; name another"
            elif other and other not in after:
                sentence = f"names '{other}', which is not a role; {did_you_mean(other, after)}"
                yield ("roles", name, *path), sentence


def _sample_roles(owners: str) -> Mapping[str, _OwnerEntry]:
    sample = read_mapping(owners).data.get("owners")
    if not isinstance(sample, dict):
        raise HandbookError("registers/owners.yml has no roles; restore it from the history")
    return sample


def _kept(name: str, entry: _OwnerEntry, renamed: RoleMap) -> _OwnerEntry:
    """Return a role of the sample that stays, with those that it names under their new names."""
    readers = _others(name, _texts(entry.get("read_by")), renamed)
    deputies = _others(name, _texts(entry.get("deputy")), renamed)
    rest = {key: value for key, value in entry.items() if key not in ("deputy", "read_by")}
    return {
        **rest,
        **({"deputy": deputies[0]} if deputies else {}),
        **({"read_by": readers} if readers else {}),
    }


def _own(name: str, role: RoleAnswer, sample: Mapping[str, _OwnerEntry], renamed: RoleMap) -> _OwnerEntry:
    """Return a role of the organization; what it does not say, it has of the first role that it takes."""
    taken = [sample[of_sample] for of_sample in role.takes]
    given = role.model_dump(include={"title", "contact", "decides"}, exclude_none=True)
    entry: dict[str, object] = {"title": role.title}
    entry |= {key: taken[0][key] for key in _INHERITED if key in taken[0]}
    entry |= {"edits_wording": True} if any(former.get("edits_wording") for former in taken) else {}
    entry |= {"contact": LEGAL} if any(former.get("contact") == LEGAL for former in taken) else {}
    entry |= given
    deputies = _others(name, [text for former in taken for text in _texts(former.get("deputy"))], renamed)
    readers = _others(name, [text for former in taken for text in _texts(former.get("read_by"))], renamed)
    deputy = role.deputy or (deputies[0] if deputies else None)
    entry |= {"deputy": deputy} if deputy else {}
    entry |= {"read_by": role.read_by or readers} if role.read_by or (readers and not deputy) else {}
    holders = [
        holder if isinstance(holder, str) else holder.model_dump(by_alias=True, exclude_none=True)
        for holder in role.holders
    ]
    return entry | ({"holders": holders} if holders else {})


def _others(name: str, roles: Iterable[str], renamed: RoleMap) -> list[str]:
    """Return the roles that took some, each once, without the role itself."""
    return [role for role in dict.fromkeys(map(renamed.of, roles)) if role != name]


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def _require_possible(owners: Mapping[str, _OwnerEntry]) -> None:
    """Refuse roles with which no review could be closed."""
    alone = [name for name, entry in owners.items() if not entry.get("deputy") and not entry.get("read_by")]
    if alone:
        raise HandbookError(
            f"nobody would read the pages of {', '.join(alone)} besides the role itself; give it a `deputy`,"
            " another role of yours"
        )
    if not any(entry.get("contact") == LEGAL for entry in owners.values()):
        raise HandbookError(
            "no role has the contact 'legal', and a lawyer has to read docs/policy/ and docs/law/; give it to"
            " the role of a lawyer, who may be from outside"
        )
