"""A word that decides what a rule asks is found however it is written."""

import pytest

from handbook.rules.editorial_limits import editorial_limits_hit

REST = " Ask the press office before you post a picture of somebody else at work." * 20
BEFORE = f"You share this page with your team.{REST}"


@pytest.mark.parametrize(
    ("instead", "kind"),
    [
        ("do not share", "negation"),
        ("do n**o**t share", "negation"),
        ("do n\u200bot share", "negation"),
        ("do no&shy;t share", "negation"),
        ("do n<b></b>ot share", "negation"),
        ("do ｎｏｔ share", "negation"),
        ("do n<!-- a -->ot share", "negation"),
        ("m*a*y share", "permission"),
        ("m\u00adust share", "duty"),
        ("share &frac12; of", "number"),
        ("share ½ of", "number"),
        ("share tw**o** of", "number"),
        ("share on Mon\u200bday", "date"),
    ],
)
def test_a_change_of_a_word_of_meaning_is_not_editorial(instead: str, kind: str) -> None:
    hit = editorial_limits_hit(BEFORE, BEFORE.replace("share", instead, 1), "en")
    assert kind in "; ".join(hit)


@pytest.mark.parametrize("instead", ["shar*e*", "shar\u00ade", "sharre", "**share**"])
def test_a_change_of_letters_and_marks_is_editorial(instead: str) -> None:
    assert editorial_limits_hit(BEFORE, BEFORE.replace("share", instead, 1), "en") == []


TABLE = """
## You may

- Share pictures of buildings.

!!! danger "Stop"
    Film nobody in secret.

| You may | Ask | Leave |
|---|---|---|
| news | figures | names |

Film adults with their written consent.

## You leave

- Pictures of learners.
"""


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("| news |", "| | news |"),
        ("| Ask | Leave |\n|---|---|---|", "| Ask Leave |\n|---|---|"),
        ("| news | figures", r"| news \| figures"),
        ("| news | figures |", "| news `| figures |`"),
        ("Film adults with their written consent.", '[x]: y "Film adults with their written consent."'),
        ("!!! danger", "??? danger"),
        ("## You leave", "You leave"),
        ("Film adults with their written consent.", "~~Film adults with their written consent.~~"),
        ("| news | figures | names |", "| names | figures | news |"),
    ],
)
def test_a_text_that_stands_elsewhere_is_not_editorial(text: str, instead: str) -> None:
    assert editorial_limits_hit(TABLE + REST, TABLE.replace(text, instead, 1) + REST, "en")


def test_a_word_that_changes_places_with_another_is_not_editorial() -> None:
    after = TABLE.replace("buildings", "-").replace("learners", "buildings").replace("-.", "learners.")
    assert "moves words" in "; ".join(editorial_limits_hit(TABLE + REST, after + REST, "en"))


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("| news | figures |", "| news    | figure  |"),
        ("|---|---|---|", "| --- | :-- | --- |"),
        ("## You leave", "### You leave"),
        ("Film adults", "Film, adults"),
        ("- Share", "* Share"),
        ("adults with their written consent.", "adults\nwith their written consent."),
        ("their written consent", "written their consent"),
    ],
)
def test_another_look_of_the_same_text_is_editorial(text: str, instead: str) -> None:
    assert editorial_limits_hit(TABLE + REST, TABLE.replace(text, instead, 1) + REST, "en") == []


POLICY = (
    "Only people who are named and trained post. If a post fits two levels, take the higher one. You log in"
    f" to the publishing tool. Show adults who agreed, and leave the comment of a co-worker up.{REST}"
)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("the higher one", "the lower one"),
        ("the higher one", "the easier one"),
        ("named and trained", "named"),
        ("named and trained", "named or trained"),
        ("named and trained", "unnamed and trained"),
        ("Show adults", "Show people"),
        ("leave the comment of a co-worker up", "leave the comment of a co-worker out"),
        ("leave the comment", "take the comment"),
        ("post fits", "post hits"),
    ],
)
def test_of_a_policy_only_the_spelling_changes(text: str, instead: str) -> None:
    hit = editorial_limits_hit(POLICY, POLICY.replace(text, instead, 1), "en", is_binding=True)
    assert "; ".join(hit)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("publishing", "publishng"),
        ("If a post", "If post"),
        ("named and trained", "name and trained"),
        ("take the higher", "take the the higher"),
        ("post fits", "post post fits"),
        ("log in to", "log into"),
        ("co-worker", "coworker"),
        ("publishing", "pubwishing"),
        ("adults who agreed", "adults that agreed"),
    ],
)
def test_a_misspelled_word_of_a_policy_is_corrected(text: str, instead: str) -> None:
    wrong = POLICY.replace(text, instead, 1)
    for before, after in ((wrong, POLICY), (POLICY, wrong)):
        assert editorial_limits_hit(before, after, "en", is_binding=True) == []


