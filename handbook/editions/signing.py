"""Judges the signature of an edition's tag by the keys of its publishers."""

import datetime
from collections.abc import Iterable

from handbook.editions.published_branch import Published
from handbook.editions.tags import Tag
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.tag_signature import SignatureState, tag_signature
from handbook.registers.organization import load_organization
from handbook.registers.owners import FILE, load_owners
from handbook.registers.publishers import plain_key, publishing_keys


def keys_of_publishers(published: Published, day: datetime.date) -> frozenset[str] | None:
    """Return the keys that may sign an edition published on a day; None if none were registered by then.

    Raises:
        HandbookError: if the register cannot be read.

    """
    folder = Folder(published.repository.root)
    return publishing_keys(load_owners(folder, load_organization(folder)).publishers, day)


def signature_problem(published: Published, tag: Tag, day: datetime.date) -> str | None:
    """Return what is wrong with the signature of an edition published on a day, or None."""
    keys = keys_of_publishers(published, day)
    if tag.has_unsigned_end:
        return f"the tag {tag.name} has text after its signature, which nobody signed"
    if not tag.is_signed:
        return None if keys is None else f"the tag {tag.name} is not signed, and {FILE} has publishers' keys"
    signature = tag_signature(published.repository.root, tag.object)
    if signature.state is SignatureState.BAD:
        return f"the signature of the tag {tag.name} is bad; it was made for another text"
    if keys is None or keys & set(map(plain_key, signature.keys)):
        return None
    if signature.state is SignatureState.UNKNOWN:
        remedy = "install gpg or ssh-keygen, and import the public keys of the publishers"
        return f"the signature of the tag {tag.name} cannot be checked here; {remedy}"
    signer = f"the tag {tag.name} is signed by {_named(signature.keys)}"
    remedy = "if that key was taken out, put it back, with its last day in `until`"
    return f"{signer}, which is not the key of a publisher on {day} in {FILE}; {remedy}"


def signature_in_words(published: Published, tag: Tag, day: datetime.date) -> str:
    """Return what is known of a signature in which nothing is wrong."""
    if not tag.is_signed:
        return "not signed"
    if keys_of_publishers(published, day) is not None:
        return f"signed by a publisher, {_named(tag_signature(published.repository.root, tag.object).keys)}"
    if _is_known_here(published, tag):
        return "signature good"
    return "signature not known here; ask the publisher for the key"


def _is_known_here(published: Published, tag: Tag) -> bool:
    """Tell whether a tag's signature is good by the keys that git knows here."""
    try:
        published.repository.ask("verify-tag", tag.object)
    except HandbookError:
        return False
    return True


def _named(keys: Iterable[str]) -> str:
    return min(keys)
