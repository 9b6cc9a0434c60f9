"""Elements are cut out of HTML with every byte as it is written."""

from handbook.formats.html_elements import elements, has_class


def _divs(html: str) -> list[tuple[str, str]]:
    return [(element.outer, element.inner) for element in elements(html, lambda tag, _: tag == "div")]


def test_an_element_keeps_what_is_inside_of_it_as_it_is_written() -> None:
    html = "<p>No</p>\n<div class='a  b'>\n&amp; <div>é</div> <br></div ><div/>"
    assert _divs(html)[0] == (
        "<div class='a  b'>\n&amp; <div>é</div> <br></div >",
        "\n&amp; <div>é</div> <br>",
    )


def test_an_element_that_is_never_closed_reaches_to_the_end() -> None:
    assert _divs("<div>a<p>b") == [("<div>a<p>b", "a<p>b")]


def test_each_element_is_found_by_its_attributes() -> None:
    html = '<i class="x y">1</i><i>2</i><b class="y">3</b>'
    matches = elements(html, lambda _, attributes: has_class(attributes, "y"))
    assert [each.inner for each in matches] == ["1", "3"]


def test_markup_in_a_script_is_no_element() -> None:
    assert _divs("<script>'<div>'</script>") == []
