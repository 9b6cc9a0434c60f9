"""No page that staff read is longer than what someone reads on a phone in the minutes before a post."""

from handbook.registers.evidence_folder import is_about_the_tool
from scripts.development.readability import measured
from scripts.site.publication import read_handbook
from tests.conftest import ROOT

MOST_WORDS = 1_200
# Each is one list that a reader filters or searches, and that a register fills.
LISTS = frozenset(
    {
        "docs/platforms/facts.md",
        "docs/resources/answers.md",
        "docs/resources/glossary.md",
        "docs/resources/library.md",
        "docs/resources/scenarios.md",
    }
)


def test_no_page_for_staff_is_over_the_limit_with_what_its_macros_show() -> None:
    rows = measured(read_handbook(ROOT)[0])
    pages = {row.path: row.ease.words for row in rows if not is_about_the_tool(row.path)}
    assert pages.keys() >= LISTS
    assert {path: words for path, words in pages.items() if words > MOST_WORDS and path not in LISTS} == {}
