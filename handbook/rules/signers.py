"""Judges whether the author of a commit is a holder of a role. It never says more than the commit shows."""

import datetime
import re
from collections.abc import Collection
from typing import Final, TypeAlias

from handbook.findings import Severity
from handbook.git.authors import Author, Signature
from handbook.registers.filed_for import FiledFor
from handbook.registers.owners import FILE, Owners

Verdict: TypeAlias = tuple[Severity, str]

# The committer of what GitHub's server commits for somebody: a squash, a rebase, or an edit on the web.
_PLATFORM: Final = "noreply@github.com"
# An account's own address: GitHub has the number before a plus, or none, and GitLab before a hyphen.
_NOREPLY: Final = re.compile(
    r"(?:\d+\+)?(?P<github>[^@+]+)@users\.noreply\.github\.com"
    r"|\d+-(?P<gitlab>[^@]+)@users\.noreply\.gitlab\.com"
)
_SQUASH: Final = "the platform made its commit, as it does for a squash or an edit on the web"


def unknown(act: str, reason: str) -> Verdict:
    """Return the verdict that nobody can verify who did something."""
    return Severity.INFO, f"who {act} cannot be verified: {reason}"


def new_role(act: str) -> Verdict:
    """Return that the role for which somebody acted was not there before the change that says so."""
    return Severity.ERROR, f"somebody {act}, a role that {FILE} does not have before this change; sign later"


def nobody_in_office(act: str, day: datetime.date) -> Verdict:
    """Return that nobody held the role on the day on which somebody acted for it."""
    return Severity.ERROR, f"somebody {act} on {day}, when nobody held the role; correct the days in {FILE}"


def filed_after_leaving(act: str, day: datetime.date) -> Verdict:
    """Return that whoever held the role on the day of an act had left it when the act was filed."""
    reason = f"it was filed on {day}, long after its holders had left the role"
    return Severity.ERROR, f"somebody {act}, but {reason}; let a holder of today sign"


def judge_author(
    author: Author, holders: Collection[str], platform_keys: Collection[str], act: str
) -> Verdict | None:
    """Return what speaks against a commit by one of the holders, or None.

    If one of the holders is a key, only a signature counts. What a platform commits for somebody is never
    taken as theirs, because it shows at most who asked for it. Anybody can name a holder as the author, so
    who made the commit has to be one, too.
    """
    if author.signature is Signature.BAD:
        return _error(act, "the signature of its commit is bad; let a holder sign again")
    if author.keys and _keys(author.keys) & _keys(holders):
        return None
    is_known = is_vouched(author, platform_keys)
    by_platform = is_known or author.committer.casefold() == _PLATFORM
    if any(map(_is_key, holders)):
        return _error(act, _why_no_key_signed(author, by_platform=by_platform))
    if not _is_named(author.address, holders):
        if by_platform:
            return _error(act, f"{_SQUASH}, for someone who is not a holder; merge with a merge commit")
        remedy = f"let a holder sign, or correct `holders` in {FILE}"
        return Severity.ERROR, f"someone who is not a holder of the role {act}; {remedy}"
    if by_platform:
        if is_known:
            known, remedy = "the platform signed it", ""
        else:
            known, remedy = "no known key signed it", f"; name its key in `platform_keys` in {FILE}"
        reason = f"{_SQUASH}, for a holder ({known}), which does not say who wrote each line{remedy}"
        return unknown(act, reason)
    return None if _is_named(author.committer, holders) else _in_the_name_of_a_holder(act)


def _in_the_name_of_a_holder(act: str) -> Verdict:
    reason = "someone else made the commit in the name of a holder, as a rebase does"
    remedy = "let a holder make it, and merge with a merge commit"
    return Severity.WARNING, f"who {act} cannot be verified: {reason}; {remedy}"


def judge_filed(
    author: Author, filed_for: FiledFor, holders: Collection[str], owners: Owners, act: str
) -> Verdict | None:
    """Return what speaks against lines that somebody else filed for a holder, and how little they show.

    Whoever files for others is known by the mail address in the commit, or because the platform made it.
    """
    verdict = judge_author(author, holders, owners.platform_keys, act)
    if verdict is None or author.signature is Signature.BAD or any(map(_is_key, holders)):
        return verdict
    if filed_for.account.casefold() not in {holder.casefold() for holder in holders}:
        return _error(act, "it was filed for an account that is not a holder; let a holder sign")
    if not _may_file(author, owners):
        remedy = f"let a holder commit it, or name who files for others in `files_for_others` in {FILE}"
        return _error(act, f"someone who may not file for others filed it for a holder; {remedy}")
    is_known = is_vouched(author, owners.platform_keys)
    known = "the platform signed the commit" if is_known else "no known key signed the commit"
    source = filed_for.comment or "the text that it was filed from"
    return unknown(act, f"it was filed for a holder by someone else ({known}); compare {source}")


def may_take_back(author: Author, holders: Collection[str], owners: Owners) -> bool:
    """Tell whether a commit that takes a reading back is by a holder, or by someone who files for others."""
    if author.signature is not Signature.BAD and not any(map(_is_key, holders)) and _may_file(author, owners):
        return True
    verdict = judge_author(author, holders, owners.platform_keys, "took a reading back")
    return verdict is None or verdict[0] is not Severity.ERROR


def _may_file(author: Author, owners: Owners) -> bool:
    known_filers = {address.casefold() for address in owners.files_for_others}
    return is_vouched(author, owners.platform_keys) or author.address.casefold() in known_filers


def is_vouched(author: Author, platform_keys: Collection[str]) -> bool:
    """Tell whether the platform signed a commit, with one of its keys."""
    return bool(_keys(author.keys) & _keys(platform_keys))


def _error(act: str, reason: str) -> Verdict:
    return Severity.ERROR, f"it is not shown that a holder {act}: {reason}"


def _why_no_key_signed(author: Author, *, by_platform: bool) -> str:
    if by_platform:
        return f"{_SQUASH}, and {FILE} lists keys; merge with a merge commit, which keeps signatures"
    if author.signature is Signature.UNKNOWN_KEY:
        return "git cannot check the signature of its commit here; import the public keys of the holders"
    if author.signature is Signature.MISSING:
        return f"its commit is not signed, and {FILE} lists keys; commit it again with `git commit -S`"
    return "someone who is not a holder signed its commit; let a holder sign"


def _is_named(address: str, holders: Collection[str]) -> bool:
    """Compare addresses with addresses and accounts with accounts: anyone can use a key as an address."""
    address = address.casefold()
    match = _NOREPLY.fullmatch(address)
    accounts = {f"{name}:{account}" for name, account in match.groupdict().items()} if match else set()
    return bool({holder.casefold() for holder in holders if not _is_key(holder)} & {address, *accounts})


def _is_key(holder: str) -> bool:
    return "@" not in holder and not holder.startswith(("github:", "gitlab:"))


def _keys(names: Collection[str]) -> set[str]:
    """Return the fingerprints among some names, in the form in which fingerprints are compared."""
    return {
        name if name.startswith("SHA256:") else name.replace(" ", "").casefold()
        for name in names
        if _is_key(name)
    }
