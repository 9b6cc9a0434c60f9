"""A macro that checks a photo in the reader's browser."""

from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(templates=("photo_check.html",))
def photo_check(context: MacroContext) -> str:
    """Let readers choose a picture or a video, and say what it gives away.

    It is read on the device of the reader: nothing is sent. A clean copy can be saved there. Without scripts,
    a sentence says how to check a file.

    Example: {{ photo_check() }}
    """
    return render("photo_check.html", without_script=context.catalog["photo_check.without_script"])
