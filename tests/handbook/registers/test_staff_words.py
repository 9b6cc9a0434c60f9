"""Words of staff for the search, in one list or by language."""

import pytest
from pydantic import TypeAdapter, ValidationError

from handbook.registers.field_types import StaffWords, staff_words

READER: TypeAdapter[StaffWords] = TypeAdapter(StaffWords)


def test_one_list_serves_every_language() -> None:
    words = READER.validate_python(["cake", "party"])
    assert staff_words(words, "en") == staff_words(words, "fr") == ["cake", "party"]


def test_a_language_has_its_own_words_only() -> None:
    words = READER.validate_python({"en": ["cake"], "fr": ["gâteau"]})
    assert (staff_words(words, "en"), staff_words(words, "fr"), staff_words(words, "de")) == (
        ["cake"],
        ["gâteau"],
        [],
    )


@pytest.mark.parametrize(
    ("words", "location"),
    [
        ("cake", ()),
        ({"en": "cake"}, ("en",)),
        ({"english": ["cake"]}, ("english", "[key]")),
        ({"fr": ["<b>"]}, ("fr", 0)),
    ],
)
def test_a_mistake_has_one_place(words: object, location: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        READER.validate_python(words)
    (error,) = refused.value.errors()
    assert error["loc"][1:] == location
