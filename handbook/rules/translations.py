"""TRN: what one language says is there in each language of the handbook, and says the same."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from handbook.baseline import Baseline
from handbook.content.languages import main_path, path_in
from handbook.content.pages import Page
from handbook.content.translation.changed_parts import KEY
from handbook.content.translation.in_words import what_changed
from handbook.findings import Location, Problem, Severity
from handbook.model import Handbook
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.registers.organization import NEVER
from handbook.registers.rendered_texts import text_mark
from handbook.registers.written_texts import WrittenText
from handbook.rules.registry import rule
from handbook.text.counting import counted
from handbook.text.quoting import in_shell
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import KeyPath, read_mapping

# More pages than these without a translation are one finding: a language that has just been added.
_MOST_NAMED: Final = 10


@rule("TRN001", "Text exists in every language of the handbook", severity=Severity.WARNING)
def text_is_in_each_language(handbook: Handbook, baseline: Baseline | None) -> Iterator[Problem]:
    """Readers get a text that is not in their language in another one, marked as such.

    What a change adds is a warning. In the check of the whole handbook, a text becomes an error once it is
    older than `translate_within` in `organization.yml` says: 30 days without it, and `never` if texts need
    not be there in each language. The history says how old a text is. In a shallow clone it cannot, and the
    finding says so. A page that stays in some languages on purpose says so with `languages` in its front
    matter. A register has one finding for each language, and so have more than ten pages.

    Bad:  `title: {en: Posting}` (in a handbook with `languages: [en, fr]`)
    Good: `title: {en: Posting, fr: Publier}`
    """
    within = handbook.registers.organization.translate_within
    if within == NEVER:
        return
    clock = _Clock(handbook, baseline, datetime.timedelta(days=within))
    yield from _misnamed_languages(handbook)
    for language in handbook.registers.organization.languages:
        yield from _missing_pages(handbook, language, clock)
        yield from _missing_texts(handbook, language, clock)


@dataclass(frozen=True, slots=True)
class _Clock:
    """How severe it is that a text is missing, and why."""

    handbook: Handbook
    baseline: Baseline | None
    within: datetime.timedelta

    def severity(self, since: datetime.date | None) -> Severity:
        """Judge a text by the day on which it came; one without a day is not committed yet."""
        if self.baseline:
            return Severity.WARNING
        is_old = since is not None and self.handbook.today > since + self.within
        return Severity.ERROR if is_old else Severity.WARNING

    @property
    def is_blind(self) -> bool:
        """Tell whether the history cannot say since when a text is there."""
        return bool(self.handbook.ages and self.handbook.ages.is_cut)

    def reason(self, since: datetime.date | None) -> str:
        """Say why a missing text is an error, or why nobody can tell whether it is one."""
        if since is None and self.is_blind:
            return ", and a shallow clone does not say since when"
        return f", and has been there since {since}" if self.severity(since) is Severity.ERROR else ""


def _misnamed_languages(handbook: Handbook) -> Iterator[Problem]:
    """Find pages that say they stay in languages which the handbook, or the file itself, is not in."""
    known = handbook.registers.organization.languages
    for page in handbook.own_pages:
        named = page.front_matter.texts("languages")
        unknown = next((name for name in named if name not in known), None)
        message = f"languages has '{unknown}'; {did_you_mean(unknown, known)}" if unknown else ""
        if named and not message and page.language not in named:
            message = f"languages leaves out '{page.language}', the language of this file; add it"
        if message:
            location = page.front_matter.source.value_location_of(("languages",))
            yield Problem.at(location, message, path=page.path)


def _missing_pages(handbook: Handbook, language: str, clock: _Clock) -> Iterator[Problem]:
    pages = [page for page in handbook.untranslated_pages(language) if not handbook.is_shipped(page)]
    ages = {page.path: handbook.age_of_page(page.path) for page in pages}
    if len(pages) > _MOST_NAMED:
        worst = min((clock.severity(since) for since in ages.values()), key=lambda severity: severity.rank)
        unknown = clock.reason(None) if clock.is_blind else ""
        message = f"{counted(len(pages), 'page')} not written in '{language}'{_by_folder(pages)}{unknown}"
        advice = f"write them as in {path_in(pages[0].path, language)}, or take it out of `languages`"
        yield Problem(1, f"{message}; {advice}", severity=worst, path=ORGANIZATION)
        return
    for page in pages:
        since = ages[page.path]
        written = path_in(main_path(page.path, handbook.registers.organization.languages), language)
        message = (
            f"this page is not written in '{language}'{clock.reason(since)}; write {written}, or say which"
            f" languages it has, as in `languages: [{page.language}]`"
        )
        yield Problem(1, message, severity=clock.severity(since), path=page.path)


def _by_folder(pages: Sequence[Page]) -> str:
    folders = Counter(page.path.rpartition("/")[0] for page in pages)
    return f" ({', '.join(f'{folder}: {number}' for folder, number in sorted(folders.items()))})"


def _missing_texts(handbook: Handbook, language: str, clock: _Clock) -> Iterator[Problem]:
    lacking: dict[str, list[WrittenText]] = {}
    for text in handbook.registers.written_texts.texts:
        if language not in text.texts:
            lacking.setdefault(text.file, []).append(text)
    for file, texts in lacking.items():
        first = texts[0]
        shown = handbook.registers.organization.language_shown(first.texts, language)
        since = handbook.age_of_text(file, first.texts[shown])
        has = "has" if len(texts) == 1 else "have"
        message = (
            f"{counted(len(texts), 'text')} {has} no '{language}' ({_first(texts)}){clock.reason(since)}"
        )
        advice = f"readers get it in '{shown}'; add `{language}: …`{'' if len(texts) == 1 else ' to each'}"
        yield _located(handbook, first, f"{message}; {advice}", clock.severity(since))


def _first(texts: Sequence[WrittenText]) -> str:
    place = ".".join(str(key + 1) if isinstance(key, int) else key for key in texts[0].path)
    return f"{'' if len(texts) == 1 else 'the first is '}'{place}'"


def _located(handbook: Handbook, text: WrittenText, message: str, severity: Severity) -> Problem:
    place = _place(handbook.registers.written_texts.tree.read(text.file) or b"", text.path)
    return Problem(place.line, message, place.column, severity, text.file)


@lru_cache(maxsize=256)  # Every language and every check of the same registers asks for the same places.
def _place(data: bytes, path: KeyPath) -> Location:
    source = read_mapping(data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    return source.value_location_of(path)


def _texts_changed(handbook: Handbook) -> Iterator[Problem]:
    """Find texts of registers whose original is not what their translation renders."""
    rendered = handbook.registers.rendered_texts
    for language in handbook.registers.organization.languages:
        changed: dict[str, list[WrittenText]] = {}
        for text in handbook.registers.written_texts.texts:
            is_known = language == text.original or language not in text.texts
            if not is_known and not rendered.has(language, text.file, text_mark(text.path, text.words)):
                changed.setdefault(text.file, []).append(text)
        for file, texts in changed.items():
            message = (
                f"{counted(len(texts), 'text')} of this file changed in '{texts[0].original}', or nobody has"
                f" said that '{language}' renders them ({_first(texts)}); see them with"
                f" `handbook translate diff {in_shell(file)}`, then run"
                f" `handbook translate done {in_shell(file)}`"
            )
            yield _located(handbook, texts[0], message, Severity.WARNING)


@rule(
    "TRN002", "Translation renders the current text", severity=Severity.WARNING, beyond_pages=_texts_changed
)
def translation_is_current(page: Page, handbook: Handbook, baseline: Baseline | None) -> Iterator[Problem]:
    """A translation that lags behind is followed all the same, so it says which text it renders.

    `translates` in the front matter of a translation has a mark for each part of the original: its title
    with its description, its beginning, and each section. An edit of one text does not make the other
    current: `handbook translate done` does, once somebody has made them agree. What registers say in
    several languages is marked in `registers/rendered_texts.yml`. Readers of a page that lags behind are told
    which part changed.

    Bad:  (a translation whose original has changed since)
    Good: (the same, after `handbook translate done`)
    """
    translation = handbook.translation(page)
    if translation is None or translation.is_current or handbook.is_shipped(page):
        return
    if not translation.original.front_matter.readable:  # FMT001 says so; what the original says is unknown.
        return
    path = in_shell(page.path)
    message = f"{what_changed(translation)}; see how with `handbook translate diff {path}`, and then run"
    message = f"{message} `handbook translate done {path}`"
    if baseline and _was_current(page, baseline):
        yield Problem(1, f"{page.path}: {message}", path=translation.original.path)
    elif translation.changed is None:
        yield Problem(1, message)
    else:
        yield page.problem_at(KEY, message)


def _was_current(page: Page, baseline: Baseline) -> bool:
    before = baseline.page(page.path)
    translation = baseline.handbook.translation(before) if before else None
    return bool(translation and translation.is_current)
