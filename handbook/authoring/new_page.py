"""Begins a page: its head, and comments that say what to write where.

A new page has no date of a review, because none has happened: the check refuses it (REV001) until its
first review has decided.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.registers.all_registers import Registers
from handbook.registers.platforms import FOLDER
from handbook.text.suggestions import did_you_mean
from handbook.yaml.edit_lines import entry

DOCS: Final = "docs/"
NOT_YET_REVIEWED: Final = "# last_reviewed: the day on which the first review decides; none has yet"
_NOT_YET_READ_BY_A_LAWYER: Final = (
    "# legal_review: the day on which a lawyer has read this page; none has yet"
)
_NEED_A_LAWYER: Final = (f"{DOCS}policy/", f"{DOCS}law/")
_PART: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BODY: Final = "Give the answer first, in one or two sentences. Then the reason, and an example."
_TITLES: Final = {"en": "{} guidelines", "fr": "Guide {}"}
_DESCRIPTIONS: Final = {
    "en": "How to run, protect, and close our official accounts on {}, step by step.",
    "fr": "Comment gérer, protéger et fermer nos comptes officiels sur {}, étape par étape.",
}


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page that is about to be written. `asks` holds headings, and what to write below each."""

    path: str
    title: str
    description: str
    owner: str
    audience: Sequence[str]
    reviewed: datetime.date | None = None
    review_every: str | None = None
    asks: Sequence[tuple[str, str]] = ()

    @property
    def text(self) -> str:
        """Return the whole file."""
        sections = "".join(f"\n## {heading}\n\n<!-- {ask} -->\n" for heading, ask in self.asks)
        intro = f"\n# {self.title}\n\n<!-- {_BODY} -->\n"
        return "\n".join(["---", *self._head(), "---", ""]) + intro + sections

    def _head(self) -> list[str]:
        lines = [entry("title", self.title), entry("description", self.description)]
        lines += [entry("owner", self.owner)]
        lines += [entry("last_reviewed", self.reviewed) if self.reviewed else NOT_YET_REVIEWED]
        lines += [entry("review_every", self.review_every)] if self.review_every else []
        lines += [f"audience: [{', '.join(self.audience)}]"] if self.audience else []
        return lines + ([_NOT_YET_READ_BY_A_LAWYER] if self.path.startswith(_NEED_A_LAWYER) else [])


def page_path(name: str) -> str:
    """Return the path of a page from the root, for `policy/gifts`, with `docs/` and `.md` or without.

    Raises:
        HandbookError: when it leads elsewhere, or is no name that an address can hold.

    """
    inner = name.replace("\\", "/").removeprefix("./").removeprefix(DOCS).removesuffix(".md")
    parts = inner.split("/")
    if all(_PART.fullmatch(part) for part in parts):
        return f"{DOCS}{inner}.md"
    words = [key_for(part) for part in parts if part not in ("", ".", "..")]
    mend = (
        f"write for example '{'/'.join(words)}'"
        if words and all(words)
        else "write for example 'policy/gifts'"
    )
    raise HandbookError(
        f"'{name}' is no path of a page: lower case letters, digits and hyphens, below {DOCS}; {mend}"
    )


def key_for(name: str) -> str:
    """Return a name as an address holds it: lower case, hyphens, no accents; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def page_of_platform(key: str) -> str:
    """Return the path of a platform's page."""
    return f"{FOLDER}{key}.md"


def platform_draft(registers: Registers, key: str, name: str, owner: str) -> PageDraft:
    """Return the page of a platform, with every section and what to write there, in the main language."""
    say, language = registers.organization.say, registers.organization.languages[0]
    asks = [(say(one.title, language), say(one.write, language)) for one in registers.platforms.sections]
    title, description = (texts.get(language, texts["en"]).format(name) for texts in (_TITLES, _DESCRIPTIONS))
    path = page_of_platform(key)
    return PageDraft(path, title, description, owner, ["work"], review_every="3 months", asks=asks)


def require_sound(draft: PageDraft, registers: Registers, today: datetime.date) -> None:
    """Judge a draft before it is written.

    Raises:
        HandbookError: with everything that is wrong, one a line.

    """
    known = registers.owners.owners
    page = parse_page(
        PageSource(draft.path, draft.path, registers.organization.languages[0]), draft.text.encode()
    )
    problems = (*page.front_matter.form_problems, *page.front_matter.content_problems)
    wrong = [problem.message for problem in problems]
    if draft.owner not in known:
        wrong.append(f"there is no owner '{draft.owner}'; {did_you_mean(draft.owner, known)}")
    if draft.reviewed and draft.reviewed > today:
        wrong.append(
            f"--reviewed is {draft.reviewed}, in the future; leave it out until the review has decided"
        )
    if wrong:
        raise HandbookError("\n".join(wrong))


def conflicts(path: str) -> list[str]:
    """Return the files at which the page would have the same address, its own first."""
    stem = PurePosixPath(path).with_suffix("")
    others = [f"{stem}/index.md", f"{stem}/README.md"] if stem.name != "index" else [f"{stem.parent}.md"]
    return [path, *others]
