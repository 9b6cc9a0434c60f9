"""A macro for sums in examples, in the currency of the readers."""

from typing import Final

from babel.numbers import format_decimal

from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext, macro

_BY_REGION: Final = {"US": "$", "CA": "$", "GB": "£", "FR": "€", "BE": "€", "IE": "€", "DE": "€", "LU": "€"}
_BY_JURISDICTION: Final = {"us": "$", "ca": "$", "uk": "£", "fr": "€", "eu": "€"}


def _shown(context: MacroContext, amount: float) -> str:
    return f"{_symbol(context)} {amount}"


@macro(reviewed=_shown)
def money(context: MacroContext, amount: float) -> str:
    """Show a sum of an example in the currency of your readers, such as $40, £40, or 40 €.

    The currency is that of the region in `languages` of organization.yml, such as `en-GB`; without one, that
    of the first of your jurisdictions. A sum that a law or a source names is typed as it is there.

    Example: {{ money(40) }}
    """
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        raise MacroError("money() needs a number; write, for example, money(40)")
    number = format_decimal(amount, locale=context.catalog.variant.replace("-", "_"))
    return context.catalog["money.sum"].format(symbol=_symbol(context), number=number)


def _symbol(context: MacroContext) -> str:
    region = context.catalog.variant.partition("-")[2]
    return _BY_REGION.get(region) or _BY_JURISDICTION[context.site.organization.jurisdictions[0]]
