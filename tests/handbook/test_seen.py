"""What a built page says to its readers, and how two states of it are compared."""

import datetime
import json
from dataclasses import replace

import pytest

from handbook.comparison.causes import uncommitted, weight_of, with_causes
from handbook.comparison.change_record import Cause, ChangedPage, WhatChanged, read_what_changed
from handbook.comparison.compare import what_changed
from handbook.comparison.formats import FORMATS, as_html, as_markdown
from handbook.comparison.rendered_page import SeenPage
from handbook.comparison.rendered_pages import seen_pages
from handbook.editions.manifest import PageRecord
from handbook.errors import HandbookError

HEAD = '<div lang="en" data-page="docs/a.md" data-audience="work managers">'
NAMES = ("2026.1", "2026.2")


def _page(body: str, heading: str = "A page") -> bytes:
    around = '<ul class="facts"><li>Owner: us</li></ul><div class="overdue" hidden>Overdue</div>'
    text = f"{HEAD}<h1>{heading}</h1></div>{around}{HEAD}{body}</div>"
    whole = f"<html><body><nav>Menu</nav><article>{text}</article><footer>Foot</footer></body></html>"
    return whole.encode()


def _seen(body: str, address: str = "a/index.html", heading: str = "A page") -> SeenPage:
    return seen_pages({address: _page(body, heading)})["docs/a.md"]


def _changes(before: str, after: str) -> WhatChanged:
    return what_changed({"docs/a.md": _seen(before)}, {"docs/a.md": _seen(after)}, NAMES)


def _redline(found: WhatChanged) -> str:
    marks = {"kept": "{}", "inserted": "+{}+", "deleted": "-{}-", "left_out": "…"}
    return "".join(marks[one.mark].format(one.text) for one in found.pages[0].redline)


def test_a_page_says_what_it_is_and_what_surrounds_it_is_left_out() -> None:
    page = _seen("<p>Text.</p>")
    assert (page.path, page.title, page.language, page.audience) == (
        "docs/a.md",
        "A page",
        "en",
        ("work", "managers"),
    )
    assert page.lines == ("A page", "Text.")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>One\n  line<br>and  another</p>", ["One line", "and another"]),
        ("<ul><li>One<ul><li>Two</li></ul></li></ul>", ["• One", "• Two"]),
        ("<ol><li><p>First</p></li></ol>", ["• First"]),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>",
            ["A | B", "1 | 2"],
        ),
        ("<dl><dt>Term</dt><dd>What it is</dd></dl>", ["Term", "What it is"]),
        ('<p>See <img alt="a dog" src="../dog.png"> here</p>', ["See [image: a dog] here"]),
        ("<pre>one\n  two</pre>", ["one", "  two"]),
        ('<h2>Part<a class="headerlink" href="#part">¶</a></h2>', ["Part"]),
        ("<details><summary>More</summary>Hidden</details>", ["More", "Hidden"]),
        ("<p>a<script>alert(1)</script>b</p><style>p{}</style>", ["ab"]),
        ("<p>&lt;b&gt; &amp; é</p>", ["<b> & é"]),
        ("<p>Not <blink>known</blink><p>not closed", ["Not known", "not closed"]),
    ],
)
def test_each_kind_of_text_is_read_as_lines(body: str, lines: list[str]) -> None:
    assert [line for line in _seen(body).lines[1:] if line] == lines


def test_no_class_hides_words_from_the_comparison() -> None:
    """A page may use classes, and one that the theme has must not keep its words from an auditor."""
    body = (
        '<p class="facts">One</p><a class="headerlink" href="#x">two</a><p class="overdue fallback">three</p>'
    )
    assert _seen(body).lines[1:] == ("One", "two", "three")


def test_an_edition_whose_pages_do_not_say_what_they_are_is_read_by_its_addresses() -> None:
    html = (
        '<article class="md-content__inner"><div lang="fr"><h1>Titre</h1></div>'
        '<ul class="facts"><li>x</li></ul><div class="overdue">x</div>'
        '<div lang="fr"><p class="kept">Texte</p></div></article>'
    )
    files = {"fr/a/index.html": html.encode(), "a/index.html": html.replace("fr", "en").encode()}
    records = [
        PageRecord(path=path, title="A", owner=None, last_reviewed=None, audience=("work",), fingerprint="")
        for path in ("docs/a.md", "docs/a.fr.md", "docs/gone.md")
    ]
    pages = seen_pages(files, records)
    assert sorted(pages) == ["docs/a.fr.md", "docs/a.md"]
    assert (pages["docs/a.fr.md"].address, pages["docs/a.fr.md"].language) == ("fr/a/index.html", "fr")
    assert pages["docs/a.md"].lines == ("Titre", "Texte")


