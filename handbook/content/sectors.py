"""The kinds of organization and the jurisdictions that pages are written for."""

from typing import Literal, TypeAlias

Sector: TypeAlias = Literal[
    "healthcare", "education", "government", "charity", "finance", "retail", "technology", "other"
]
Jurisdiction: TypeAlias = Literal["us", "uk", "ca", "fr", "de", "eu"]
