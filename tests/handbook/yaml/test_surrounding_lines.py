"""A mark that is missing is found by the lines around it, and following the advice helps."""

import re
import time

import pytest

from handbook.yaml.located import read_mapping

ACCOUNTS = """accounts:
  - platform: x
    name: A
    purpose: {en: News, fr: Actualités}
  - platform: facebook
    name: B
    purpose: {en: Jobs, fr: Emplois}
  - platform: threads
    address: ""
    name: "C"
    purpose: {en: Notes, fr: Notes}
intranet: https://intranet.example.org/
"""
WORDS = """title: Words
asked_as:
  - boost
  - promote
  - who-approves:
      [political ad, issue ad,
      vote]
  - stolen: [hacked]
  - paid: [ad]
owner: communications-lead
"""
CONTACTS = """contacts:
  press:
    role: {en: Press office, fr: Presse}
    email: press@example.org
  people:
    role: {en: People team, fr: Équipe}
    email: people@example.org
  legal:
    role: {en: Legal team, fr: Service juridique}
    email: legal@example.org
brand:
  color: "#1b365d"
"""


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (ACCOUNTS, "  - platform: facebook", "  platform: facebook"),
        (ACCOUNTS, "  - platform: x", "    platform: x"),
        (ACCOUNTS, "  - platform: facebook", "  - platform; facebook"),
        (ACCOUNTS, "  - platform: facebook", "  - platform:facebook"),
        (ACCOUNTS, "  - platform: facebook", "  - platform facebook"),
        (ACCOUNTS, "  - platform: facebook", "  - platform -> facebook"),
        (ACCOUNTS, "    name: B", "    - name: B"),
        (ACCOUNTS, "    name: B", "\u00a0   name: B"),
        (ACCOUNTS, "    name: B", "    name B"),
        (ACCOUNTS, "    name: B", "    name; B"),
        (ACCOUNTS, "    name: B", '    name: "B'),
        (ACCOUNTS, "    purpose: {en: Jobs, fr: Emplois}", "    purpose：{en: Jobs, fr: Emplois}"),
        (ACCOUNTS, "    purpose: {en: Jobs, fr: Emplois}", "    purpose {en: Jobs, fr: Emplois}"),
        (ACCOUNTS, "    purpose: {en: Jobs, fr: Emplois}", "    purpose: {en: Jobs, fr: Emplois},"),
        (ACCOUNTS, "    purpose: {en: Jobs, fr: Emplois}", "    purpose: {en: Jobs, fr: Emplois};"),
        (ACCOUNTS, "accounts:", "accounts"),
        (WORDS, "  - promote", "  promote"),
        (WORDS, "  - promote", "  -{promote: [x]}"),
        (WORDS, "  - boost", "    boost"),
        (WORDS, "  - stolen: [hacked]", "  stolen: [hacked]"),
        (WORDS, "  - stolen: [hacked]", " - stolen: [hacked]"),
        (WORDS, "  - stolen: [hacked]", "- stolen: [hacked]"),
        (WORDS, "  - who-approves:", "- who-approves:"),
        (WORDS, "owner: communications-lead", "- owner: communications-lead"),
        (WORDS, "asked_as:", "- asked_as:"),
        (WORDS, "  - boost", "- boost: [ad]"),
        (WORDS, "  - stolen: [hacked]", "\u00a0 - stolen: [hacked]"),
        (WORDS, "  - stolen: [hacked]", "  \t- stolen: [hacked]"),
        (WORDS, "  - who-approves:", "   - who-approves:"),
        (WORDS, "  - who-approves:", "    who-approves:"),
        (CONTACTS, "  people:", "  people"),
        (CONTACTS, "  people:", "  - people:"),
        (CONTACTS, "    email: people@example.org", "    email people@example.org"),
        (CONTACTS, "    email: people@example.org", "    - email: people@example.org"),
        (CONTACTS, "    role: {en: People team, fr: Équipe}", "    role {en: People team, fr: Équipe}"),
        (WORDS, "owner: communications-lead", "owner communications-lead"),
        (CONTACTS, "brand:", "brand"),
        (CONTACTS, "    email: people@example.org", "//    email: people@example.org"),
        (CONTACTS, "brand:", "// brand:"),
    ],
)
def test_what_is_proposed_for_a_line_with_a_wrong_mark_can_be_read(
    text: str, before: str, after: str
) -> None:
    lines = text.replace(f"{before}\n", f"{after}\n", 1).split("\n")
    problem = read_mapping("\n".join(lines)).problem
    assert problem
    assert lines[problem.line - 1] == after
    written = re.findall("`([^`]*)`", problem.message)[-1]
    hyphen_goes = "for a key" in problem.message
    lines[problem.line - 1] = _in_place(written, after.replace("- ", "", 1) if hyphen_goes else after)
    assert read_mapping("\n".join(lines)).problem is None


def test_a_comment_with_many_spaces_is_read_at_once() -> None:
    """A search that tried each space as the end of the comment took minutes."""
    start = time.process_time()
    problem = read_mapping(f"title: a\n// a{' ' * 1_900}b\nowner: c\n").problem
    assert problem
    assert problem.line == 2
    assert time.process_time() - start < 1


def _in_place(written: str, line: str) -> str:
    """Write a proposal where a line begins, if it does not say where it begins itself."""
    if written.startswith(" ") or "\u00a0" in line or "\t" in line:
        return written
    indent = line[: len(line) - len(line.lstrip(" "))]
    is_item = line.lstrip().startswith("- ") and not written.startswith("- ")
    return f"{indent}- {written}" if is_item else f"{indent}{written}"


def test_of_two_lines_that_may_be_the_wrong_one_both_are_named() -> None:
    problem = read_mapping(CONTACTS.replace("  people:", "people:")).problem
    assert problem
    assert problem.line == 8
    assert "`legal:`; or, if 'people' above it is the wrong one, begin that with 2 spaces" in problem.message


@pytest.mark.parametrize("mark", ["```yaml", "~~~"])
def test_the_mark_of_a_block_of_code_is_to_be_deleted(mark: str) -> None:
    problem = read_mapping(f"{mark}\n{ACCOUNTS}").problem
    assert problem
    assert (problem.line, problem.message.endswith("delete this line")) == (1, True)


def test_keys_that_begin_with_no_break_spaces_are_one_mistake_with_its_line() -> None:
    problem = read_mapping(CONTACTS.replace("\n  ", "\n\u00a0\u00a0")).problem
    assert problem
    assert problem.line == 2
    assert "no-break space" in problem.message


@pytest.mark.parametrize(
    ("text", "before", "after", "line", "advice"),
    [
        (ACCOUNTS, "  - platform: facebook", "    platform: facebook", 5, "`  - platform: facebook`"),
        (ACCOUNTS, "  - platform: facebook\n", "", 5, "hyphen"),
        (CONTACTS, "  people:", "    people:", 6, "`people`"),
        (CONTACTS, "  people:\n", "", 5, "write its name above"),
        (CONTACTS, "brand:", "contacts:", 11, "keep one of the two"),
    ],
)
def test_two_entries_that_became_one_are_one_mistake(
    text: str, before: str, after: str, line: int, advice: str
) -> None:
    problems = list(read_mapping(text.replace(before, after, 1)).second_keys())
    assert [location.line for location, _ in problems] == [line]
    assert advice in problems[0][1]
