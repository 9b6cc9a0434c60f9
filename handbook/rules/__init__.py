"""The rules of the check, by code; importing this package registers them all."""

from typing import Final

from handbook.rules import (
    acknowledgements,
    broken_marks,
    changes,
    file_format,
    filed_records,
    images,
    legal_review,
    links,
    markup,
    moved_pages,
    official_sources,
    organization_values,
    ownership,
    pasted_text,
    register_references,
    review_dates,
    review_records,
    reviewed_pages,
    rubber_stamps,
    structure,
    telephones,
    translations,
    undated_statements,
    waivers,
    wording,
)
from handbook.rules.registry import RULES, Rule

# These judge what Markdown makes of a page, which is worth making for many pages at once.
READ_MARKUP: Final = ("HTM001", "LNK001")

__all__ = [
    "READ_MARKUP",
    "RULES",
    "Rule",
    "acknowledgements",
    "broken_marks",
    "changes",
    "file_format",
    "filed_records",
    "images",
    "legal_review",
    "links",
    "markup",
    "moved_pages",
    "official_sources",
    "organization_values",
    "ownership",
    "pasted_text",
    "register_references",
    "review_dates",
    "review_records",
    "reviewed_pages",
    "rubber_stamps",
    "structure",
    "telephones",
    "translations",
    "undated_statements",
    "waivers",
    "wording",
]
