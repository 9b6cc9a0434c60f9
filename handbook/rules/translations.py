"""TRN: what is written by language is in each language of the handbook."""

from collections.abc import Iterator

from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.missing_texts import MissingTexts, missing_texts
from handbook.rules.registry import rule
from handbook.text.counting import counted


@rule("TRN003", "Text of a register is in each language of the handbook", severity=Severity.WARNING)
def register_has_each_language(handbook: Handbook) -> Iterator[Problem]:
    """Readers get a text that is not in their language in another one, marked as such.

    Each register has one finding for a language, with the number of its texts that lack it and the first of
    them. A text that is written once, without a language, is in English and is not counted.

    Bad:  `title: {en: Posting}` (in a handbook with `languages: [fr, en]`)
    Good: `title: {en: Posting, fr: Publier}`
    """
    for missing in missing_texts(handbook.registers):
        yield Problem(1, _message(missing), path=missing.file)


def _message(missing: MissingTexts) -> str:
    texts = f"{counted(missing.count, 'text')} {'has' if missing.count == 1 else 'have'}"
    remedy = f"add `{missing.language}: …`{'' if missing.count == 1 else ' to each'}"
    first = f"{'' if missing.count == 1 else 'the first is '}'{missing.first}'"
    return f"{texts} no '{missing.language}', {first}, which readers get in '{missing.shown_in}'; {remedy}"
