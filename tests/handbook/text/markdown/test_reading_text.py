"""A word is found however it is written, where a reader reads it, and nowhere else."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text import characters
from handbook.text.characters import plain_characters
from handbook.text.markdown.reading_text import can_hide_words, phrases_read, plain_text, reading_text
from handbook.text.phrase_search import Phrase, PhraseFinder, whole_words


def _phrase(words: str, *, ignores_case: bool = False) -> Phrase[str]:
    return Phrase(words, whole_words(words, "-"), words, ignores_case=ignores_case)


FINDER = PhraseFinder(
    [
        _phrase("Facebook", ignores_case=True),
        _phrase("Réseau", ignores_case=True),
        _phrase("on X"),
        _phrase("by Meta's"),
        _phrase("微信"),
    ]
)
# In each text, the name begins at the mark ¦.
READ = (
    "¦on\nX.",
    "¦on  X",
    "¦on\t \tX",
    "¦on\u00a0X",
    "¦on\u3000X",
    "¦on\u2028X",
    "¦on&nbsp;X",
    "¦on **X**",
    "¦on ***X***",
    "¦on “X”",
    '¦on "X"',
    "¦on « X »",
    "¦on [X](a.md)",
    "¦on [**X**](a.md)",
    "¦on <b>X</b>",
    "¦on<br>X",
    "¦on <!-- a\nb --> X",
    "> ¦on\n> X",
    "> ¦on\nX",
    "## A\n¦on\nX",
    "¦by Meta’s",
    "¦Face**book**",
    "**¦Face**book",
    "*¦Face***book**",
    "*¦Face*<b>book</b>",
    "_¦Facebook_",
    "__¦Facebook__",
    "¦Face~~book~~",
    "¦Face<b>book</b>",
    "¦Face<B>book</B>",
    "¦Face<wbr>book",
    "<b>¦Face</b><i>book</i>",
    "¦Face<span\n title='a > b'>book</span>",
    "¦Face<!-- x -->book",
    "¦Face&#98;ook",
    "¦Face&#x62;ook",
    "¦Face&shy;book",
    "¦Face&zwj;book",
    "¦Face&ZeroWidthSpace;book",
    "¦Face\u00adbook",
    "¦Face\u200bbook",
    "¦Face" + "\u200b" * 40 + "book",
    "¦Face\ufeffbook",
    "¦Face\u2060book",
    "¦Face\ufe0fbook",
    "¦Fa\u0336cebook",
    "¦Facebook\u0332",
    "¦Ｆａｃｅｂｏｏｋ",
    "¦Ⓕacebook",
    "¦𝐅𝐚𝐜𝐞𝐛𝐨𝐨𝐤",
    "¦𝓕𝓪𝓬𝓮𝓫𝓸𝓸𝓴",
    "¦Réseau",
    "¦Re\u0301seau",
    "¦R&eacute;seau",
    "[¦Face](x)book",
    "[¦Face](x(1)y)book",
    "[¦Face](<x y>)book",
    "[¦Face](x 'y')book",
    "[¦Face](x){ .c }book",
    "[¦Face][r]book\n\n[r]: x",
    "[¦Face][]book\n\n[face]: x",
    "[r]: x '¦Facebook'",
    "[r]: x\n    '¦Facebook'\n\na [r]",
    "[a](b '¦Facebook')",
    '[a](b "¦Facebook")',
    "[a](b){ title='¦Facebook' }",
    'a\n{: title="¦Facebook" }',
    '## A { title="¦Facebook" }',
    "![¦Facebook](x)",
    "![¦Face*book*](x)",
    "a![¦Facebook](x)b",
    "¦Facebook[1]",
    "¦Facebook™",
    "¦Facebook²",
    "在¦Facebook上",
    "我们使用¦微信发布。",
    "**¦微**信",
    "¦Facebook[r]",
    "¦on [X]",
    "[¦Facebook]",
    "<img alt='¦Facebook' src=x>",
    "<IMG SRC=x ALT=¦Facebook>",
    '<abbr title="a > ¦Facebook">x</abbr>',
    "<input placeholder='¦Facebook'>",
    "<svg><title>¦Facebook</title></svg>",
    "<details><summary>¦Facebook</summary></details>",
    "<figcaption>¦Facebook</figcaption>",
    "[^1]: ¦Facebook",
    "[^1]: ¦Facebook says so.",
    "[note]: ¦Facebook says so.",
    "*[HTML]: ¦Facebook",
    "| ¦Facebook | x |\n|---|---|",
    "Term\n:   ¦Facebook",
    "- ¦Facebook",
    "1. ¦Facebook",
    "## ¦Facebook",
    "## ¦Face**book** { #x }",
    "¦Facebook\n--------",
    '!!! note "¦Facebook"',
    '=== "¦Facebook"',
    "!!! ¦facebook",
    "¦Face\\book",
    "\\*¦Facebook\\*",
    "¦Facebook's",
    "¦Facebook’s",
    "<https://¦facebook.com>",
    "<a@¦facebook.com>",
    "https://www.¦facebook.com/x",
    '¦Face"book"',
    "¦Face{# x #}book",
    "¦Face{% if x %}book{% endif %}",
    "¦Fa{% raw %}ce{% endraw %}book",
    "{% raw %}¦Facebook{% endraw %}",
    "{{ '¦Facebook' }}",
    "{{ '¦Face' ~ 'book' }}",
    "{{ '¦Face' + \"book\" }}",
    "{{ '¦Face' 'book' }}",
    "{{ '¦Face' }}book",
    "¦Face{{ 'book' }}",
)
PASSED = (
    "{{ f('¦Facebook') }}",
    "{{ f(may=['¦on X', 'b']) }}",
    "{{ f('¦Face**book**') }}",
    "{{ f('¦Face&#98;ook') }}",
    "{{ f('¦Face' ~ 'book') }}",
    "{{ f('¦Face\\x62ook') }}",
    "{{ f('¦Face\\u0062ook') }}",
    "{{ f('¦on\\nX') }}",
    "{% set name = '¦Facebook' %}",
    "{% set name = '¦Face' ~ 'book' %}",
    "{% for name in ['¦Facebook'] %}{{ name }}{% endfor %}",
)
ADDRESSES = (
    "[a](facebook.md)",
    "[a](<facebook page>)",
    "[a](b_(facebook).md)",
    "![a](facebook.png)",
    "[a][r]\n\n[r]: facebook.md",
    "[a][r]\n\n[r]:\n    facebook.md 'b'",
    "<a href='facebook'>x</a>",
    "<a data-title='Facebook'>x</a>",
)
NOT_READ = (
    *ADDRESSES,
    "turn it on\n\nX marks",
    "turn it on.\n# X",
    "## turn it on\nX marks",
    "- on\n- X",
    "on\n- X",
    "on\n1. X",
    "on\n> X",
    "| on | X |\n|----|---|\n| on | X |",
    "a | on\n--|--\nX | b",
    "<p>on</p><p>X</p>",
    "on (X marks)",
    "on: X",
    "on X-rays",
    "on `x` X",
    "on {{ organization.name }} X",
    "on 1 X",
    "on ![a tree](b) X",
    "turn it ![on](b) X marks",
    "Face[book]",
    "[Face][r]book",
    "Face book",
    "my_facebook_page",
    "`Facebook`",
    "```\nFacebook\n```",
    "<!-- Facebook -->",
    "[a][facebook]\n\n[facebook]: x",
    "## A { #facebook }",
    "[a](b){ .facebook }",
    "a\n{: .facebook }",
    "{% if name == 'facebook' %}x{% endif %}",
    "{# Facebook #}",
    "{{ facebook }}",
)


def _found(text: str) -> list[tuple[int, str]]:
    matches = phrases_read(FINDER, text, "en", arguments=True)
    return sorted((match.start, match.meaning) for match in matches)


@pytest.mark.parametrize("text", [*READ, *PASSED])
def test_a_name_is_found_where_it_begins(text: str) -> None:
    start = text.index("¦")
    assert [offset for offset, _ in _found(text.replace("¦", ""))] == [start]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_no_reader_reads_as_a_name_is_none(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("text", PASSED)
def test_what_is_passed_to_a_macro_counts_only_if_it_is_wanted(text: str) -> None:
    assert not list(phrases_read(FINDER, text.replace("¦", ""), "en"))


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_counts_only_if_it_is_wanted(text: str) -> None:
    matches = list(phrases_read(FINDER, text, "en", addresses=True))
    assert [text[match.start :][:8].casefold() for match in matches] == ["facebook"]


def test_a_title_has_entities_and_invisible_characters_but_no_markdown() -> None:
    assert plain_text("Face&#98;o\u00adok [a](b)").text == "Facebook [a](b)"


@given(st.lists(st.sampled_from([*READ, *PASSED, *NOT_READ, *"\n\t *_[](){}<>\"'`~=&;|\\!#ax1é\u200bＡ"])))
def test_a_page_without_what_hides_words_has_its_words_as_they_are_written(parts: list[str]) -> None:
    text = "".join(parts).replace("¦", "")
    if _finds(text):
        assert FINDER.may_match(text) or can_hide_words(text)


@given(st.text("FaceonX bk*_[](){}<>\"'`~=&;|\\!#é\u200b\u00ad\n/%-+:", max_size=60), st.booleans())
def test_each_character_is_from_a_place_in_the_page(text: str, arguments: bool) -> None:
    read = reading_text(text, arguments=arguments, addresses=arguments)
    offsets = [read.offset(position) for position in range(len(read.text))]
    assert all(0 <= offset <= len(text) for offset in offsets)
    if not can_hide_words(text):
        words = re.findall(r"[^\W_]+", read.text)
        assert all(word in text for word in words)


def _finds(text: str) -> bool:
    return any(True for _ in FINDER.find(reading_text(text, arguments=True, addresses=True).text, "en"))


def test_characters_that_count_as_plain_are_what_they_are() -> None:
    plain = re.compile(f"[{characters.PLAIN}]")
    for number in [*range(0xD800), *range(0xE000, 0x110000)]:
        letter = chr(number)
        if plain.match(letter) and not letter.isspace():
            assert unicodedata.normalize("NFKC", letter) == plain_characters(letter) == letter, hex(number)


FLOODS = (
    *(
        "[",
        "![",
        "[a](",
        "](",
        "![](",
        "][",
        "[a][",
        "[^",
        "[^1]",
        "\n[a]: b",
        "\n[a]:\n",
        "(",
        "](a(",
        "](a)b",
    ),
    *(
        "<",
        "<a ",
        "<a b=",
        '<a "',
        "<a '\"",
        "<!--",
        "<![CDATA[",
        "<a>",
        "<a@b",
        "<http://a",
        "&",
        "&#",
        "&a",
    ),
    *(
        "`",
        "\\`",
        "\\",
        "*",
        "_",
        "_a",
        "**a",
        "e_*",
        "~~",
        "==",
        '"',
        'a"',
        "on ",
        'on "',
        "on [",
        "on\u00a0",
    ),
    *(
        "{",
        "{{",
        "{%",
        "{{ '",
        "{{ 'a' ~ ",
        "{{'a'}}",
        "{a}",
        "\n{a",
        "|",
        "|-",
        "\n",
        "\n> ",
        "> ",
        "- ",
        "# ",
    ),
    *("\u200b", "a\u0301\u0323", "\u0301\u0323", "Ａ", "ﷺ", "я", " ", "\t", "\x00", "F<b>f</b>", "on\nX\n"),
)


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_any_mark_is_read_at_once(flood: str) -> None:
    text = flood * (250_000 // len(flood))
    start = time.process_time()
    can_hide_words(text)
    list(FINDER.find(reading_text(text, arguments=True, addresses=True).text, "en"))
    assert time.process_time() - start < 3
