"""Says in a sentence how a translation stands to its original, for messages and letters."""

from collections.abc import Mapping
from typing import Final

from handbook.content.translation.changed_parts import ChangedPart, PartKind, Translation

_MOST_PARTS: Final = 3
_PARTS: Final[Mapping[PartKind, str]] = {
    PartKind.HEAD: "the title or the description",
    PartKind.BEGINNING: "the beginning",
}


def what_changed(translation: Translation) -> str:
    """Return what has changed in the original of a translation that is not current, without a full stop."""
    if translation.changed is None:
        return f"nobody has said which text of {translation.original.path} this translation renders"
    named = [_part(part) for part in translation.changed]
    more = f", and {len(named) - _MOST_PARTS} more" if len(named) > _MOST_PARTS else ""
    parts = ", ".join(named[:_MOST_PARTS]) + more
    return f"{translation.original.path} has changed since this translation of it: {parts}"


def _part(part: ChangedPart) -> str:
    if part.kind is PartKind.REMOVED:
        return f"'{part.heading}' is no longer there" if part.heading else "a part is no longer there"
    return _PARTS.get(part.kind) or f"'{part.heading}'"
