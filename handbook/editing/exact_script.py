"""Sveltia CMS with five places of its script changed, so that it keeps every byte and asks no other host.

It trims each file and turns CRLF into LF before a format of ours reads it, trims what the format writes, and
drops a byte order mark of files on this computer and on Forgejo. Its texts in other languages come from
unpkg. No setting changes that. The script is fixed by its hash, so each place is there exactly once, or the
version is another.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handbook.errors import HandbookError

# Where the script looks for its texts in other languages, relative to the page, with @ and its version.
PACKAGE: Final = "sveltia"
_CHANGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "e=e.trim().replace(/\\r\\n?/g,`\n`);": "",
        r"return`${(await i(e)).trim()}\n`;": "return await i(e);",
        "(await e.text()).replace(/\\r\\n?/g,`\n`)": (
            "new TextDecoder(`utf-8`,{ignoreBOM:!0}).decode(await e.arrayBuffer())"
        ),
        "return new TextDecoder().decode(t)": "return new TextDecoder(`utf-8`,{ignoreBOM:!0}).decode(t)",
        "`https://unpkg.com/@sveltia/cms`": f"`{PACKAGE}`",
    }
)


def exact(script: str) -> str:
    """Return the script with the changes.

    Raises:
        HandbookError: if it is not the version that they were made for.

    """
    for place, replacement in _CHANGES.items():
        if script.count(place) != 1:
            raise HandbookError(
                f"the script of Sveltia CMS does not have {place} once, so it could change other lines than "
                "those that people edit; use the version that the lock file names"
            )
        script = script.replace(place, replacement)
    return script
