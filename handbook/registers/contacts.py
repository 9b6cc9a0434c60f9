"""Whom to ask, by purpose: a part of `organization.yml`."""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, get_args

from pydantic import Field

from handbook.registers.field_types import MailAddress, StaffWords, Telephone, Text
from handbook.yaml.record import Record, RecordProblem

Purpose: TypeAlias = Literal["social_media", "press", "people", "legal", "privacy", "security", "emergencies"]
PURPOSES: Final[tuple[str, ...]] = get_args(Purpose)


class Contact(Record):
    """Whom to ask for one purpose: a role, never a person.

    A contact that `falls_back_to` another has its role, mail address, and telephone once the file is read.
    """

    not_reviewed = frozenset({"role", "email", "phone", "in_sentence", "falls_back_to", "asked_as"})

    role: Text = Field(
        default="",
        examples=["Press office"],
        description="The role that answers, as pages name it: a role, never a person.",
    )
    email: MailAddress = Field(
        default="",
        examples=["press@example.org"],
        description="The mailbox of the role. A shared one outlasts people.",
    )
    phone: Telephone | None = Field(
        default=None,
        examples=['"+1 555 0100 ext. 12"'],
        description="The telephone number, in quotes. An extension follows it.",
    )
    # Excluded from what pages see, because the macro `contact` puts it into a sentence.
    in_sentence: Text | None = Field(
        default=None,
        exclude=True,
        examples=["the press office"],
        description="The role with its article, as it is in the middle of a sentence.",
    )
    # Excluded from what pages see, because they see whom it falls back to.
    falls_back_to: Purpose | None = Field(
        default=None,
        exclude=True,
        examples=["people"],
        description="If nobody has this role: the contact that answers instead, and nothing else.",
    )
    # Excluded from what pages see, because only the search reads it.
    asked_as: StaffWords = Field(
        default=[],
        exclude=True,
        examples=["[reporter, interview]"],
        description="Words with which staff look for this contact, or a list for each language. "
        "Only the search reads them.",
    )


class Contacts(Record):
    """Whom to ask, by purpose."""

    social_media: Contact = Field(
        examples=["{role: Social media lead, email: social@example.org}"],
        description="Who answers questions about posts and accounts.",
    )
    press: Contact = Field(
        examples=["{role: Press office, email: press@example.org}"], description="Who talks to journalists."
    )
    people: Contact = Field(
        examples=["{role: People team, email: people@example.org}"],
        description="Who answers questions about work and staff.",
    )
    legal: Contact = Field(
        examples=["{role: Legal team, email: legal@example.org}"],
        description="Who answers questions about the law.",
    )
    privacy: Contact = Field(
        examples=["{role: Privacy lead, email: privacy@example.org}"],
        description="Who answers questions about personal data and pictures of people.",
    )
    security: Contact = Field(
        examples=["{role: Security desk, email: security@example.org}"],
        description="Who helps with a stolen account or a lost password.",
    )
    emergencies: Contact = Field(
        examples=["{role: Duty manager, email: duty@example.org}"], description="Whom to call at any hour."
    )

    def of(self, purpose: str) -> Contact:
        """Return the contact for a purpose."""
        contact: Contact = getattr(self, purpose)
        return contact

    def problems(self) -> Iterator[RecordProblem]:
        """Find contacts without a role or an address, with two of them, and those that lead in a circle."""
        for purpose in PURPOSES:
            contact = self.of(purpose)
            if contact.falls_back_to is None:
                yield from _missing(purpose, contact)
                continue
            if contact.role or contact.email or contact.phone:
                yield (
                    (purpose, "falls_back_to"),
                    f"is beside a role of its own; keep one of the two in {purpose}",
                )
            if purpose in (circle := self._way_from(purpose))[1:]:
                way = ", ".join(circle)
                yield (purpose, "falls_back_to"), f"leads in a circle: {way}; give one of them a role"

    def _way_from(self, purpose: str) -> list[str]:
        """Return the purposes that a contact leads to, up to the first one that comes a second time."""
        way = [purpose]
        while (following := self.of(way[-1]).falls_back_to) and len(way) <= len(PURPOSES):
            way.append(following)
            if following in way[:-1]:
                break
        return way

    def filled(self) -> "Contacts":
        """Return the contacts with the details of those that they fall back to."""
        last = {purpose: self.of(self._way_from(purpose)[-1]) for purpose in PURPOSES}
        return self.model_copy(
            update={
                purpose: last[purpose].model_copy(update={"asked_as": self.of(purpose).asked_as})
                for purpose in PURPOSES
            }
        )


def _missing(purpose: str, contact: Contact) -> Iterator[RecordProblem]:
    for key in ("role", "email"):
        if not getattr(contact, key):
            example = Contact.model_fields[key].examples or [""]
            advice = f"add for example `{key}: {example[0]}`, or `falls_back_to: people` alone"
            yield (purpose, key), f"is missing; {advice}"
