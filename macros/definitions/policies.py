"""A macro that refers to the organization's other policies."""

from macros.context.registry import Here, macro
from macros.presentation.templates import render


@macro
def policies(here: Here) -> str:
    """Show the organization's other policies: what each covers, and what differs online.

    They stand in registers/policies.yml.

    Example: {{ policies() }}
    """
    owners = here.site.owners.owners
    listed = [
        {
            "name": name,
            "title": here.said(policy.title),
            "address": policy.address,
            "covers": here.said(policy.covers),
            "online": here.said(policy.online),
            "owner": here.said(owners[policy.owner].title),
        }
        for name, policy in here.site.registers.policies.policies.items()
    ]
    return render("policies.html", policies=listed, words=here.catalog.group("policies"))
