"""The tag that marks the source of an edition and seals its manifest."""

import re
from dataclasses import dataclass
from typing import Final

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest
from handbook.editions.names import TAG_PREFIX, Edition

_TRAILER: Final = "Manifest-SHA256: "
_MANIFEST_SUM: Final = re.compile(f"^{_TRAILER}([0-9a-f]{{64}})$", re.MULTILINE)
_EFFECTIVE: Final = re.compile(r"^In force from (\d{4}-\d\d-\d\d)\.$", re.MULTILINE)
_TAGGER: Final = re.compile("^tagger (.*?) ?<([^<>]*)> ", re.MULTILINE)
_SIGNED: Final = re.compile("^-----BEGIN (PGP|SSH|SIGNED)", re.MULTILINE)
_END: Final = re.compile("^-----END .*-----$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of an edition: its object, the commit that it is on, and its text."""

    name: str
    object: str
    commit: str
    text: str

    @property
    def manifest(self) -> str | None:
        """Return the SHA-256 of the manifest that it vouches for, or None."""
        trailer = _MANIFEST_SUM.search(self.signed_text)
        return trailer[1] if trailer else None

    @property
    def effective(self) -> str | None:
        """Return the day on which it says that the edition takes effect, or None."""
        day = _EFFECTIVE.search(self.signed_text)
        return day[1] if day else None

    @property
    def signed_text(self) -> str:
        """Return the text before the signature, the only part that a signature covers."""
        signature = _SIGNED.search(self.text)
        return self.text[: signature.start()] if signature else self.text

    @property
    def has_unsigned_end(self) -> bool:
        """Tell whether text follows the signature. git calls the signature good nevertheless."""
        *_, rest = _END.split(self.text)
        return self.is_signed and bool(rest.strip())

    @property
    def is_signed(self) -> bool:
        """Tell whether the text holds a signature, good or not."""
        return bool(_SIGNED.search(self.text))

    @property
    def tagger(self) -> tuple[str, str] | None:
        """Return the name and the mail address of who wrote the tag, or None."""
        line = _TAGGER.search(self.text.partition("\n\n")[0])
        return (line[1], line[2]) if line else None

    @property
    def shown_text(self) -> str:
        """Return the text as others may read it.

        A signature covers every line, so the text of a signed tag is complete. Otherwise, the line with the
        name and the mail address of a person is left out.
        """
        if self.is_signed:
            return self.text
        head, blank, message = self.text.partition("\n\n")
        lines = (line for line in head.split("\n") if not line.startswith("tagger "))
        return "\n".join(lines) + blank + message


def tag_name(edition: Edition | str) -> str:
    """Return the name of the tag of an edition, such as `edition-2026.1`."""
    return f"{TAG_PREFIX}{edition}"


def tag_message(manifest: Manifest) -> str:
    """Return the message of the tag; its last line vouches for the manifest."""
    facts = f"In force from {manifest.effective}."
    return f"Edition {manifest.edition}\n\n{facts}\n\n{_TRAILER}{sha256(manifest.as_bytes())}\n"
