"""Counts what a text costs to render as Markdown, so that no page keeps a build busy.

Python-Markdown and its extensions look again and again at what is not closed: each `[` reads on to the end
of its paragraph, each `<a` to the end of the page. Costs are counted in steps, such as characters that are
read again, and never in seconds: a slow computer accepts the same pages as a fast one. Every function here
reads a text once, whatever is in it.

Blocks of code between fences are exempt, because Markdown sets them aside before it looks at anything else.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.text.markdown.read_together import MARKDOWN_TAG, MarkdownText, is_ruler

MOST_LEVELS: Final = 50
MOSTMARKDOWN_TAGS: Final = 200
LONGEST_GAP_IN_CODE: Final = 200
LONGEST_GAP: Final = 10_000

# The number of a line, from 0, and a sentence about what begins there.
Cost: TypeAlias = tuple[int, str]
# The numbers of lines, and what each costs.
_Steps: TypeAlias = Iterator[tuple[int, int]]

# A backslash takes the meaning of the next character.
_BRACKET: Final = re.compile(r"\\.|\]?\(|[\[\])]", re.DOTALL)
_TICKS: Final = re.compile(r"(?<!\\)(?P<escape>\\*+)(?P<ticks>`++)")
_TAG: Final = re.compile(r"<[a-zA-Z/!?]|>")
_MARK: Final = re.compile(r"[\\`*_&<\[]")
_STARTS_BLOCK: Final = re.compile(r" *(?:#|!!!|\?\?\?|[-=]+ *$|(?:[-_*] {0,2}){3,}$|\[[^\[\]]*\]:)")
_REFERENCE: Final = re.compile(r" {0,3}\[[^\[\]]+\]: *\S+ *$")
_HEADING: Final = re.compile(r"[> ]*+(?:#|(?:=++|-++) *$)")
_PREFIX: Final = re.compile(r"(?: ++(?=[-*+>!?\d`~])|>|[-*+] |\d++\. )*+")
_LEVEL: Final = re.compile(r" {4}|>|[-*+] |\d+\. ")
_EMPHASIS: Final = re.compile(r"(?<!\S)[*_]++(?=\S)|(?<=\S)[*_]++(?!\S)")
_LONG_GAP_IN_CODE: Final = re.compile(rf"\s{{{LONGEST_GAP_IN_CODE}}}")


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is counted, how much of it takes about half a second, and what to say of a page with more.

    `marks` are the texts without which nothing costs anything; with few of them, nothing is counted.
    Without `marks`, it always is.
    """

    most: int
    steps: Callable[[MarkdownText], _Steps]
    sentence: str
    marks: str = ""

    def cost(self, source: MarkdownText) -> Iterator[Cost]:
        """Yield the line on which the limit is passed."""
        marks = sum(map(source.original.count, self.marks))
        if self.marks and marks * max(len(source.original), len(source.text)) <= self.most:
            return
        total = 0
        for line, steps in self.steps(source):
            total += steps
            if total > self.most:
                yield line, self.sentence
                return


def costly_markdown(text: str) -> Iterator[Cost]:
    """Yield what in the text of a page cannot be rendered in bounded time, each reason once."""
    source = MarkdownText(text)
    for measure in (*_READ_AGAIN, *_LARGE):
        yield from measure.cost(source)
    yield from _first(_too_deep(source))
    yield from _first(_too_long(source))


def read_again(text: str) -> Iterator[Cost]:
    """Yield only what Markdown reads again and again, for a text that may be long for a good reason."""
    source = MarkdownText(text)
    for measure in _READ_AGAIN:
        yield from measure.cost(source)
    yield from _first(_too_deep(source))


def _first(costs: Iterator[Cost]) -> Iterator[Cost]:
    yield from (cost for cost, _ in zip(costs, range(1), strict=False))


def _brackets(source: MarkdownText) -> _Steps:
    for scope in source.scopes:
        yield scope.start, _distances(scope.text)


