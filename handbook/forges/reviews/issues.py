"""What an issue about a review says: the pages with their changes, and the form of each reader."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.forges.reviews.events import marker_of
from handbook.forges.reviews.form_texts import MARKDOWN, decide_form, sign_form
from handbook.forges.reviews.forms import in_code
from handbook.forges.reviews.holders import accounts_of
from handbook.forges.reviews.words import WORDS
from handbook.formats.redlines import as_marked_text
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.changes_since_review import ChangesSinceReview, changes_since_review
from handbook.reviews.questions_to_answer import questions_to_answer
from handbook.reviews.record_editing import missing_roles

# GitHub accepts 65,536 characters; some are left for what people add.
MOST_CHARACTERS: Final = 60_000
# The ones that were asked most often; `handbook questions list` shows all.
_MOST_QUESTIONS: Final = 20
_LONGEST_QUESTION: Final = 300


@dataclass(frozen=True, slots=True)
class ReviewIssue:
    """What an issue about a review says."""

    review: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page in an issue. `address` is that of the published page, if it is known."""

    path: str
    title: str
    address: str | None
    read_by: str
    changes: str
    redline: str = ""

    @property
    def fence(self) -> str:
        """Return a fence that is longer than any in the redline."""
        longest = max(map(len, re.findall("`{3,}", self.redline)), default=2)
        return "`" * (longest + 1)


class IssueWriter:
    """Writes issues about the reviews of a handbook, whose pages are published at these addresses.

    On a platform, they call the holders of each role by their accounts, so that it tells them.
    """

    def __init__(
        self, root: Path, handbook: Handbook, addresses: Mapping[str, str], platform: str | None
    ) -> None:
        self._root, self._handbook, self._addresses = root, handbook, addresses
        self._platform = platform
        self._language = handbook.registers.organization.main_language
        self._words = WORDS.of(self._language)
        self._say: Mapping[str, Any] = self._words["issue"]

    def issue(self, review_file: ReviewFile) -> ReviewIssue:
        """Return the issue about an open review.

        Raises:
            HandbookError: if it would be longer than a platform accepts.

        """
        pages = [self._page(path, review_file) for path in review_file.record.pages]
        body = self._body(review_file, pages)
        while len(body) > MOST_CHARACTERS and any(page.redline for page in pages):
            longest = max(pages, key=lambda page: len(page.redline))
            at = pages.index(longest)
            pages[at] = replace(longest, redline="", changes=self._say["too_long"])
            body = self._body(review_file, pages)
        if len(body) > MOST_CHARACTERS:
            raise HandbookError(
                f"an issue about {review_file.name} would be longer than a platform accepts; abandon the"
                " review, and start smaller ones with `handbook review start --spread NUMBER`"
            )
        return ReviewIssue(review_file.name, self._title(review_file), body)

    @property
    def closing(self) -> str:
        """Return the comment with which an issue is closed."""
        return str(self._say["closed"])

    def _title(self, review_file: ReviewFile) -> str:
        pages = [self._handbook.page(path) for path in review_file.record.pages]
        days = [page.schedule.due for page in pages if page and page.schedule]
        number = len(review_file.record.pages)
        counted = self._say["one_page"] if number == 1 else self._say["pages"].format(number=number)
        due = self._say["due"].format(day=min(days)) if days else ""
        return str(self._say["title"].format(name=review_file.name, pages=counted)) + due

    def _body(self, review_file: ReviewFile, pages: list[ShownPage]) -> str:
        note = self._words["labels"]["note"] + self._words["colon"]
        missing = missing_roles(review_file.record)
        decide = self._say["decide_later"].format(roles=", ".join(missing))
        return MARKDOWN.get_template("review_issue.md").render(
            marker=marker_of(review_file.name),
            say=self._say,
            intro=self._say["started"].format(day=review_file.record.started),
            step_tick=self._say["step_tick"].format(note=note),
            step_withdraw=self._say["step_withdraw"].format(withdraw=self._words["commands"]["withdraw"]),
            pages=pages,
            questions=list(self._questions(review_file)),
            readers=list(self._readers(review_file)),
            decide=decide if missing else self._say["decide_now"],
            decide_form="" if missing else self._decide_form(review_file),
        )

    def _questions(self, review_file: ReviewFile) -> Iterator[str]:
        """Yield the open questions, each as code, because whoever asked may have written anything."""
        asked = questions_to_answer(self._handbook, review_file.record.pages).values()
        for question in sorted(asked, key=lambda question: -question.count)[:_MOST_QUESTIONS]:
            times = (
                self._say["once"] if question.count == 1 else self._say["times"].format(number=question.count)
            )
            place = f", `{question.page}`" if question.page else ""
            text = self._say["asked"].format(times=times, day=question.asked_on)
            yield f"{in_code(question.question, _LONGEST_QUESTION)}{place}{text}"
        if len(asked) > _MOST_QUESTIONS:
            yield self._say["more_questions"].format(number=len(asked) - _MOST_QUESTIONS)

    def _page(self, path: str, review_file: ReviewFile) -> ShownPage:
        roles = ", ".join(review_file.readers_of(path))
        page = self._handbook.page(path)
        read_by = self._say["read_by"].format(owner=page.owner if page else "-", roles=roles)
        if page is None:
            return ShownPage(path, path, None, read_by, "")
        changes = changes_since_review(self._root, page, self._handbook)
        redline = as_marked_text(changes.redline).strip("\n")
        title = page.title or path
        return ShownPage(path, title, self._addresses.get(path), read_by, self._changes(changes), redline)

    def _changes(self, changes: ChangesSinceReview) -> str:
        return str(self._say["changes"][changes.kind].format(day=changes.day))

    def _readers(self, review_file: ReviewFile) -> Iterator[Mapping[str, str]]:
        owners, organization = self._handbook.registers.owners, self._handbook.registers.organization
        for role, reading in review_file.record.readings.items():
            owner = owners.find(role)
            pages = filter(None, map(self._handbook.page, review_file.pages_of(role)))
            texts = [(page.path, self._handbook.fingerprint(page)) for page in pages]
            yield {
                "role": role,
                "title": organization.say(owner.title, self._language) if owner else role,
                "form": "" if reading else sign_form(role, texts, self._language).rstrip("\n"),
                "signed": self._say["signed"].format(day=reading.date) if reading else "",
                "called": self._called(role),
            }

    def _called(self, role: str) -> str:
        if self._platform is None:
            return ""
        handbook = self._handbook
        names = accounts_of(role, self._platform, handbook.registers.owners, handbook.today)
        accounts = ", ".join(f"@{name}" for name in names)
        return str(self._say["readers"].format(accounts=accounts) if names else self._say["nobody"])

    def _decide_form(self, review_file: ReviewFile) -> str:
        texts = [(path, self._fingerprint(self._handbook.page(path))) for path in review_file.record.pages]
        return decide_form(list(review_file.record.readings), texts, self._language).rstrip("\n")

    def _fingerprint(self, page: Page | None) -> str | None:
        return self._handbook.fingerprint(page) if page else None
