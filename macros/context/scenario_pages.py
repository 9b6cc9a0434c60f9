"""Which page shows the card of a scenario."""

from collections.abc import Mapping
from typing import Final

from handbook.content.audiences import StaffGroup
from handbook.registers.scenarios import Scenario
from macros.context.site import Site

# The page that once showed all cards keeps its address, and shows those that no other page shows.
_FIRST: Final = "docs/resources/scenarios.md"
_PERSONAL: Final = "docs/resources/personal-scenarios.md"
_PAGES: Final[Mapping[StaffGroup, str]] = {"work": _FIRST, "personal": _PERSONAL, "managers": _PERSONAL}


def page_of_card(scenario: Scenario, site: Site, language: str) -> str:
    """Return the path of the page that shows a scenario to readers of a language, by whom it is mostly for.

    A handbook that does not publish the second page is taken to show all scenarios on the first.
    """
    path = _PAGES[scenario.mostly_for]
    return path if site.shows(path.removeprefix("docs/"), language) else _FIRST
