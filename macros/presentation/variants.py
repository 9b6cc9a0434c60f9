"""Shows the English and the French in which pages are written in the variants that an organization chose.

Words change in texts that readers read, and so do dates and the clock in English, after everything is
rendered: anchors, addresses, and code stay, and so do the names of others.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import escape
from typing import Final, TypeAlias

from babel import Locale
from babel.dates import get_date_format

from handbook.content.languages import base_of
from handbook.registers.spelling import ENGLISH, Spelling

_TOKEN: Final = re.compile(
    r"""<!--.*?-->|<(?P<closes>/?)(?P<name>[A-Za-z][\w:-]*)(?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*)>|[^<]+|<""",
    re.DOTALL,
)
# What nobody reads as prose, and what somebody else called so.
_AS_IT_IS: Final = frozenset("cite code kbd pre samp script style textarea var".split())  # noqa: SIM905
_LANGUAGE: Final = re.compile(r'(?P<before>(?<![\w-])(?:lang|hreflang|xml:lang)=")(?P<code>[^"]*)(?=")')
_OWN_LANGUAGE: Final = re.compile(r'(?<![\w-])lang="([^"]*)"')
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
# Attributes that readers read or hear. A sentence for a script has more than one word.
_READ: Final = re.compile(
    r"""(?P<before>(?<![\w-])(?:alt|title|aria-label|placeholder|content|data-label"""
    r"""|data-[a-z-]+(?=="[^" ]+ ))=")(?P<text>[^"]*)(?=")"""
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH: Final = rf"(?:{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY: Final = r"\d{1,2}(?:(?: to | and |–|-)\d{1,2})?"
_DATE: Final = rf"\b(?P<month>{_MONTH})[ \u00a0](?P<day>{_DAY})(?![\d:])(?:,[ \u00a0](?P<year>\d{{4}}\b))?"
# The point of `6 p.m.` ends a sentence if one with a capital letter follows, other than a day or a month.
_CLOCK: Final = (
    r"\b(?P<time>\d{1,2}(?::\d\d)?)[ \u00a0](?P<half>[ap])\.m\."
    rf"(?P<ends>(?=[\"”’]|\s+(?!(?:{_MONTHS}|Mon|Tue|Wed|Thu|Fri|Sat|Sun))[A-Z“‘(]))?"
)
# An address, a path, or the name of a file, in which a word is not one.
_ADDRESS: Final = r"(?<![^\s<>])[^\s<>]*(?:[@/\\_]|\w\.\w)[^\s<>]*"
_SHORT: Final = 30
_Match: TypeAlias = re.Match[str]


@dataclass(frozen=True)
class SpelledVariant:
    """One variant of a language.

    Others gave `names` to what is theirs, so these keep their spelling; a day in one is written as any other.
    What the organization wrote of itself, its `values`, stays as it is.
    """

    code: str = ENGLISH
    spelling: Spelling = field(default_factory=Spelling)
    names: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    # Every word met so far, and how it is spelled: one pattern for all pages, which is compiled a few times.
    _met: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def met(self) -> Mapping[str, str]:
        """Return the words met so far, as pages are written and as they are spelled."""
        return self._met

    @property
    def is_as_written(self) -> bool:
        """Tell whether readers see what authors wrote."""
        return not self.spelling.words

    @cached_property
    def _starts_with_day(self) -> bool:
        """Tell whether a date begins with its day in English; a variant that does so writes 6pm, too."""
        if base_of(self.code) != ENGLISH:
            return False
        locale = Locale.parse(self.code, sep="-")
        return str(get_date_format("long", locale=locale).pattern).startswith("d")

    @cached_property
    def _kept(self) -> list[str]:
        """Return the names and values that would change, the longest first."""
        names, values = ({*map(escape, texts)} for texts in ((*self.spelling.kept, *self.names), self.values))
        for text in names | values:
            self._meet(text)
        respelled, changed = self._change_with((), has_dates=False), self._change_with(())
        kept = {name for name in names if respelled(name) != name}
        kept |= {value for value in values if changed(value) != value}
        return sorted(kept, key=lambda text: (-len(text), text))

    @cached_property
    def respelled(self) -> Callable[[str], str]:
        """Return a function for texts without markup, which remembers the many words of staff."""
        return lru_cache(maxsize=65_536)(
            lambda text: text if self.is_as_written else self.change_in(text)(text)
        )

    def change_in(self, text: str) -> Callable[[str], str]:
        """Return what changes a part of a text."""
        kept = tuple(self._kept)
        self._meet(text)
        return self._change_with(kept)

    def _change_with(self, names: tuple[str, ...], *, has_dates: bool = True) -> Callable[[str], str]:
        """Return what changes the words met so far, but no name."""
        changes = dict(self._met)
        pattern = _pattern(changes, names, has_dates and self._starts_with_day)

        def changed(match: _Match) -> str:
            parts = match.groupdict()
            if word := parts.get("word"):
                return _in_case_of(word, changes[_plain(word)])
            if parts.get("month"):
                return " ".join(filter(None, (parts["day"], parts["month"].rstrip("."), parts["year"])))
            if parts.get("time"):
                return f"{parts['time']}{parts['half']}m{'.' if _ends_sentence(match) else ''}"
            return match[0]

        return lambda part: pattern.sub(changed, part)

    def _meet(self, text: str) -> None:
        """Remember the words in a text that are spelled otherwise, and the phrases that end in one."""
        words = set(_WORD.findall(text.lower()))
        spelled = {word: self._of(word) for word in words}
        self._met.update({word: other for word, other in spelled.items() if other != word})
        for last in self._phrases.keys() & words:
            self._met.update(self._phrases[last])

    @cached_property
    def _phrases(self) -> Mapping[str, Mapping[str, str]]:
        """Return what has more than one word, and how it is spelled, by the last word."""
        by_last: dict[str, dict[str, str]] = defaultdict(dict)
        for phrase, other in self.spelling.words.items():
            if not phrase.isalpha():
                by_last[_WORD.findall(phrase)[-1]][phrase] = other
        return by_last

    @cached_property
    def _of(self) -> Callable[[str], str]:
        return lru_cache(maxsize=65_536)(self.spelling.of)


@lru_cache(maxsize=64)
def _compiled(words: tuple[str, ...], names: tuple[str, ...], has_dates: bool) -> re.Pattern[str]:
    parts = [re.escape(name) for name in names]
    parts += [_ADDRESS, *((_DATE, _CLOCK) if has_dates else ())]
    if words:
        alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
        parts.append(rf"(?<![&#.])(?P<word>(?i:{alternatives}))(?!\w)")
    # Most places are inside a word, where nothing is worth a try.
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


def _pattern(changes: Iterable[str], names: tuple[str, ...], has_dates: bool) -> re.Pattern[str]:
    return _compiled(tuple(sorted(changes, key=lambda word: (-len(word), word))), names, has_dates)


def _ends_sentence(clock: _Match) -> bool:
    """Tell whether the point of `p.m.` ends a sentence, too: at the end of a text that is not short."""
    is_last = not clock.string[clock.end() :].strip()
    return clock["ends"] is not None or (is_last and clock.start() > _SHORT)


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


def _in_case_of(word: str, other: str) -> str:
    if len(word) > 1 and word.isupper():
        return other.upper()
    return f"{other[0].upper()}{other[1:]}" if word[0].isupper() else other


@dataclass(frozen=True)
class Variants:
    """The variants in which a handbook is shown, by language, and what words are in those of its own."""

    codes: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, SpelledVariant] = field(default_factory=dict)

    def of(self, language: str) -> str:
        """Return the code that `lang` names for a language."""
        return self.codes.get(language, language)

    def met(self, language: str) -> Mapping[str, str]:
        """Return the words of a language met so far, as pages are written and as they are spelled."""
        return self.spelled[language].met if language in self.spelled else {}

    def text(self, text: str, language: str) -> str:
        """Return a text without markup as its readers see it."""
        variant = self.spelled.get(base_of(language))
        return variant.respelled(text) if variant and not variant.is_as_written else text

    def markup(self, html: str, language: str = "", done: str = "") -> str:
        """Return HTML or XML as its readers see it.

        `language` is that of what says none itself, and `done` is a part that is already as it should be.
        """
        if all(code == language for language, code in self.codes.items()):
            return html
        before, done, after = html.partition(done) if done else (html, "", "")
        changes = {
            language: variant.change_in(before + after)
            for language, variant in self.spelled.items()
            if not variant.is_as_written
        }
        reader = _Reader(self, changes, language)
        return reader.read(before) + done + reader.read(after)


