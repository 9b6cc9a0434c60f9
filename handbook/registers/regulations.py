"""Outside rules that limit what the organization may say online, from `registers/regulations.yml`."""

from collections.abc import Iterator
from functools import partial
from typing import Final, Literal, TypeAlias, get_args

from pydantic import Field

from handbook.files.tree import FileTree
from handbook.registers.applicability import ApplicableRecord, fitting
from handbook.registers.contacts import Purpose
from handbook.registers.field_types import ShortName, SourceName, Text
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.registers.sources import FILE as SOURCES_FILE
from handbook.registers.sources import Sources, unknown_source
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/regulations.yml"

Subject: TypeAlias = Literal["work", "privacy", "promotion", "access", "politics", "content", "other"]
SUBJECTS: Final[tuple[str, ...]] = get_args(Subject)


class Regulation(ApplicableRecord):
    """An outside rule: what it asks of us online, an example of what it forbids, and whom to ask.

    `subject` is what it is about, so that a page need not show all; a rule that names none is of `other`.
    """

    subject: Subject = Field(
        default="other",
        examples=["privacy"],
        description="What it is about, which decides the page that shows it.",
    )
    title: Text = Field(examples=["HIPAA Privacy Rule"], description="What the rule is called.")
    means: Text = Field(
        examples=["Share nothing that lets somebody recognize a patient"],
        description="What it asks of you online, in one line.",
    )
    never: Text = Field(
        examples=["A picture of the waiting room with a face in it"],
        description="An example of what it forbids, in one line.",
    )
    ask: Purpose = Field(examples=["privacy"], description="Whom to ask: a contact of organization.yml.")
    source: SourceName = Field(
        examples=["hipaa-164-502"], description="The name of its source in registers/sources.yml."
    )


class Regulations(Record):
    """The register of outside rules."""

    regulations: dict[ShortName, Regulation] = Field(
        default={},
        examples=["(regulations, as in the sample)"],
        description="The outside rules, by a short name.",
    )

    def on(self, subject: str = "") -> dict[str, Regulation]:
        """Return the rules on one subject, or all."""
        return {name: rule for name, rule in self.regulations.items() if subject in ("", rule.subject)}


def load_regulations(tree: FileTree, organization: Organization, sources: Sources) -> Regulations:
    """Read the regulations that are for the organization.

    Raises:
        HandbookError: with one line for each mistake.

    """
    judge = partial(_problems, organization=organization, sources=sources)
    register, _ = load_optional_register(tree, FILE, Regulations, judge, organization.variables)
    return Regulations(regulations=fitting(register.regulations, organization))


def _problems(register: Regulations, organization: Organization, sources: Sources) -> Iterator[RecordProblem]:
    known = {*sources.sources, *sources.for_others}
    for name, regulation in register.regulations.items():
        key, source = ("regulations", name, "source"), regulation.source
        if source not in known:
            yield key, unknown_source(source, known)
        elif source in sources.for_others and regulation.fits(organization):
            advice = f"let its `only_for` in {SOURCES_FILE} fit wherever the regulation's does"
            yield key, f"names '{source}', a source that is only for other organizations; {advice}"
