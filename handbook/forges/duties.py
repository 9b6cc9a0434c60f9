"""What each owner of pages has to do today: reviews, findings of the check, and links that fail."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from handbook.findings import Finding, Severity
from handbook.model import Handbook
from handbook.registers.code_owners import role_accounts
from handbook.registers.links import BROKEN, Links, addresses_of_page
from handbook.reminders.notices import Notice, Recipient, recipient_of

_Item = TypeVar("_Item")
# Reminders say the same of pages that were never reviewed, or are overdue.
_SAID_BY_REMINDERS: Final = ("REV001", "REV003")
_REGISTERS: Final = "registers/"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An outside address that did not answer, on a page, and when it was tried."""

    address: str
    path: str
    checked: datetime.date | None


@dataclass(frozen=True, slots=True)
class Duties:
    """What one recipient has to do. `links` are None if nobody tried them now."""

    recipient: Recipient
    accounts: tuple[str, ...]
    notice: Notice
    findings: tuple[Finding, ...]
    links: tuple[BrokenLink, ...] | None

    @property
    def are_none(self) -> bool:
        """Tell whether nothing is to be done, as far as it is known."""
        return not (self.notice.reminders or self.findings or self.links)


def duties_by_owner(
    handbook: Handbook,
    host: str,
    notices: Iterable[Notice],
    findings: Iterable[Finding],
    links: Links | None,
) -> list[Duties]:
    """Return the duties of each recipient, in the order of their titles; `links` are None if not tried."""
    notices_by_recipient = {notice.recipient: _about_reviews(notice) for notice in notices}
    findings_by_recipient = _grouped(
        (_recipient_at(finding.path, handbook), finding) for finding in findings if _counts(finding)
    )
    broken = _grouped((_recipient_at(link.path, handbook), link) for link in _broken(handbook, links))
    everybody = sorted(
        {*notices_by_recipient, *findings_by_recipient, *broken},
        key=lambda recipient: (recipient.title, recipient.role),
    )
    return [
        Duties(
            recipient,
            role_accounts(handbook.registers.owners, [recipient.role], host, handbook.today),
            notices_by_recipient.get(recipient, Notice(recipient, ())),
            tuple(findings_by_recipient.get(recipient, ())),
            None if links is None else tuple(broken.get(recipient, ())),
        )
        for recipient in everybody
    ]


def _about_reviews(notice: Notice) -> Notice:
    """Return a notice without translations, which TRN002 already reports."""
    return replace(notice, reminders=(*notice.own, *notice.escalated))


def _counts(finding: Finding) -> bool:
    return finding.severity != Severity.INFO.value and finding.code not in _SAID_BY_REMINDERS


def _grouped(pairs: Iterable[tuple[Recipient, _Item]]) -> dict[Recipient, list[_Item]]:
    groups: dict[Recipient, list[_Item]] = {}
    for recipient, item in pairs:
        groups.setdefault(recipient, []).append(item)
    return groups


def _recipient_at(path: str, handbook: Handbook) -> Recipient:
    """Return who answers for a file: the owner of a page, and otherwise the editors."""
    page, editors = handbook.page(path), handbook.registers.owners.editors
    role = page.owner if page else next(iter(editors), None)
    return recipient_of(role, handbook.registers)


def _broken(handbook: Handbook, links: Links | None) -> Iterator[BrokenLink]:
    failing = {link.address: link for link in links.links if link.status in BROKEN} if links else {}
    uses = dict.fromkeys(
        (address, page.path)
        for page in (handbook.pages if failing else ())
        for address, _ in addresses_of_page(page)
        if address in failing
    )
    on_pages = {address for address, _ in uses}
    in_registers = ((address, _REGISTERS) for address in failing if address not in on_pages)
    for address, path in (*uses, *in_registers):
        yield BrokenLink(address, path, failing[address].checked)