def _distances(text: str) -> int:
    """Return how far it is from each bracket to the one that closes it, or to the end, all in all."""
    total = 0
    square: list[int] = []
    round_: list[tuple[int, bool]] = []
    for match in _BRACKET.finditer(text):
        mark, end = match.group(), match.end()
        if mark[0] == "]":
            total += end - square.pop() if square else 0
        if mark == "[":
            square.append(end)
        elif mark[-1] == "(":
            round_.append((end, mark == "]("))
        elif mark == ")" and round_:
            start, is_link = round_.pop()
            total += (end - start) * is_link
    left = [*square, *(start for start, is_link in round_ if is_link)]
    return total + sum(len(text) - start for start in left)


def _ticks(source: MarkdownText) -> _Steps:
    for scope in source.scopes:
        yield scope.start, _distances_of_ticks(scope.text)


def _distances_of_ticks(text: str) -> int:
    """Return how far it is from each run of backticks to the one that closes it, or to the end, all in all.

    If nothing closes a run, Markdown looks for what closes one backtick less.
    """
    runs = list(_TICKS.finditer(text))
    closing: dict[int, list[int]] = defaultdict(list)
    for run in runs:
        closing[len(run["ticks"])].append(run.start("ticks"))
    total = end = 0
    for run in runs:
        for size in range(len(run["ticks"]) - len(run["escape"]) % 2 if run.end() > end else 0, 0, -1):
            starts = closing.get(size, [])
            following = bisect_left(starts, run.end())
            if following < len(starts):
                total += starts[following] - run.end()
                end = starts[following] + size
                break
            total += len(text) - run.end()
    return total


def _tags(source: MarkdownText) -> _Steps:
    """Count from each `<` that may begin a tag to the next `>`."""
    line, end, opened = 0, 0, []
    for match in _TAG.finditer(source.text):
        line += source.text.count("\n", end, match.start())
        end = match.start()
        if match.group() != ">":
            opened.append((line, end))
            continue
        yield from ((start_line, end - start) for start_line, start in opened)
        opened.clear()
    yield from ((start_line, len(source.text) - start) for start_line, start in opened)


def _splits(source: MarkdownText) -> _Steps:
    """Count how much of a paragraph follows each line that begins something else in its middle."""
    for paragraph in source.paragraphs:
        rest, only_references = len(paragraph.text), True
        for number, line in enumerate(paragraph.lines, paragraph.start):
            only_references = only_references and bool(_REFERENCE.match(line))
            if not only_references and _STARTS_BLOCK.match(line):
                yield number, rest
            rest -= len(line) + 1


def _marks(source: MarkdownText) -> _Steps:
    for scope in source.scopes:
        text = scope.text
        yield scope.start, len(_MARK.findall(text)) * len(text)


def _braces(source: MarkdownText) -> _Steps:
    for number, line in enumerate(source.lines):
        yield number, (line.count(" {") + line.count("`")) * len(line)


def _cells(source: MarkdownText) -> _Steps:
    """Count the cells of tables, with those that short rows are filled up with."""
    for paragraph in source.paragraphs:
        lines = [line.strip("> ") for line in paragraph.lines]
        for number, line in enumerate(lines[1:], 1):
            if is_ruler(line) and (number == 1 or _STARTS_BLOCK.match(lines[number - 2])):
                yield paragraph.start + number - 1, (lines[number - 1].count("|") + 1) * (len(lines) - number)


def _headings(source: MarkdownText) -> _Steps:
    for number, line in enumerate(source.lines):
        if _HEADING.match(line):
            yield number, 1


def _code(source: MarkdownText) -> _Steps:
    line = end = 0
    for start, _ in source.code:
        line += source.original.count("\n", end, start)
        end = start
        yield line, 1


def _blocks(source: MarkdownText) -> _Steps:
    for paragraph in source.paragraphs:
        yield paragraph.start, 1
        for number, line in enumerate(paragraph.lines, paragraph.start):
            yield number, _levels_of(line)