def test_a_link_counts_by_where_it_leads_and_not_by_where_it_stands() -> None:
    near, far = (
        _seen(f'<a href="{link}">B</a>', place)
        for link, place in (("../b/#c", "a/index.html"), ("../../b/#c", "x/a/index.html"))
    )
    assert near.links == far.links == (("B", "b/#c"),)
    assert _redline(_changes('<p><a href="../b/">B</a></p>', '<p><a href="../c/">B</a></p>')) == (
        "A page\nB\n[B → -b-+c+/]\n"
    )


def test_a_picture_that_was_replaced_under_its_name_is_a_change() -> None:
    before, after = (
        seen_pages({"a/index.html": _page('<img alt="Map" src="../map.png">'), "map.png": data})
        for data in (b"old", b"new")
    )
    assert [page.what for page in what_changed(before, after, NAMES).pages] == ["text"]


def test_words_that_are_the_same_in_another_markup_are_no_change() -> None:
    assert not _changes("<p>One <b>word</b></p>", "<div><p>One\n<em>word</em></p></div>").pages


def test_the_redline_shows_the_words() -> None:
    assert _redline(_changes("<p>Keep it three years.</p>", "<p>Keep it five years.</p>")) == (
        "A page\nKeep it -three-+five+ years.\n"
    )


def test_pages_come_and_go_and_move() -> None:
    text = "".join(f"<p>Line {number}.</p>" for number in range(9))
    page = _seen(text)
    old = {name: replace(page, path=name, address=f"{name}/index.html") for name in ("docs/a.md",)}
    old["docs/b.md"] = replace(page, path="docs/b.md", lines=("Gone",))
    old["docs/d.md"] = replace(page, path="docs/d.md", address="d/index.html", links=(("A", "docs/a.md/"),))
    new = {
        "docs/c.md": replace(page, path="docs/c.md", address="c/index.html", lines=(*page.lines[:-1], "New"))
    }
    new["docs/e.md"] = replace(page, path="docs/e.md", lines=("Another",))
    new["docs/d.md"] = replace(old["docs/d.md"], links=(("A", "c/"),))
    found = what_changed(old, new, NAMES).pages
    assert [(one.path, one.what, one.path_before) for one in found] == [
        ("docs/b.md", "gone", "docs/b.md"),
        ("docs/c.md", "moved", "docs/a.md"),
        ("docs/e.md", "new", None),
    ]


def test_other_readers_are_a_change_and_see_it() -> None:
    page = _seen("<p>Text.</p>")
    for after in (("managers",), ()):
        found = what_changed({"docs/a.md": page}, {"docs/a.md": replace(page, audience=after)}, NAMES)
        assert [one.what for one in found.pages] == ["audience"]
        assert found.for_readers(["work"]).pages == found.pages
        assert not found.for_readers(["personal"]).pages
        assert "before for people who post for us, managers" in as_markdown(found)


def test_what_is_for_everyone_is_for_each_audience() -> None:
    page = replace(_seen("<p>Text.</p>"), audience=("everyone",))
    found = what_changed({"docs/a.md": page}, {"docs/a.md": replace(page, lines=("x",))}, NAMES)
    assert found.for_readers(["managers"]).pages
    assert [readers for readers, _ in found.by_audience()] == [("everyone",)]


def test_pages_that_change_with_each_build_are_named_and_not_compared() -> None:
    page = replace(_seen("<p>Text.</p>"), path="docs/audit/reviews.md")
    found = what_changed({page.path: page}, {page.path: replace(page, lines=("x",))}, NAMES)
    assert (found.pages, found.not_compared) == ((), ("docs/audit/reviews.md",))
    assert "docs/audit/reviews.md" in as_markdown(found)


def test_a_page_answers_for_its_own_file_and_then_for_the_words_of_registers() -> None:
    found = _changes("<p>Keep it three years. Ask.</p>", "<p>Keep it five years. Ask us.</p>")
    own = uncommitted("docs/a.md", b"Ask.", b"Ask us.")
    data = uncommitted("organization.yml", b"retention: three years", b"retention: five years")
    other = uncommitted("registers/sources.yml", b"old", b"new")
    read = uncommitted("registers/reviews/2026.yml", b"three", b"five")
    code = uncommitted("macros/definitions/cards.py", b"x", b"y")
    for changes, causes in (
        ([own, data, other, read, code], ["docs/a.md", "organization.yml"]),
        ([data, other, read, code], ["organization.yml"]),
        ([other, read, code], ["registers/sources.yml", "macros/definitions/cards.py"]),
        ([own, code], ["docs/a.md"]),
        ([read], []),
    ):
        explained = with_causes(found, changes).pages[0]
        assert [cause.path for cause in explained.causes] == causes
        assert explained.weight is None


