"""What somebody meant who wrote an expression as another program or a word processor has it."""

import re
from collections.abc import Collection
from typing import Final

from jinja2 import TemplateSyntaxError

from handbook.templating.compiled_texts import parsed
from handbook.templating.plain_words import CURLY_QUOTES

_CURLY: Final = str.maketrans(dict.fromkeys(CURLY_QUOTES, '"'))
_STRING: Final = re.compile(r"(\"[^\"]*\"|'[^']*')")
# How others write what is between two texts in quotes, and how it is written here.
_MARKS: Final = (
    (re.compile(r"\s*(?:->|::|\?\.)\s*(?=[a-zA-Z_])"), "."),
    (re.compile(r"\$(?=[a-zA-Z_])"), ""),
    (re.compile(r"\s*&&\s*"), " and "),
    (re.compile(r"\s*\|\|\s*"), " or "),
    (re.compile(r"(?<![=!<>])!(?=[a-zA-Z_(])"), "not "),
    (re.compile(r"===+"), "=="),
    (re.compile(r"!==+|<>"), "!="),
    (re.compile(r";\s*(?=[-+]?[%}]\}$)"), " "),
)
_EQUAL: Final = re.compile(r"\s*(?<![=!<>])=(?!=)\s*")
_WITHOUT_PARENTHESES: Final = re.compile(
    r"(?P<begin>\{\{[-+]?\s*)(?P<name>\w+)(?P<rest>:?\s+|:)(?P<text>[^{}]+?)\s*\}\}"
)
_UNCLOSED: Final = re.compile(
    r"\{[{%][-+]?\s*(?:(?:el)?if\s+)?(?:not\s+)?\w+\([^(){}]*?(?P<end>\s*[-+]?[%}]\})"
)
# A word in quotes that make no pair, or in one quote alone.
_UNPAIRED: Final = re.compile(r"(?<=[(,\s])(?:\"([\w-]+)'?|'([\w-]+)\"?)(?=\s*[),])")
_CONDITION: Final = re.compile(r"\{%[-+]?\s*(?:el)?if\b")
_LONGEST: Final = 200


def meant_expression(written: str, macros: Collection[str]) -> str | None:
    """Return what to write instead of an expression or a condition; None if it can stay or is unclear."""
    if len(written) > _LONGEST or _is_read(written):
        return None
    is_condition = bool(_CONDITION.match(written))
    straight = written.translate(_CURLY) if not _STRING.search(written) else written
    meant = "".join(
        part if _STRING.fullmatch(part) else _as_here(part, is_condition) for part in _STRING.split(straight)
    )
    tries = (meant, _with_parentheses(meant, macros), _closed(meant), _UNPAIRED.sub(r'"\1\2"', meant))
    return next((each for each in tries if each != written and _is_read(each)), None)


def _as_here(part: str, is_condition: bool) -> str:
    for pattern, mark in _MARKS:
        part = pattern.sub(mark, part)
    # In parentheses, one sign gives a name to an argument.
    return _EQUAL.sub(" == ", part) if is_condition and "(" not in part else part


def _with_parentheses(expression: str, macros: Collection[str]) -> str:
    """Write the text after the name of a macro as its argument."""
    call = _WITHOUT_PARENTHESES.fullmatch(expression)
    if not call or call["name"] not in macros:
        return expression
    text = call["text"]
    argument = text if _STRING.fullmatch(text) else f'"{text}"'
    return f"{call['begin']}{call['name']}({argument}) }}}}"


def _closed(expression: str) -> str:
    """Close the parentheses of a macro."""
    call = _UNCLOSED.fullmatch(expression)
    return f"{expression[: call.start('end')]}){expression[call.start('end') :]}" if call else expression


def _is_read(expression: str) -> bool:
    """Tell whether an expression can be read, or a condition with what ends it."""
    if expression.startswith("{%"):
        expression = f"{_CONDITION.sub('{% if', expression)}{{% endif %}}"
    try:
        parsed(expression)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True
