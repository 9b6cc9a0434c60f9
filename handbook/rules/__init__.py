"""Every rule, by its code."""

from handbook.rules import (
    expressions,
    form,
    images,
    legal,
    owner,
    records,
    registers,
    review,
    structure,
    waivers,
)
from handbook.rules.registry import RULES, Rule

__all__ = [
    "RULES",
    "Rule",
    "expressions",
    "form",
    "images",
    "legal",
    "owner",
    "records",
    "registers",
    "review",
    "structure",
    "waivers",
]