def test_a_page_that_only_code_reached_names_the_newest_changes_of_it() -> None:
    found = _changes("<p>One.</p>", "<p>Two.</p>")
    changes = [uncommitted(f"macros/{number}.py", b"", b"") for number in range(500)]
    assert len(with_causes(found, changes).pages[0].causes) == 20


def test_one_substantive_change_makes_all_substantive_and_one_unknown_leaves_it_open() -> None:
    assert weight_of(["editorial", None, "substantive"]) == "substantive"
    assert weight_of(["editorial", "editorial"]) == "editorial"
    assert weight_of(["editorial", None]) is None
    assert weight_of([]) is None


HOSTILE = "<script>alert(1)</script> ![x](y) @everyone #1 `a` *b* | &lt; https://evil.example $x$ :bomb:"


def _hostile() -> WhatChanged:
    cause = Cause(
        path="docs/`a`.md\n# b",
        commit="a" * 40,
        day="2026-11-20",
        reason=HOSTILE,
        pull_request=7,
        weight=None,
    )
    page = ChangedPage.model_validate(
        {
            "path": "docs/<a>.md\n# Forged",
            "path_before": "docs/b.md",
            "address": "a",
            "title": HOSTILE,
            "language": 'en" onload="x',
            "audience": [HOSTILE],
            "audience_before": [],
            "what": "text",
            "causes": [cause],
            "redline": [
                {"mark": "kept", "text": f"# {HOSTILE}\n    code\n"},
                {"mark": "deleted", "text": f"{HOSTILE}\n1. one\n- two"},
                {"mark": "inserted", "text": "</ins></div>\x1b[31m"},
            ],
        }
    )
    return WhatChanged(before="<1>\n# x", after="2", compared=1, not_compared=("docs/<x>.md",), pages=(page,))


def test_markdown_shows_hostile_text_as_text_and_calls_nobody() -> None:
    markdown = pytest.importorskip("markdown")

    text = as_markdown(_hostile())
    assert "@everyone" not in text
    assert "#1" not in text
    assert "https://evil" not in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line.startswith(("# Forged", "# b", "# x"))]
    html = markdown.markdown(text)
    for element in ("<script", "<img", "<code", "<em", "<a ", "<ol", "</div>"):
        assert element not in html, element
    assert html.count("<del>") == text.count("<del>") == 3


def test_html_escapes_announces_and_names_its_languages() -> None:
    text = as_html(_hostile())
    assert "<script" not in text
    assert 'onload="x' not in text
    assert '<del><span class="visually-hidden">[deleted: </span>' in text
    assert '<ins><span class="visually-hidden">[inserted: </span>&lt;/ins&gt;' in text


def test_what_is_recorded_is_read_again_and_what_is_no_record_is_told() -> None:
    found = _hostile()
    assert read_what_changed(found.as_bytes()) == found
    assert json.loads(FORMATS["json"](found)) == json.loads(found.as_bytes())
    for data in (b"", b"[]", b"\xff", b'{"before": 1}', found.as_bytes().replace(b'"text"', b'"other"')):
        with pytest.raises(HandbookError, match=r"changes\.json cannot be read"):
            read_what_changed(data)


def test_nothing_before_and_nothing_new_are_said_in_a_sentence() -> None:
    page = {"docs/a.md": _seen("<p>Text.</p>")}
    assert "Nothing was published before. 1 page can be read." in as_markdown(
        what_changed(None, page, (None, "2026.1"))
    )
    assert "No page reads other than before." in as_html(what_changed(page, page, NAMES))


def test_two_hundred_pages_that_all_moved_are_compared_at_once() -> None:
    page = _seen("".join(f"<p>Line {number}.</p>" for number in range(40)))
    begin = datetime.datetime.now(datetime.UTC)
    old, new = (
        {
            f"{folder}/{number}.md": replace(
                page, path=f"{folder}/{number}.md", lines=(f"{number}", *page.lines)
            )
            for number in range(200)
        }
        for folder in ("docs/a", "docs/b")
    )
    assert len(what_changed(old, new, NAMES).pages) == 200
    assert datetime.datetime.now(datetime.UTC) - begin < datetime.timedelta(seconds=60)
