"""A macro that refers to the organization's other policies."""

from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro(templates=("policies.html",))
def policies(context: MacroContext) -> str:
    """Show the organization's other policies: what each covers, and what differs online.

    The policies are in registers/policies.yml.

    Example: {{ policies() }}
    """
    owners = context.site.owners.owners
    listed = [
        {
            "name": name,
            "title": context.localized(policy.title),
            "address": policy.address,
            "covers": context.localized(policy.covers),
            "online": context.localized(policy.online),
            "owner": context.localized(owners[policy.owner].title),
        }
        for name, policy in context.site.registers.policies.policies.items()
    ]
    return render("policies.html", policies=listed, words=context.catalog.group("policies"))
