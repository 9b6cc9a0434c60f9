"""Whether a sentence says to call whoever is named next."""

import pytest

from handbook.text.told_to_call import told_to_call


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("Call: ", "en"),
        ("Call 911 first, then ", "en"),
        ("Within the hour, call or write to ", "en"),
        ("Write or call: ", "en"),
        ("Tell your manager. If there is no answer, phone ", "en"),
        ("1. **Hijacked?** Ring ", "en"),
        ("| A threat | Stay calm, and telephone ", "en"),
        ("<strong>Call</strong> <em>now</em>: ", "en-GB"),
        ("- Appelez : ", "fr"),
        ("Vous pouvez téléphoner ou écrire à ", "fr"),
        ("Écrivez ou appelez ", "fr-CA"),
    ],
)
def test_a_sentence_that_says_to_call(before: str, language: str) -> None:
    assert told_to_call(before, language)


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("Call 911 and tell ", "en"),
        ("If your phone is lost, tell ", "en"),
        ("Somebody on call reads it: ", "en"),
        ("Thank the caller. Ask ", "en"),
        ("We call it a leak: ", "en"),
        ("| Call | ", "en"),
        ("Call them.\n\nQuestions: ", "en"),
        ("- Call them\n- Mail: ", "en"),
        ("Appelez le 112, puis prévenez ", "fr"),
        ("Le compte qui s’appelle ainsi est à ", "fr"),
        ("Rufen Sie an: ", "de"),
    ],
)
def test_a_sentence_that_does_not(before: str, language: str) -> None:
    assert not told_to_call(before, language)
