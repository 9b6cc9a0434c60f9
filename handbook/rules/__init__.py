"""Every rule, by its code."""

from handbook.rules import expressions, form, owner, review
from handbook.rules.registry import RULES, Rule

__all__ = ["RULES", "Rule", "expressions", "form", "owner", "review"]
