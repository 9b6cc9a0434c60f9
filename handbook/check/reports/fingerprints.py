"""Tells a finding from every other, so that a platform knows it again in the next report."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from handbook.findings import Finding


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Pair each finding with 64 hexadecimal digits that no other finding of the report has.

    They stay the same when the lines move: the same sentence on the same page is told apart by how
    often it stood there before.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for one in findings:
        what = (one.path, one.code, one.message)
        yield one, _digest(*what, seen[what])
        seen[what] += 1


def _digest(*parts: str | int) -> str:
    """Hash the parts as JSON, which keeps them apart and has an escape for everything."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
