"""Macros that print the reference for editors: rules, macros, variables."""

import inspect
import re
from collections.abc import Iterator
from typing import Final

from handbook.rules import RULES, Rule
from macros.context.registry import MACROS, MacroContext, macro
from macros.context.site import variables_of
from macros.presentation.templates import render

_EXAMPLE: Final = re.compile(r"^Example: (.+)$", re.MULTILINE)


@macro(templates=("rules.md",))
def rule_list(context: MacroContext) -> str:
    """Show every rule of the check with its reason, a bad and a good example.

    Example: {{ rule_list() }}
    """
    rules = [_rule(RULES[code], context) for code in sorted(RULES)]
    return render("rules.md", rules=rules, words=context.catalog.group("rules"))


@macro(templates=("macros.md",))
def macro_list(context: MacroContext) -> str:
    """Show every macro with its help and its examples.

    Example: {{ macro_list() }}
    """
    macros = [
        {
            "name": name,
            "call": f"{name}{_parameters(name)}",
            "help": macro_help(name),
            "examples": macro_examples(name),
        }
        for name in sorted(MACROS)
    ]
    return render("macros.md", macros=macros)


@macro(templates=("variables.html",))
def variable_list(context: MacroContext) -> str:
    """Show every variable of organization.yml with its value.

    Example: {{ variable_list() }}
    """
    rows = list(_variables(variables_of(context.site, context.language)["organization"], "organization"))
    return render("variables.html", rows=rows, words=context.catalog.group("variables"))


def macro_help(name: str) -> str:
    """Return the docstring of a macro without its examples."""
    return _EXAMPLE.sub("", inspect.getdoc(MACROS[name].function) or "").strip()


def macro_examples(name: str) -> list[str]:
    """Return the calls after `Example:` in the docstring of a macro, in order."""
    return _EXAMPLE.findall(inspect.getdoc(MACROS[name].function) or "")


def _parameters(name: str) -> str:
    signature = inspect.signature(MACROS[name].function)
    names = [parameter.name for parameter in list(signature.parameters.values())[1:]]
    return f"({', '.join(names)})"


def _rule(rule: Rule, context: MacroContext) -> dict[str, str]:
    return {
        "anchor": rule.anchor,
        "code": rule.code,
        "title": rule.title,
        "severity": context.catalog[f"severity.{rule.severity.value}"],
        "reason": rule.reason,
        "bad": rule.bad,
        "good": rule.good,
    }


def _variables(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        if all(isinstance(item, str) for item in value):
            yield name, ", ".join(value)
    elif hasattr(value, "__dict__"):
        for key, inner in vars(value).items():
            yield from _variables(inner, f"{name}.{key}")
    elif value is not None:
        yield name, str(value)
