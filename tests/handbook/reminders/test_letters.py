"""The list of reminders in each format, and the letter."""

import datetime
import json
from dataclasses import replace

import pytest

from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.translation.marks import written_marks
from handbook.content.translation.text_parts import text_parts
from handbook.formats.words_by_language import Words
from handbook.model import Handbook
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.reminders.letters import WORDS, as_json, as_markdown, as_text, letter_to, subject_of
from handbook.reminders.notices import Notice, Recipient, Reminder, Stage, notices
from handbook.reminders.sent import SentReminders
from handbook.yaml.located import LocatedMapping
from tests.conftest import TODAY


def test_the_list_has_the_state_of_each_page(due: Handbook) -> None:
    lines = as_text(notices(due), TODAY).splitlines()
    assert [line.rpartition(", ")[2] for line in lines if line and not line.startswith(" ")] == [
        "legal@example.org",
        "social@example.org",
        "social@example.org",
    ]
    states = dict(line.strip().split(": ") for line in lines if line.startswith(" "))
    assert {path: state.split()[0] for path, state in states.items()} == {
        "docs/law.md": "no",
        "docs/old.md": "overdue",
        "docs/soon.md": "due",
        "docs/lost.md": "due",
    }
    assert "2026-11-02" in states["docs/old.md"]
    assert "7 days, on 2026-11-27" in states["docs/soon.md"]
    assert "today, 2026-11-20" in states["docs/lost.md"]
    assert all(state.endswith(" (A page)") for state in states.values())


def test_markdown_shows_titles_as_they_are() -> None:
    reminder = Reminder("docs/a_b.md", "A | [b](c) @d\n# E", TODAY, Stage("7 days", TODAY), None)
    shown = as_markdown([Notice(Recipient("lead", "Lead", "lead@example.org"), (reminder,))], TODAY)
    assert shown.splitlines()[-1] == (
        r"| A \| \[b\]\(c\) \@d\\n\# E | docs/a\_b.md | due today, 2026-11-20 |"
    )


def test_json_holds_a_record_for_each_page(due: Handbook) -> None:
    data = json.loads(as_json(notices(due), TODAY))
    assert data["today"] == "2026-11-20"
    assert data["reminders"][0] == {
        "path": "docs/law.md",
        "title": "A page",
        "owner": "legal-lead",
        "to": "legal@example.org",
        "due": None,
        "days": None,
        "stage": "no date",
        "review": None,
        "behind": None,
    }
    assert [row["days"] for row in data["reminders"]] == [None, -19, 7, 0]
    assert data["reminders"][3]["owner"] is None


def test_without_anything_due_the_list_says_so() -> None:
    assert as_text([], TODAY) == as_markdown([], TODAY)
    assert "30 days" in as_text([], TODAY)
    assert json.loads(as_json([], TODAY))["reminders"] == []


def test_a_letter_names_the_command_for_the_pages_in_no_open_review(due: Handbook) -> None:
    record = ReviewRecord(pages=["docs/old.md"])
    reviews = Reviews([ReviewFile("registers/reviews/x.yml", record, LocatedMapping())])
    (_, notice, _) = notices(replace(due, registers=replace(due.registers, reviews=reviews)))
    text = letter_to(notice, TODAY, None)
    assert "overdue since 2026-11-02, in review\n" in text
    assert "\n  handbook review start docs/soon.md\n" in text
    only_in_review = replace(notice, reminders=notice.reminders[:1])
    assert "\n  handbook review status\n" in letter_to(only_in_review, TODAY, None)


def test_a_letter_about_many_pages_names_none_in_the_command() -> None:
    many = tuple(Reminder(f"docs/{n}.md", "A", TODAY, Stage("7 days", TODAY), None) for n in range(11))
    text = letter_to(Notice(Recipient("lead", "Lead", "lead@example.org"), many), TODAY, None)
    assert "\n  handbook review start\n" in text


def test_a_letter_about_pages_of_others_names_whom_to_ask_and_no_command() -> None:
    owner = Recipient("lead", "Lead", "lead@example.org")
    reminder = Reminder("docs/a.md", "A", TODAY, Stage("escalated", TODAY), None, owner)
    notice = Notice(Recipient("sponsor", "Sponsor", "sponsor@example.org"), (reminder,))
    text = letter_to(notice, TODAY, None)
    assert "Please ask: Lead, lead@example.org" in text
    assert "overdue since 2026-11-21" in text
    assert "handbook review" not in text
    assert subject_of(notice, "ERN") == "ERN: 1 overdue page of another owner (Sponsor)"
    assert json.loads(as_json([notice], TODAY))["reminders"][0]["owner"] == "lead"
    assert "ask: Lead" in as_text([notice], TODAY)
    assert "ask: Lead" in as_markdown([notice], TODAY)


