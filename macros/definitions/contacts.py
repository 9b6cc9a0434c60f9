"""Macros that say whom to ask and which accounts are ours."""

from handbook.registers.organization import PURPOSES
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


@macro
def contact(context: MacroContext, purpose: str) -> str:
    """Whom to ask, with mail address and telephone, for one purpose.

    The purposes are social_media, press, people, legal, privacy, security and emergencies; who
    stands behind them is written in organization.yml.

    Example: {{ contact("press") }}
    """
    if purpose not in PURPOSES:
        raise MacroError(f"there is no contact '{purpose}'; {did_you_mean(str(purpose), PURPOSES)}")
    return render("contact.html", asked=asked(context.site, purpose, context.language))


@macro
def owner(context: MacroContext) -> str:
    """Who owns this page, with a way to ask.

    Example: {{ owner() }}
    """
    page = context.required_page()
    role = context.site.owners.find(page.owner) if page.owner else None
    if role is None:
        raise MacroError("this page has no owner to show; name one in its front matter")
    return render(
        "owner.html",
        title=context.say(role.title),
        asked=asked(context.site, role.contact, context.language),
    )


@macro
def accounts(context: MacroContext, platform: str = "") -> str:
    """Show a table of the official accounts, of all platforms or of one.

    Example: {{ accounts() }}
    Example: {{ accounts("facebook") }}
    """
    listed = context.site.organization.accounts
    platforms = sorted({account.platform for account in listed})
    if platform and platform not in platforms:
        mend = did_you_mean(str(platform), platforms)
        raise MacroError(f"there is no account on '{platform}' in organization.yml; {mend}")
    rows = [
        {
            "platform": context.site.registers.platforms.known_as(one.platform),
            "name": one.name,
            "address": one.address,
            "purpose": context.say(one.purpose),
        }
        for one in listed
        if platform in ("", one.platform)
    ]
    return render(
        "accounts.html",
        rows=rows,
        words=context.catalog.group("accounts"),
        one_platform=bool(platform),
    )
