"""French texts keep their signs on the line of the word before, and have the quotation marks of French."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
import yaml

ROOT: Final = Path(__file__).parents[2]
CATALOGS: Final = sorted((ROOT / "macros/catalog").glob("fr*.yml"))
REGISTERS: Final = [
    ROOT / "organization.yml",
    ROOT / "handbook/adoption/example.yml",
    ROOT / "handbook/forges/reviews/words.yml",
    ROOT / "handbook/reminders/words.yml",
    ROOT / "handbook/training/words.yml",
    *sorted((ROOT / "registers").glob("*.yml")),
    *sorted((ROOT / "registers/scenarios").glob("*.yml")),
]
PAGES: Final = sorted((ROOT / "docs").rglob("*.fr.md"))

_NOT_PROSE: Final = re.compile(
    r"""
      ^[ ]*(```+|~~~+).*?^[ ]*\1[ ]*$       # a block of code
    | `+[^`\n]*`+                           # code in a sentence
    | \{\{.*?\}\} | \{%.*?%\} | \{\#.*?\#\} | \{[^{}\n]*\}
    | <!--.*?--> | </?[a-zA-Z][^<>]*>
    | (?<=\])\([^()\s]*(?:[ ]"[^"]*")?\)    # the target of a link
    | ^[ ]*(?:!!!|\?\?\?\+?|===)[ ]*[\w-]*  # the beginning of a box
    | ^[ ]*\|?[-:| ]+\|[-:| ]*$             # the rule below the head of a table
    | (?:https?|mailto|tel):[^\s»]+ | [\w.+-]+@[\w-]+\.[\w.-]+
    | &\#?\w+; | \w+="[^"\n]*"
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_NARROW: Final = "\u00a0\u202f"
_FAULTS: Final = {
    "no-break space before the sign": rf"(?<![{_NARROW}!?])[;!?](?!\[)|(?<![{_NARROW}]):(?=\s|$)",
    "no-break space inside « »": rf"«(?![{_NARROW}])|(?<![{_NARROW}])»",
    "no-break space in a number": r"(?<=\d) (?=[%€$£]|h\b|\d{3}\b)|(?<=n°) ",
    "apostrophe ’": r"(?<=\w)'(?=\w)",
    "quotation marks « »": r"[“”]",
}


def _blank(match: re.Match[str]) -> str:
    return "\u00a0" if match[0] == "&nbsp;" else re.sub(r"[^\n]", "x", match[0])


def _faults(text: str, line: int) -> Iterator[str]:
    prose = _NOT_PROSE.sub(_blank, text.replace("\\u00a0", "\u00a0").replace("\\u202f", "\u202f"))
    for fault, pattern in _FAULTS.items():
        for match in re.finditer(pattern, prose):
            around = prose[max(0, match.start() - 25) : match.end() + 10].replace("\n", " ")
            yield f"{line + prose.count(chr(10), 0, match.start())}: {fault}: {around!r}"


def _texts(node: yaml.Node | None, is_french: bool) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode) and is_french:
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item, is_french)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts(value, is_french or key.value == "fr")


def _in_yaml(text: str, is_french: bool) -> Iterator[str]:
    for node in _texts(yaml.compose(text, Loader=yaml.SafeLoader), is_french):
        written = text[node.start_mark.index : node.end_mark.index].rstrip()
        quoted = written[0] in "\"'"
        yield from _faults(written[1:-1] if quoted else written, node.start_mark.line + 1)


def _in_catalog(text: str) -> Iterator[str]:
    yield from _in_yaml(text, is_french=True)


def _in_register(text: str) -> Iterator[str]:
    yield from _in_yaml(text, is_french=False)


def _in_page(text: str) -> Iterator[str]:
    _, front, body = text.split("---\n", 2)
    root = yaml.compose(front, Loader=yaml.SafeLoader)
    for key, value in root.value if root else ():
        if key.value in ("title", "description"):
            yield from _faults(value.value, value.start_mark.line + 2)
    yield from _faults(body, front.count("\n") + 3)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.name)
def test_texts_of_the_frame_have_french_typography(file: Path) -> None:
    _holds(file, _in_catalog)


@pytest.mark.sample
@pytest.mark.parametrize("file", REGISTERS, ids=lambda file: file.name)
def test_french_texts_of_registers_have_french_typography(file: Path) -> None:
    _holds(file, _in_register)


@pytest.mark.sample
@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_french_pages_have_french_typography(file: Path) -> None:
    _holds(file, _in_page)


def _holds(file: Path, faults: Callable[[str], Iterator[str]]) -> None:
    name = file.relative_to(ROOT).as_posix()
    assert [f"{name}:{fault}" for fault in faults(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "good",
    [
        "Qui appeler\u00a0? Le 911\u00a0!",
        "«\u00a0Oui\u00a0», et l’autre\u00a0: 10\u00a0000\u00a0$, à 9\u00a0h, 8\u00a0%.",
        "Voyez [la page\u00a0?](a.md#b) et `a ? b : c;` ou {{ contact('people') }}\u00a0: https://a.org/?b=c;d",
        '!!! note "Attention\u00a0!"\n\n| A | B |\n|:--|--:|\n![Un chat](chat.png)\n',
        '```\nQui: "moi"; toi!\n```\n',
        'Le {name}\u00a0: `rel="me"` ou rel="me", <a href="b?c;d">ici</a>, &amp;.',
        "Le 16\u00a0h\u00a030 du 3 juin 2026, de 14:30 à 15:00\u00a0; 911 ou 112.",
    ],
)
def test_french_typography_is_left_alone(good: str) -> None:
    assert list(_faults(good, 1)) == []


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("Qui appeler ?", 1),
        ("Un.\nQui appeler? Moi", 2),
        ("A\nB\nL’autre : lui", 3),
        ("L’autre: lui", 1),
        ("« Oui\u00a0»", 1),
        ("«\u00a0Oui »", 1),
        ("“oui, dit-il", 1),
        ("L'autre", 1),
        ("10 000 personnes", 1),
        ("à 9 h", 1),
        ("8 %", 1),
        ("```\na;\n```\n[Qui ?](a.md)", 4),
    ],
)
def test_faults_are_found_on_their_line(bad: str, line: int) -> None:
    assert [fault.partition(":")[0] for fault in _faults(bad, 1)] == [str(line)]


def test_texts_by_language_are_read_in_french_only() -> None:
    text = 'a: {en: "What: this?", fr: "Quoi : ceci\\u00a0?"}\nb:\n  en: Why?\n  fr: Pourquoi?\nc: No; yes!\n'
    assert [fault.partition(":")[0] for fault in _in_register(text)] == ["1", "4"]
    assert len(list(_in_catalog("a: Quoi?\n"))) == 1


def test_a_page_is_read_from_its_title_on() -> None:
    text = "---\ntitle: Qui?\nasked_as:\n  - qui?\n---\n\n# Qui\u00a0?\n\nMoi!\n"
    assert [fault.partition(":")[0] for fault in _in_page(text)] == ["2", "9"]
