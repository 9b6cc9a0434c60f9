"""Writes answers into organization.yml, whose comments stay."""

import datetime
from collections.abc import Mapping
from typing import Final

from handbook.adoption.answers import Answers
from handbook.registers.contacts import Contact
from handbook.registers.organization import Account
from handbook.yaml.edit_entry import with_entry, without_entry
from handbook.yaml.edit_value import scalar, with_value
from handbook.yaml.located import read_mapping

# Of the sample alone: its evidence, the leave to change pages and tool at once, and the files of its logo.
_OF_THE_SAMPLE: Final = ("sample", "develops_the_tool")
_AS_ANSWERED: Final = (
    "name",
    "short_name",
    "sector",
    "languages",
    "time_zone",
    "emergency_number",
    "monitoring_hours",
    "reply_target",
    "retention",
    "intranet",
    "repository",
    "repository_service",
    "handbook",
)
_COMMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "adopted": ("The day on which this handbook became yours. `handbook adopt` wrote what is below.",),
    "undecided": (
        "What is still as in the sample. Decide it, write it where it belongs, and remove its name here.",
        "`handbook adopt --status` says where it belongs.",
    ),
    "license": (
        "How others may use your texts, such as: All rights reserved. LICENSE is that of the handbook that",
        "you began with. Keep it.",
    ),
    "leave_out": (
        "Pages, such as docs/policy/strategy.md, and folders, such as docs/people/, not published.",
    ),
    "history_since": (
        "Your own history begins after this commit, or on the day that you write here. What others committed",
        "before is not shown as yours.",
    ),
}


def organization_text(
    text: str, answers: Answers, day: datetime.date, beginning: datetime.date | str | None
) -> str:
    """Return organization.yml with the answers; `beginning` is the day or the commit for `history_since`.

    Raises:
        HandbookError: if the file cannot be changed without changing something else.

    """
    for key in _OF_THE_SAMPLE:
        text = without_entry(text, key)
    if answers.repository and not answers.repository_service:
        text = without_entry(text, "repository_service")  # That of the sample's repository.
    for key, value in _entries(answers).items():
        text = with_entry(text, key, value)
    if contacts := answers.contacts:
        sample = read_mapping(text).data["contacts"]
        assert isinstance(sample, dict)  # noqa: S101 - the file was read as an organization before
        text = with_entry(
            text, "contacts", {**sample, **{key: _plain(value) for key, value in contacts.items()}}
        )
    if answers.color:
        text = with_value(text, ("brand", "color"), scalar(answers.color))
    return _with_own_keys(text, answers, day, beginning)


def _entries(answers: Answers) -> Mapping[str, object]:
    """Return what is written as it was answered; accounts of the sample never stay."""
    given = {key: value for key in _AS_ANSWERED if (value := getattr(answers, key)) is not None}
    words = {"words": answers.words.model_dump()} if answers.words else {}
    accounts = [account.model_dump(include=set(Account.model_fields)) for account in answers.accounts]
    return {**given, **words, "jurisdictions": answers.places, "accounts": accounts}


def _plain(contact: Contact) -> Mapping[str, object]:
    """Return the keys of a contact that were answered; some are excluded from what pages see."""
    fields = contact.model_fields_set
    return {
        name: value for name in Contact.model_fields if name in fields and (value := getattr(contact, name))
    }


def _with_own_keys(
    text: str, answers: Answers, day: datetime.date, beginning: datetime.date | str | None
) -> str:
    values: dict[str, object] = {"adopted": day, "undecided": answers.undecided}
    values |= {"license": answers.license} if answers.license else {}
    values |= {"leave_out": answers.leave_out} if answers.leave_out else {}
    values |= {"history_since": beginning} if beginning else {}
    for key, value in values.items():
        text = with_entry(text, key, value, _COMMENTS[key])
    return text
