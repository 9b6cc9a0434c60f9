"""A macro for sentences that several pages say in the same words."""

from handbook.registers.shared_texts import FILE, SharedText
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def _reviewed(context: MacroContext, name: str) -> SharedText | None:
    return context.site.registers.shared_texts.texts.get(name)


@macro(templates=("shared_text.html",), reviewed=_reviewed, registers=("registers/shared_texts.yml",))
def shared_text(context: MacroContext, name: str) -> str:
    """Say a rule that several pages say, in the same words on each.

    The texts are in registers/shared_texts.yml. Write more text before and after it as you like.

    Example: {{ shared_text("no-private-account") }}
    """
    texts = context.site.registers.shared_texts.texts
    if name not in texts:
        hint = did_you_mean(str(name), texts) if texts else f"add it to {FILE}"
        raise MacroError(f"there is no shared text '{name}'; {hint}")
    return render("shared_text.html", text=context.localized(texts[name].text))
