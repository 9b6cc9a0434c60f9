"""The texts for GitHub and GitLab. Whatever others wrote is shown as it is: no markup, link, or mention."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from handbook.comparison.formats import markdown
from handbook.text.quoting import one_line


def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - these are Markdown and plain text
        loader=PackageLoader("handbook.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, "markdown": markdown}
    return environment


_TEMPLATES: Final = _environment()


def filled(template: str, **values: object) -> str:
    """Return a template of `handbook/formats/` with values."""
    return _TEMPLATES.get_template(template).render(**values).strip("\n") + "\n"
