"""What CHG002 says about translations that are marked as current although nobody changed their text."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from handbook.baseline import Baseline
from handbook.content.pages import Page
from handbook.content.translation.changed_parts import KEY
from handbook.content.translation.marks import read_marks
from handbook.content.translation.text_parts import text_parts
from handbook.findings import Problem
from handbook.model import Handbook
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.rendered_texts import FILE as RENDERED_TEXTS_FILE
from handbook.registers.rendered_texts import text_mark
from handbook.registers.written_texts import WrittenText
from handbook.text.counting import counted

_SETTINGS: Final = {
    "translate_within": ("translate_within", "within how many days texts have to be there in each language"),
    # Without it, that is the first of `languages`.
    "prevailing_language": ("language_that_counts", "which language counts if two texts differ"),
}


def silent_translations(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each translation, register, and setting that a change lets pass as current."""
    yield from _of_pages(baseline, handbook)
    for (file, language), number in _texts_of_registers(baseline.handbook, handbook).items():
        texts = counted(number, "text")
        message = f"{file}: {texts} marked as current in '{language}', although only the original changed"
        yield Problem(1, f"{message}; read both once more", path=RENDERED_TEXTS_FILE)
    for key, (attribute, what) in _SETTINGS.items():
        then, now = (
            getattr(each.registers.organization, attribute) for each in (baseline.handbook, handbook)
        )
        if then != now:
            message = f"`{key}` changes from {then} to {now}: {what}"
            yield Problem(1, message, path=ORGANIZATION_FILE)


def _of_pages(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    for page in handbook.pages:
        before = baseline.page(page.path)
        translation = handbook.translation(page)
        if before is None or translation is None or handbook.is_shipped(page):
            continue
        marks, now = (each.front_matter.text(KEY) for each in (before, page))
        if marks and now and marks != now and (place := _unchanged(before, page)) is not None:
            original = translation.original.path
            message = f"this translation is said to render the text of {original} now, although its own text"
            problem = page.problem_at(KEY, f"{message} has not changed{place}; read both once more")
            yield replace(problem, path=page.path)


def _unchanged(before: Page, page: Page) -> str | None:
    """Return where a translation is as it was although it renders another text: everywhere, or in parts.

    None if each part that renders another text has changed, or if nobody can tell which part is which.
    """
    marks, marks_now = (read_marks(each.front_matter.text(KEY) or "") for each in (before, page))
    parts, parts_now = (text_parts(each) for each in (before, page))
    if parts == parts_now:
        return ""
    if len({len(each) for each in (marks, marks_now, parts, parts_now)}) > 1:
        return None
    rows = zip(marks, marks_now, parts, parts_now, strict=True)
    silent = [own.heading for old, new, own, own_now in rows if old != new and own.mark == own_now.mark]
    named = ", ".join(f"'{heading}'" for heading in silent if heading)
    return f" in {named or 'its title or its beginning'}" if silent else None


def _texts_of_registers(before: Handbook, now: Handbook) -> Mapping[tuple[str, str], int]:
    """Count the texts whose original changed, whose translation did not, and that are marked as current."""
    then = {(text.file, text.path): text for text in before.registers.written_texts.texts}
    pairs = ((then.get((text.file, text.path)), text) for text in now.registers.written_texts.texts)
    return Counter(
        (text.file, language)
        for former, text in pairs
        if former and former.words != text.words
        for language in text.texts
        if language != text.original and _passes(former, text, language, now)
    )


def _passes(former: WrittenText, text: WrittenText, language: str, handbook: Handbook) -> bool:
    is_same = former.texts.get(language) == text.texts[language]
    mark = text_mark(text.path, text.words)
    return is_same and handbook.registers.rendered_texts.has(language, text.file, mark)
