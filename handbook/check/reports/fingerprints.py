"""Fingerprints by which a platform recognizes a finding in the next report."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from handbook.findings import Finding


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Pair each finding with 64 hexadecimal digits that no other finding of the report has.

    They do not depend on the line. If a page has the same message several times, its occurrences are
    numbered.
    """
    occurrences: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.path, finding.code, finding.message)
        yield finding, _digest(*key, occurrences[key])
        occurrences[key] += 1


def _digest(*parts: str | int) -> str:
    """Hash the parts as JSON, which separates them and escapes every character."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
