"""Characters as a reader takes them: full-width, mathematical, and decomposed letters are letters.

Characters that nobody sees are left out. The forms are those of Unicode NFKC.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from handbook.text.tracked_text import Edit

# Replaces what is shown, but is not a letter: code, a picture, or the number of a note. No text has it,
# because Unicode promises that it will never be a character.
NO_LETTER: Final = "\ufdd0"
# What no font shows: Default_Ignorable_Code_Point of Unicode, and control characters.
_UNSEEN: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Marks above, below, and through any letter.
_MARKS: Final = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_JOINED: Final = f"{_UNSEEN}{_MARKS}\u0483-\u0489\u1161-\u11ff\u3099\u309a"
# Characters that NFKC leaves as they are: ASCII, Latin letters with accents, punctuation, Greek, Cyrillic,
# Chinese, Japanese and Korean. Spaces of any width are spaces to every pattern.
PLAIN: Final = (
    "\t-\r -~\x85\xa0-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf-\u0131\u0134-\u013e\u0141-\u0148"
    "\u014a-\u017e\u0391-\u03ce\u0400-\u0482\u1e00-\u1e99\u2000-\u200a\u2010\u2012-\u2016\u2018-\u2023"
    "\u2027-\u2029\u202f-\u2032"
    "\u20ac\u2190-\u21ff\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\ufdd0"
)
# Sixteen marks at most belong to one letter, because NFKC sorts them in the square of their number.
_CLUSTER: Final = re.compile(f"[^{_JOINED}]?[{_JOINED}]{{1,16}}|[^{PLAIN}]")
_ODD: Final = re.compile(f"[^{PLAIN}]")
_UNSEEN_IN_ASCII: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LEFT_OUT: Final = re.compile(f"[{_UNSEEN}]+")
_LEFT_OVER: Final = re.compile(f"[{_MARKS}]+")


def has_odd_characters(text: str) -> bool:
    """Tell whether a text may have characters that `character_edits` changes."""
    return bool((_UNSEEN_IN_ASCII if text.isascii() else _ODD).search(text))


def character_edits(text: str) -> Iterator[Edit]:
    """Yield what makes the characters of a text those that a reader takes them for."""
    if has_odd_characters(text):
        for cluster in _CLUSTER.finditer(text):
            plain = _plain(cluster.group())
            if plain != cluster.group():
                yield Edit(cluster.start(), cluster.end(), plain)


def _plain(cluster: str) -> str:
    """Return the characters of a cluster; the number of a note or the sign of a trademark ends a word."""
    seen = _LEFT_OUT.sub("", cluster)
    if len(seen) == 1 and not seen.isalpha() and unicodedata.decomposition(seen).startswith("<super>"):
        return NO_LETTER
    return _LEFT_OVER.sub("", unicodedata.normalize("NFKC", seen))


def plain_characters(text: str) -> str:
    """Return a text in the characters that a reader takes its own for."""
    return _CLUSTER.sub(lambda cluster: _plain(cluster.group()), text)
