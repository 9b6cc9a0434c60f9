"""The templates of Markdown and plain text."""

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbook.text.quoting import one_line


def text_templates(*, keep_trailing_newline: bool = False, **filters: Callable[[str], str]) -> Environment:
    """Return the templates, which escape nothing: each passes what others wrote through one of its filters.

    The filter `line` is always there.
    """
    environment = Environment(  # noqa: S701 - no HTML
        loader=PackageLoader("handbook.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
    environment.filters |= {"line": one_line, **filters}
    return environment
