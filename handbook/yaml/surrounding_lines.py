"""Says what is wrong with a line of YAML that only the lines around it show."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from handbook.yaml.indentation import Indent, indent_of, meant_indent
from handbook.yaml.lines import (
    LONGEST_LINE,
    WIDE_COLONS,
    LineProblem,
    is_left_of,
    line_above,
    without_comment,
    written_lines,
)
from handbook.yaml.quotes import can_be_read, in_quotes, without_quotes

_HYPHENS: Final = "#-–—•·*+"
_KEY_ALONE: Final = re.compile(r" *(?P<key>(?:- +)?[\w-]+)")
_KEY_OR_ITEM: Final = re.compile(r"\s*(?:[^\s:]+:(?:\s|$)|- |[\[{])")
_KEY_OF_ITEM: Final = re.compile(r"\s*- +([\w-]+):(?:\s|$)")
_HYPHEN_BEFORE_KEY: Final = re.compile(r" *- +(?P<key>[\w-]+):(?P<rest>(?: .+)?)")
# A key and its value, with another mark than a colon and a space between them.
_MARKLESS_ENTRY: Final = re.compile(
    r"(?P<head> *(?:- +)?)(?P<key>[a-z_][\w-]*)"
    r"(?P<mark>[ \t]*(?:[;=：﹕∶꞉]|->|=>|→)[ \t]*|:|[ \t]+)(?P<value>[^\s;=:>→/-].*?)\s*"
)
# So many lines of a block are read with a line.
_MOST_LINES: Final = 40


def is_part_of_readable_block(lines: Sequence[str], index: int) -> bool:
    """Tell whether a line and those with which it belongs to the key above them can be read."""
    above = range(index - 1, max(-1, index - _MOST_LINES), -1)
    parent = next((number for number in above if is_left_of(lines, number, index)), None)
    if parent is None:
        return False
    edge = indent_of(lines[parent])
    rest = lines[parent + 1 : parent + 1 + _MOST_LINES]
    block = [lines[parent], *takewhile(lambda line: not line.strip() or indent_of(line) > edge, rest)]
    return all(len(line) <= LONGEST_LINE for line in block) and can_be_read("\n".join(block))


def missing_mark(lines: Sequence[str], index: int) -> LineProblem | None:
    """Find a key without its colon, or an item of a list without its hyphen."""
    return (
        _key_without_colon(lines, index)
        or _item_without_hyphen(lines, index)
        or _entry_without_colon(lines, index)
        or _item_below_item(lines, index)
    )


def _key_without_colon(lines: Sequence[str], index: int) -> LineProblem | None:
    """Find a key alone on its line whose value begins below it."""
    key = _KEY_ALONE.fullmatch(without_comment(lines[index]).rstrip())
    below = next(written_lines(lines[index + 1 :]), "")
    if not key or not _KEY_OR_ITEM.match(below):
        return None
    edge = indent_of(lines[index])
    is_right = indent_of(below) > edge + (2 if _is_item(lines[index]) else 0)
    is_flush_list = _is_item(below) and (edge == 0 or _is_among_keys(lines[: index + 1], index))
    if not is_right and not (is_flush_list and indent_of(below) == edge):
        return None
    return LineProblem(key.start("key") + 1, f"a colon is missing after the key; write `{key['key']}:`")


def _item_without_hyphen(lines: Sequence[str], index: int) -> LineProblem | None:
    text = without_comment(lines[index]).strip()
    if not text or text[0] in _HYPHENS:
        return None
    beside = _beside(lines, index)
    items = [line for line in beside if _is_item(line)]
    keys = {item[1] for item in map(_KEY_OF_ITEM.match, items) if item}
    key = re.match(r"([\w-]+):(?:\s|$)", text)
    is_one_of_many = len(items) == len(beside) and _is_below_item(lines, index) and (not key or len(keys) > 1)
    if not is_one_of_many and not (key and key[1] in keys):
        return None
    return _without_hyphen(indent_of(lines[index]), text)


def _is_below_item(lines: Sequence[str], index: int) -> bool:
    """Tell whether the nearest line above that begins where a line does, or left of it, is an item there."""
    edge = indent_of(lines[index])
    above = next((line for line in written_lines(lines[:index][::-1]) if indent_of(line) <= edge), "")
    return indent_of(above) == edge and _is_item(above)


def _item_below_item(lines: Sequence[str], index: int) -> LineProblem | None:
    """Find an item without a hyphen that begins where the text of the item above does, which is complete."""
    above = line_above(lines, index)
    item = re.fullmatch(r"( *)- +(\S.*)", lines[above]) if above is not None else None
    text = without_comment(lines[index]).strip()
    if above is None or not item or not text or text[0] in _HYPHENS:
        return None
    is_complete = not re.match(r"[\w-]+:(?:\s|$)", item[2]) and can_be_read(item[2])
    if not is_complete or indent_of(lines[index]) != len(item[1]) + 2 or _entry_without_colon(lines, above):
        return None
    return _without_hyphen(len(item[1]), text)


def _without_hyphen(indent: int, text: str) -> LineProblem:
    advice = f"write `{' ' * indent}- {text}`"
    return LineProblem(indent + 1, f"a hyphen is missing before this item of a list; {advice}")


def first_item_without_hyphen(lines: Sequence[str], last: int) -> tuple[int, LineProblem] | None:
    """Find the first item of a list that has no hyphen, from a later one, which has."""
    edge = indent_of(lines[last])
    if not _is_item(lines[last]):
        return None
    opener = next((above for above in range(last - 1, -1, -1) if _is_above_list(lines[above], edge)), None)
    if opener is None or not _opens_list(lines[opener]):
        return None
    first = next((below for below in range(opener + 1, last) if lines[below].strip(" ")), last)
    width, text = indent_of(lines[first]), without_comment(lines[first]).strip()
    beside = _beside(lines, last)
    others = [line for line in beside if line != lines[first]]
    is_first = width == edge + 2 or (width == edge and bool(others))
    if first == last or text[0] in _HYPHENS or not is_first or not all(map(_is_item, others)):
        return None
    return first, _without_hyphen(edge, text)


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _is_above_list(line: str, edge: int) -> bool:
    """Tell whether a line is above the items of a list, which begin at `edge`, and not one of them."""
    return bool(line.strip()) and (indent_of(line) < edge or (edge == 0 and not line.startswith(("-", " "))))


def _opens_list(line: str) -> bool:
    return without_comment(line).rstrip().endswith(":") and not _is_item(line)


def _entry_without_colon(lines: Sequence[str], index: int) -> LineProblem | None:
    """Find a key and its value on one line that no colon, or no space after it, keeps apart."""
    entry = _MARKLESS_ENTRY.fullmatch(without_comment(lines[index]))
    if not entry or (entry["mark"] == ":" and "- " not in entry["head"]):
        return None
    below = next(written_lines(lines[index + 1 :]), "")
    is_item = "- " in entry["head"] and indent_of(below) == len(entry["head"]) and _KEY_OR_ITEM.match(below)
    if not is_item and "- " in entry["head"]:
        return None
    is_key = _is_set_elsewhere(lines, index, entry)
    if not entry["mark"].strip() and not is_key and entry["value"][0] not in "[{\"'":
        return None
    hyphen = "- " if is_item else ""
    written = f"{hyphen}{entry['key']}: {entry['value']}"
    if not can_be_read(written) and entry["value"][0] not in "[{":
        written = f"{hyphen}{entry['key']}: {in_quotes(without_quotes(entry['value']))}"
    return LineProblem(len(entry["head"]) + 1, f"{_reason_of_mark(entry['mark'].strip())}; write `{written}`")


def _reason_of_mark(mark: str) -> str:
    if mark in WIDE_COLONS and mark:
        return f"`{mark}` is not the colon of the keyboard"
    return "a space is missing after the colon" if mark == ":" else "a colon is missing after the key"


def _is_set_elsewhere(lines: Sequence[str], index: int, entry: re.Match[str]) -> bool:
    """Tell whether another line that begins as far right has the key of an entry."""
    start = f"{entry['head']}{entry['key']}:"
    return any(line.startswith(start) for number, line in enumerate(lines) if number != index)


def wrong_indent(lines: Sequence[str], last: int) -> tuple[int, LineProblem] | None:
    """Find a line that begins further right or left than the line it belongs to."""
    above = line_above(lines, last)
    if above is None:
        return None
    here, there = indent_of(lines[last]), indent_of(lines[above])
    meant = meant_indent(lines, last)
    if hyphen := _hyphen_before_key(lines, last, above):
        return hyphen
    if not _is_item(lines[last]):
        there = indent_of(re.sub(r"^( *)- ", r"\1  ", lines[above]))
    if here == there and not meant:
        return _item_of_no_list(lines, last)
    is_last = here > there or bool(above)
    likely = Indent(last, _indent_of_parent(lines, last, there)) if is_last else Indent(above, here)
    wrong, right = (meant or likely).line, (meant or likely).width
    if right == indent_of(lines[wrong]):
        return None
    advice = f"begin it with {_spaces(right)}: `{' ' * right}{without_comment(lines[wrong]).strip()}`"
    return wrong, LineProblem(
        1,
        "this line begins further left or right than the lines that it belongs to;"
        f" {advice}{_other_line(lines, last) if wrong == last else ''}",
    )


def _spaces(width: int) -> str:
    return f"{width} space{'s' * (width > 1)}" if width else "no space"


def _other_line(lines: Sequence[str], index: int) -> str:
    """Name the line above that is further left, if the lines around it begin where the line at `index` does.

    Then nobody can tell which of the two is the wrong one.
    """
    edge = indent_of(lines[index])
    left = next((above for above in range(index - 1, -1, -1) if is_left_of(lines, above, index)), 0)
    before = next((line for line in written_lines(lines[:left][::-1]) if indent_of(line) <= edge), "")
    key = re.match(r"\s*([\w-]+):", lines[left])
    if not key or not before or indent_of(before) != edge or _is_item(before) or _is_item(lines[index]):
        return ""
    return f"; or, if '{key[1]}' above it is the wrong one, begin that with {_spaces(edge)}"


def _hyphen_before_key(lines: Sequence[str], last: int, above: int) -> tuple[int, LineProblem] | None:
    """Find a key that has a hyphen before it, among keys that have none."""
    for index in (above, last):
        item = _HYPHEN_BEFORE_KEY.fullmatch(without_comment(lines[index]).rstrip())
        if item and _is_among_keys(lines, index) and not _is_in_list(lines, index, item["key"]):
            column = item.start("key") - 1
            advice = f"for a key, write `{item['key']}:{item['rest']}`"
            return index, LineProblem(column, f"a hyphen begins an item of a list; {advice}")
    return None


def _is_in_list(lines: Sequence[str], index: int, key: str) -> bool:
    """Tell whether an item with a key is below its list or the key of it, or another begins with that key."""
    above, edge = line_above(lines, index), indent_of(lines[index])
    opener = lines[above] if above is not None else ""
    if indent_of(opener) == edge and without_comment(opener).rstrip().endswith(":"):
        return True
    if _is_left_of_items(lines, index):
        return True
    others = (_KEY_OF_ITEM.match(line) for number, line in enumerate(lines) if number != index)
    return any(other[1] == key for other in others if other)


def _is_left_of_items(lines: Sequence[str], index: int) -> bool:
    """Tell whether the items around an item begin further right, and are not a list of its own."""
    edge = indent_of(lines[index])
    above = takewhile(lambda line: indent_of(line) > edge, written_lines(lines[:index][::-1]))
    below = list(takewhile(lambda line: indent_of(line) > edge, written_lines(lines[index + 1 :])))
    has_value = not without_comment(lines[index]).rstrip().endswith(":")
    is_among = any(map(_is_item, below)) and (has_value or not _is_item(below[0]))
    return is_among or any(map(_KEY_OF_ITEM.match, above))


def _item_of_no_list(lines: Sequence[str], index: int) -> tuple[int, LineProblem] | None:
    if not _is_item(lines[index]):
        return None
    advice = "move it below the key of its list, with nothing after the colon of that key"
    return index, LineProblem(indent_of(lines[index]) + 1, f"this item belongs to no list; {advice}")


def _indent_of_parent(lines: Sequence[str], index: int, otherwise: int) -> int:
    """Return where a key begins that has the lines below it, which begin where they should."""
    below = next(written_lines(lines[index + 1 :]), "")
    if not lines[index].rstrip().endswith(":") or indent_of(below) <= indent_of(lines[index]):
        return otherwise
    return max(
        (indent_of(line) for line in lines[:index] if indent_of(line) <= indent_of(lines[index])),
        default=otherwise,
    )


def _is_among_keys(lines: Sequence[str], index: int) -> bool:
    """Tell whether the lines beside a line are keys without a hyphen."""
    beside = _beside(lines, index)
    return bool(beside) and all(re.match(r"\s*[\w-]+:", line) for line in beside)


def _beside(lines: Sequence[str], index: int) -> list[str]:
    """Return the other lines in the block of a line that begin where it does."""
    edge = indent_of(lines[index])
    below = takewhile(lambda line: indent_of(line) >= edge, written_lines(lines[index + 1 :]))
    above = takewhile(lambda line: indent_of(line) >= edge, written_lines(lines[:index][::-1]))
    return [line for line in (*below, *above) if indent_of(line) == edge]
