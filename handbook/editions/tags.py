"""The tag that marks the source of an edition and seals its manifest."""

import re
from dataclasses import dataclass
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest

TAG: Final = "edition-"


_TRAILER: Final = "Manifest-SHA256: "


_NAMED: Final = re.compile(f"^{_TRAILER}([0-9a-f]{{64}})$", re.MULTILINE)


_SIGNED: Final = re.compile("^-----BEGIN (PGP|SSH|SIGNED)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of an edition: its object, the commit that it leads to, and what it says."""

    name: str
    object: str
    commit: str
    text: str

    @property
    def manifest(self) -> str | None:
        """Return the SHA-256 of the manifest that it vouches for, or None."""
        found = _NAMED.search(self.text)
        return found[1] if found else None

    @property
    def is_signed(self) -> bool:
        """Tell whether somebody signed it."""
        return bool(_SIGNED.search(self.text))


def tag_message(manifest: Manifest) -> str:
    """Return what the tag of an edition says."""
    facts = f"In force from {manifest.effective}."
    return f"Edition {manifest.edition}\n\n{facts}\n\n{_TRAILER}{sha256(manifest.as_bytes())}\n"
