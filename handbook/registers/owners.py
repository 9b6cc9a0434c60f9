"""Who owns pages: roles from `registers/owners.yml`, never persons."""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, Field

from handbook.files.tree import FileTree
from handbook.registers.contacts import PURPOSES
from handbook.registers.field_types import ShortName, Text
from handbook.registers.loading import load_located_register
from handbook.registers.organization import Organization
from handbook.registers.publishers import KEY_FORM, RegisteredPublisher
from handbook.registers.schema_hints import Form, OneOf, Proposes
from handbook.text.suggestions import did_you_mean
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/owners.yml"
# The contact of the roles that read as lawyers.
LEGAL: Final = "legal"
# A lawyer reads the pages in these.
LEGAL_FOLDERS: Final = ("docs/policy/", "docs/law/")


_ADDRESS: Final = r"[^\s@<>{}]+@[^\s@<>{}]+"
_ACCOUNT: Final = r"(?:github|gitlab):[A-Za-z0-9][A-Za-z0-9._-]*"
_KEY: Final = r"SHA256:[A-Za-z0-9+/]{43}|(?:[0-9A-Fa-f]{4} *){10}"
_ENDS_FIRST: Final = "ends before it begins; correct `from` or `to`"


def _holder(text: str) -> str:
    if not re.fullmatch(f"{_ADDRESS}|{_ACCOUNT}|{_KEY}", text):
        raise ValueError(
            "is neither a mail address, an account (`github:name`), nor the fingerprint of a signing key"
        )
    return text.strip()


def _key(text: str) -> str:
    if not re.fullmatch(_KEY, text):
        raise ValueError("is not the fingerprint of a signing key")
    return text.strip()


def _address(text: str) -> str:
    if not re.fullmatch(_ADDRESS, text):
        raise ValueError("is not a mail address, as in commits")
    return text.strip()


Holder: TypeAlias = Annotated[
    str,
    AfterValidator(_holder),
    Form(
        rf"^({_ADDRESS}|{_ACCOUNT}|{_KEY})$",
        "Write the fingerprint of a signing key, an account such as github:name, or a mail address.",
    ),
]
Address: TypeAlias = Annotated[
    str, AfterValidator(_address), Form(rf"^{_ADDRESS}$", "Write a mail address, as in commits.")
]
Key: TypeAlias = Annotated[str, AfterValidator(_key), KEY_FORM]
# Whether the register has the role is checked once the register is read.
RoleName: TypeAlias = Annotated[str, Proposes("role")]


class Tenure(Record):
    """A holder, and the first and the last day on which they hold the role."""

    holder: Holder = Field(
        examples=["github:name"],
        description="The fingerprint of a signing key, an account such as github:name, or a mail address.",
    )
    since: datetime.date | None = Field(
        default=None,
        alias="from",
        examples=["2026-01-01"],
        description="The first day on which they hold the role.",
    )
    to: datetime.date | None = Field(
        default=None, examples=["2026-12-31"], description="The last day on which they hold the role."
    )

    @property
    def ends_before_it_begins(self) -> bool:
        """Tell whether the two days are the wrong way round."""
        return bool(self.since and self.to and self.since > self.to)

    def includes(self, day: datetime.date) -> bool:
        """Tell whether the holder holds the role on a day."""
        return (self.since or datetime.date.min) <= day <= (self.to or datetime.date.max)


def _tenures(holders: Iterable[str | Tenure]) -> list[Tenure]:
    return [Tenure(holder=entry) if isinstance(entry, str) else entry for entry in holders]


