"""The keys that the front matter of a page may have."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.content.audiences import AUDIENCES
from handbook.content.page_keys.entry import KeyEntry
from handbook.content.page_keys.lists import (
    HIDEABLE,
    judge_applies_to,
    judge_asked_as,
    judge_list,
    judge_one_of,
)
from handbook.content.page_keys.single_values import (
    judge_anything,
    judge_date,
    judge_marks,
    judge_one_value,
    judge_role,
    judge_shown_text,
)

# The known keys, and the function that judges the value of each: it raises a ValueError with what to do.
# REV001, REV002 and REV004 judge the review keys.
KEYS: Final[Mapping[str, Callable[[KeyEntry], None]]] = {
    "title": judge_shown_text,
    "description": judge_shown_text,
    "owner": judge_role,
    "owner_since": judge_date,
    "last_reviewed": judge_anything,
    "review_every": judge_one_value,
    "audience": judge_one_of(AUDIENCES),
    "legal_review": judge_date,
    "sources": judge_list,
    "applies_to": judge_applies_to,
    "hide": judge_one_of(HIDEABLE),
    "asked_as": judge_asked_as,
    "languages": judge_list,
    "translates": judge_marks,
}
