"""What an organization answers to adopt the handbook, at a terminal or in a file.

`example.yml` beside this module has every answer, each with a comment. What is not answered stays as it is
in the sample, and `undecided` in organization.yml names it.
"""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from handbook.content.languages import base_of
from handbook.content.main_language import problems_of_languages
from handbook.content.sectors import Jurisdiction, Sector
from handbook.errors import HandbookError
from handbook.git.source_hosts import Service
from handbook.registers.contacts import PURPOSES, Contact, Contacts, Purpose
from handbook.registers.field_types import (
    Color,
    Language,
    Line,
    ShortName,
    Text,
    TimeZone,
    WebAddress,
    untranslated,
)
from handbook.registers.organization import PlaceOfPages, Undecided, Vocabulary
from handbook.registers.owners import Holder, Tenure
from handbook.yaml.record import Record, RecordProblem

EXAMPLE: Final = Path(__file__).with_name("example.yml")
History: TypeAlias = Literal["begin", "keep"]


def require_known_languages(root: Path, codes: Sequence[str]) -> None:
    """Refuse languages in which the handbook cannot be built.

    Raises:
        HandbookError: with a line for each.

    """
    if problems := problems_of_languages(root, codes):
        raise HandbookError("\n".join(problems))


class AccountAnswer(Record):
    """An official account, and who answers for it; without `owner`, nothing is written into the register."""

    platform: Line = Field(examples=["facebook"])
    name: Line = Field(examples=["Example Hospital Network"])
    address: WebAddress = Field(examples=["https://social.example.org/hospital"])
    purpose: Text = Field(examples=["News for patients"])
    owner: ShortName | None = Field(default=None, examples=["communications-manager"])
    can_get_in: list[ShortName] = Field(default=[], examples=["[communications-manager, security-manager]"])
    approves: ShortName | None = Field(default=None, examples=["communications-manager"])
    since: datetime.date | None = Field(default=None, examples=["2019-03-04"])

    def problems(self) -> Iterator[RecordProblem]:
        """Find an account with only some of what the register of accounts needs."""
        needed = ("owner", "can_get_in", "approves", "since")
        missing = [key for key in needed if not getattr(self, key)]
        if 0 < len(missing) < len(needed):
            named = ", ".join(missing)
            yield (), f"lacks {named}; add it, or leave owner, can_get_in, approves, and since out"


class RoleAnswer(Record):
    """A role of the organization, and the roles of the sample whose pages and tasks it takes."""

    takes: Annotated[list[ShortName], Field(min_length=1)] = Field(examples=["[platform-lead]"])
    title: Text = Field(examples=["Communications manager"])
    decides: Text | None = Field(default=None, examples=["What we publish"])
    contact: Purpose | None = Field(default=None, examples=["social_media"])
    deputy: ShortName | None = Field(default=None, examples=["medical-director"])
    read_by: list[ShortName] = Field(default=[], examples=["[legal-counsel]"])
    holders: list[Holder | Tenure] = Field(default=[], examples=["[github:name]"])


class Answers(Record):
    """The content of a file of answers."""

    name: Text = Field(examples=["Example Hospital Network"])
    short_name: Text = Field(examples=["EHN"])
    sector: Sector = Field(examples=["healthcare"])
    places: Annotated[list[Jurisdiction], Field(min_length=1)] = Field(examples=["[ca]"])
    languages: Annotated[list[Language], Field(min_length=1)] = Field(examples=["[fr, en]"])
    time_zone: TimeZone = Field(examples=["America/Toronto"])
    emergency_number: Text | None = Field(default=None, examples=['"911"'])
    contacts: dict[Purpose, Contact] = Field(default={}, examples=["(contacts, by purpose)"])
    words: Vocabulary | None = Field(default=None, examples=["{client: …, clients: …, people: …}"])
    monitoring_hours: Text | None = Field(default=None, examples=["Monday to Friday, 9:00 to 17:00"])
    reply_target: Text | None = Field(default=None, examples=["one working day"])
    retention: Text | None = Field(default=None, examples=["three years"])
    accounts: list[AccountAnswer] = Field(default=[], examples=["[]"])
    intranet: WebAddress | None = Field(default=None, examples=["https://intranet.example.org/"])
    repository: WebAddress | None = Field(default=None, examples=["https://git.example.org/handbook"])
    repository_service: Service | None = Field(default=None, examples=["gitlab"])
    handbook: WebAddress | None = Field(default=None, examples=["https://handbook.example.org/"])
    color: Color | None = Field(default=None, examples=['"#1b365d"'])
    roles: dict[ShortName, RoleAnswer] = Field(default={}, examples=["(your roles)"])
    leave_out: list[PlaceOfPages] = Field(default=[], examples=["[docs/policy/strategy.md]"])
    license: Line | None = Field(default=None, examples=["All rights reserved"])
    history: History = Field(default="begin", examples=["begin"])

    def problems(self) -> Iterator[RecordProblem]:
        """Find texts that lack a language of the handbook, and answers that contradict each other."""
        bases = [base_of(code) for code in self.languages]
        if len(set(bases)) < len(bases):
            yield ("languages",), "names a language twice; keep the variant that your people write"
        for number, account in enumerate(self.accounts):
            for path, sentence in account.problems():
                yield ("accounts", number, *path), sentence
        if len(self.contacts) == len(PURPOSES):
            for path, sentence in Contacts.model_validate(dict(self.contacts)).problems():
                yield ("contacts", *path), sentence
        yield from self._roles_taken_twice()
        yield from untranslated(self, bases)

    def _roles_taken_twice(self) -> Iterator[RecordProblem]:
        taken: dict[str, str] = {}
        for name, role in self.roles.items():
            for number, of_sample in enumerate(role.takes):
                if of_sample in taken:
                    sentence = f"is '{of_sample}', which {taken[of_sample]} takes, too; remove one of the two"
                    yield ("roles", name, "takes", number), sentence
                taken[of_sample] = name

    @property
    def undecided(self) -> list[Undecided]:
        """Return what was not answered, or not wholly, in the order of organization.yml."""
        is_decided: dict[Undecided, bool] = {
            "emergency_number": self.emergency_number is not None,
            "contacts": len(self.contacts) == len(PURPOSES),
            "monitoring_hours": self.monitoring_hours is not None,
            "reply_target": self.reply_target is not None,
            "retention": self.retention is not None,
            "words": self.words is not None,
            "intranet": self.intranet is not None,
            "repository": self.repository is not None,
            "handbook": self.handbook is not None,
            "color": self.color is not None,
            "roles": bool(self.roles),
            "license": self.license is not None,
        }
        return [name for name, decided in is_decided.items() if not decided]