class Owner(Record):
    """A role that owns pages.

    `holders` says who may sign for it: mail addresses as in their commits, accounts on GitHub or GitLab, or
    fingerprints of signing keys; with `from` and `to` only in that time. `read_by` says which roles read its
    pages in a review, too; without it, its deputy does. `edits_wording` says that it may record editorial
    changes of every page. `formerly` has the names that the role had, by which older records know it.
    """

    not_reviewed = frozenset({"formerly"})

    title: Text = Field(examples=["Communications lead"], description="What readers call the role.")
    contact: Annotated[str, OneOf(PURPOSES)] = Field(
        examples=["social_media"], description="Whom readers of its pages ask: a contact of organization.yml."
    )
    decides: Text = Field(
        examples=["What the organization publishes and who may publish it"],
        description="What the role decides, in a few words.",
    )
    filled: bool = Field(
        default=True,
        examples=["true"],
        description="Whether somebody has the role today. If not, name a deputy.",
    )
    deputy: RoleName | None = Field(
        default=None, examples=["people-lead"], description="The role that acts for it."
    )
    read_by: list[RoleName] = Field(
        default=[],
        examples=["[legal-lead]"],
        description="The roles that read its pages in a review, too. Without it, the deputy does.",
    )
    edits_wording: bool = Field(
        default=False,
        examples=["true"],
        description="Whether it may record editorial changes of every page, not only of its own.",
    )
    holders: list[Holder | Tenure] = Field(
        default=[],
        examples=["[SHA256:…]"],
        description="Who may sign for the role, by key, account, or mail address.",
    )
    formerly: list[ShortName] = Field(
        default=[],
        examples=["[platform-manager]"],
        description="Names that the role had, by which older records know it.",
    )

    @property
    def tenures(self) -> list[Tenure]:
        """Return the holders, each with the time in which they hold the role."""
        return _tenures(self.holders)


class Escalation(Record):
    """The role that hears of a page once it has been overdue for so many days."""

    to: RoleName = Field(examples=["executive-sponsor"], description="The role that hears of overdue pages.")
    after_days: Annotated[int, Field(ge=1, le=365)] = Field(
        default=14, examples=["14"], description="For how many days a page has to be overdue first."
    )


