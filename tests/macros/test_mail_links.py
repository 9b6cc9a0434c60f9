"""The title of links to a mailbox."""

import pytest

from macros.presentation.mail_links import with_addresses


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="mailto:press@example.org">Press office</a>', "press@example.org"),
        ('<a class="x" href="mailto:press@example.org?subject=a%20b">Press</a>', "press@example.org"),
        ('<a href="mailto:a%2Bb@example.org">Press</a>', "a+b@example.org"),
        ('<a href="mailto:a&amp;b@example.org"><b>Press</b></a>', "a&amp;b@example.org"),
    ],
)
def test_a_link_that_names_a_role_says_the_address(link: str, title: str) -> None:
    assert f' title="{title}">' in with_addresses(link)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="mailto:press@example.org">press@example.org</a>',
        '<a href="mailto:press@example.org">Write to <b>press@example.org</b></a>',
        '<a href="mailto:press@example.org" title="At night">Press office</a>',
        '<a href="tel:+15550100">Press office</a>',
        '<a href="page/">Press office</a>',
    ],
)
def test_every_other_link_stays_as_it_is(link: str) -> None:
    assert with_addresses(link) == link
