"""What pages would read if names had only changed: what follows a page or a role is no other text."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from handbook.baseline import Baseline
from handbook.content.pages import Page
from handbook.markup.relinking import Relinking
from handbook.model import Handbook


@dataclass(frozen=True)
class TextsAfterRenaming:
    """Pages of the handbook that a change was made from, and of the one that it makes."""

    baseline: Baseline
    handbook: Handbook

    def before(self, page: Page) -> str:
        """Return what readers of a page read before the change, with links to where its targets are now."""
        old = self.baseline.handbook
        relinked = replace(page, text=self._relinked(old, page))
        return self._with_new_names(old.text_as_read(relinked))

    def reviewed(self, page: Page) -> str | None:
        """Return what readers of a page read before the change if it was reviewed, or else when it was.

        None if nobody can tell.
        """
        old = self.baseline.handbook
        if old.has_text(page, old.known_texts(page)):
            return self.before(page)
        text = self.baseline.reviewed_text(page)
        return None if text is None else self._with_new_names(text)

    def after(self, page: Page) -> str:
        """Return what readers of a page read now."""
        return self._with_new_names(self.handbook.text_as_read(page))

    def _relinked(self, old: Handbook, page: Page) -> str:
        judge = old.link_judge or self.handbook.link_judge
        if not self._moves or judge is None:
            return page.text
        names = {
            posixpath.relpath(path, judge.folder): posixpath.relpath(new, judge.folder)
            for path, new in self._moves.items()
        }
        head = page.text[: page.front_matter.end]
        body = page.text[page.front_matter.end :]
        name = posixpath.relpath(page.path, judge.folder)
        return head + Relinking(names, judge.targets).relinked(body, name)[0]

    def _with_new_names(self, text: str) -> str:
        """Write the new names into what macros show of registers, and into both texts alike."""
        names = {**self._moves, **self._roles}
        if not names:
            return text
        known = "|".join(map(re.escape, names))
        pattern = re.compile(rf'(?<=")(?:{known})(?=["#])')
        return pattern.sub(lambda match: names[match[0]], text)

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        """Return the new name of each role that had another before the change."""
        before = self.baseline.handbook.registers.owners.owners
        now = self.handbook.registers.owners
        return {role: now.now_called(role) for role in before if now.now_called(role) != role}

    @cached_property
    def _moves(self) -> Mapping[str, str]:
        """Return the new path of each page that the change moves, as its records say and its pages show."""
        filed = {(change.page, change.moved_from) for change in self.baseline.handbook.reviews.editorial}
        return {
            change.moved_from: change.page
            for change in self.handbook.reviews.editorial
            if change.moved_from
            and (change.page, change.moved_from) not in filed
            and self._has_moved(change.moved_from, change.page)
        }

    def _has_moved(self, old: str, new: str) -> bool:
        before, now = self.baseline.handbook, self.handbook
        is_gone = before.page(old) is not None and now.page(old) is None
        return is_gone and before.page(new) is None and now.page(new) is not None
