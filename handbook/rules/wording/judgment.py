"""Judges the sentences of a text by the guidance of the places where an organization works."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from handbook.content.sectors import Jurisdiction
from handbook.findings import Severity
from handbook.rules.wording.guidance import (
    Clause,
    Cure,
    Language,
    Place,
    Standard,
    Subject,
    Trigger,
    found,
    language_of,
    pattern,
    places,
    subjects,
)
from handbook.rules.wording.passages import Passage, passages

# What somebody is quoted with is not what the policy says. A quotation of one word is only emphasis.
_QUOTED: Final = re.compile(r"[“«„]\s*[^“”«»„]*\s[^“”«»„]*[”»“]|\"[^\"]*\s[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Objection:
    """Wording that guidance has faulted: the words, their offset in the text, and what is known of it."""

    subject: Subject
    severity: Severity
    offset: int
    words: str
    clause: Clause
    standard: Standard

    @property
    def message(self) -> str:
        """Return why the words were faulted, what to write instead, and what it rests on."""
        rests_on = [self.standard, self.standard.later] if self.standard.later else [self.standard]
        sources = "; ".join(f"{source.title}, {source.decided.year}: {source.says}" for source in rests_on)
        return (
            f"'{self.words}': {self.clause.why}; narrower: \"{self.clause.write}\" "
            f"({sources}; wording without a finding is not thereby lawful)"
        )


def guidance_for(jurisdictions: Iterable[Jurisdiction], *, is_public: bool, language: str) -> Sequence[Place]:
    """Return the guidance for an organization; `is_public` says that it is a public body."""
    wanted = set(jurisdictions)
    employers = {"all", "public" if is_public else "private"}
    return [
        place
        for place in places()
        if place.jurisdiction in wanted and place.language == language and place.employers in employers
    ]


def sentences(markdown: str, language: str, shown: Callable[[str], str | None]) -> Sequence[Passage]:
    """Return the sentences of a text that can be judged; none if nothing is known of its language.

    `shown` returns what an expression of the text shows, or None if that is no text of its own.
    """
    known = language_of(language)
    if known is None:
        return ()
    read = list(
        passages(markdown, lambda title: found(known.examples, language, title) >= 0, shown, known.leads)
    )
    page = " ".join(passage.sentence for passage in read)
    return tuple(replace(passage, page=page) for passage in read)


def judge(
    markdown: str, guidance: Sequence[Place], language: str, shown: Callable[[str], str | None]
) -> Iterator[Objection]:
    """Yield what guidance objects to in a text, of every subject, in the order of the sentences."""
    for passage in sentences(markdown, language, shown):
        for subject in subjects():
            yield from objections(passage, language, guidance, subject)


def objections(
    passage: Passage, language: str, guidance: Sequence[Place], subject: str
) -> Iterator[Objection]:
    """Yield what guidance objects to in a sentence, of one subject: the most serious for each place."""
    known = language_of(language)
    said = _Said.of(passage, known, language) if known else None
    for place in guidance:
        clause = place.subjects.get(subject)
        hits = list(_hits(said, clause)) if said and clause else []
        if clause and hits:
            level, match = min(hits, key=lambda hit: (hit[0].rank, hit[1].start()))
            words, offset = " ".join(match[0].split()), passage.offsets[match.start()]
            yield Objection(
                subjects()[subject], level, offset, words, clause, place.standards[clause.standard]
            )


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence without its quotations, and what tells people in it what to do."""

    passage: Passage
    text: str
    known: Language
    language: str

    @classmethod
    def of(cls, passage: Passage, known: Language, language: str) -> Self:
        text = _QUOTED.sub(lambda match: " " * len(match[0]), passage.sentence)
        return cls(passage, text, known, language)

    def directs(self, match: re.Match[str]) -> bool:
        """Tell whether what matched is something that people have to do, or not to do.

        What comes last before it decides: "you may discuss pay, but must not insult" forbids only the latter.
        A question tells nobody anything.
        """
        if self.text.rstrip(" )\"'”’").endswith("?"):
            return False
        before = self._directive(match.end())
        permission = found(self.known.permissions, self.language, self._upto(match.end()))
        if before < 0:
            return self._directive(len(self.text)) >= 0 and permission < 0
        return before > permission

    def _directive(self, end: int) -> int:
        """Return where the last directive in the lead and the sentence ends, or -1 if there is none."""
        begins = pattern(self.known.imperatives, self.language).match(self.text)
        return max(
            found(self.known.directives, self.language, self._upto(end)),
            0 if begins else -1,  # An item of "You may:" begins like an order, and is none.
        )

    def _upto(self, end: int) -> str:
        return f"{self.passage.lead} {self.text[:end]}"


def _hits(said: _Said, clause: Clause) -> Iterator[tuple[Severity, re.Match[str]]]:
    """Yield what is left of each trigger after the cures, with the words that it is about."""
    for trigger in clause.triggers:
        match = _match(trigger, said)
        level = _left(Severity(trigger.level), clause.cures, said) if match else None
        if match and level:
            yield level, match


def _match(trigger: Trigger, said: _Said) -> re.Match[str] | None:
    match = pattern(trigger.words, said.language).search(said.text)
    if match is None or found(trigger.unless, said.language, said.text) >= 0:
        return None
    if trigger.below and not pattern(trigger.below, said.language).search(said.passage.lead):
        return None
    return match if not trigger.directive or said.directs(match) else None


def _left(level: Severity, cures: Iterable[Cure], said: _Said) -> Severity | None:
    """Return what is left of a severity after the cures that a passage has; None if nothing is."""
    texts = {
        "sentence": said.text,
        "around": f"{said.passage.lead} {said.passage.around}",
        "page": said.passage.page,
    }
    for cure in cures:
        text = texts[cure.within]
        if level.value in cure.only_for and pattern(cure.words, said.language).search(text):
            if cure.leaves == "nothing":
                return None
            level = Severity.INFO
    return level
