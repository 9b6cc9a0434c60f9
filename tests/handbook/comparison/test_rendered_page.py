"""What a built page says to its readers: its lines, its links, and what it is."""

import pytest

from handbook.comparison.rendered_pages import rendered_pages
from handbook.editions.manifest import PageRecord
from tests.handbook.comparison.pages import rendered


def test_a_page_says_what_it_is_and_what_surrounds_it_is_left_out() -> None:
    page = rendered("<p>Text.</p>")
    facts = (page.path, page.title, page.language, page.audience)
    assert facts == ("docs/a.md", "A page", "en", ("work", "managers"))
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
        ("<p>Do <del>not</del> post</p>", ["Do [struck out: not] post"]),
        ("<p>10<sup>2</sup> of H<sub>2</sub>O</p>", ["10^2 of H_2O"]),
        ("<pre>one\n  two</pre>", ["one", "  two"]),
        ('<h2>Part<a class="headerlink" href="#part">¶</a></h2>', ["Part"]),
        ("<details><summary>More</summary>Hidden</details>", ["More", "Hidden"]),
        ("<p>a<script>alert(1)</script>b</p><style>p{}</style>", ["ab"]),
        ("<p>&lt;b&gt; &amp; é</p>", ["<b> & é"]),
        ("<p>Not <blink>known</blink><p>not closed", ["Not known", "not closed"]),
    ],
)
def test_each_kind_of_text_is_read_as_lines(body: str, lines: list[str]) -> None:
    assert list(rendered(body).lines[1:]) == lines


def test_no_class_hides_words_from_the_comparison() -> None:
    """A page may use classes, and one that the theme has must not keep its words from an auditor."""
    body = (
        '<p class="facts">One</p><a class="headerlink" href="#x">two</a><p class="overdue fallback">three</p>'
    )
    assert rendered(body).lines[1:] == ("One", "two", "three")


@pytest.mark.parametrize("path", ["docs/acknowledge.md", "docs/acknowledge.fr.md"])
def test_which_edition_is_accepted_is_no_change_of_the_page_where_it_is_accepted(path: str) -> None:
    body = '<p class="acknowledge__draft">A trial</p><p>Two weeks</p><p class="acknowledge__text">2026.1</p>'
    address = "acknowledge/index.html"
    assert rendered(body, address, path).lines[1:] == ("Two weeks",)
    assert rendered(body).lines[1:] == ("A trial", "Two weeks", "2026.1")


def test_a_link_is_read_from_the_top_of_the_site_wherever_its_page_is() -> None:
    near, far = (
        rendered(f'<a href="{link}">B</a>', address)
        for link, address in (("../b/#c", "a/index.html"), ("../../b/#c", "x/a/index.html"))
    )
    assert near.links == far.links == (("B", "b/#c"),)


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
    pages = rendered_pages(files, records)
    assert sorted(pages) == ["docs/a.fr.md", "docs/a.md"]
    assert (pages["docs/a.fr.md"].address, pages["docs/a.fr.md"].language) == ("fr/a/index.html", "fr")
    assert pages["docs/a.md"].lines == ("Titre", "Texte")
