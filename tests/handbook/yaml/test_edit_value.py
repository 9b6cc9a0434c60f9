"""An edit of somebody's YAML changes what it is asked to, and not another byte."""

import datetime
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.errors import HandbookError
from handbook.yaml.edit_value import scalar, with_value
from handbook.yaml.located import read_mapping

DAY = datetime.date(2026, 10, 14)
WORDS = st.text(st.sampled_from("ab :#'\"-[]{},&*!|>%@`é\\\u2028\x85\t?~0"), max_size=12)
COMMENTS = st.sampled_from(["", " # why", "  # 'quoted': [x]", " "])
VALUES = st.one_of(
    st.builds(scalar, WORDS.filter(str.strip)),
    st.sampled_from([
        "", "~", "2026-01-02", '"2026-01-02"', "'it''s'", "[a, b]", "{a: b}", "true", "|\n  one\n\n  two",
        ">-\n  folded\n  text", "two\n  lines", "\n  - x\n  # between\n  - y: z", "\n- x\n- y",
        "\n  inner: {a: 1}\n  more:",
    ]),
)  # fmt: skip
LINES = st.one_of(st.just(""), st.just("# a comment"), st.just("  # an indented comment"))
KEYS = st.sampled_from(["title", "owner", "last_reviewed", "legal_review", "sources"])


@st.composite
def _yaml(draw: st.DrawFn) -> str:
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    parts = []
    for key in keys:
        value, comment, line = draw(VALUES), draw(COMMENTS), draw(LINES)
        comment = "" if "\n" in value else comment
        parts.append(f"{key}:{'' if value.startswith(chr(10)) else ' '}{value}{comment}\n{line}\n")
    text = "".join(parts)
    return text if draw(st.booleans()) else text.rstrip("\n")


def _data(text: str) -> Mapping[str, object]:
    return read_mapping(text).data


def _common_start(left: str, right: str) -> int:
    """Count the characters with which both begin."""
    pairs = zip(left, right, strict=False)
    return next((offset for offset, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


@given(_yaml(), KEYS)
def test_only_the_wanted_value_changes(text: str, key: str) -> None:
    before = read_mapping(text)
    if before.problem:
        return
    try:
        after = with_value(text, (key,), "2026-10-14")
    except HandbookError:
        # Refused are only values of several lines, and a last value that no line end follows.
        assert before.data.get(key) is not None or not text.endswith("\n")
        return
    assert _data(after) == {**before.data, key: DAY}
    start = _common_start(text, after)
    rest = _common_start(text[start:][::-1], after[start:][::-1])
    pairs = getattr(yaml.compose(text), "value", ())
    replaced = next((value for name, value in pairs if name.value == key), None)
    if text[start : len(text) - rest]:
        assert replaced is not None
        assert replaced.start_mark.index <= start
        assert len(text) - rest <= replaced.end_mark.index


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nday: 2026-01-02   # kept\nb: 'x'\n", "a: 1\nday: 2026-10-14   # kept\nb: 'x'\n"),
        ("day: \"2026-01-02\" # kept\n", "day: 2026-10-14 # kept\n"),
        ("day:\nb: 1\n", "day: 2026-10-14\nb: 1\n"),
        ("day: # why\nb: 1\n", "day: 2026-10-14 # why\nb: 1\n"),
        ("day: ~\n", "day: 2026-10-14\n"),
        ("a: 1\nday: 2026-01-02", "a: 1\nday: 2026-10-14"),
        ("a: 1", "a: 1\nday: 2026-10-14"),
        ("a: 1 # one\n# the end\n", "a: 1 # one\nday: 2026-10-14\n# the end\n"),
        ("a: |\n  text\n\n# the end\n", "a: |\n  text\n\nday: 2026-10-14\n# the end\n"),
        ("a:\n  - x\n  # last\n", "a:\n  - x\nday: 2026-10-14\n  # last\n"),
        ("a: [x,\n  y] # z\n", "a: [x,\n  y] # z\nday: 2026-10-14\n"),
        ("a: 1\r\n# end\r\n", "a: 1\r\nday: 2026-10-14\r\n# end\r\n"),
        ("'day' : 2026-01-02\n", "'day' : 2026-10-14\n"),
        ("  a: 1\n", "  a: 1\n  day: 2026-10-14\n"),
        ("\ufeffday: 2026-01-02 # 🙂\na: 1\n", "\ufeffday: 2026-10-14 # 🙂\na: 1\n"),
        ("\ufeffa: 1\n# end\n", "\ufeffa: 1\nday: 2026-10-14\n# end\n"),
    ],
)  # fmt: skip
def test_a_value_is_written_where_a_person_would_write_it(before: str, after: str) -> None:
    assert with_value(before, ("day",), "2026-10-14") == after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{a: 1}", "braces"),
        ("- a\n", "no keys"),
        ("day: |\n  2026\n", "line 1 "),
        ("day: [a]\n", "line 1 "),
        ("day: 2026-01-02\nday: 2026-01-03\n", "'day'"),
        ("a: &x 1\nb: *x\n", "'day'"),
        ("a: [", "the YAML cannot be read"),
    ],
)
def test_an_edit_with_an_uncertain_result_is_refused(text: str, reason: str) -> None:
    with pytest.raises(HandbookError, match=reason):
        with_value(text, ("day",), "2026-10-14")
