"""The texts for GitHub and GitLab. Whatever others wrote is shown as it is: no markup, link, or mention."""

from typing import Final

from handbook.comparison.formats import markdown
from handbook.formats.text_templates import text_templates

_TEMPLATES: Final = text_templates(markdown=markdown)


def filled(template: str, **values: object) -> str:
    """Return a template of `handbook/formats/` with values."""
    return _TEMPLATES.get_template(template).render(**values).strip("\n") + "\n"
