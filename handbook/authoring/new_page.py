"""Creates the text of a page: its front matter, and comments that say what to write where.

A new page has no review date, so the check reports it (REV001) until its first review is closed.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handbook.content.file_names import is_reserved
from handbook.content.languages import UNMARKED, path_in
from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.registers.all_registers import Registers
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_lines import entry

DOCS: Final = "docs/"
_NO_REVIEW: Final = "# last_reviewed: `handbook review close` writes the day of the last review"
_NO_LEGAL_REVIEW: Final = (
    "# legal_review: `handbook review close` writes the day on which a lawyer read the page"
)
_PART: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HINT: Final = "Give the answer first, in one or two sentences. Then the reason, and an example."


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page that is about to be written; `body` is what it says already, in Markdown.

    `path` names the page, and `file` is where its text in `language` is written.
    """

    path: str
    title: str
    description: str
    owner: str
    audience: Sequence[str]
    reviewed: datetime.date | None = None
    review_every: str | None = None
    body: str = f"<!-- {_HINT} -->\n"
    language: str = UNMARKED

    @property
    def file(self) -> str:
        """Return the path of the file: only English has no language in its name."""
        return path_in(self.path, self.language)

    @property
    def text(self) -> str:
        """Return the content of the file."""
        return "\n".join(["---", *self._head(), "---", "", f"# {self.title}", "", self.body])

    def _head(self) -> list[str]:
        lines = [entry("title", self.title), entry("description", self.description)]
        lines += [entry("owner", self.owner)]
        lines += [entry("last_reviewed", self.reviewed) if self.reviewed else _NO_REVIEW]
        lines += [entry("review_every", self.review_every)] if self.review_every else []
        lines += [f"audience: [{', '.join(self.audience)}]"] if self.audience else []
        return lines + ([_NO_LEGAL_REVIEW] if self.path.startswith(LEGAL_FOLDERS) else [])


def page_path(name: str) -> str:
    """Return the path of a page from the root, for `policy/gifts`, with or without `docs/` and `.md`.

    Raises:
        HandbookError: if it leads out of the pages, or has characters that do not belong in an address.

    """
    inner = name.replace("\\", "/").removeprefix("./").removeprefix(DOCS).removesuffix(".md")
    parts = inner.split("/")
    if device := next(filter(is_reserved, parts), None):
        raise HandbookError(f"Windows can have no file or folder called '{device}'; choose another name")
    if all(_PART.fullmatch(part) for part in parts):
        return f"{DOCS}{inner}.md"
    words = [key_for(part) for part in parts if part not in ("", ".", "..")]
    example = "/".join(words) if words and all(words) else "policy/gifts"
    raise HandbookError(
        f"'{name}' is not a path of a page in {DOCS}; use lower case letters, digits and hyphens,"
        f" for example '{example}'"
    )


def key_for(name: str) -> str:
    """Return a name for an address: lower case, hyphens, no accents; empty if nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def require_sound(draft: PageDraft, registers: Registers, today: datetime.date) -> None:
    """Check a draft before it is written.

    Raises:
        HandbookError: with one line for each problem.

    """
    known = registers.owners.owners
    page = parse_page(PageSource(draft.file, draft.file, draft.language), draft.text.encode())
    problems = (*page.front_matter.form_problems, *page.front_matter.content_problems)
    messages = [problem.message for problem in problems]
    if draft.owner not in known:
        messages.append(f"there is no owner '{draft.owner}'; {did_you_mean(draft.owner, known)}")
    if draft.reviewed and draft.reviewed > today:
        messages.append(
            f"--reviewed is {draft.reviewed}, in the future; omit it until the review has taken place"
        )
    if messages:
        raise HandbookError("\n".join(messages))


def conflicts(path: str, language: str = UNMARKED) -> list[str]:
    """Return the paths of files that would get the same address as the page, its own path first."""
    stem = PurePosixPath(path).with_suffix("")
    others = [f"{stem}/index.md", f"{stem}/README.md"] if stem.name != "index" else [f"{stem.parent}.md"]
    named = [path, *others]
    in_english = named if language != UNMARKED else []
    return [*(path_in(name, language) for name in named), *in_english]
