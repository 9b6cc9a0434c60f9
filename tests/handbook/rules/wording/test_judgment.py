"""Triggers need a directive, and cures lower what is left of them."""

import time
from datetime import date

import pytest

from handbook.findings import Severity
from handbook.rules.wording.guidance import Clause, Cure, Place, Standard, Trigger
from handbook.rules.wording.judgment import Objection, guidance_for, judge

STANDARD = Standard(says="it is so", decided=date(2023, 8, 2), title="A decision", address="https://a.org/")
CURES = [
    Cure(words="trade secrets", within="around"),
    Cure(words="except pay", within="sentence", leaves="info"),
]


def _place(*triggers: Trigger) -> Place:
    clause = Clause(why="vague", write="Be exact.", standard="it", triggers=list(triggers), cures=CURES)
    return Place(
        jurisdiction="us",
        language="en",
        employers="private",
        standards={"it": STANDARD},
        subjects={"confidentiality": clause},
    )


PLACE = _place(
    Trigger(words="(secret|private) (matters|things)", level="warning"),
    Trigger(words="secret pay", level="error", unless=["of others"]),
    Trigger(words="gossip", level="info", directive=False),
    Trigger(words="^tell tales", level="warning", below="not"),
)


def _objections(text: str) -> list[Objection]:
    return list(judge(text, [PLACE], "en", lambda _: None))


@pytest.mark.parametrize(
    "text",
    [
        "Do not share secret matters.",
        "Secret  matters must not leave the house.",
        "Posting secret\nmatters is prohibited.",
        "Employees must not:\n\n- share secret matters",
        "You may:\n\n- Post, but never share secret matters",
        "Keep private things to yourself.",
        "You may post pictures, but never share secret matters.",
        "Please keep SECRET MATTERS to yourself.",
        "You may ask, but do not share secret matters.",
    ],
)
def test_what_tells_people_what_to_do_is_judged(text: str) -> None:
    (objection,) = _objections(text)
    assert objection.severity is Severity.WARNING
    assert text[objection.offset :].lower().startswith(("secret", "private"))


@pytest.mark.parametrize(
    "text",
    [
        "Secret matters are all around us.",
        "You may share secret matters.",
        "Nothing in this policy keeps you from secret matters.",
        'Never write "do not share secret matters" in a policy.',
        "Do not share secret mattersx.",
        "Do not share secret matters. These are trade secrets.",
        "Must you not share secret matters?",
        "Nothing here prohibits secret matters.",
        "You do not need permission to share secret matters.",
        "You may:\n\n- share secret matters",
        "Tell tales of the sea.",
        "You must:\n\n- tell tales",
    ],
)
def test_what_forbids_nothing_or_is_narrow_is_not(text: str) -> None:
    assert _objections(text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Do not share secret pay or secret matters.", Severity.ERROR),
        ("Do not share secret pay of others or secret matters.", Severity.WARNING),
        ("Do not share secret matters except pay.", Severity.INFO),
        ("There is gossip.", Severity.INFO),
    ],
)
def test_the_most_serious_is_named_once(text: str, severity: Severity) -> None:
    assert [objection.severity for objection in _objections(text)] == [severity]


def test_an_item_is_faulted_below_a_ban_alone() -> None:
    (objection,) = _objections("Do not:\n\n- tell tales")
    assert objection.words == "tell tales"


def test_the_message_says_why_what_to_write_and_what_it_rests_on() -> None:
    (objection,) = _objections("Do not share secret matters.")
    for part in ("secret matters", "vague", "Be exact.", "A decision", "2023", "not thereby lawful"):
        assert part in objection.message


def test_a_language_of_which_nothing_is_known_is_not_judged() -> None:
    assert list(judge("Do not share secret matters.", [PLACE], "xx", lambda _: None)) == []


def test_a_sentence_that_never_ends_is_judged_in_time() -> None:
    text = "photos without permission are not allowed unless " * 640
    started = time.perf_counter()
    assert list(judge(text, guidance_for(["us"], is_public=False, language="en"), "en", lambda _: None))
    assert time.perf_counter() - started < 2
