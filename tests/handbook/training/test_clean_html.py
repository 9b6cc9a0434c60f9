"""What goes from a published page into a package: no script, no other host, and links that lead somewhere."""

import pytest

from handbook.training.clean_html import PackageLinks, clean_page, clean_reply

FILE = "policy/work/index.html"
FILES = {
    FILE: "a" * 64,
    "law/photos/index.html": "b" * 64,
    "far/index.html": "c" * 64,
    "img/a b.png": "d" * 64,
}
ANCHORS = {FILE: "page-1", "law/photos/index.html": "page-2"}


def _links(handbook: str | None = "https://handbook.example.org/latest") -> PackageLinks:
    return PackageLinks(FILES, ANCHORS, handbook)


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("#rule", "#page-1.rule"),
        ("", "#page-1"),
        ("../../law/photos/", "#page-2"),
        ("../../law/photos/#caf%C3%A9", "#page-2.caf%C3%A9"),
        ("../../law/photos/index.html", "#page-2"),
        ("../../far/#x", "https://handbook.example.org/latest/far/#x"),
        ("../../img/a%20b.png", "https://handbook.example.org/latest/img/a%20b.png"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://law.example.org/", "https://law.example.org/"),
        ("../../../editions/", None),
        ("//law.example.org/", None),
    ],
)
def test_a_link_leads_to_a_view_to_the_handbook_or_nowhere(written: str, leads_to: str | None) -> None:
    assert _links().target(written, FILE) == leads_to


def test_without_an_address_of_the_handbook_a_link_to_another_page_is_plain_text() -> None:
    assert clean_page('<a href="../../far/">Far</a>', FILE, "page-1", _links(None)) == "<a>Far</a>"


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<iframe src="https://a.example.org"></iframe>',
        '<link rel="stylesheet" href="https://a.example.org/a.css">',
        '<object data="a"></object>',
        "<svg><a href='javascript:1'>x</a></svg>",
        "<button>Go</button>",
        '<input value="x">',
    ],
)
def test_what_runs_or_loads_is_left_out(written: str) -> None:
    assert clean_page(f"<p>Text</p>{written}", FILE, "page-1", _links()) == "<p>Text</p>"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<p onclick="x()" style="color:red">Text</p>', "<p>Text</p>"),
        ('<a href="javascript:x()">Text</a>', "<a>Text</a>"),
        ('<a href="data:text/html,x">Text</a>', "<a>Text</a>"),
        ('<img src="https://a.example.org/a.png" alt="A">', '<img alt="A">'),
        ('<img src="//a.example.org/a.png" alt="A">', '<img alt="A">'),
        ('<img src="../../missing.png" alt="A">', '<img alt="A">'),
        (
            '<h2 id="a" aria-labelledby="b c">A</h2>',
            '<h2 id="page-1.a" aria-labelledby="page-1.b page-1.c">A</h2>',
        ),
        ('<td data-sign="may">A</td>', "A"),
    ],
)
def test_an_attribute_stays_only_if_it_does_nothing(written: str, kept: str) -> None:
    assert clean_page(written, FILE, "page-1", _links()) == kept


def test_pictures_get_names_that_every_system_takes() -> None:
    links = _links()
    html = clean_page('<img src="../../img/a%20b.png#only-dark" alt="A">', FILE, "page-1", links)
    assert 'src="pictures/dddddddddddddddd.png#only-dark"' in html
    assert links.pictures == {"img/a b.png": "pictures/dddddddddddddddd.png"}


def test_the_reply_keeps_its_form() -> None:
    form = (
        '<form autocomplete="off" action="https://a.example.org"><fieldset><legend>Q</legend>'
        '<label><input type="radio" name="n" value="f" onchange="x()"> Fine</label></fieldset>'
        '<textarea readonly rows="3"></textarea><button type="button" data-way="copy">Copy</button></form>'
    )
    html = clean_reply(form, FILE, "reply", _links())
    assert "action" not in html
    assert "onchange" not in html
    for tag in ("<fieldset>", "<legend>", '<input type="radio" name="n" value="f">', 'data-way="copy"'):
        assert tag in html
