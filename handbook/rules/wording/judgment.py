"""Judges the sentences of a text by the guidance of the places where an organization works."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Self

from handbook.content.sectors import Jurisdiction
from handbook.findings import Severity
from handbook.rules.wording.guidance import (
    Clause,
    Cure,
    Language,
    Place,
    PlacedTrigger,
    Standard,
    Subject,
    Trigger,
    found,
    language_of,
    pattern,
    places_for,
)
from handbook.rules.wording.passages import Passage, passages
from handbook.rules.wording.triggers_to_try import triggers_to_try
from handbook.text.characters import NO_LETTER

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
    return [place for place in places_for(jurisdictions, is_public=is_public) if place.language == language]


def judge(
    markdown: str, guidance: Sequence[Place], language: str, shown: Callable[[str], str | None]
) -> Iterator[Objection]:
    """Yield what guidance objects to in a text, of every subject, in the order of the sentences.

    Of each subject, only the most serious is named for each place. `shown` returns what an expression of the
    text shows, or None if that is not part of the text. A text in an unknown language has no objections.
    """
    known = language_of(language)
    guidance = [place for place in guidance if place.language == language]
    if known is None:
        return
    read = list(_passages(markdown, known, language, shown))
    for passage, able in zip(read, triggers_to_try([each.sentence for each in read], guidance), strict=True):
        if able:
            sentence = _Sentence.of(passage, known, language)
            yield from _objections(sentence, sentence.may_match(able))


def _passages(
    markdown: str, known: Language, language: str, shown: Callable[[str], str | None]
) -> Iterator[Passage]:
    read = list(
        passages(markdown, lambda title: found(known.examples, language, title) >= 0, shown, known.leads)
    )
    page = " ".join(passage.sentence for passage in read)
    for passage in read:
        yield replace(passage, page=page)


def _objections(sentence: "_Sentence", tried: Iterable[PlacedTrigger]) -> Iterator[Objection]:
    """Yield the most serious objection of each place to a sentence, of each subject."""
    for _, group in groupby(tried, key=lambda each: (each.subject.code, each.place.jurisdiction)):
        hits = [(each, *hit) for each in group if (hit := _hit(sentence, each))]
        if hits:
            each, level, match = min(hits, key=lambda hit: (hit[1].rank, hit[2].start()))
            words, offset = (
                " ".join(match[0].replace(NO_LETTER, "…").split()),
                sentence.passage.offsets[match.start()],
            )
            standard = each.place.standards[each.clause.standard]
            yield Objection(each.subject, level, offset, words, each.clause, standard)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence without its quotations, and what tells people in it what to do."""

    passage: Passage
    text: str
    known: Language
    language: str

    def may_match(self, tried: Iterable[PlacedTrigger]) -> Sequence[PlacedTrigger]:
        """Return the triggers that are worth trying: most are not, if nothing tells people what to do."""
        directs = self._directive(len(self.text)) >= 0
        return [each for each in tried if directs or not each.trigger.directive]

    @classmethod
    def of(cls, passage: Passage, known: Language, language: str) -> Self:
        text = _QUOTED.sub(lambda match: " " * len(match[0]), passage.sentence)
        return cls(passage, text, known, language)

    def directs(self, match: re.Match[str]) -> bool:
        """Tell whether what matched is something that people have to do, or not to do.

        What comes last before it decides: "you may discuss pay, but must not insult" forbids only insults.
        A question states no rule.
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
            0 if begins else -1,  # An item of "You may:" begins like an order, but is not one.
        )

    def _upto(self, end: int) -> str:
        return f"{self.passage.lead} {self.text[:end]}"


def _hit(sentence: _Sentence, tried: PlacedTrigger) -> tuple[Severity, re.Match[str]] | None:
    """Return what is left of a trigger after the cures, and the words that it is about."""
    match = _match(tried.trigger, sentence)
    level = _left(Severity(tried.trigger.level), tried.clause.cures, sentence) if match else None
    return (level, match) if match and level else None


def _match(trigger: Trigger, sentence: _Sentence) -> re.Match[str] | None:
    match = pattern(trigger.words, sentence.language).search(sentence.text)
    if match is None or found(trigger.unless, sentence.language, sentence.text) >= 0:
        return None
    if trigger.below and not pattern(trigger.below, sentence.language).search(sentence.passage.lead):
        return None
    return match if not trigger.directive or sentence.directs(match) else None


def _left(level: Severity, cures: Iterable[Cure], sentence: _Sentence) -> Severity | None:
    """Return what is left of a severity after the cures that a passage has; None if nothing is."""
    texts = {
        "sentence": sentence.text,
        "around": f"{sentence.passage.lead} {sentence.passage.around}",
        "page": sentence.passage.page,
    }
    for cure in cures:
        text = texts[cure.within]
        if level.value in cure.only_for and pattern(cure.words, sentence.language).search(text):
            if cure.leaves == "nothing":
                return None
            level = Severity.INFO
    return level
