"""Of the theme's styles, only those for content are published, word for word."""

import pytest

from macros.presentation.content_styles import content_styles


@pytest.mark.parametrize(
    "rule",
    [
        ".md-typeset h1{margin:0}",
        ".md-typeset .md-button{padding:1px}",
        ".md-typeset__scrollwrap{overflow-x:auto}",
        ".md-searchable{color:red}",
        ":root{--icon:url(\"data:image/svg+xml,<svg d='M1,2{3}'/>\")}",
        "@keyframes heart{0%{opacity:0}to{opacity:1}}",
        "@media print{.md-typeset a:after{content:\",}\"}}",
        "@supports selector(:focus-visible){.md-typeset a{outline:0}}",
    ],
)  # fmt: skip
def test_what_styles_content_stays_as_it_is(rule: str) -> None:
    assert content_styles(rule) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".md-nav{color:red}",
        ".md-typeset .md-source__fact:before{color:red}",
        "[dir=rtl] .md-typeset ol{margin:0}",
        "@media screen and (min-width:60em){.md-sidebar,.md-header--lifted{display:none}}",
        "@media print{@supports (top:0){.md-tabs{top:0}}}",
    ],
)
def test_what_styles_only_the_frame_goes(rule: str) -> None:
    assert content_styles(rule) == ""


def test_of_a_list_only_the_selectors_of_the_frame_go() -> None:
    style = ".md-nav a,.md-typeset :is(h1,.md-footer),.md-typeset h2{margin:0}"
    assert content_styles(style) == ".md-typeset h2{margin:0}"
    assert content_styles(".a:not(.b,.c),.md-top{margin:0}") == ".a:not(.b,.c){margin:0}"
