"""The readers that pages and scenarios are written for."""

from typing import Final, Literal, TypeAlias, get_args

# People who post for the organization, people who post for themselves, and those who lead them.
StaffGroup: TypeAlias = Literal["work", "personal", "managers"]
Audience: TypeAlias = Literal[StaffGroup, "everyone"]
STAFF_GROUPS: Final[tuple[StaffGroup, ...]] = get_args(StaffGroup)
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
