"""What somebody meant who wrote a name with hyphens, or a statement as another program has it."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from handbook.templating.sandbox import is_printable
from handbook.text.suggestions import nearest

STATEMENTS: Final = frozenset({"if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"})
_OTHERS: Final = {
    "elseif": "elif",
    "elsif": "elif",
    "fi": "endif",
    "foreach": "for",
    "endforeach": "endfor",
}
_STATEMENT: Final = re.compile(
    r"(?P<begin>\{%[-+]?\s*)(?P<words>(?:(?:end|else)\s+(?=if|for|raw))?[\w-]*)(?P<rest>.*?)(?P<end>[-+]?%\})",
    re.DOTALL | re.IGNORECASE,
)


def meant_statement(written: str, names: Collection[str]) -> str | None:
    """Return what to write instead of a statement; None if it can stay, or what it means is unknown.

    `names` are those of variables and macros, which belong between `{{` and `}}`.
    """
    statement = _STATEMENT.fullmatch(written)
    if not statement:
        return None
    words = statement["words"]
    word = "".join(words.casefold().split())
    word = _OTHERS.get(word, word)
    if word in STATEMENTS:
        is_right = word == words
        return None if is_right else f"{statement['begin']}{word}{statement['rest']}{statement['end']}"
    name = word.replace("-", "_")
    return f"{{{{ {name}{statement['rest'].rstrip()} }}}}" if name in names else None


def value_meant(name: str, variables: Mapping[str, object]) -> str | None:
    """Return the value of a group, such as `organization.name`, that a name without a dot means."""
    values = (
        f"{variable}.{attribute}"
        for variable, group in variables.items()
        for attribute, value in getattr(group, "__dict__", {}).items()
        if is_printable(value)
    )
    return nearest(name, values)


class HyphenatedNames(NodeTransformer):
    """Takes a name with hyphens for one name, which Jinja reads as a subtraction.

    Only what is written without spaces in `text` is one, and only if a part of it is among `unknown`.
    """

    def __init__(self, text: str, unknown: Collection[str]) -> None:
        """Begin without names."""
        self.names: set[str] = set()
        self._text = text
        self._unknown = unknown

    def visit_Sub(self, node: nodes.Sub) -> nodes.Node:  # noqa: N802 - as Jinja names it
        """Return one name in place of two, or the subtraction if it is one."""
        self.generic_visit(node)
        left, after = node.left, node.right
        holder: nodes.Call | nodes.Filter | None = None
        while isinstance(after, nodes.Call | nodes.Filter) and after.node:
            holder = after
            after = after.node
        words = _last_word(left), _last_word(after)
        written = "-".join(words)
        is_name = all(words) and not isinstance(after, nodes.Getattr) and written in self._text
        if not is_name or self.names.union(self._unknown).isdisjoint(words):
            return node
        self.names.add(written)
        name: nodes.Expr = nodes.Name(written, "load", lineno=node.lineno)
        if isinstance(left, nodes.Getattr):
            name = nodes.Getattr(left.node, written, "load", lineno=node.lineno)
        if holder is None:
            return name
        holder.node = name
        return node.right


def _last_word(node: nodes.Node) -> str:
    """Return the word that a hyphen can follow; nothing if there is none."""
    if isinstance(node, nodes.Const) and isinstance(node.value, int):
        return str(node.value)
    if isinstance(node, nodes.Name):
        return node.name
    return node.attr if isinstance(node, nodes.Getattr) else ""
