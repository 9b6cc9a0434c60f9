"""Quoted text comes out as it was written, and what steers a terminal or forges a line does not."""

import json

import pytest

from handbook.text.quoting import one_line, safe_json

WRITTEN = (
    "Crise\u00a0: que faire\u202f?",
    "À 9\u202fh\u00a030, «\u00a0oui\u00a0»",
    "act 👩\u200d👩\u200d👧 now",
    "❤\ufe0f and 1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cشود",
    "क्\u200dष और क्\u200cष",
    "מדיניות\u200e 2.0",
    "\u061cالسياسة",
    "so\u00adcial",
    "ไทย\u200bไทย",
    "日本\u3000語",
    "co\u2011op",
    "e\u0301",
    "\ue000 and a character that is newer than this Python: \U0001fadf",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_text_comes_out_as_it_was_written(text: str) -> None:
    assert one_line(text) == text


STEERING = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\udcff\uffff",
)


@pytest.mark.parametrize("character", STEERING)
def test_what_steers_a_terminal_or_turns_the_text_around_is_shown_as_an_escape(character: str) -> None:
    shown = one_line(f"a{character}b")
    assert shown.startswith("a\\")
    assert shown.isascii()
    assert shown.isprintable()


@pytest.mark.parametrize("character", STEERING)
def test_a_line_of_json_steers_nobody_and_means_the_same(character: str) -> None:
    text = f"a{character}b ##vso[x] é\u00a0:"
    shown = safe_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(shown) == [text]
    assert "##vso[" not in shown
    assert character not in shown


def test_a_line_of_json_that_steers_nobody_stays_as_it_is() -> None:
    line = json.dumps(["## Heading", "Crise\u00a0: que faire\u202f?", "act 👩\u200d👧"], ensure_ascii=False)
    assert safe_json(line) == line
