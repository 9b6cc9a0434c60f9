"""How two states of the handbook are compared: which pages changed for readers, and how."""

import time
from dataclasses import replace

from handbook.comparison.compare import compare_pages
from handbook.comparison.formats import as_markdown
from handbook.comparison.rendered_pages import rendered_pages
from tests.handbook.comparison.pages import NAMES, compared, html_of, redline_of, rendered


def test_a_link_counts_by_where_it_leads() -> None:
    report = compared('<p><a href="../b/">B</a></p>', '<p><a href="../c/">B</a></p>')
    assert redline_of(report) == "A page\nB\n[B → -b-+c+/]\n"


def test_links_that_change_places_are_a_change() -> None:
    both = '<p>Report <a href="../{}/">here</a>, praise <a href="../{}/">here</a>.</p>'
    report = compared(both.format("b", "c"), both.format("c", "b"))
    assert redline_of(report).endswith("+[here → c/]\n+[here → b/]\n-[here → c/]\n-")
    both = '<p><a href="../{}/">Report</a> <a href="../{}/">Praise</a></p>'
    report = compared(both.format("b", "c"), both.format("c", "b"))
    assert redline_of(report).endswith("[Report → -b-+c+/]\n[Praise → -c-+b+/]\n")


def test_a_link_with_another_label_is_a_change_of_its_words_alone() -> None:
    report = compared('<p><a href="../b/">One</a></p>', '<p><a href="../b/">Two</a></p>')
    assert redline_of(report) == "A page\n-One-+Two+\n"


def test_links_with_one_label_that_all_lead_elsewhere_are_shown_once() -> None:
    three = '<p><a href="../{0}/">B</a> <a href="../{0}/">B</a></p>'
    report = compared(three.format("b"), three.format("c"))
    assert redline_of(report) == "A page\nB B\n[B → -b-+c+/]\n"


def test_a_picture_that_was_replaced_under_its_name_is_a_change() -> None:
    before, after = (
        rendered_pages({"a/index.html": html_of('<img alt="Map" src="../map.png">'), "map.png": data})
        for data in (b"old", b"new")
    )
    assert [page.kind for page in compare_pages(before, after, NAMES).pages] == ["text"]


def test_the_same_words_in_another_markup_are_not_a_change() -> None:
    assert not compared("<p>One <b>word</b></p>", "<div><p>One\n<em>word</em></p></div>").pages


def test_the_redline_shows_the_words() -> None:
    report = compared("<p>Keep it three years.</p>", "<p>Keep it five years.</p>")
    assert redline_of(report) == "A page\nKeep it -three-+five+ years.\n"


def test_pages_come_and_go_and_move() -> None:
    text = "".join(f"<p>Line {number}.</p>" for number in range(9))
    page = rendered(text)
    old = {
        "docs/a.md": page,
        "docs/b.md": replace(page, path="docs/b.md", lines=("Gone",)),
        "docs/d.md": replace(page, path="docs/d.md", address="d/index.html", links=(("A", "a/"),)),
    }
    new = {
        "docs/c.md": replace(page, path="docs/c.md", address="c/index.html", lines=(*page.lines[:-1], "New")),
        "docs/d.md": replace(old["docs/d.md"], links=(("A", "c/"),)),
        "docs/e.md": replace(page, path="docs/e.md", lines=("Another",)),
    }
    pages = compare_pages(old, new, NAMES).pages
    assert [(change.path, change.kind, change.path_before) for change in pages] == [
        ("docs/b.md", "gone", "docs/b.md"),
        ("docs/c.md", "moved", "docs/a.md"),
        ("docs/e.md", "new", None),
    ]


def test_other_readers_are_a_change_and_see_it() -> None:
    page = rendered("<p>Text.</p>")
    for after in (("managers",), ()):
        report = compare_pages({"docs/a.md": page}, {"docs/a.md": replace(page, audience=after)}, NAMES)
        (change,) = report.pages
        assert (change.kind, change.audience_before) == ("audience", ("work", "managers"))
        assert report.for_readers(["work"]).pages == report.pages
        assert not report.for_readers(["personal"]).pages
        assert "people who post for us, managers" in as_markdown(report)


def test_a_page_for_everyone_is_for_each_audience() -> None:
    page = replace(rendered("<p>Text.</p>"), audience=("everyone",))
    report = compare_pages({"docs/a.md": page}, {"docs/a.md": replace(page, lines=("x",))}, NAMES)
    assert report.for_readers(["managers"]).pages
    assert [readers for readers, _ in report.by_audience()] == [("everyone",)]


def test_pages_that_change_with_each_build_are_named_and_not_compared() -> None:
    page = replace(rendered("<p>Text.</p>"), path="docs/audit/reviews.md")
    report = compare_pages({page.path: page}, {page.path: replace(page, lines=("x",))}, NAMES)
    assert (report.pages, report.not_compared) == ((), ("docs/audit/reviews.md",))
    assert "docs/audit/reviews.md" in as_markdown(report)
    french = replace(page, path="docs/audit/reviews.fr.md", language="fr")
    report = compare_pages({french.path: french}, {french.path: replace(french, lines=("New",))}, NAMES)
    assert (report.pages, report.not_compared) == ((), ("docs/audit/reviews.fr.md",))


def test_two_hundred_pages_that_all_moved_are_compared_in_processor_seconds() -> None:
    page = rendered("".join(f"<p>Line {number}.</p>" for number in range(40)))
    old, new = (
        {
            f"{folder}/{number}.md": replace(
                page, path=f"{folder}/{number}.md", lines=(f"{number}", *page.lines)
            )
            for number in range(200)
        }
        for folder in ("docs/a", "docs/b")
    )
    begin = time.process_time()
    assert len(compare_pages(old, new, NAMES).pages) == 200
    assert time.process_time() - begin < 20