def _levels_of(line: str) -> int:
    prefix = _PREFIX.match(line)
    return len(_LEVEL.findall(prefix.group())) if prefix and prefix.end() else 0


def _too_deep(source: MarkdownText) -> Iterator[Cost]:
    """Yield the lines that are nested so deep that Python refuses to follow."""
    advice = f"more than {MOST_LEVELS} levels; write it flat"
    for number, line in enumerate(source.lines):
        if len(line) > 2 * MOST_LEVELS and _levels_of(line) > MOST_LEVELS:
            yield number, f"lists, quotes, or boxes are inside each other on {advice}"
    for scope in source.scopes if _has_many_marks(source.text) else ():
        if _has_many_marks(scope.text) and _deepest(scope.text) > MOST_LEVELS:
            yield scope.start, f"`*` or `_` are inside each other on {advice}"
    if len(MARKDOWN_TAG.findall(source.text)) > MOSTMARKDOWN_TAGS:
        yield 0, f"more than {MOSTMARKDOWN_TAGS} tags have the attribute `markdown`; write plain Markdown"


def _has_many_marks(text: str) -> bool:
    """Tell whether emphasis may be deeper than allowed; most pages have too few marks to look for scopes."""
    return text.count("*") + text.count("_") > MOST_LEVELS


def _deepest(text: str) -> int:
    level = deepest = 0
    for match in _EMPHASIS.finditer(text):
        opens = match.end() < len(text) and not text[match.end()].isspace()
        level = max(0, level + (1 if opens else -1))
        deepest = max(deepest, level)
    return deepest


def _too_long(source: MarkdownText) -> Iterator[Cost]:
    gap = " " * LONGEST_GAP
    if gap in source.text:
        number = source.text.count("\n", 0, source.text.index(gap))
        yield number, f"this line has more than {LONGEST_GAP:,} spaces in a row; remove them"
    for number, code in _colored(source):
        if _LONG_GAP_IN_CODE.search(code):
            yield number, f"this code has more than {LONGEST_GAP_IN_CODE} spaces or blank lines; remove them"


def _colored(source: MarkdownText) -> Iterator[tuple[int, str]]:
    """Yield the blocks of code that name a language, with their lines."""
    line = end = 0
    for start, stop in source.code:
        line += source.original.count("\n", end, start)
        end = start
        code = source.original[start:stop]
        if code.partition("\n")[0].strip("> \t`~"):
            yield line, code


def _colors(source: MarkdownText) -> _Steps:
    """Count what the libraries that color code read again: at worst, all of it at each character."""
    for number, code in _colored(source):
        yield number, len(code) ** 2


_BLANK_LINES: Final = "put blank lines between its parts"
# What takes more than twice as long if there is twice as much of it.
_READ_AGAIN: Final = (
    _Measure(1_000_000, _brackets, "brackets here are never closed; write `\\[` for one that is text", "[("),
    _Measure(25_000_000, _ticks, "backticks here are never closed; write `\\`` for one that is text", "`"),
    _Measure(
        5_000_000, _tags, "`<` begins tags that are never closed; write `&lt;` for one that is text", "<"
    ),
    _Measure(
        10_000_000, _splits, f"headings and lines are in the middle of a long paragraph; {_BLANK_LINES}", "\n"
    ),
    _Measure(1_000_000_000, _marks, f"this paragraph has too many marks; {_BLANK_LINES}", "\\`*_&<["),
    _Measure(25_000_000, _braces, "this line has too many braces or backticks; write several lines", "{`"),
)
# What takes a while because a page has so much of it.
_LARGE: Final = (
    _Measure(50_000, _cells, "the tables of this page have too many cells; split the page", "|"),
    _Measure(2_000, _headings, "this page has too many headings; split the page", "#=-"),
    _Measure(300_000_000, _colors, "code here is too long to be colored; remove its language"),
    _Measure(2_000, _code, "this page has too many blocks of code; split the page", "`~"),
    _Measure(12_000, _blocks, "this page has too many paragraphs and items; split the page", "\n>-*+."),
)
