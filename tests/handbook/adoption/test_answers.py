"""Mistakes in a file of answers, each with its line."""

from pathlib import Path

import pytest

from handbook.adoption.answers import Answers
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.loading import load_register

SHORTEST = """name: {en: A, fr: B}
short_name: A
sector: technology
places: [us]
languages: [en, fr]
time_zone: Europe/London
"""


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("reply_target: {en: a day}\n", "7:15: 'reply_target' has no fr text, only en; add `fr: …`"),
        (
            "accounts:\n  - {platform: x, name: A, address: 'https://x.com/a', purpose: B, owner: a}\n",
            "8:5: 'accounts.1' lacks can_get_in, approves, since; add it, or leave owner",
        ),
        (
            "roles:\n  a: {takes: [legal-lead], title: A}\n  b: {takes: [legal-lead], title: B}\n",
            "9:15: 'roles.b.takes.1' is 'legal-lead', which a takes, too; remove one of the two",
        ),
        (
            "leave_out: [policy]\n",
            "7:13: 'leave_out.1' is neither a page, such as docs/policy/gifts.md, nor a folder",
        ),
        ("colour: red\n", "7:1: unknown key 'colour'; did you mean 'color'?"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, more: str, problem: str) -> None:
    (tmp_path / "answers.yml").write_text(SHORTEST + more, encoding="utf-8")
    with pytest.raises(HandbookError) as refusal:
        load_register(Folder(tmp_path), "answers.yml", Answers)
    assert str(refusal.value).startswith(f"answers.yml:{problem}")


def test_a_language_cannot_be_named_in_two_variants(tmp_path: Path) -> None:
    text = SHORTEST.replace("[en, fr]", "[en-GB, en-CA]").replace("{en: A, fr: B}", "A")
    (tmp_path / "answers.yml").write_text(text, encoding="utf-8")
    with pytest.raises(HandbookError, match="names a language twice"):
        load_register(Folder(tmp_path), "answers.yml", Answers)
