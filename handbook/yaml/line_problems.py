"""Says what is wrong on a line of YAML that cannot be read, and what to write instead.

The parser names the place at which it gave up, which is often below the mistake. Each line near that place
is therefore read by itself. What is proposed was read, too: a proposal can always be read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final, TypeAlias

import yaml

from handbook.text.hidden_characters import hidden_characters
from handbook.text.markdown.broken_marks import MERGE_CONFLICT
from handbook.yaml.indentation import Indent, indent_in_place_of_tab, indent_of, meant_indent

_ENTRY: Final = re.compile(
    r"(?P<head>[ ]*(?:- +)*)(?P<key>[^\s:\-\[\]{}#&*!|>'\"%@`=][^:=：]*?)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*"
)
_ITEM: Final = re.compile(r"(?P<head>[ ]*)(?P<key>-) +(?P<value>\S.*?)[ \t]*")
_BROKEN_ENTRY: Final = re.compile(
    r"(?P<head>\s*(?:- +)?)(?P<lead>[^\w\s#:=\[{-]*)(?P<key>\w[\w-]*)[*_\"”'`]*[ \t]*"
    r"(?P<mark>[:=：﹕∶꞉])[*_]*(?P<blank>\s*)(?P<value>.*?)\s*"
)
_BROKEN_ITEM: Final = re.compile(r"(?P<head>\s*)(?P<mark>[-–—•·*+])\s*(?P<value>[\w\"'“].*?)\s*")
_INDENT: Final = re.compile(r"[ \t\u00a0]*")
_WIDE_COLONS: Final = "：﹕∶꞉"
_CURLY_QUOTES: Final = {"“": "”", "‘": "’", "«": "»", "„": "“"}
_CLOSING: Final = {"[": "]", "{": "}"}
# No text can begin with one of these, or with `-` and a blank.
_SPECIAL: Final = "*&!%@`|>?-[]{},#"
_MACRO: Final = re.compile(r"\{[{%].*?(?:[}%]\}|$)")
# A mistake is at most so many lines above the place where the parser gives up.
_MOST_LINES: Final = 40
# Nobody types a longer line, and searching one takes too long.
_LONGEST_LINE: Final = 2_000
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
_CONFLICT: Final = re.compile(r"(?:<{7}|={7}|>{7})(?: .*)?")
# An item that holds several keys on its line, which need braces.
_KEYS_ON_A_LINE: Final = re.compile(r" *- +(?P<keys>[\w-]+:\s.+,\s+[\w-]+:\s.+?),?\s*")
_COMMENT: Final = re.compile(r"\s#\s.*$")
_KEY_AFTER_COMMA: Final = re.compile(r"(?:^|[,;])\s*([\w-]{1,40}):\s")
# What is a key wherever it is; other words before a colon may be part of a text.
_WORD: Final = re.compile(r"[a-z][\w-]*")
_DAY_AS_ITEM: Final = re.compile(r"-\s+(\d{4}-\d\d-\d\d)")
_KEY_WITH_LIST: Final = re.compile(r"[a-z_]+:\s+\[.*\]")
_TEXT_WITH_COLON: Final = re.compile(r" +(?P<text>[\w(“«][^:]*?)[ \t]*:(?:\s.*)?")
# A key whose text has neither quotes nor brackets, and may begin below it.
_BEGUN_TEXT: Final = re.compile(r"(?P<head> *)(?P<key>[a-z][\w-]*):[ \t]*(?P<value>(?:[\w(“«].*?)?)[ \t]*")
_KEY_ALONE: Final = re.compile(r" *(?P<key>(?:- +)?[\w-]+)")

Judge: TypeAlias = Callable[[str], "LineProblem | None"]


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A sentence about a line; its column counts from 1."""

    column: int
    message: str


