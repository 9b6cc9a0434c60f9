"""A person is one, however an id is written, and a pseudonym is the same only with the same key."""

import pytest

from handbook.acknowledgements.record.identity import Identities, compared_identity, written_identity


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Reader@Example.org\n", "reader@example.org"),
        ("The reader <Reader@example.org>", "reader@example.org"),
        ('"Last, first" < reader@example.org >', "reader@example.org"),
        ("mailto:Reader@example.org", "reader@example.org"),
        ("Reader@example.org <reader@Example.org>", "reader@example.org"),
        ("AB-12", "AB-12"),
        ("Rene\u0301", "Ren\u00e9"),
    ],
)
def test_an_id_is_kept_as_it_is_and_an_address_in_lower_case(written: str, kept: str) -> None:
    assert written_identity(written) == kept


def test_ids_are_compared_whatever_their_case() -> None:
    assert compared_identity("AB-12") == compared_identity(" ab-12 ")
    assert compared_identity("STRASSE@example.org") == compared_identity("straße@example.org")
    assert compared_identity("ab-12") != compared_identity("ab-13")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t",
        "a\u202eb",
        "a\nb",
        "x" * 321,
        "<" + "@" * 130_000,
        "writer@example.com, The reader <reader@example.org>",
        '"reader@example.org" <writer@example.com>',
        "reader@example.org; writer@example.com",
    ],
)
def test_what_cannot_be_an_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is missing|has "):
        written_identity(text)


def test_a_pseudonym_depends_on_the_key_and_not_on_the_way_of_writing() -> None:
    first, second = Identities(b"a" * 32), Identities(b"b" * 32)
    assert first.of("AB-12") == first.of(" ab-12")
    assert first.of("AB-12") != second.of("AB-12")
    assert first.of("AB-12").shown is None
    assert "ab-12" not in first.of("AB-12").key
    assert Identities(None).of("AB-12").shown == "AB-12"