class _Reader:
    """Goes through HTML once, and knows the language at each place and whether it is prose."""

    def __init__(
        self, variants: Variants, changes: Mapping[str, Callable[[str], str]], language: str
    ) -> None:
        self._variants, self._changes = variants, changes
        # Each element that says a language or is not prose: its name, how many of it are open, and both.
        self._open: list[tuple[str, int, str, bool]] = [("", 1, base_of(language), True)]

    def read(self, html: str) -> str:
        """Return the whole as its readers see it."""
        return _TOKEN.sub(self._token, html)

    def _token(self, token: _Match) -> str:
        name = token["name"]
        if name is None:
            return token[0] if token[0].isspace() else self._text(token[0])
        if token["closes"]:
            self._close(name)
            return token[0]
        attributes = token["attributes"]
        is_open = name not in _VOID and not attributes.endswith("/")
        depth = len(self._open)
        self._enter(name, attributes)
        changed = self._attributes(attributes) if attributes else attributes
        if not is_open and len(self._open) > depth:
            self._open.pop()
        return token[0] if changed == attributes else f"<{name}{changed}>"

    def _text(self, text: str) -> str:
        _, _, language, is_prose = self._open[-1]
        change = self._changes.get(language) if is_prose and not text.startswith("<") else None
        return change(text) if change else text

    def _enter(self, name: str, attributes: str) -> None:
        own, count, language, is_prose = self._open[-1]
        own_language = _OWN_LANGUAGE.search(attributes) if "lang=" in attributes else None
        if own_language or name in _AS_IT_IS or 'translate="no"' in attributes:
            kept = is_prose and name not in _AS_IT_IS and 'translate="no"' not in attributes
            self._open.append((name, 1, base_of(own_language[1]) if own_language else language, kept))
        elif name == own:
            self._open[-1] = (own, count + 1, language, is_prose)

    def _close(self, name: str) -> None:
        own, count, language, is_prose = self._open[-1]
        if name == own:
            self._open.pop()
            if count > 1:
                self._open.append((own, count - 1, language, is_prose))

    def _attributes(self, attributes: str) -> str:
        if "lang=" in attributes:
            attributes = _LANGUAGE.sub(
                lambda match: match["before"] + self._variants.of(match["code"]), attributes
            )
        _, _, language, _ = self._open[-1]
        change = self._changes.get(language)
        if change is None:
            return attributes
        return _READ.sub(lambda read: read["before"] + change(read["text"]), attributes)