def in_quotes(text: str) -> str:
    """Write a text as YAML in quotes, whatever is in it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def can_be_read(text: str) -> bool:
    """Tell whether a text is YAML without anchors and aliases."""
    try:
        return all(
            getattr(event, "anchor", None) is None for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        )
    except yaml.YAMLError:
        return False


def find_problem(lines: Sequence[str], last: int, suspect: int | None) -> tuple[int, LineProblem] | None:
    """Return the index of the line that is wrong, and what is wrong with it.

    The parser gave up on the line with index `last`; `suspect` is the line on which began what it could not
    finish.
    """
    if colon := _colon_in_text(lines, last):
        return last, colon
    above = _above(lines, last)
    for index in _order(lines, last, suspect):
        if tab := _tab(lines, index):
            return index, tab
        line = _without_comment(lines[index])
        for judge in _JUDGES if index in (last, suspect, above) else _ALONE:
            problem = judge(line)
            if problem and not (judge is _unreadable_value and _goes_on_below(lines, index)):
                return index, problem
    return _unclosed_above(lines, last) or _wrong_indent(lines, last)


def _colon_in_text(lines: Sequence[str], last: int) -> LineProblem | None:
    """Find a colon in a text that goes on below the line on which it begins."""
    line = _TEXT_WITH_COLON.fullmatch(_without_comment(lines[last]))
    if not line or _WORD.fullmatch(line["text"]):
        return None
    parent = next((above for above in range(last - 1, -1, -1) if _is_left_of(lines, above, last)), None)
    entry = _BEGUN_TEXT.fullmatch(lines[parent]) if parent is not None else None
    if parent is None or entry is None or any(map(_ENTRY.fullmatch, lines[parent + 1 : last])):
        return None
    below = takewhile(lambda text: indent_of(text) > len(entry["head"]), lines[last:])
    text = " ".join(" ".join([entry["value"], *lines[parent + 1 : last], *below]).split())
    written = f"{entry['key']}: {in_quotes(text)}"
    return LineProblem(
        line.end("text") + 1,
        f"the text of `{entry['key']}` goes on here and has a colon; put all of it in quotes: `{written}`",
    )


def _is_left_of(lines: Sequence[str], index: int, other: int) -> bool:
    return bool(lines[index].strip()) and indent_of(lines[index]) < indent_of(lines[other])


def _unclosed_above(lines: Sequence[str], last: int) -> tuple[int, LineProblem] | None:
    """Find a quote that nothing closes, however far above the next quote of its kind."""
    for index in range(last - 1, -1, -1):
        entry = _ENTRY.fullmatch(_without_comment(lines[index]))
        quote = entry["value"][0] if entry else ""
        if entry and quote in "\"'" and quote in lines[last] and entry["value"].count(quote) == 1:
            problem = problem_of_value(lines[index])
            return (index, problem) if problem else None
    return None


def _order(lines: Sequence[str], last: int, suspect: int | None) -> Iterator[int]:
    if suspect is not None:
        yield suspect
    yield from (
        index
        for index in range(last, max(-1, last - _MOST_LINES), -1)
        if lines[index].strip() and index != suspect
    )


def _without_comment(line: str) -> str:
    """Return a line without the comment at its end; nothing of a line that is too long to search."""
    if len(line) > _LONGEST_LINE:
        return ""
    comment = _COMMENT.search(line)
    is_comment = comment and not any(line[: comment.start()].count(quote) % 2 for quote in "\"'")
    return line[: comment.start()] if comment and is_comment and line[: comment.start()].strip() else line


def _above(lines: Sequence[str], index: int) -> int | None:
    return next((above for above in range(index - 1, -1, -1) if lines[above].strip()), None)


def problem_of_value(line: str) -> LineProblem | None:
    """Say how the value on a line is written so that it is a text."""
    line = _without_comment(line)
    entry = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    if not entry:
        return None
    value, column = entry["value"], entry.start("value") + 1
    if hidden := next(hidden_characters(value), None):
        return LineProblem(column + hidden[0], hidden[1])
    if macro := _MACRO.search(value):
        return LineProblem(column, f"a macro cannot be used here; take out the macro `{macro.group()}`")
    if day := _DAY_AS_ITEM.fullmatch(value):
        return LineProblem(column, f"a day has no hyphen before it; write `{_prefix(entry)}{day[1]}`")
    if meant := _list_or_keys(entry, value):
        # A hyphen before a single word is never a part of it.
        text = f"or, for a text, `{_prefix(entry)}{in_quotes(value[2:])}`" if value[:2] == "- " else ""
        text = text or f"or, for a text, `{_rewritten(entry, value)}`"
        return LineProblem(column, f"a list or a key begins on a line of its own; write `{meant}`, {text}")
    quoted = _with_items_quoted(value)
    if quoted and can_be_read(_prefix(entry) + quoted):
        return LineProblem(column, f"put this in quotes: `{_prefix(entry)}{quoted}`")
    return LineProblem(column + _colon_in(value), f"{_reason(value)} `{_rewritten(entry, value)}`")


def _goes_on_below(lines: Sequence[str], index: int) -> bool:
    """Tell whether an entry whose brackets or quotes are open at the end of its line is closed below it."""
    indent = indent_of(lines[index])
    below = takewhile(lambda line: not line.strip() or indent_of(line) > indent, lines[index + 1 :])
    entry = [lines[index], *islice(below, _MOST_LINES)]
    is_short = all(len(line) <= _LONGEST_LINE for line in entry)
    return is_short and len(entry) > 1 and can_be_read("\n".join(entry))


def _unreadable_value(line: str) -> LineProblem | None:
    if can_be_read(line):
        return None
    return _keys_on_a_line(line) or _repaired_list(line) or problem_of_value(line)


def _colon_in(value: str) -> int:
    """Return the offset of a second colon on a line, or 0 if something else is wrong."""
    colon = re.search(r":(?:\s|$)", value)
    return colon.start() if colon and value[0] not in _SPECIAL + "\"'" else 0


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
    return _prefix(entry) + in_quotes(_without_quotes(value))


def _prefix(entry: re.Match[str]) -> str:
    """Return what is before the value on a line: a key, or the hyphen of an item."""
    return "- " if entry["key"] == "-" else f"{entry['key']}: "


def _without_quotes(value: str) -> str:
    """Remove the quotes around a text, straight or curly, or the one that nothing closes."""
    closing = _CURLY_QUOTES.get(value[0])
    if closing and (value.endswith(closing) or closing not in value):
        return value[1:].removesuffix(closing)
    if value[0] not in "\"'":
        return value
    inner = value[1:].removesuffix(value[0])
    if value[0] not in inner and not value.endswith(value[0]):
        other = "'" if value[0] == '"' else '"'
        inner = inner.removesuffix(other) if inner.count(other) == 1 else inner.rstrip("”’")
    is_quoted = value[0] in _APOSTROPHE.sub("", inner) and not value.endswith(value[0])
    return value if is_quoted else inner


def _repaired_list(line: str) -> LineProblem | None:
    """Say how a list or keys in brackets are closed and separated, if that can be told."""
    entry = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    if not entry or entry["value"][0] not in _CLOSING or _MACRO.match(entry["value"]):
        return None
    repaired = next(_repairs(entry), None)
    if len(entry["value"]) == 1:
        message = f"{_reason_of_brackets(entry['value'])}; close it, or delete it"
        return LineProblem(entry.start("value") + 1, message)
    if repaired is None:
        return None
    advice = f"write `{_prefix(entry)}{repaired}`, or, for a text, `{_rewritten(entry, entry['value'])}`"
    return LineProblem(entry.start("value") + 1, f"{_reason_of_brackets(entry['value'])}; {advice}")


def _repairs(entry: re.Match[str]) -> Iterator[str]:
    """Yield the value in brackets as it can be read: closed, or with quotes around its texts."""
    for repair in (_with_brackets_closed, _with_texts_quoted):
        repaired = repair(entry["value"])
        if repaired is not None and can_be_read(_prefix(entry) + repaired):
            yield repaired


def _with_texts_quoted(value: str) -> str | None:
    """Write keys in braces with a comma between them, and quotes around each text that needs them."""
    flat = re.fullmatch(r"\{([^\[\]{}]+)\}", value)
    if not flat:
        return None
    entries: list[list[str]] = []
    for part in _entries_in(flat[1]):
        key, _, text = part.partition(":")
        if entries and not entries[-1][1]:
            entries[-1][1] = part
        else:
            entries.append([key.strip(), text.strip(" ,;")])
    return "{" + ", ".join(f"{key}: {_readable(text)}" for key, text in entries) + "}"


def _entries_in(braces: str) -> list[str]:
    """Split what is in braces where an entry begins, whether or not a comma is before it.

    A word that is longer than every other key is not one without a comma: it is part of a text.
    """
    longest = max(map(len, _KEY_AFTER_COMMA.findall(braces)), default=40)
    return re.split(rf"[,;]\s+(?=[\w-]{{1,40}}:\s)|\s+(?=[\w-]{{1,{longest}}}:\s)", braces)


def _readable(text: str) -> str:
    """Write a text in braces, in quotes if it needs them."""
    is_plain = text and text[0] not in _SPECIAL and "," not in text and can_be_read(f"{{x: {text}}}")
    return text if is_plain or not text else in_quotes(_without_quotes(text))


def _reason_of_brackets(value: str) -> str:
    surplus = sum(map(value.count, "[{")) - sum(map(value.count, "]})"))
    if surplus > 0:
        return f"`{value[0]}` is opened on this line and not closed"
    if surplus < 0:
        return "a bracket is closed that was not opened"
    if value.count('"') % 2 and re.search("[“”]", value):
        return "a straight quote and a curly one do not make a pair"
    return "a comma, a space, or a bracket is wrong here"


def _with_brackets_closed(value: str) -> str | None:
    """Return a list or keys in brackets with each bracket closed; None if other text follows them."""
    parts: list[str] = []
    open_brackets: list[str] = []
    for character in re.sub(r"(?<=[\]}\"'])[ \t]+(?=[\w\"'\[{])", ", ", value):
        if parts and not open_brackets:
            if character not in "]}), \t":
                return None
            continue
        if character in _CLOSING:
            open_brackets.append(_CLOSING[character])
        elif character in "]})":
            character = open_brackets.pop()
        parts.append(character)
    text = "".join([*parts, *reversed(open_brackets)])
    return re.sub(r"(?<=\w):(?=[\[{\w\"'])", ": ", re.sub(r",(?:\s*,)+", ",", text))


def _keys_on_a_line(line: str) -> LineProblem | None:
    item = _KEYS_ON_A_LINE.fullmatch(line)
    if not item or not can_be_read(f"- {{{item['keys']}}}"):
        return None
    written = f"- {{{item['keys']}}}"
    return LineProblem(item.start("keys") + 1, f"several keys on one line are in braces; write `{written}`")


def _conflict(line: str) -> LineProblem | None:
    return LineProblem(1, MERGE_CONFLICT) if _CONFLICT.fullmatch(line) else None


def _tab(lines: Sequence[str], index: int) -> LineProblem | None:
    line = _without_comment(lines[index])
    indent = _INDENT.match(line)
    if not indent or "\t" not in indent.group():
        return None
    written = line.replace("\t", "  ").rstrip()
    width = indent_in_place_of_tab(lines, index, indent_of(written))
    return LineProblem(1, f"a tab is used to indent; use spaces: `{' ' * width}{written.lstrip()}`")


def _broken_entry(line: str) -> LineProblem | None:
    """Find a line that was meant as `key: value`, but is not."""
    entry = _BROKEN_ENTRY.fullmatch(line)
    if not entry or entry["value"].startswith("//"):
        return None
    if not entry["lead"].strip("\"'") and _is_entry(line):
        return None
    written = f"{entry['head'].lstrip()}{entry['key']}: {entry['value']}".rstrip()
    if entry["value"] and not can_be_read(written):
        written = f"{entry['key']}: {in_quotes(_without_quotes(entry['value']))}"
    return LineProblem(len(entry["head"]) + 1, f"{_reason_of_broken_entry(entry)}; write `{written}`")


def _reason_of_broken_entry(entry: re.Match[str]) -> str:
    if entry["mark"] in _WIDE_COLONS:
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
    written = written if can_be_read(written) else f"- {in_quotes(_without_quotes(item['value']))}"
    return LineProblem(
        len(item["head"]) + 1, f"an item of a list begins with a hyphen and a space; write `{written}`"
    )


def _no_colon(line: str) -> LineProblem | None:
    if not line.strip() or re.match(r"\s*(?:#|-(?:\s|$)|\.\.\.|---)", line) or ":" in line:
        return None
    advice = "write `key: value`, or begin the line with two spaces if it continues the text above"
    return LineProblem(1, f"a colon is missing on this line; {advice}")


def _is_entry(line: str) -> bool:
    """Tell whether a line is a key with its value, or an item; read event by event, however deep it nests."""
    try:
        events = list(yaml.parse(line, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return bool(_ENTRY.fullmatch(line))
    return any(isinstance(event, yaml.CollectionStartEvent) for event in events[2:3])


def _wrong_indent(lines: Sequence[str], last: int) -> tuple[int, LineProblem] | None:
    """Find a line that begins further right or left than the line it belongs to."""
    above = _above(lines, last)
    if above is None:
        return None
    here, there = indent_of(lines[last]), indent_of(lines[above])
    meant = meant_indent(lines, last)
    for index, other in ((above, last), (last, above)):
        item = re.fullmatch(r" *- +(\w[\w-]*: .+)", lines[index])
        if here == there and item and not meant and not lines[other].lstrip().startswith("- "):
            return index, LineProblem(1, f"a hyphen begins an item of a list; for a key, write `{item[1]}`")
    parent = _KEY_ALONE.fullmatch(_without_comment(lines[above]).rstrip())
    if here > there and parent and _ENTRY.fullmatch(_without_comment(lines[last])):
        advice = f"write `{parent['key']}:`"
        return above, LineProblem(parent.start("key") + 1, f"a colon is missing after the key; {advice}")
    if here > there and not lines[above].lstrip().startswith("- ") and _is_among_items(lines, above):
        advice = f"write `{' ' * there}- {lines[above].strip()}`"
        return above, LineProblem(there + 1, f"a hyphen is missing before this item of a list; {advice}")
    if not lines[last].lstrip().startswith("- "):
        there = indent_of(re.sub(r"^( *)- ", r"\1  ", lines[above]))
    if here == there and not meant:
        return _item_of_no_list(lines, last)
    is_last = here > there or bool(above)
    likely = Indent(last, _indent_of_parent(lines, last, there)) if is_last else Indent(above, here)
    wrong, right = (meant or likely).line, (meant or likely).width
    count = f"{right} space{'s' * (right > 1)}" if right else "no space"
    return wrong, LineProblem(
        1,
        "this line begins further left or right than the lines that it belongs to;"
        f" begin it with {count}: `{' ' * right}{_without_comment(lines[wrong]).strip()}`",
    )


def _item_of_no_list(lines: Sequence[str], index: int) -> tuple[int, LineProblem] | None:
    if not lines[index].lstrip().startswith("- "):
        return None
    advice = "move it below the key of its list, with nothing after the colon of that key"
    return index, LineProblem(indent_of(lines[index]) + 1, f"this item belongs to no list; {advice}")


def _indent_of_parent(lines: Sequence[str], index: int, otherwise: int) -> int:
    """Return where a key begins that has the lines below it, which begin where they should."""
    below = next(_written(lines[index + 1 :]), "")
    if not lines[index].rstrip().endswith(":") or indent_of(below) <= indent_of(lines[index]):
        return otherwise
    return max(
        (indent_of(line) for line in lines[:index] if indent_of(line) <= indent_of(lines[index])),
        default=otherwise,
    )


def _is_among_items(lines: Sequence[str], index: int) -> bool:
    """Tell whether the lines that begin where a line does, in the same block, are items of a list."""
    below = takewhile(lambda line: indent_of(line) >= indent_of(lines[index]), _written(lines[index + 1 :]))
    above = takewhile(lambda line: indent_of(line) >= indent_of(lines[index]), _written(lines[:index][::-1]))
    beside = [line for line in (*below, *above) if indent_of(line) == indent_of(lines[index])]
    return bool(beside) and all(line.lstrip().startswith("- ") for line in beside)


def _written(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that are neither blank nor comments."""
    return (line for line in lines if line.strip() and not line.lstrip().startswith("#"))


# What can be said of a line far above the place, and what only of the lines next to it.
_ALONE: Final[tuple[Judge, ...]] = (_conflict, _unreadable_value)
_JUDGES: Final[tuple[Judge, ...]] = (
    _conflict,
    _broken_entry,
    _unreadable_value,
    _broken_item,
    _no_colon,
)
