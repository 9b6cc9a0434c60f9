"""Merges a page three ways: its front matter key by key, and its text line by line.

The days of reviews are evidence, so they are always those of the handbook.
"""

import re
from typing import Final

from handbook.upgrades.merging.merged_text import MergedText
from handbook.upgrades.merging.text_merge import merge_lines
from handbook.upgrades.merging.yaml_merge import Path, Preferences, merge_yaml

_FRONT: Final = re.compile(r"^---[ \t]*\n(?P<front>.*?\n)---[ \t]*\n", re.DOTALL)
_EVIDENCE: Final = frozenset(("last_reviewed", "legal_review"))
_EVIDENCE_LINE: Final = re.compile(r"^(?:last_reviewed|legal_review):.*\n", re.MULTILINE)


def _is_evidence(path: Path) -> bool:
    return len(path) == 1 and path[0][0] in _EVIDENCE


_PREFERENCES: Final = Preferences(is_ours=_is_evidence)


def merge_page(base: str, ours: str, theirs: str) -> MergedText:
    """Merge two pages that were made from a third one.

    Raises:
        HandbookError: if git refuses, or the front matter of one of them is not YAML.

    """
    before, own, new = (_FRONT.match(text) for text in (base, ours, theirs))
    if not before or not own or not new:
        return merge_lines(base, ours, theirs)
    fence = MergedText("---\n")
    front = merge_yaml(before["front"], own["front"], new["front"], _PREFERENCES)
    body = merge_lines(base[before.end() :], ours[own.end() :], theirs[new.end() :])
    return body.below(fence.below(front.below(fence)))


def without_evidence(text: str) -> str:
    """Return a page of a release without the days of reviews, which are not the handbook's."""
    front = _FRONT.match(text)
    if front is None:
        return text
    return _EVIDENCE_LINE.sub("", text[: front.end()]) + text[front.end() :]
