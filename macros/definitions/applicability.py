"""A condition by which one page suits organizations of different kinds."""

from handbook.content.page_keys.lists import JURISDICTIONS, SECTORS
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro


@macro(is_condition=True)
def applies(context: MacroContext, *kinds: str) -> bool:
    """Tell whether the organization is in one of these sectors, or follows the law of one of these places.

    Use it in a condition. The sectors are healthcare, education, government, charity, finance, retail,
    technology and other; the places are us, uk, ca, fr, de and eu. The organization's own are in
    organization.yml.

    Example: {% if applies("us", "ca") %}In North America.{% else %}Elsewhere.{% endif %}
    """
    known = (*SECTORS, *JURISDICTIONS)
    for kind in kinds:
        if kind not in known:
            raise MacroError(
                f"there is no sector and no jurisdiction '{kind}'; {did_you_mean(str(kind), known)}"
            )
    organization = context.site.organization
    return bool({organization.sector, *organization.jurisdictions} & set(kinds))
