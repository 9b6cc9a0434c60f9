"""Says what is wrong on a line of YAML that cannot be read, and what to write instead.

The parser names the place at which it gave up, which is often below the mistake. Each line near that place
is therefore read by itself. What is proposed was read, too: a proposal can always be read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Final, TypeAlias

import yaml

from handbook.text.hidden_characters import hidden_characters
from handbook.text.markdown.broken_marks import MERGE_CONFLICT
from handbook.yaml.brackets import CLOSING, reason_of_brackets, repairs
from handbook.yaml.indentation import indent_in_place_of_tab, indent_of
from handbook.yaml.lines import (
    ENTRY,
    ITEM,
    LONGEST_LINE,
    WIDE_COLONS,
    LineProblem,
    is_left_of,
    line_above,
    without_comment,
)
from handbook.yaml.quotes import SPECIAL, can_be_read, in_quotes, without_quotes
from handbook.yaml.surrounding_lines import (
    first_item_without_hyphen,
    is_part_of_readable_block,
    missing_mark,
    wrong_indent,
)

_BROKEN_ENTRY: Final = re.compile(
    r"(?P<head>\s*(?:- +)?)(?P<lead>[^\w\s#:=\[{-]*)(?P<key>\w[\w-]*)[*_\"”'`]*[ \t]*"
    r"(?P<mark>[:=：﹕∶꞉])[*_]*(?P<blank>\s*)(?P<value>.*?)\s*"
)
_BROKEN_ITEM: Final = re.compile(r"(?P<head>\s*)(?P<mark>[-–—•·*+])\s*(?P<value>[\w\"'“\[{].*?)\s*")
# What ends a line in other languages, after a list, keys, or a text in quotes.
_TRAILING: Final = re.compile(r"(?P<value>[\[{\"'].*[\]}\"'])[ \t]*(?P<mark>[;,.])")
_FENCE: Final = re.compile(r"\s*(?:```|~~~)[\w-]*\s*")
_COMMENT_OF_OTHERS: Final = re.compile(r"\s*(?://|<!--)(?P<text>.*)")
# What may be a key and its value, or two words of a text.
_KEY_AND_WORD: Final = re.compile(r" *(?P<key>[a-z][a-z_]*)[ \t]+(?P<word>[\w-]+)")
_MACRO: Final = re.compile(r"\{[{%].*?(?:[}%]\}|$)")
# A mistake is at most so many lines above the place where the parser gives up.
_MOST_LINES: Final = 40
_CONFLICT: Final = re.compile(r"(?:<{7}|={7}|>{7})(?: .*)?")
# An item that holds several keys on its line, which need braces.
_KEYS_ON_A_LINE: Final = re.compile(r" *- +(?P<keys>[\w-]+:\s.+,\s+[\w-]+:\s.+?),?\s*")
# What is a key wherever it is; other words before a colon may be part of a text.
_WORD: Final = re.compile(r"[a-z][\w-]*")
_DAY_AS_ITEM: Final = re.compile(r"-\s+(\d{4}-\d\d-\d\d)")
_KEY_WITH_LIST: Final = re.compile(r"[a-z_]+:\s+\[.*\]")
_TEXT_WITH_COLON: Final = re.compile(r" +(?P<text>[\w(“«][^:]*?)[ \t]*:(?:\s.*)?")
# A key whose text has neither quotes nor brackets, and may begin below it.
_BEGUN_TEXT: Final = re.compile(
    r"(?P<head> *(?:- +)?)(?P<key>[a-z][\w-]*):[ \t]*(?P<value>(?:[\w(“«].*?)?)[ \t]*"
)

Judge: TypeAlias = Callable[[str], "LineProblem | None"]


def find_problem(lines: Sequence[str], last: int, suspect: int | None) -> tuple[int, LineProblem] | None:
    """Return the index of the line that is wrong, and what is wrong with it.

    The parser gave up on the line with index `last`; `suspect` is the line on which began what it could not
    finish.
    """
    near = [index for index in dict.fromkeys((suspect, last, line_above(lines, last))) if index is not None]
    suspects = [index for index in near if not is_part_of_readable_block(lines, index)]
    for judge_line, indexes in ((indent_problem, near), (missing_mark, suspects)):
        for index in indexes:
            if problem := judge_line(lines, index):
                return index, problem
    if first := first_item_without_hyphen(lines, last):
        return first
    if colon := _colon_in_text(lines, last):
        return last, colon
    for index in _order(lines, last, suspect):
        if indent := indent_problem(lines, index):
            return index, indent
        line = without_comment(lines[index])
        for judge in _JUDGES if index in suspects else _ALONE:
            problem = judge(line)
            if problem and not (judge is _unreadable_value and _goes_on_below(lines, index)):
                return index, problem
    return _unclosed_above(lines, last) or wrong_indent(lines, last)


def _colon_in_text(lines: Sequence[str], last: int) -> LineProblem | None:
    """Find a colon in a text that goes on below the line on which it begins."""
    line = _TEXT_WITH_COLON.fullmatch(without_comment(lines[last]))
    if not line or _WORD.fullmatch(line["text"]):
        return None
    parent = next((above for above in range(last - 1, -1, -1) if is_left_of(lines, above, last)), None)
    entry = _BEGUN_TEXT.fullmatch(lines[parent]) if parent is not None else None
    if parent is None or entry is None or any(map(ENTRY.fullmatch, lines[parent + 1 : last])):
        return None
    below = takewhile(lambda text: indent_of(text) > len(entry["head"]), lines[last:])
    text = " ".join(" ".join([entry["value"], *lines[parent + 1 : last], *below]).split())
    written = f"{entry['key']}: {in_quotes(text)}"
    return LineProblem(
        line.end("text") + 1,
        f"the text of `{entry['key']}` goes on here and has a colon; put all of it in quotes: `{written}`",
    )


def _unclosed_above(lines: Sequence[str], last: int) -> tuple[int, LineProblem] | None:
    """Find a quote that nothing closes, however far above the next quote of its kind."""
    for index in range(last - 1, -1, -1):
        entry = ENTRY.fullmatch(without_comment(lines[index]))
        quote = entry["value"][0] if entry else ""
        if entry and quote in "\"'" and quote in lines[last] and entry["value"].count(quote) == 1:
            problem = problem_of_value(lines[index])
            return (index, problem) if problem else None
    return None


def _macro_alone(line: str) -> LineProblem | None:
    """Find a macro on a line of its own."""
    macro = _MACRO.match(line.lstrip())
    return LineProblem(indent_of(line) + 1, _of_macro(macro)) if macro else None


def _of_macro(macro: re.Match[str]) -> str:
    return f"a macro cannot be used here; take out the macro `{macro.group()}`"


def _order(lines: Sequence[str], last: int, suspect: int | None) -> Iterator[int]:
    if suspect is not None:
        yield suspect
    yield from (
        index
        for index in range(last, max(-1, last - _MOST_LINES), -1)
        if lines[index].strip() and index != suspect
    )


def problem_of_value(line: str) -> LineProblem | None:
    """Say how the value on a line is written so that it is a text."""
    line = without_comment(line)
    entry = ENTRY.fullmatch(line) or ITEM.fullmatch(line)
    if not entry:
        return None
    value, column = entry["value"], entry.start("value") + 1
    if hidden := next(hidden_characters(value), None):
        return LineProblem(column + hidden[0], hidden[1])
    if macro := _MACRO.search(value):
        return LineProblem(column, _of_macro(macro))
    if day := _DAY_AS_ITEM.fullmatch(value):
        return LineProblem(column, f"a day has no hyphen before it; write `{_prefix(entry)}{day[1]}`")
    if meant := _list_or_keys(entry, value):
        # A hyphen before a single word is never a part of it.
        text = f"or, for a text, `{_prefix(entry)}{in_quotes(value[2:])}`" if value[:2] == "- " else ""
        text = text or f"or, for a text, `{_rewritten(entry, value)}`"
        return LineProblem(column, f"a list or a key begins on a line of its own; write `{meant}`, {text}")
    if trailing := _TRAILING.fullmatch(value):
        written = _prefix(entry) + trailing["value"]
        if can_be_read(written):
            return LineProblem(
                column + trailing.start("mark"),
                f"a `{trailing['mark']}` at the end cannot be read; write `{written}`",
            )
    quoted = _with_items_quoted(value)
    if quoted and can_be_read(_prefix(entry) + quoted):
        return LineProblem(column, f"put this in quotes: `{_prefix(entry)}{quoted}`")
    return LineProblem(column + _colon_in(value), f"{_reason(value)} `{_rewritten(entry, value)}`")


def _goes_on_below(lines: Sequence[str], index: int) -> bool:
    """Tell whether an entry whose brackets or quotes are open at the end of its line is closed below it."""
    indent = indent_of(lines[index])
    below = takewhile(lambda line: not line.strip() or indent_of(line) > indent, lines[index + 1 :])
    entry = [lines[index], *islice(below, _MOST_LINES)]
    is_short = all(len(line) <= LONGEST_LINE for line in entry)
    return is_short and len(entry) > 1 and can_be_read("\n".join(entry))


def _unreadable_value(line: str) -> LineProblem | None:
    if can_be_read(line):
        return None
    return _keys_on_a_line(line) or _repaired_list(line) or problem_of_value(line)


def _colon_in(value: str) -> int:
    """Return the offset of a second colon on a line, or 0 if something else is wrong."""
    colon = re.search(r":(?:\s|$)", value)
    return colon.start() if colon and value[0] not in SPECIAL + "\"'" else 0


def _reason(value: str) -> str:
    if value[0] in "\"'":
        return "a quote is not closed, or there are quotes inside quotes; write"
    if _colon_in(value):
        return "a second colon on the line; put the text after the first colon in quotes:"
    mark = "a backtick" if value[0] == "`" else f"`{value[0]}`"
    return f"a text that begins with {mark} cannot be read; put it in quotes:"


def _list_or_keys(entry: re.Match[str], value: str) -> str | None:
    """Write an item, or a key with a list, that follows a key, in brackets or braces."""
    if entry["key"] == "-":
        return None
    if value.startswith("- ") and _WORD.fullmatch(value[2:].strip()):
        return f"{_prefix(entry)}[{value[2:].strip()}]"
    braces = f"{_prefix(entry)}{{{value}}}"
    return braces if _KEY_WITH_LIST.fullmatch(value) and can_be_read(braces) else None


def _with_items_quoted(value: str) -> str | None:
    """Write a list in brackets with quotes around each item that needs them."""
    flat = re.fullmatch(r"\[([^\[\]{}\"']+)\]", value)
    items = [item.strip() for item in flat[1].split(",")] if flat else []
    wanted = [item if can_be_read(f"[{item}]") and item[:1] != "!" else in_quotes(item) for item in items]
    return f"[{', '.join(wanted)}]" if items != wanted and all(items) else None


def _rewritten(entry: re.Match[str], value: str) -> str:
    return _prefix(entry) + in_quotes(without_quotes(value))


def _prefix(entry: re.Match[str]) -> str:
    """Return what is before the value on a line: a key, or the hyphen of an item."""
    return "- " if entry["key"] == "-" else f"{entry['key']}: "


def _repaired_list(line: str) -> LineProblem | None:
    """Say how a list or keys in brackets are closed and separated, if that is clear."""
    entry = ENTRY.fullmatch(line) or ITEM.fullmatch(line)
    if not entry or entry["value"][0] not in CLOSING or _MACRO.match(entry["value"]):
        return None
    repaired = next(repairs(_prefix(entry), entry["value"]), None)
    if len(entry["value"]) == 1:
        message = f"{reason_of_brackets(entry['value'])}; close it, or delete it"
        return LineProblem(entry.start("value") + 1, message)
    if repaired is None:
        return None
    advice = f"write `{_prefix(entry)}{repaired}`, or, for a text, `{_rewritten(entry, entry['value'])}`"
    return LineProblem(entry.start("value") + 1, f"{reason_of_brackets(entry['value'])}; {advice}")


def _keys_on_a_line(line: str) -> LineProblem | None:
    item = _KEYS_ON_A_LINE.fullmatch(line)
    if not item or not can_be_read(f"- {{{item['keys']}}}"):
        return None
    written = f"- {{{item['keys']}}}"
    return LineProblem(item.start("keys") + 1, f"several keys on one line are in braces; write `{written}`")


def _conflict(line: str) -> LineProblem | None:
    return LineProblem(1, MERGE_CONFLICT) if _CONFLICT.fullmatch(line) else None


def indent_problem(lines: Sequence[str], index: int) -> LineProblem | None:
    """Find an indent that is not made of spaces."""
    line = without_comment(lines[index])
    indent = line[: indent_of(line)]
    if not line.strip() or not indent.strip(" "):
        return None
    kind = (
        "a tab" if "\t" in indent else "a no-break space" if "\u00a0" in indent else "another kind of space"
    )
    written = line.replace("\t", "  ").rstrip()
    width = indent_in_place_of_tab(lines, index, indent_of(written))
    return LineProblem(1, f"{kind} is used to indent; use spaces: `{' ' * width}{written.lstrip()}`")


def _of_another_language(line: str) -> LineProblem | None:
    """Find a line that would be a comment, or begin a block of code, in another language."""
    if _FENCE.fullmatch(line):
        return LineProblem(1, "the mark of a block of code is not a part of the file; delete this line")
    comment = _COMMENT_OF_OTHERS.fullmatch(line)
    text = comment["text"].strip().removesuffix("-->").rstrip() if comment else ""
    return LineProblem(1, f"a comment begins with `#`; write `# {text}`") if text else None


def _broken_entry(line: str) -> LineProblem | None:
    """Find a line that was meant as `key: value`, but is not."""
    entry = _BROKEN_ENTRY.fullmatch(line)
    if not entry or entry["value"].startswith("//"):
        return None
    if not entry["lead"].strip("\"'") and _is_entry(line):
        return None
    trailing = _TRAILING.fullmatch(entry["value"])
    value = trailing["value"] if trailing else entry["value"]
    written = f"{entry['head'].lstrip()}{entry['key']}: {value}".rstrip()
    if value and not can_be_read(written):
        written = f"{entry['key']}: {in_quotes(without_quotes(value))}"
    return LineProblem(len(entry["head"]) + 1, f"{_reason_of_broken_entry(entry)}; write `{written}`")


def _reason_of_broken_entry(entry: re.Match[str]) -> str:
    if entry["mark"] in WIDE_COLONS:
        return f"`{entry['mark']}` is not the colon of the keyboard"
    if entry["mark"] == "=":
        return "a colon is missing after the key"
    if "\u00a0" in entry["blank"]:
        return "the space after the colon is a no-break space"
    return "the key has a mark before or after it" if entry["blank"] else "a space is missing after the colon"


def _broken_item(line: str) -> LineProblem | None:
    """Find a line that was meant as an item of a list, but is not."""
    item = _BROKEN_ITEM.fullmatch(line)
    if not item or re.fullmatch(r"\s*- .*", line):
        return None
    written = f"- {item['value']}"
    written = written if can_be_read(written) else f"- {in_quotes(without_quotes(item['value']))}"
    return LineProblem(
        len(item["head"]) + 1, f"an item of a list begins with a hyphen and a space; write `{written}`"
    )


def _no_colon(line: str) -> LineProblem | None:
    if not line.strip() or re.match(r"\s*(?:#|-(?:\s|$)|\.\.\.|---)", line) or ":" in line:
        return None
    entry = _KEY_AND_WORD.fullmatch(line.rstrip())
    written = f"{entry['key']}: {entry['word']}" if entry else "key: value"
    advice = f"write `{written}`, or begin the line with two spaces if it continues the text above"
    return LineProblem(1, f"a colon is missing on this line; {advice}")


def _is_entry(line: str) -> bool:
    """Tell whether a line is a key with its value, or an item; read event by event, however deep it nests."""
    try:
        events = list(yaml.parse(line, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return bool(ENTRY.fullmatch(line))
    return any(isinstance(event, yaml.CollectionStartEvent) for event in events[2:3])


# What can be said of a line far above the place, and what only of the lines next to it.
_ALONE: Final[tuple[Judge, ...]] = (_conflict, _of_another_language, _unreadable_value)
_JUDGES: Final[tuple[Judge, ...]] = (
    _conflict,
    _of_another_language,
    _macro_alone,
    _broken_entry,
    _unreadable_value,
    _broken_item,
    _no_colon,
)
