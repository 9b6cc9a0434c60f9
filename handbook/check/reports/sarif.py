"""`sarif`: version 2.1.0 of the format that code scanning services read.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, with errata 01.
"""

from collections.abc import Mapping
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
# The only name under which GitHub looks for a fingerprint.
_FINGERPRINT: Final = "primaryLocationLineHash"


def as_sarif(report: Report, registry: Mapping[str, Rule] = RULES) -> str:
    """Return one run that lists every rule of the registry, whether or not it has findings."""
    return as_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, registry)]})


def _run(report: Report, registry: Mapping[str, Rule]) -> Record:
    rules = [registry[code] for code in sorted(registry)]
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


def _result(finding: Finding, fingerprint: str, rule: int) -> Record:
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": _message(finding.message)},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _message(text: str) -> str:
    """Escape a text so that it contains no placeholder (section 3.11.5) and no link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(finding: Finding) -> Record:
    return {
        "artifactLocation": {"uri": _relative_address(finding.path), "uriBaseId": _ROOT},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }


def _relative_address(path: str) -> str:
    """Quote a path as a relative address, even its colons: the first would end the name of a scheme."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
