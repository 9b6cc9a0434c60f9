"""Says what is wrong with an expression in the words of somebody who writes pages, not those of Jinja."""

import inspect
import re
from ast import literal_eval
from collections.abc import Callable, Mapping
from typing import Final

from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean

CURLY_QUOTES: Final = "“”„‘’‚«»"
_EXPECTED: Final = re.compile(r"expected (?:token )?(?P<wanted>.+), got (?P<got>.+)", re.IGNORECASE)
_UNCLOSED: Final = re.compile(r"unexpected '(?P<got>.+)', expected '(?P<wanted>.+)'")
_TOKENS: Final = {
    "end of print statement": "`}}`",
    "end of statement block": "`%}`",
    "an expression": "a name or a text",
    "name": "a name",
    "string": "the text",
    "integer": "the number",
}
_END: Final = re.compile("unexpected '(end of .+)'")
_FAILURES: Final[Mapping[re.Pattern[str], str]] = {
    re.compile("object is not callable"): (
        "what is before the parentheses is not a macro; remove the parentheses"
    ),
    re.compile("can only concatenate|unsupported operand|bad operand|must be str"): (
        "a text and a number cannot be calculated with; to join them, write `+`, and the number in quotes"
    ),
    re.compile("not supported between instances"): "a text and a number cannot be compared",
    re.compile("(?<!SimpleNamespace) object'? has no (?:attribute|element)|'None' has no attribute"): (
        "what it names does not exist"
    ),
    re.compile("division|modulo by zero"): "it divides by zero",
    re.compile("object is not iterable"): "a list is needed here",
    re.compile("object is not subscriptable"): (
        "what is before the brackets is not a list; remove the brackets"
    ),
}
_OTHERS: Final = {
    "'~' cannot be used in a page": "`~` cannot be used in a page; to join texts, write `+`",
    "expected name or number": "a name is missing after the dot",
    "invalid syntax for function call expression": "write the arguments without a name first",
}


def plain_syntax(message: str) -> str:
    """Return what Jinja says of an expression that it cannot read, in plain words."""
    message = message.rstrip(".")
    if "unexpected end of template" in message.replace("'", "").casefold():
        return "it never ends; close it with `}}` or `%}`"
    if message.startswith("unexpected char "):
        if any(quote in message for quote in CURLY_QUOTES):
            return "the quotes are curly; type straight ones"
        return _character(message)
    if end := _END.fullmatch(message):
        return f"a name or a text is missing before {_token(end[1])}"
    if unclosed := _UNCLOSED.fullmatch(message):
        return f"{_token(unclosed['wanted'])} is missing before {_token(unclosed['got'])}"
    if expected := _EXPECTED.fullmatch(message):
        return _missing(_token(expected["wanted"]), _token(expected["got"]))
    return _OTHERS.get(message, one_line(message))


def _character(message: str) -> str:
    """Say which character is not expected; Jinja writes it as Python does."""
    written = message.removeprefix("unexpected char ").rpartition(" at ")[0]
    character = str(literal_eval(written))
    if character.isprintable():
        return f"unexpected character {written}; check the quotes"
    return f"the invisible character U+{ord(character):04X} is in it; delete it"


def plain_failure(message: str) -> str:
    """Return what Python says of an expression that it cannot evaluate, in plain words."""
    return next((words for pattern, words in _FAILURES.items() if pattern.search(message)), message)


def _missing(wanted: str, got: str) -> str:
    if got == "`=`":
        return "a comma, a bracket, or a quote is missing before `=`"
    if wanted == "`}}`":
        return f"a comma, a parenthesis, or `}}}}` is missing before {got}"
    return f"{wanted} is missing before {got}"


def _token(name: str) -> str:
    name = name.strip("'")
    return _TOKENS.get(name.casefold()) or f"`{one_line(name)}`"


def plain_arguments(macro: Callable[..., object], error: TypeError) -> str:
    """Return why a macro does not take its arguments, in plain words."""
    message = str(error)
    name = next(iter(re.findall("'(.+)'", message)), "")
    if message.startswith("missing"):
        return f"'{name}' is missing"
    if "unexpected keyword" in message:
        return f"it has no argument '{name}'; {did_you_mean(name, inspect.signature(macro).parameters)}"
    return f"'{name}' is given twice" if name else "there are too many arguments"
