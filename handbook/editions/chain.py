"""The chain of editions: each manifest names the one before it, so the newest vouches for all of them."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.editions.manifest import Manifest
from handbook.editions.names import Edition
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError

_SUM: Final = re.compile("[0-9a-f]{64}")


def sum_line(manifest: Manifest, digest: str) -> str:
    """Return the line that is kept outside of the repository; `digest` is the SHA-256 of the manifest."""
    return f"edition {manifest.edition}, in force from {manifest.effective}: SHA-256 {digest}"


def read_sum(text: str) -> str:
    """Read the SHA-256 of a manifest, as it was kept.

    Raises:
        HandbookError: if it is not one.

    """
    digest = "".join(text.split()).lower().removeprefix("sha-256").lstrip(":")
    if not _SUM.fullmatch(digest):
        remedy = "copy the 64 digits and letters that `handbook edition publish` printed"
        raise HandbookError(f"'{text}' is not a SHA-256; {remedy}")
    return digest


def chain_problems(published: Published, manifest: Manifest) -> Iterator[str]:
    """Yield what is wrong with the previous manifest, which a manifest names."""
    former = published.before(manifest.name)
    if manifest.former is None:
        if former and _is_chained(published, former):
            yield f"does not name the manifest of {former}, the edition before it, as {former} does"
    elif former is None:
        yield "names an edition before it, and there is none; an edition was removed"
    elif manifest.former != published.manifest_sum(former):
        yield (
            f"names another manifest before it than that of {former}; "
            f"{former} was changed, or an edition between the two was removed"
        )


def edition_with_sum(published: Published, digest: str) -> Edition | None:
    """Return the edition whose manifest has a SHA-256, or None."""
    return next((known for known in published.editions if published.manifest_sum(known) == digest), None)


def vouched_by(published: Published, edition: Edition) -> list[Edition]:
    """Return an edition and those before it that its manifest vouches for, newest first."""
    vouched = [edition]
    while (former := published.before(vouched[-1])) and (
        published.manifest(vouched[-1]).former == published.manifest_sum(former)
    ):
        vouched.append(former)
    return vouched


def _is_chained(published: Published, edition: Edition) -> bool:
    try:
        return published.manifest(edition).former is not None
    except HandbookError:
        return False  # It is named as unreadable anyway.
