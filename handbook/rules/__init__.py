"""The rules of the check, by code; importing this package registers them all."""

from handbook.rules import (
    changes,
    file_format,
    filed_records,
    images,
    legal_review,
    moved_pages,
    organization_values,
    ownership,
    register_references,
    review_dates,
    review_records,
    structure,
    waivers,
)
from handbook.rules.registry import RULES, Rule

__all__ = [
    "RULES",
    "Rule",
    "changes",
    "file_format",
    "filed_records",
    "images",
    "legal_review",
    "moved_pages",
    "organization_values",
    "ownership",
    "register_references",
    "review_dates",
    "review_records",
    "structure",
    "waivers",
]
