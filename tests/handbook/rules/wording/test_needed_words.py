"""A pattern is never passed over on a text that it matches."""

from collections.abc import Mapping, Sequence

import pytest

from handbook.rules.wording.guidance import expression, pattern, places
from handbook.rules.wording.judgment import judge
from handbook.rules.wording.needed_words import can_match, folded, needed_words, rarest
from handbook.rules.wording.passages import passages
from handbook.rules.wording.triggers_to_try import triggers_to_try
from tests.conftest import ROOT

Matching = Mapping[tuple[str, str], Sequence[str]]

TEXTS = [
    path.read_text("utf-8")
    for folder in ("tests/cases", "docs")
    for path in sorted((ROOT / folder).rglob("*.md"))
    if folder == "docs" or path.parent.name.startswith("WRD")
]


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Each sentence of these texts once."""
    return sorted(
        {
            passage.sentence
            for text in TEXTS
            for passage in passages(text, lambda _: False, lambda _: None, {})
        }
    )


@pytest.fixture(scope="module")
def matching(sentences: list[str]) -> Matching:
    """The sentences that each pattern matches, by its words and their language."""
    patterns = {(placed.trigger.words, place.language) for place in places() for placed in place.triggers}
    return {
        (words, language): [*filter(pattern(words, language).search, sentences)]
        for words, language in sorted(patterns)
    }


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        ("pay", [{"pay"}]),
        ("Co-?workers?", [{"co"}, {"worker"}]),
        ("(share|tell) pay", [{"share", "tell"}, {"pay"}]),
        ("(share|) pay", [{"pay"}]),
        ("(pay)? rates", [{"rates"}]),
        ("(pay|wages)+x", [{"pay", "wages"}, {"x"}]),
        ("(pay )*rates", [{"rates"}]),
        ("pays{0,3}", [{"pay"}]),
        ("critici[sz]e", [{"critici"}, {"e"}]),
        (r"post\w* it", [{"post"}, {"it"}]),
        ("media(?! team)", [{"media"}]),
        ("a (b(c|de)|fgh)", [{"a"}, {"b", "fgh"}]),
        ("[a-z]+", []),
        ("(?-i:us)", [{"us"}]),
        ("(?<!in )pay", [{"pay"}]),
        ("IŞık", [{"işik"}]),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(written: str, needed: list[set[str]]) -> None:
    assert [set(words) for words in needed_words(written)] == needed


def test_what_is_needed_is_in_every_text_that_matches(matching: Matching) -> None:
    for (words, language), sentences in matching.items():
        needs = needed_words(expression(words, language))
        for sentence in sentences:
            assert can_match(needs, folded(sentence))
    assert sum(map(len, matching.values())) > 100


def test_every_trigger_needs_a_word() -> None:
    for place in places():
        for trigger in (trigger for clause in place.subjects.values() for trigger in clause.triggers):
            assert rarest(needed_words(expression(trigger.words, place.language))), trigger.words


def test_a_sentence_that_a_trigger_matches_is_tried(sentences: list[str], matching: Matching) -> None:
    for place in places():
        tried = {
            sentence: {id(placed.trigger) for placed in triggers}
            for sentence, triggers in zip(sentences, triggers_to_try(sentences, [place]), strict=True)
        }
        for placed in place.triggers:
            for sentence in matching[placed.trigger.words, place.language]:
                assert id(placed.trigger) in tried[sentence]


@pytest.mark.parametrize(
    "text",
    [
        "Do not share confi**den**tial information.",
        "Do not share confi[den](https://a.org/)tial information.",
        "Do not share conf&#105;dential information.",
        "Do not share confi<b>dential</b> information.",
        '{{ at_a_glance(never=["Share confidential information"]) }}',
        "{{ organization.rule }}",
        "DO NOT SHARE CONFIDENTIAL INFORMATION.",
    ],
)
def test_a_page_is_judged_however_its_words_are_written(text: str) -> None:
    shown = {"{{ organization.rule }}": "Do not share confidential information."}.get
    objections = judge(text, [place for place in places() if place.jurisdiction == "us"], "en", shown)
    assert [objection.subject.code for objection in objections] == ["WRD001"]