class Owners(Record):
    """The register of owners, of the keys that sign editions, and of those of the platform.

    Without `escalation`, only owners hear of overdue pages. With `platform_keys`, the platform signs what it
    commits for others. `maintainers` are those who read code: they agree to changes of what runs.
    `files_for_others` has the mail addresses, as in their commits, of jobs and persons that file what others
    said in comments or mails.
    """

    owners: dict[ShortName, Owner] = Field(
        examples=["(roles, as in the sample)"],
        description="The roles, by a short name that pages use as `owner`.",
    )
    escalation: Escalation | None = Field(
        default=None,
        examples=["{to: executive-sponsor, after_days: 14}"],
        description="Who also hears of a page once it has been overdue for some days.",
    )
    publishers: list[RegisteredPublisher] = Field(
        default=[],
        examples=["[{key: SHA256:…, since: 2026-11-20}]"],
        description="The keys that sign editions.",
    )
    platform_keys: list[Key] = Field(
        default=[],
        examples=["[SHA256:…]"],
        description="The keys with which the platform signs what it commits for others.",
    )
    maintainers: list[Holder | Tenure] = Field(
        default=[],
        examples=["[github:name]"],
        description="Who agrees to changes of the tool.",
    )
    files_for_others: list[Address] = Field(
        default=[],
        examples=['["handbook-reviews@example.org"]'],
        description="Mail addresses of those who file what others said.",
    )

    def find(self, role: str) -> Owner | None:
        """Return the owner with that role, or None."""
        return self.owners.get(role)

    def now_called(self, role: str) -> str:
        """Return what a role that a record names is called now; a role that is gone keeps its name."""
        if role in self.owners:
            return role
        return next((name for name, owner in self.owners.items() if role in owner.formerly), role)

    def with_former_names(self, roles: Iterable[str]) -> frozenset[str]:
        """Return roles with all the names by which records may know them."""
        named = list(roles)
        former = (name for role in named if role in self.owners for name in self.owners[role].formerly)
        return frozenset((*named, *former))

    def roles_of(self, address: str) -> tuple[str, ...]:
        """Return the roles whose holders name a mail address, in the order of the register."""
        wanted = address.casefold()
        return tuple(
            role
            for role, owner in self.owners.items()
            if any(tenure.holder.casefold() == wanted for tenure in owner.tenures)
        )

    @property
    def lawyers(self) -> list[str]:
        """Return the roles whose contact is the legal one, in the order of the register."""
        return [role for role, owner in self.owners.items() if owner.contact == LEGAL]

    @property
    def editors(self) -> list[str]:
        """Return the roles that may record editorial changes of every page, in the order of the register."""
        return [role for role, owner in self.owners.items() if owner.edits_wording]

    @property
    def keepers(self) -> list[str]:
        """Return the roles that agree to changes of this register: whom escalations go to, or the editors."""
        return [self.escalation.to] if self.escalation else self.editors

    @property
    def maintainer_tenures(self) -> list[Tenure]:
        """Return those who agree to changes of what runs, each with the time in which they do."""
        return _tenures(self.maintainers)

    def editors_for(self, role: str) -> frozenset[str]:
        """Return the roles that may record editorial changes of the pages of a role."""
        return frozenset((*self.stands_for(role), *self.editors))

    def stands_for(self, role: str) -> tuple[str, ...]:
        """Return the role and its deputy, either of whom may read and decide for it."""
        owner = self.owners.get(role)
        return (role, owner.deputy) if owner and owner.deputy else (role,)

    def is_covered(self, role: str) -> bool:
        """Tell whether somebody answers for the role: it is filled, or its deputy is."""
        owner = self.owners[role]
        deputy = self.owners.get(owner.deputy) if owner.deputy else None
        return owner.filled or (deputy is not None and deputy.filled)

    def _is_called(self, name: str, role: str) -> bool:
        """Tell whether a role, or another one than `role` in the past, has a name."""
        others = (owner.formerly for other, owner in self.owners.items() if other != role)
        return name in self.owners or any(name in formerly for formerly in others)

    def problems(self) -> Iterator[RecordProblem]:
        """Find contacts, deputies, and readers that do not exist, and publishers whose days are mistaken."""
        for number, publisher in enumerate(self.publishers):
            for path, sentence in publisher.problems():
                yield ("publishers", number, *path), sentence
        for number, tenure in enumerate(self.maintainer_tenures):
            if tenure.ends_before_it_begins:
                yield ("maintainers", number), _ENDS_FIRST
        for role, owner in self.owners.items():
            key = ("owners", role)
            for number, tenure in enumerate(owner.tenures):
                if tenure.ends_before_it_begins:
                    yield (*key, "holders", number), _ENDS_FIRST
                if tenure.holder in self.platform_keys:
                    yield (*key, "holders", number), "is a key of the platform; name a person's key"
            for number, name in enumerate(owner.formerly):
                if self._is_called(name, role):
                    yield (*key, "formerly", number), f"names '{name}', which is another role; take it out"
            if owner.contact not in PURPOSES:
                advice = did_you_mean(owner.contact, PURPOSES)
                yield (*key, "contact"), f"names '{owner.contact}', which is not a contact; {advice}"
            if owner.deputy == role:
                yield (*key, "deputy"), "names the role itself; name another"
            elif owner.deputy is not None and owner.deputy not in self.owners:
                yield (*key, "deputy"), unknown_owner(owner.deputy, self)
            for number, reader in enumerate(owner.read_by):
                if reader == role:
                    yield (*key, "read_by", number), "names the role itself, which reads anyway; name another"
                elif reader not in self.owners:
                    yield (*key, "read_by", number), unknown_owner(reader, self)
        if self.escalation and self.escalation.to not in self.owners:
            yield ("escalation", "to"), unknown_owner(self.escalation.to, self)


def unknown_owner(role: str, owners: Owners) -> str:
    """Return the sentence for a key that names a role that is not in the register."""
    return f"names '{role}', which is not an owner; {did_you_mean(role, owners.owners)}"


def load_owners(tree: FileTree, organization: Organization) -> Owners:
    """Read the register, whose texts have each language of the handbook.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_located_register(tree, FILE, Owners, variables=organization.variables)[0]
