"""The text of an empty form, which readers copy and fill in."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from handbook.forges.reviews.filled_forms import mark_of
from handbook.forges.reviews.words import WORDS
from handbook.formats.escaping import in_markdown
from handbook.formats.text_templates import text_templates


def sign_form(role: str, texts: Iterable[tuple[str, str | None]], language: str) -> str:
    """Return the form in which a role signs for pages, each with the fingerprint of its text."""
    return _form("sign", texts, language, "verdicts", "note", role=role)


def decide_form(roles: Sequence[str], texts: Iterable[tuple[str, str | None]], language: str) -> str:
    """Return the form with the decisions of a meeting of these roles; a deleted page has no fingerprint."""
    return _form("decide", texts, language, "outcomes", "reason", roles=roles)


def _form(
    command: Literal["sign", "decide"],
    texts: Iterable[tuple[str, str | None]],
    language: str,
    choices: str,
    question: str,
    role: str = "",
    roles: Sequence[str] = (),
) -> str:
    words = WORDS.of(language)
    pages = [(path, mark_of(fingerprint) if fingerprint else None) for path, fingerprint in texts]
    text = MARKDOWN.get_template("review_form.txt").render(
        command=command,
        words=words,
        pages=pages,
        choices=words[choices],
        question=question,
        role=role,
        roles=roles,
    )
    return text.strip() + "\n"


MARKDOWN: Final = text_templates(keep_trailing_newline=True, markdown=in_markdown)
