"""The organization's other policies, and what differs online, from `registers/policies.yml`."""

from collections.abc import Iterator
from functools import partial
from typing import Final, Literal, TypeAlias, get_args

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.field_types import (
    RoleName,
    ShortName,
    Text,
    WebAddress,
)
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.owners import Owners, unknown_owner
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/policies.yml"

PolicySubject: TypeAlias = Literal["publishing", "people"]
POLICY_SUBJECTS: Final[tuple[str, ...]] = get_args(PolicySubject)


class Policy(ApplicableRecord):
    """A policy kept elsewhere: what it covers, and what differs online.

    `subject` tells those on conduct and working life from the others, so that neither page is too long.
    """

    not_reviewed = frozenset({"address"})

    subject: PolicySubject = Field(
        default="publishing",
        examples=["people"],
        description="What it is about: people for conduct and working life, else publishing.",
    )
    title: Text = Field(examples=["Privacy policy"], description="What the policy is called.")
    covers: Text = Field(examples=["What may be told of the people we serve"], description="What it covers.")
    online: Text = Field(
        examples=["Pictures and places count as private data, too"], description="What differs online."
    )
    owner: RoleName = Field(examples=["privacy-lead"], description="The role that owns it.")
    address: WebAddress | None = Field(
        default=None,
        examples=["https://intranet.example.org/policies/privacy"],
        description="Where the policy is.",
    )


class Policies(Record):
    """The register of internal policies."""

    policies: dict[ShortName, Policy] = Field(
        default={},
        examples=["(policies, as in the sample)"],
        description="The policies you already have, by a short name.",
    )

    def on(self, subject: str = "") -> dict[str, Policy]:
        """Return the policies on one subject, or all."""
        return {name: policy for name, policy in self.policies.items() if subject in ("", policy.subject)}


def load_policies(tree: FileTree, organization: Organization, owners: Owners) -> Policies:
    """Read the policies that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(_problems, owners=owners)
    register, _ = load_optional_register(tree, FILE, Policies, judge, organization.variables)
    return Policies(policies=fitting(register.policies, organization))


def _problems(register: Policies, owners: Owners) -> Iterator[RecordProblem]:
    for name, policy in register.policies.items():
        if owners.find(policy.owner) is None:
            yield ("policies", name, "owner"), unknown_owner(policy.owner, owners)
