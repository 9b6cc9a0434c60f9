"""A macro that refers to the organization's other policies."""

from collections.abc import Mapping

from handbook.registers.policies import POLICY_SUBJECTS, Policy
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def _reviewed(context: MacroContext, subject: str = "") -> Mapping[str, Policy]:
    return context.site.registers.policies.on(subject)


@macro(templates=("policies.html",), reviewed=_reviewed, registers=("registers/policies.yml",))
def policies(context: MacroContext, subject: str = "") -> str:
    """Show the organization's other policies: what each covers, and what differs online.

    The policies are in registers/policies.yml. Name a subject to show only its policies: publishing or
    people.

    Example: {{ policies() }}
    Example: {{ policies("publishing") }}
    """
    if subject and subject not in POLICY_SUBJECTS:
        raise MacroError(f"there is no subject '{subject}'; {did_you_mean(str(subject), POLICY_SUBJECTS)}")
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
        for name, policy in context.site.registers.policies.on(subject).items()
    ]
    return render("policies.html", policies=listed, words=context.catalog.group("policies"))
