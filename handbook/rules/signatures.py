"""Compares who signed a review with who committed the signature. No message contains an address."""

from collections.abc import Iterator

from handbook.findings import Problem, Severity
from handbook.git.blame import BlamedLine
from handbook.git.repository import WHOLE_HISTORY, Author, Repository
from handbook.model import Handbook
from handbook.registers.owners import FILE, Owner
from handbook.registers.review_records import ReviewFile


def signature_problems(
    review_file: ReviewFile, handbook: Handbook, repository: Repository
) -> Iterator[Problem]:
    """Yield the readings of a record that someone other than a holder of the role signed, or may have.

    The signature is the line `date:` of a reading; the signer is the author of the commit that wrote it.
    """
    readings = review_file.record.readings
    files = {review_file.file_of("readings", role) for role, reading in readings.items() if reading}
    lines = {path: repository.blame(path) for path in files}
    for role, reading in readings.items():
        owner = handbook.registers.owners.find(role)
        if reading and owner:
            path, location = review_file.place("readings", role, "date")
            for severity, message in _judge(role, owner, lines[path].get(location.line), repository):
                yield Problem.at(location, message, severity, path)


def _judge(
    role: str, owner: Owner, origin: BlamedLine | None, repository: Repository
) -> Iterator[tuple[Severity, str]]:
    reason = _why_unknown(owner, origin)
    author = repository.author(origin.commit) if origin and not reason else None
    if author and not _is_holder(owner, author):
        reason = _why_unverified(owner, author)
        if not reason:
            remedy = f"have a holder sign, or correct `holders` in {FILE}"
            yield Severity.ERROR, f"someone who is not a holder of the role signed as {role}; {remedy}"
    if reason:
        yield Severity.INFO, f"who signed as {role} cannot be verified: {reason}"


def _why_unknown(owner: Owner, origin: BlamedLine | None) -> str | None:
    """Return what keeps git from knowing who signed, or None."""
    if not owner.holders:
        return f"{FILE} lists no holders of the role"
    if origin is None:
        return "the reading is not committed yet"
    return f"this clone lacks the older history; {WHOLE_HISTORY}" if origin.is_edge else None


def _why_unverified(owner: Owner, author: Author) -> str | None:
    """Return why the commit proves nothing if only keys are listed: it has no valid signature."""
    if author.keys or any("@" in holder for holder in owner.holders):
        return None
    if author.is_signed:
        return "git cannot check the signature of its commit here; import the public keys of the holders"
    return f"its commit is not signed, and {FILE} lists only keys"


def _is_holder(owner: Owner, author: Author) -> bool:
    """Compare addresses with addresses and keys with keys, because anyone can use a key as an address."""
    addresses = {holder.casefold() for holder in owner.holders if "@" in holder}
    keys = {_plain(holder) for holder in owner.holders if "@" not in holder}
    return author.address.casefold() in addresses or bool(keys & set(map(_plain, author.keys)))


def _plain(key: str) -> str:
    """Return a fingerprint in the form in which fingerprints are compared."""
    return key if key.startswith("SHA256:") else key.replace(" ", "").casefold()
