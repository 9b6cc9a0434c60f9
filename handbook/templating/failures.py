"""Says what went wrong while a text was rendered."""

import re
from typing import Final

from jinja2 import TemplateError

from handbook.errors import HandbookError
from handbook.findings import Problem
from handbook.templating.macro import MacroError
from handbook.templating.plain_words import plain_failure
from handbook.text.quoting import one_line

# What rendering a page may raise, besides a MacroError.
RENDERING_ERRORS: Final = (
    TemplateError,
    HandbookError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_MISSING: Final = re.compile(r"'types\.SimpleNamespace object' has no attribute '(\w+)'")


def failure(error: BaseException) -> Problem:
    """Return what went wrong while a text was rendered, on its line."""
    is_own = isinstance(error, MacroError)
    message = str(error) if is_own else f"the expression fails: {plain_failure(str(error))}"
    message = _MISSING.sub(
        r"there is no '\1' here; for what there is, see docs/contributing/macros.md", message
    )
    return Problem(_line_of(error), one_line(message))


def _line_of(error: BaseException) -> int:
    """Return the line of the template on which an error arose."""
    line, frame = 1, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