def test_a_letter_tells_own_pages_and_those_of_others_apart(due: Handbook) -> None:
    (_, notice, _) = notices(due)
    both = replace(notice, reminders=(*notice.own, replace(notice.own[0], owner=notice.recipient)))
    text = letter_to(both, TODAY, None, {"docs/soon.md": "https://handbook.example.org/soon/"})
    assert "\n  https://handbook.example.org/soon/\n" in text
    assert text.index("You are responsible") < text.index("You hear of it")
    assert "\n\n\n" not in text
    assert "2 pages to review, 1 overdue page of another owner" in subject_of(both, "ERN")


@pytest.fixture
def behind(handbook: Handbook) -> Handbook:
    """A page whose French translation, owned by another role, renders an earlier text of its end."""
    original = _page("docs/a.md", "en", "platform-lead", "# A\n\nText.\n\n## End\n\nNow.")
    earlier = _page("docs/a.md", "en", "platform-lead", "# A\n\nText.\n\n## End\n\nBefore.")
    marks = written_marks(part.mark for part in text_parts(earlier))
    french = _page("docs/a.fr.md", "fr", "communications-lead", "# A\n\nTexte.\n\n## Fin\n\nAvant.", marks)
    return replace(handbook, pages=[original, french])


def _page(path: str, language: str, owner: str, body: str, marks: str = "") -> Page:
    head = f"title: A page\nowner: {owner}\nlast_reviewed: 2026-11-01\n"
    text = f"---\n{head}{f'translates: {marks}' if marks else ''}\n---\n\n{body}\n"
    return parse_page(PageSource(path, path, language), text.encode())


def test_the_owner_of_a_translation_hears_which_part_is_behind(behind: Handbook) -> None:
    (notice,) = notices(behind)
    assert (notice.recipient.role, notice.own, len(notice.translations)) == ("communications-lead", (), 1)
    assert subject_of(notice, "ERN").startswith("ERN: 1 translation to bring up to date (")
    letter = letter_to(notice, TODAY, None)
    assert "docs/a.md has changed since this translation of it: 'Fin'" in letter
    assert "\n  handbook translate diff docs/a.fr.md\n  handbook translate done docs/a.fr.md\n" in letter
    assert "handbook review start" not in letter


def test_a_letter_about_a_translation_is_sent_once_for_each_state_of_the_original(behind: Handbook) -> None:
    (notice,) = notices(behind)
    sent = SentReminders().after(notice)
    assert sent.unsent(notices(replace(behind, today=TODAY + datetime.timedelta(90)))) == []
    original = _page("docs/a.md", "en", "platform-lead", "# A\n\nText.\n\n## End\n\nNow, again.")
    assert len(sent.unsent(notices(replace(behind, pages=[original, behind.pages[1]])))) == 1


def test_a_current_translation_is_no_reminder(behind: Handbook) -> None:
    original, french = behind.pages
    marks = written_marks(part.mark for part in text_parts(original))
    current = _page("docs/a.fr.md", "fr", "communications-lead", french.body, marks)
    assert notices(replace(behind, pages=[original, current])) == []


def test_letters_have_the_same_words_in_each_language() -> None:
    words = WORDS.all
    assert {language: _keys(words[language]) for language in words} == dict.fromkeys(
        words, _keys(words["en"])
    )


def _keys(words: Words) -> set[tuple[str, ...]]:
    return {(key, *(value if isinstance(value, dict) else ())) for key, value in words.items()}


def test_a_letter_is_in_the_main_language_of_the_handbook(due: Handbook) -> None:
    notice = next(notice for notice in notices(due) if notice.recipient.role == "platform-lead")
    assert subject_of(notice, "RLE", "fr-CA").startswith("RLE\u00a0: 2 pages à relire (")
    letter = letter_to(notice, TODAY, "https://handbook.example.org/audit/reviews/", language="fr-CA")
    assert "A page\u00a0: en retard depuis le 2026-11-02\n" in letter
    assert "A page\u00a0: à relire dans 7\u00a0jours, le 2026-11-27\n" in letter
    assert "\n  handbook review start docs/old.md docs/soon.md\n" in letter
    assert "review:" not in letter.replace("review start", "")


def test_a_language_without_words_gets_english(due: Handbook) -> None:
    (notice, *_) = notices(due)
    assert letter_to(notice, TODAY, None, language="he") == letter_to(notice, TODAY, None)
