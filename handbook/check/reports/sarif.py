"""`sarif`: version 2.1.0 of the format that code scanning services read.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, with errata 01.
"""

from importlib.metadata import version
from typing import Final, TypeAlias
from urllib.parse import quote

from handbook.check.reports.fingerprints import with_fingerprints
from handbook.check.reports.report import Report
from handbook.findings import Finding
from handbook.rules import RULES, Rule
from handbook.text.json_text import as_document

Record: TypeAlias = dict[str, object]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVEL: Final = {"error": "error", "warning": "warning", "info": "note"}
# The one name under which GitHub looks for a fingerprint.
_FINGERPRINT: Final = "primaryLocationLineHash"


def as_sarif(report: Report) -> str:
    """One run with every rule there is, whether it found something or not."""
    return as_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> Record:
    rules = [RULES[code] for code in sorted(RULES)]
    order = {rule.code: index for index, rule in enumerate(rules)}
    return {
        "tool": {"driver": _driver(rules, report.address)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the handbook."}}},
        "results": [_result(*pair, order[pair[0].code]) for pair in with_fingerprints(report.findings)],
    }


def _driver(rules: list[Rule], address: str | None) -> Record:
    return {
        "name": "handbook",
        "version": version("social-media-policy-handbook"),
        **({"informationUri": address} if address else {}),
        "rules": [_rule(rule, address) for rule in rules],
    }


def _rule(rule: Rule, address: str | None) -> Record:
    return {
        "id": rule.code,
        "name": rule.judge.__name__.title().replace("_", ""),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {
            "text": f"{rule.reason}\n\nBad: {rule.bad}\nGood: {rule.good}",
            "markdown": f"{rule.reason}\n\n- Bad: {rule.bad}\n- Good: {rule.good}",
        },
        **({"helpUri": f"{address.rstrip('/')}/{rule.section}"} if address else {}),
        "defaultConfiguration": {"level": _LEVEL[rule.severity.value]},
    }


def _result(one: Finding, fingerprint: str, rule: int) -> Record:
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": _LEVEL[one.severity],
        "message": {"text": _message(one.message)},
        "locations": [{"physicalLocation": _place(one)}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _message(text: str) -> str:
    """Write a text so that nothing in it is a placeholder (section 3.11.5) or a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _place(one: Finding) -> Record:
    return {
        "artifactLocation": {"uri": _relative_address(one.path), "uriBaseId": _ROOT},
        "region": {"startLine": one.line, "startColumn": one.column},
    }


def _relative_address(path: str) -> str:
    """Write a path as a relative address, a colon too: before the first slash it would name a scheme."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
