"""A macro that refers to the organization's other policies."""

from collections.abc import Mapping

from handbook.registers.policies import Policy
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def _reviewed(context: MacroContext) -> Mapping[str, Policy]:
    return context.site.registers.policies.policies


@macro(templates=("policies.html",), reviewed=_reviewed)
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
