"""A page is split into what a search can answer with."""

from macros.search.sections import sections_of


def test_each_heading_begins_a_section() -> None:
    first, second = sections_of("<p>Lead.</p><h2 id='a'>One <em>thing</em></h2><p>Text &amp; more.</p>")
    assert (first.anchor, first.text) == ("", "Lead.")
    assert (second.anchor, second.heading, second.text) == ("a", "One thing", "Text & more.")


def test_a_card_has_the_sign_of_its_answer() -> None:
    html = (
        '<ul><li class="record scenario"><h3 id="scenario-x">May I?</h3><p class="answer answer--no">'
        '<strong>No</strong></p><p>Because.</p><p class="record__foot">Work</p></li></ul>'
        '<p class="scenarios__others">Not here? See: <a href="../b/">More</a></p>'
    )
    (card,) = sections_of(html)
    assert (card.anchor, card.heading, card.sign, card.text) == ("scenario-x", "May I?", "no", "Because.")


def test_a_card_is_told_from_another_section() -> None:
    card = '<ul><li class="record scenario"><h3 id="b">May I?</h3></li></ul>'
    html = f'<h2 id="a">Cards</h2>{card}<h2 id="c">More</h2>'
    assert [(section.anchor, section.is_card) for section in sections_of(html)] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]


def test_a_line_at_a_glance_is_an_answer_of_its_own() -> None:
    html = '<div class="glance__part glance__part--ask"><ul><li>Show children</li></ul></div><p>Rest.</p>'
    line, rest = sections_of(html)
    assert (line.heading, line.sign, line.anchor) == ("Show children", "ask", "")
    assert rest.text == "Rest."


def test_an_element_that_never_ends_hides_nothing() -> None:
    sections = sections_of("<div><h2 id=a>One<h2 id=b>Two</h2>")
    assert [section.heading for section in sections] == ["One", "Two"]


def test_a_section_has_the_language_that_its_heading_and_its_text_begin_with() -> None:
    html = (
        "<h3 id=a> <span lang=en>May I?</span></h3><p>Demandez <em lang=la>ante</em>.</p>"
        "<div lang=en><h3 id=b>More</h3><p>Text.</p></div><h3 id=c>Plus</h3><p><q lang=en>Ask.</q></p>"
    )
    languages = [(section.heading_language, section.text_language) for section in sections_of(html)]
    assert languages == [("en", ""), ("en", "en"), ("", "en")]


def test_what_nobody_reads_is_no_answer() -> None:
    html = '<p>One<!-- <p>no</p> --><br>two</p><script>if (a<b) "no";</script><p class="record__foot">no</p>'
    assert [section.text for section in sections_of(html)] == ["Onetwo"]


def test_attributes_are_read_whatever_their_values_hold() -> None:
    html = '<h2 title="a > b class=answer--no" id="x">One</h2><p data-lang="fr" lang="en">Text.</p>'
    (section,) = sections_of(html)
    assert (section.anchor, section.sign, section.text_language) == ("x", "", "en")
