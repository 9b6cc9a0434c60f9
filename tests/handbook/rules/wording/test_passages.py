"""Sentences are found in every block of Markdown, with what surrounds them and where they are."""

import pytest

from handbook.rules.wording.passages import Passage, passages

LEADS = {"never": "Do not:", "may": "You may:"}


def _read(markdown: str) -> list[Passage]:
    return list(passages(markdown, lambda title: "Do not write" in title, _shown, LEADS))


def _shown(expression: str) -> str | None:
    return "Example Network" if "organization.name" in expression else None


def _sentences(markdown: str) -> list[str]:
    return [passage.sentence for passage in _read(markdown)]


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ("One. Two!\nThree?", ["One.", "Two!", "Three?"]),
        ("Ask e.g. the U.S. team, i.e. us. Then go.", ["Ask e.g. the U.S. team, i.e. us.", "Then go."]),
        ("It costs 1.5 million. No. 3 is red.", ["It costs 1.5 million.", "No. 3 is red."]),
        ("# Title\n\nText.", ["Text."]),
        ("- One\n- Two", ["One", "Two"]),
        ("| A | B |\n|---|---|\n| One. | Two. |", ["One.", "Two."]),
        ("!!! note\n    Inside.\n\nOutside.", ["Inside.", "Outside."]),
        ("??? tip\n    - Inside", ["Inside"]),
        ("**Bold** and [a link](https://a.org/x) and `code`.", ["Bold and a link and \ufdd0."]),
        ("Fish &amp; chips \\* salt.", ["Fish & chips * salt."]),
        ("One<!-- two -->. Three.", ["One.", "Three."]),
        ("{{ organization.name }} posts.", ["Example Network posts."]),
        ("{% if applies() %}\nOne.\n{% endif %}", ["One."]),
    ],
)
def test_each_sentence_is_read_as_its_readers_read_it(markdown: str, sentences: list[str]) -> None:
    assert _sentences(markdown) == sentences


@pytest.mark.parametrize(
    "markdown",
    [
        "> Quoted.",
        "    Code.",
        "```\nCode.\n```",
        "## Do not write\n\nBad.\n\n### Below\n\nBad.",
        '!!! failure "Do not write"\n    Bad.',
        "| Do not write |\n|---|\n| Bad. |",
        "Do not write:\n\n- Bad.",
    ],
)
def test_what_is_not_said_as_policy_is_left_out(markdown: str) -> None:
    assert _sentences(markdown) == []


def test_a_section_after_examples_is_read_again() -> None:
    assert _sentences("## Do not write\n\nBad.\n\n## Next\n\nGood.") == ["Good."]


@pytest.mark.parametrize(
    ("markdown", "lead"),
    [
        ("Staff must not:\n\n- Post it", "Staff must not:"),
        ("Staff must not:\n\n- Share:\n    - Post it", "Staff must not: Share:"),
        ("Here is a list.\n\n- Post it", ""),
        ("| Never | Ask |\n|---|---|\n| Post it | Call |", "Never"),
        ('{{ at_a_glance(may=["Talk about pay"], never=["Post it"]) }}', "Do not:"),
    ],
)
def test_the_sentence_that_a_list_continues_is_its_lead(markdown: str, lead: str) -> None:
    (passage,) = [passage for passage in _read(markdown) if passage.sentence == "Post it"]
    assert passage.lead == lead


def test_what_is_around_a_sentence_is_its_paragraph_with_its_list() -> None:
    first, *_ = _read("One. Two:\n\n- three\n- four\n\nFive.")
    assert first.around == "One. Two: three four"


@pytest.mark.parametrize(
    "markdown",
    [
        "Here **is** the word.",
        "- Here\n- and\n  the word",
        "!!! note\n    The\n    word.",
        "| A | B |\n|---|---|\n| x | a word |",
        "{{ organization.name }} has a word.",
        "Fish &amp; chips, a word.",
        '{{ at_a_glance(never=["Any word here"]) }}',
        "1. One\n\n    Below it a word.",
    ],
)
def test_each_character_knows_where_it_is_written(markdown: str) -> None:
    (passage,) = [passage for passage in _read(markdown) if "word" in passage.sentence]
    assert passage.offsets[passage.sentence.index("word")] == markdown.index("word")


def test_what_one_of_two_branches_shows_is_not_read_on_into_the_other() -> None:
    markdown = "It shows {% if applies('healthcare') %}nobody in our care{% else %}no learners{% endif %}."
    (passage,) = passages(markdown, lambda _: False, lambda _: None, {})
    assert passage.sentence == "It shows nobody in our care / no learners."


@pytest.mark.parametrize(
    "markdown",
    [
        "Do not discuss your pay.",
        "Do not dis\u200bcuss your pa\u00ady.",
        "Do not discuss your p\u0430y.",
        "Do not discuss<br>your pay.",
        "<div>Do not dis<b>cuss</b><br>your p&#97;y.</div>",
        '=== "Pay"\n\n    Do not discuss your pay.',
        "- First\n\n    <p>Do not discuss\n    your pay.</p>",
    ],
)
def test_what_readers_read_is_read_however_it_is_written(markdown: str) -> None:
    (passage,) = [
        passage
        for passage in passages(markdown, lambda _: False, lambda _: None, {})
        if "pay" in passage.sentence
    ]
    assert passage.sentence.split() == ["Do", "not", "discuss", "your", "pay."]
    for word in ("Do", "your"):
        assert markdown[passage.offsets[passage.sentence.index(word)] :].startswith(word)


@pytest.mark.parametrize("tag", ["blockquote", "pre", "q"])
def test_what_html_quotes_is_not_read(tag: str) -> None:
    read = " ".join(_sentences(f"<div>One. <{tag}>Do not discuss your pay.</{tag}> Two.</div>"))
    assert "One." in read
    assert "Two." in read
    assert "pay" not in read
