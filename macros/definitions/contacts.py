"""Macros that name contacts, the owner of a page, and the official accounts."""

from collections.abc import Sequence
from typing import Final

from handbook.registers.contacts import PURPOSES
from handbook.registers.organization import Account
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.page_facts import asked
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render

_TEMPLATES: Final = {"card": "contact.html", "sentence": "contact_in_sentence.html"}


@macro(templates=tuple(_TEMPLATES.values()), registers=("organization.yml",))
def contact(context: MacroContext, purpose: str, form: str = "card") -> str:
    """Show the contact for one purpose, with mail address and telephone.

    The purposes are social_media, press, people, legal, privacy, security and emergencies; the contacts
    are in organization.yml. The form is for lists and cells of tables. Inside a sentence, write "sentence"
    after the purpose: the name then has its article, and the sentence goes on. An article of your own, or
    one in another language, is `in_sentence` in organization.yml.

    Example: {{ contact("press") }}
    Example: Ask {{ contact("people", "sentence") }} before you act.
    """
    if purpose not in PURPOSES:
        raise MacroError(f"there is no contact '{purpose}'; {did_you_mean(str(purpose), PURPOSES)}")
    return _shown(context, purpose, form)


@macro(templates=tuple(_TEMPLATES.values()), registers=("registers/owners.yml",))
def owner(context: MacroContext, form: str = "card") -> str:
    """Show whom to ask about this page: the contact of the role that owns it.

    The form is that of the macro `contact`.

    Example: {{ owner() }}
    Example: Tell {{ owner("sentence") }}.
    """
    page = context.required_page()
    role = context.site.owners.find(page.owner) if page.owner else None
    if role is None:
        raise MacroError("this page has no owner to show; name one in its front matter")
    return _shown(context, role.contact, form)


def _shown(context: MacroContext, purpose: str, form: str) -> str:
    if form not in _TEMPLATES:
        raise MacroError(f"there is no form '{form}'; {did_you_mean(str(form), _TEMPLATES)}")
    return render(_TEMPLATES[form], asked=asked(context.site, purpose, context.language))


def _reviewed_accounts(context: MacroContext, platform: str = "") -> Sequence[Account]:
    known = context.site.registers.platforms
    listed = context.site.organization.accounts
    return [
        account for account in listed if platform in ("", account.platform, known.key_of(account.platform))
    ]


@macro(templates=("accounts.html",), reviewed=_reviewed_accounts, registers=("organization.yml",))
def accounts(context: MacroContext, platform: str = "") -> str:
    """Show a table of the official accounts, on all platforms or on one.

    Example: {{ accounts() }}
    Example: {{ accounts("facebook") }}
    """
    listed = _reviewed_accounts(context, platform)
    if platform and not listed:
        platforms = sorted({account.platform for account in context.site.organization.accounts})
        hint = did_you_mean(str(platform), platforms)
        raise MacroError(f"there is no account on '{platform}' in organization.yml; {hint}")
    rows = [
        {
            "platform": context.site.registers.platforms.known_as(account.platform),
            "name": account.name,
            "address": account.address,
            "purpose": context.site.say(account.purpose, context.language),
        }
        for account in listed
    ]
    return render(
        "accounts.html",
        rows=rows,
        words=context.catalog.group("accounts"),
        one_platform=bool(platform),
    )
