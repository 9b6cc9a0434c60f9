"""What texts of registers may say of the organization: `{client}`, or `{Client}` with a capital.

A brace that is meant as such is doubled.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from handbook.content.languages import UNMARKED
from handbook.text.suggestions import did_you_mean

# A text, written once or once for each language.
Written: TypeAlias = str | Mapping[str, str]

_EXPRESSION: Final = re.compile(r"(?<!\{)\{\{\s*(organization\.)?(?:\w+\.)*(\w+).*?\}\}")
_BRACE: Final = re.compile(
    r"\{\{|\}\}|(?P<before>\b(?:[Aa]n?|[Dd]e|[Ll][ea]|[Qq]ue) )?\{(?P<name>\w+)\}|[{}]"
)
_REFUSED: Final = re.compile(r"\{[{%#]|[%#}]\}")
# Words that begin with a vowel and are said with a consonant, and the other way round.
_AFTER_AN: Final = re.compile(r"(?!eu|one\b|u[ns]i|use)[aeiou]|hour|heir|honest", re.IGNORECASE)
_AFTER_ELISION: Final = re.compile(r"[aeiouyâàéèêëîïôœ]|habitant|homme|hôte|hospitalis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Variables:
    """The values that texts of registers may name.

    A text of a register that is not given by language is in English. A value that is not given in the
    language of the text is said in `main_language`.
    """

    main_language: str
    values: Mapping[str, Written] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Return the same number for equal variables."""
        return hash((self.main_language, *self.values))

    def fill(self, text: str, language: str | None = None) -> str:
        """Return a text of a register with its variables replaced.

        Raises:
            ValueError: if it names a variable that does not exist, or has a single brace.

        """
        if "{" not in text and "}" not in text:
            return text
        for expression in _EXPRESSION.finditer(text):
            self._refuse_expression(expression)
        filled = _BRACE.sub(self._replacement(language or UNMARKED), text)
        if refused := _REFUSED.search(filled):
            raise ValueError(f"must be plain text; take out `{refused[0]}`")
        return filled

    def _refuse_expression(self, expression: re.Match[str]) -> None:
        is_of_pages, name = expression.groups()
        if is_of_pages or name in self.values:
            raise ValueError(
                f"has `{expression[0]}`, which only pages can say; in a register, write `{{{name}}}`"
            )

    def _replacement(self, language: str) -> Callable[[re.Match[str]], str]:
        def replacement(brace: re.Match[str]) -> str:
            if brace["name"] is None:
                return _literal(brace[0])
            value = self._value(brace["name"], language)
            return _joined(brace["before"] or "", value, language)

        return replacement

    def _value(self, name: str, language: str) -> str:
        key = f"{name[0].lower()}{name[1:]}"
        if key not in self.values:
            raise ValueError(
                f"names {{{name}}}, which is not a variable of registers; {did_you_mean(key, self.values)}"
            )
        written = self.values[key]
        value = written if isinstance(written, str) else self._in_language(written, language)
        return value if key == name else f"{value[:1].upper()}{value[1:]}"

    def _in_language(self, written: Mapping[str, str], language: str) -> str:
        # A language that the handbook does not have is shown nowhere.
        return written.get(language) or written.get(self.main_language) or next(iter(written.values()))


def _literal(brace: str) -> str:
    if len(brace) == 1:
        raise ValueError(
            f"has a single `{brace}`; write a variable as `{{client}}`, and a brace as `{brace * 2}`"
        )
    return brace[0]


def _joined(before: str, value: str, language: str) -> str:
    """Return a value after the article or the preposition that fits to it."""
    word = before.strip()
    if language == "en" and word.lower() in ("a", "an"):
        return f"{word[0]}{'n' if _AFTER_AN.match(value) else ''} {value}"
    if language == "fr" and word.lower() in ("de", "le", "la", "que") and _AFTER_ELISION.match(value):
        return f"{word[:-1]}’{value}"
    return f"{before}{value}"
