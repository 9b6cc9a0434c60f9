"""Cuts the text of a page into its `{{ … }}`, so that equal ones are read once."""

import re
from typing import Final

_MARK: Final = re.compile(r"\{[{%#]")
_SNIPPET: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TRIMS: Final = re.compile(r"^\{\{[-+]|[-+]\}\}$")


def snippets(text: str) -> list[re.Match[str]] | None:
    """Return every `{{ … }}` of a text, or None if the text can only be read as a whole.

    That is so if it holds statements, comments or raw blocks, or an expression that trims or never ends.
    """
    marks = _MARK.findall(text)
    # Nothing closes after the last `}}`; searching on from every `{{` would take minutes.
    matches = list(_SNIPPET.finditer(text, 0, text.rfind("}}") + 2)) if marks else []
    simple = marks.count("{{") == len(marks) == len(matches)
    return matches if simple and not any(_TRIMS.search(match.group()) for match in matches) else None


def parts(text: str) -> list[str]:
    """Return the `{{ … }}` of a text, or the text itself if it can only be read as a whole."""
    matches = snippets(text)
    return [text] if matches is None else [match.group() for match in matches]