@pytest.mark.parametrize("wrong", ["psot", "posst", "posts"])
def test_a_misspelling_of_a_word_that_a_policy_often_has_is_corrected(wrong: str) -> None:
    before = POLICY.replace("post fits", f"{wrong} fits", 1)
    assert editorial_limits_hit(before, POLICY, "en", is_binding=True) == []


@pytest.mark.parametrize(
    ("text", "instead"), [("the parent, in person", "the patient, in person"), ("a patient", "a parent")]
)
def test_a_word_that_a_policy_uses_elsewhere_is_not_a_misspelling(text: str, instead: str) -> None:
    before = f"Ask a patient, the parent, in person. For a patient, the parent signs.{REST}"
    hit = editorial_limits_hit(before, before.replace(text, instead, 1), "en", is_binding=True)
    assert "more than spelling" in "; ".join(hit)


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("We decide in the end.", "You decide in the end.", "en"),
        ("Send it to our press office.", "Send it to your press office.", "en"),
        ("We tell you when it is published.", "You tell us when it is published.", "en"),
        ("They answer for you.", "You answer for them.", "en"),
        ("Publier sur notre compte.", "Publier sur votre compte.", "fr"),
        ("We're here.", "They're here.", "en"),
        ("You and we decide in the end.", "We decide in the end.", "en"),
        ("We'd tell it.", "You'd tell it.", "en"),
        ("Publier sur mon compte.", "Publier sur votre compte.", "fr"),
    ],
)
@pytest.mark.parametrize("is_binding", [True, False])
def test_a_change_of_who_is_meant_is_not_editorial(
    before: str, after: str, language: str, is_binding: bool
) -> None:
    hit = editorial_limits_hit(before + REST, after + REST, language, is_binding=is_binding)
    assert "who is meant" in "; ".join(hit)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("If want help, ask.", "If you want help, ask."),
        ("Look at you posts.", "Look at your posts."),
        ("Your welcome here.", "You're welcome here."),
        ("Each person names his manager.", "Each person names their manager."),
        ("See there posts.", "See their posts."),
    ],
)
def test_a_corrected_sentence_about_the_same_people_is_editorial(before: str, after: str) -> None:
    assert editorial_limits_hit(before + REST, after + REST, "en", is_binding=True) == []


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("internal", "external", "en"),
        ("including", "excluding", "en"),
        ("encouraged", "discouraged", "en"),
        ("increase", "decrease", "en"),
        ("offline", "online", "en"),
        ("national", "international", "en"),
        ("employees", "employer", "en"),
        ("internes", "externes", "fr"),
        ("employeur", "employé", "fr"),
    ],
)
def test_a_counterpart_of_a_word_of_a_policy_is_not_a_misspelling(
    word: str, other: str, language: str
) -> None:
    first, second = (f"Share it with {each}.{REST}" for each in (word, other))
    for before, after in ((first, second), (second, first)):
        hit = editorial_limits_hit(before, after, language, is_binding=True)
        assert "more than spelling" in "; ".join(hit)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("imformation", "information"), ("goverment", "government"), ("wich", "which"), ("ofice", "office")],
)
def test_a_misspelled_beginning_or_middle_of_a_word_is_corrected(wrong: str, right: str) -> None:
    before, after = (f"Share it with {each}.{REST}" for each in (wrong, right))
    assert editorial_limits_hit(before, after, "en", is_binding=True) == []


def test_a_policy_in_a_language_without_a_list_is_corrected() -> None:
    before = f"Wer postet, fragt zuerst die Presestelle.{REST}"
    for after, count in (("Pressestelle", 0), ("Kollegin", 1)):
        changed = before.replace("Presestelle", after)
        assert len(editorial_limits_hit(before, changed, "de", is_binding=True)) == count
