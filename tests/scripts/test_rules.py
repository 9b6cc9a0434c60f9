"""`handbook rules` as its user runs it."""

import json

import pytest
from click.testing import CliRunner, Result

from handbook.rules import RULES
from scripts.cli import main


def _rules(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments], catch_exceptions=False)


def test_every_rule_is_listed_on_a_line_with_its_severity_and_title() -> None:
    lines = _rules().stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(RULES)
    for line in lines:
        rule = RULES[line.split()[0]]
        assert line == f"{rule.code}  {rule.severity.value:7}  {rule.title}"


@pytest.mark.parametrize("code", ["OWN001", "own001"])
def test_a_rule_is_explained_with_its_reason_and_two_examples(code: str) -> None:
    rule = RULES["OWN001"]
    head, reason, examples, site = _rules(code).stdout.split("\n\n")
    assert head == f"OWN001: {rule.title} (error)"
    assert " ".join(reason.split()) == rule.reason
    assert examples == f"Bad:  {rule.bad}\nGood: {rule.good}"
    assert site.endswith(" contributing/rules/#own001\n")


def test_the_beginning_of_codes_explains_each_that_begins_so() -> None:
    shown = _rules("own").stdout
    assert [line for line in shown.splitlines() if line.endswith("(error)")] == [
        f"{code}: {RULES[code].title} (error)" for code in sorted(RULES) if code.startswith("OWN")
    ]


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    result = _rules("OWN01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'OWN01'" in result.stderr
    assert "did you mean 'OWN001'?" in result.stderr


def test_json_holds_the_same_for_programs() -> None:
    shown = json.loads(_rules("--format", "json").stdout)["rules"]
    assert {rule["code"]: (rule["severity"], rule["title"], rule["reason"]) for rule in shown} == {
        rule.code: (rule.severity.value, rule.title, rule.reason) for rule in RULES.values()
    }
