"""The handbook that a change was made from, which decides what counts while the change is judged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handbook.content.fingerprints import normal_text, readable_text
from handbook.content.pages import Page
from handbook.git.repository import Repository
from handbook.model import Handbook


@dataclass(frozen=True)
class Baseline:
    """A handbook at the fork point of a change; `moved` maps paths of the change to those before it.

    Waivers, owners, and their holders count as they are here: a change cannot excuse itself. `commit` is its
    commit; without one, nobody asks what is in its history. `reviewed_text` finds what readers of a page of
    this handbook read when it had a text that is known to be reviewed, or None.
    """

    handbook: Handbook
    repository: Repository
    moved: Mapping[str, str]
    commit: str | None = None
    reviewed_text: Callable[[Page], str | None] = lambda _: None

    def page(self, path: str) -> Page | None:
        """Return the page that is now at a path as it was, or None if it is new."""
        return self.handbook.page(self.moved.get(path, path))

    def shows_the_same(self, page: Page, handbook: Handbook) -> bool:
        """Tell whether readers of a page of `handbook` read what they read before the change."""
        before = self.page(page.path)
        return before is not None and self.handbook.fingerprint(before) == handbook.fingerprint(page)

    def shows_the_same_facts(self, page: Page, handbook: Handbook) -> bool:
        """Tell whether a page that was there shows the same records, even those that no review covers."""
        before = self.page(page.path)
        return before is not None and _shown(before, self.handbook) == _shown(page, handbook)

    def with_trusted_owners(self, handbook: Handbook) -> Handbook:
        """Return a handbook with the owners and their holders as they were before the change."""
        return replace(handbook, registers=replace(handbook.registers, owners=self.handbook.registers.owners))


def _shown(page: Page, handbook: Handbook) -> Sequence[str]:
    body = normal_text(readable_text(page.body))
    return handbook.expressions[page.language].shown(body)
